#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/audit/audit.hpp"

namespace policygraph::cli {
namespace {

void print(const AuditRow& row, const Snapshot& snapshot) {
  std::cout << row.code << "  " << severity_name(row.severity) << "  " << printable(row.explanation) << '\n';
  for (const auto key : row.nodes) {
    if (const auto node = snapshot.find(key)) std::cout << "    #" << key.value << "  " << printable(snapshot.caption(*node)) << '\n';
  }
  for (const auto& citation : row.evidence) {
    std::cout << "    “" << printable(citation.quote) << "” — " << printable(citation.title.empty() ? citation.uri : citation.title) << ", " << place_of(citation)
              << '\n';
  }
}

}  // namespace

ExitCode run(const AuditCommand& command, const std::stop_token&) {
  const auto graph = read_graph(command.file);
  const auto snapshot = graph.snapshot();
  const auto rows = audit(snapshot);
  for (const auto& row : rows) print(row, snapshot);
  std::cerr << rows.size() << (rows.size() == 1 ? " finding\n" : " findings\n");
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
