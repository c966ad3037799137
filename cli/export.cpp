#include <filesystem>
#include <fstream>
#include <iostream>
#include <system_error>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/graph_csv.hpp"
#include "policygraph/exchange/graphml.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/picture/money_flow.hpp"
#include "policygraph/picture/page.hpp"
#include "policygraph/picture/timeline.hpp"

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

std::string flow_of(const Snapshot& snapshot, const ExportCommand& command) {
  MoneyFlowOptions options;
  options.title = command.title;
  return command.of.empty() ? draw_money_flow(snapshot, std::span<const NodeRow>(), options) : draw_money_flow(snapshot, command.of, options);
}

std::string timeline_of(const Snapshot& snapshot, const ExportCommand& command) {
  if (command.of.empty()) throw Error(ErrorCode::invalid_argument, "a timeline is of something; name it with --of");
  TimelineOptions options;
  options.title = command.title;
  return draw_timeline(snapshot, command.of, options);
}

std::string picture_of(const Snapshot& snapshot, const ExportCommand& command) {
  if (command.format == "flow") return flow_of(snapshot, command);
  if (command.format == "timeline") return timeline_of(snapshot, command);
  PageOptions options;
  if (!command.title.empty()) options.title = command.title;
  return to_svg(snapshot, options);
}

/// To standard output, or to a file that is there whole or not at all.
template <class Write>
void write_whole(const ExportCommand& command, Write write) {
  if (is_standard_output(command.output)) return write(std::cout);
  const auto partial = command.output + ".partial";
  std::ofstream out(partial, std::ios::binary);
  write(out);
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(partial, command.output, error);
  if (out && !error) return;
  std::filesystem::remove(partial, error);
  throw Error(ErrorCode::io, "cannot write '" + command.output + "'");
}

void export_picture(const Snapshot& snapshot, const ExportCommand& command) {
  const auto picture = picture_of(snapshot, command);
  write_whole(command, [&](std::ostream& out) { out << picture; });
}

bool is_picture(const std::string& format) { return format == "svg" || format == "timeline" || format == "flow"; }

}  // namespace

ExitCode run(const ExportCommand& command, const std::stop_token&) {
  if (!command.of.empty() && command.format != "timeline" && command.format != "flow")
    throw Error(ErrorCode::invalid_argument, "--of goes with --format timeline or flow, not " + command.format);
  if (command.format == "csv" && is_standard_output(command.output))
    throw Error(ErrorCode::invalid_argument, "CSV is two files; name a folder with -o");
  if (command.format != "csv" && !is_standard_output(command.output)) check_output(command.output);
  const auto snapshot = read_graph(command.file).snapshot();
  if (command.format == "html") export_page(snapshot, command);
  else if (command.format == "csv") export_tables(snapshot, command);
  else if (command.format == "graphml") write_whole(command, [&](std::ostream& out) { write_graphml(snapshot, out); });
  else if (command.format == "dot") write_whole(command, [&](std::ostream& out) { write_dot(snapshot, out); });
  else if (is_picture(command.format)) export_picture(snapshot, command);
  else export_json(snapshot, command);
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
