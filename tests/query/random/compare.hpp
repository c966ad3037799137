#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "policygraph/query/query.hpp"
#include "random/random_query.hpp"

namespace policygraph::testing {

struct Line {
  std::string values;
  std::string evidence;  // "?" where the row's evidence was cut short
};
struct Outcome {
  bool is_error = false;
  std::string error;
  std::vector<Line> lines;
  std::string changes;   // of a write: what was counted, and the graph afterwards
};

struct Configuration {
  std::string name;
  QueryOptions options;
};
// Default, unoptimised, each rule of the optimiser off, vectors of 1, 2, 3, 64 and 2,048 rows, evidence off.
std::vector<Configuration> configurations();

// What the engine answers under these options.
Outcome engine_outcome(const Snapshot& snapshot, const RandomQuery& query, const QueryOptions& options);
// What the reference interpreter answers; empty where it does not know or would take too long.
std::optional<Outcome> reference_outcome(const Snapshot& snapshot, const RandomQuery& query);
// The same of a write, in a transaction that is dropped afterwards; nodes and relationships are told by what they hold, for their keys
// depend on the order of rows. The reference gives nothing where the answer does.
Outcome engine_write(Graph& graph, const RandomQuery& query, const QueryOptions& options);
std::optional<Outcome> reference_write(Graph& graph, const RandomQuery& query);
// Empty where they are one: rows with their multiplicity, in order where the query fixes it, each with its evidence if asked.
// A query that the reference refuses may also be answered: a plan may never reach what fails.
std::string difference(const Outcome& expected, const Outcome& found, const RandomQuery& query, bool with_evidence);

// The difference of the first configuration that has one; empty without. Evidence is compared with each row where evidence is on.
// `is_compared` says whether the reference knew the query.
std::string check(Graph& graph, const RandomQuery& query, bool* is_compared = nullptr);

// A smaller graph and query that still differ: statements and runs of words are left out while `differs` holds.
struct Reproduction {
  std::vector<std::string> statements;
  RandomQuery query;
};
Reproduction shrink(Reproduction from, const std::function<bool(const Reproduction&)>& differs);
std::string to_text(const Reproduction& reproduction);

}  // namespace policygraph::testing
