#include <fstream>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/schema_markdown.hpp"
#include "policygraph/picture/schema_picture.hpp"

namespace policygraph::cli {
namespace {

std::string printed(const Schema& schema, const std::string& format) {
  if (format == "svg") return to_svg(schema);
  return format == "json" ? schema.to_json() : to_markdown(schema);
}

}  // namespace

ExitCode run(const SchemaCommand& command, const std::stop_token&) {
  const auto schema = command.graph.empty() ? read_schema(command.schema) : read_graph(command.graph).schema();
  const auto text = printed(schema, command.format);
  if (command.output.empty()) {
    std::cout << text;
    finish_output();
    return kOk;
  }
  check_output(command.output);
  std::ofstream out(command.output, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw Error(ErrorCode::io, "cannot write '" + command.output + "'");
  return kOk;
}

}  // namespace policygraph::cli
