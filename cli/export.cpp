#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/graph_csv.hpp"
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

/// Two tables in a folder, a node and an edge a row.
void export_tables(const Snapshot& snapshot, const ExportCommand& command) {
  std::error_code error;
  std::filesystem::create_directories(command.output, error);
  if (error) throw Error(ErrorCode::io, "cannot make the folder '" + command.output + "': " + error.message());
  const auto folder = std::filesystem::path(command.output);
  std::ofstream nodes(folder / "nodes.csv", std::ios::binary), edges(folder / "edges.csv", std::ios::binary);
  write_nodes_csv(snapshot, nodes);
  write_edges_csv(snapshot, edges);
  nodes.close();
  edges.close();
  if (!nodes || !edges) throw Error(ErrorCode::io, "cannot write into '" + command.output + "'");
}

void export_page(const Snapshot& snapshot, const ExportCommand& command) {
  PageOptions options;
  if (!command.title.empty()) options.title = command.title;
  if (is_standard_output(command.output)) write_page(snapshot, std::cout, options);
  else write_page(snapshot, command.output, options);
}

}  // namespace

ExitCode run(const ExportCommand& command, const std::stop_token&) {
  if (command.format == "csv" && is_standard_output(command.output))
    throw Error(ErrorCode::invalid_argument, "CSV is two files; name a folder with -o");
  if (command.format != "csv" && !is_standard_output(command.output)) check_output(command.output);
  const auto snapshot = read_graph(command.file).snapshot();
  if (command.format == "html") export_page(snapshot, command);
  else if (command.format == "csv") export_tables(snapshot, command);
  else export_json(snapshot, command);
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
