#include "policygraph/pipeline/ingest.hpp"

#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/terminal.hpp"
#include "policygraph/exchange/json.hpp"

namespace policygraph::cli {
namespace {

void summarise(const IngestResult& result, const Snapshot& snapshot, const std::string& output) {
  std::cerr << result.documents << (result.documents == 1 ? " document" : " documents");
  if (result.unchanged > 0) std::cerr << " (" << result.unchanged << " unchanged)";
  if (result.replaced > 0) std::cerr << " (" << result.replaced << " replaced)";
  if (result.failed > 0) std::cerr << " (" << result.failed << " not read)";
  std::cerr << ", " << snapshot.node_count() << " nodes, " << snapshot.edge_count() << " edges -> " << printable(output) << '\n';
}

}  // namespace

ExitCode run(const IngestCommand& command, const std::stop_token& stop) {
  check_output(command.output, command.paths);
  auto graph = open_output(command.output, command.schema, command.adds);
  IngestResult result;
  {
    ProgressLine line;
    IngestOptions options;
    options.threads = command.threads;
    options.max_mentions = command.max_mentions;
    options.progress = [&line](const IngestProgress& progress) { line.show(progress); };
    options.stop = stop;
    options.documents_per_commit = command.documents_per_commit;
    result = ingest(graph, command.paths, options);
  }
  for (const auto& diagnostic : result.diagnostics)
    if (diagnostic.severity != Severity::note) show_diagnostic(diagnostic);
  const bool is_nothing_read = result.failed > 0 && result.documents + result.unchanged == 0;
  if (is_nothing_read) {
    std::cerr << "error: none of the " << result.failed << " documents could be read; " << printable(command.output) << " is left as it was\n";
    graph.close();
    return kBadInput;
  }
  const auto snapshot = graph.snapshot();
  if (!is_stored(command.output)) write_json(snapshot, command.output);
  summarise(result, snapshot, command.output);
  graph.close();
  return kOk;
}

}  // namespace policygraph::cli
