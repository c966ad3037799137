#include "policygraph/query/query.hpp"

#include <chrono>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/parameters.hpp"

namespace policygraph::cli {

// On a snapshot: a query that writes is refused, for nobody would see what it wrote.
ExitCode run(const QueryCommand& command, const std::stop_token& stop) {
  const auto parameters = parse_parameters(command.parameters);
  const auto graph = read_graph(command.file);
  QueryOptions options;
  options.evidence = command.has_evidence;
  options.optimise = command.is_optimised;
  options.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(command.timeout * 1000));
  options.stop = stop;
  options.as_of = parse_date(command.as_of);
  print_rows(query(graph.snapshot(), command.text, parameters, options), command.format, command.cites);
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
