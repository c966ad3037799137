#include "policygraph/pipeline/ingest.hpp"

#include <filesystem>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/terminal.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/store/open.hpp"

namespace policygraph::cli {
namespace {

/// A file that lasts is added to; its schema is its own once it is there.
Graph start_stored(const IngestCommand& command) {
  OpenOptions options;
  if (!command.schema.empty()) options.schema = read_schema(command.schema);
  return open(command.output, options);
}

Graph start(const IngestCommand& command) {
  if (is_stored(command.output)) return start_stored(command);
  std::error_code error;
  if (command.adds && std::filesystem::exists(command.output, error)) return read_graph(command.output);
  return open_in_memory(read_schema(command.schema));
}

void summarise(const IngestResult& result, const Snapshot& snapshot, const std::string& output) {
  std::cerr << result.documents << (result.documents == 1 ? " document" : " documents");
  if (result.unchanged > 0) std::cerr << " (" << result.unchanged << " unchanged)";
  if (result.replaced > 0) std::cerr << " (" << result.replaced << " replaced)";
  if (result.failed > 0) std::cerr << " (" << result.failed << " not read)";
  std::cerr << ", " << snapshot.node_count() << " nodes, " << snapshot.edge_count() << " edges -> " << printable(output) << '\n';
}

}  // namespace

ExitCode run(const IngestCommand& command, const std::stop_token& stop) {
  check_output(command.output);
  auto graph = start(command);
  IngestResult result;
  {
    ProgressLine line;
    IngestOptions options;
    options.threads = command.threads;
    options.max_mentions = command.max_mentions;
    options.progress = [&line](const IngestProgress& progress) { line.show(progress); };
    options.stop = stop;
    result = ingest(graph, command.paths, options);
  }
  for (const auto& diagnostic : result.diagnostics)
    if (diagnostic.severity != Severity::note) show_diagnostic(diagnostic);
  const auto snapshot = graph.snapshot();
  if (!is_stored(command.output)) write_json(snapshot, command.output);
  summarise(result, snapshot, command.output);
  return kOk;
}

}  // namespace policygraph::cli
