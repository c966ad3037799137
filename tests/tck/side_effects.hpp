#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::testing {

// What the kit looks at before and after a query, through the graph's own interface and not through a query.
struct Observation {
  std::set<NodeKey> nodes;
  std::set<EdgeKey> edges;
  std::set<std::string> labels;                                                       // each once, however many nodes have it
  std::set<std::tuple<bool, std::uint64_t, std::string, std::string>> properties;  // is edge, key, name, value
};
Observation observe(const Snapshot& snapshot);

// "+nodes" -> 2, ...: the eight metrics, those that are 0 left out. A property that changed is one gone and one come.
using SideEffects = std::map<std::string, std::size_t>;
SideEffects side_effects(const Observation& before, const Observation& after);

}  // namespace policygraph::testing
