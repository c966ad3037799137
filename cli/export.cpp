#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/picture/page.hpp"

namespace policygraph::cli {
namespace {

bool is_standard_output(const std::string& path) { return path == "-"; }

void export_json(const Snapshot& snapshot, const ExportCommand& command) {
  WriteJsonOptions options;
  options.texts = command.has_text;
  options.lines = command.format == "jsonl";
  if (is_standard_output(command.output)) write_json(snapshot, std::cout, options);
  else write_json(snapshot, command.output, options);
}

void export_page(const Snapshot& snapshot, const ExportCommand& command) {
  PageOptions options;
  if (!command.title.empty()) options.title = command.title;
  if (is_standard_output(command.output)) write_page(snapshot, std::cout, options);
  else write_page(snapshot, command.output, options);
}

}  // namespace

ExitCode run(const ExportCommand& command, const std::stop_token&) {
  if (!is_standard_output(command.output)) check_output(command.output);
  const auto snapshot = read_graph(command.file).snapshot();
  if (command.format == "html") export_page(snapshot, command);
  else export_json(snapshot, command);
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
