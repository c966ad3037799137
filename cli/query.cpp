#include "policygraph/query/query.hpp"

#include <chrono>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/parameters.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::cli {

namespace {

// On a snapshot: a query that writes is refused, for nobody would see what it wrote; unless it is to write to a file
// that lasts.
Rows answer(const QueryCommand& command, const Parameters& parameters, const QueryOptions& options) {
  if (!command.writes) return query(read_graph(command.file).snapshot(), command.text, parameters, options);
  if (!is_stored(command.file))
    throw Error(ErrorCode::invalid_argument, "only a .pgraph file can be written to, not '" + command.file + "'");
  auto graph = open_stored(command.file, false);
  return query(graph, command.text, parameters, options);
}

}  // namespace

ExitCode run(const QueryCommand& command, const std::stop_token& stop) {
  const auto parameters = parse_parameters(command.parameters);
  QueryOptions options;
  options.evidence = command.has_evidence;
  options.optimise = command.is_optimised;
  options.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(command.timeout * 1000));
  options.stop = stop;
  options.as_of = parse_date(command.as_of);
  options.procedures = read_rates(command.rates);
  options.now = parse_now(command.now);
  const auto start = std::chrono::steady_clock::now();
  const auto rows = answer(command, parameters, options);
  if (command.cites) gather_evidence(rows, options, start);
  print_rows(rows, command.format, command.cites, command.text);
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
