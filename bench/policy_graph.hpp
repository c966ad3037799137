#pragma once

#include <cstddef>
#include <vector>

#include "policygraph/graph/graph.hpp"

namespace policygraph::bench {

// A made-up policy graph: acts authorise fundings that fund programmes, which organisations implement; acts cite acts.
// The same count of edges gives the same graph.
struct PolicyGraph {
  Graph graph;
  std::vector<NodeKey> acts;
};
PolicyGraph make_policy_graph(std::size_t edges);

}  // namespace policygraph::bench
