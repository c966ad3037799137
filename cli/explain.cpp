#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::cli {
namespace {

QueryPhase phase_by_name(const std::string& name) {
  return name == "syntax" ? QueryPhase::syntax : name == "bound" ? QueryPhase::bound : QueryPhase::plan;
}

}  // namespace

ExitCode run(const ExplainCommand& command, const std::stop_token& stop) {
  const auto graph = read_graph(command.file);
  QueryOptions options;
  options.optimise = command.is_optimised;
  options.stop = stop;
  auto text = explain(graph.snapshot(), command.text, phase_by_name(command.phase), options);
  if (!text.ends_with('\n')) text += '\n';
  std::cout << printable(text);
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
