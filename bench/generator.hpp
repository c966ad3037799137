#pragma once

#include <cstdint>

#include "policygraph/graph/graph.hpp"

namespace bench {

/// A seeded policy graph of about `edges` edges: acts that authorise sums, sums that fund programmes, partners that provide them,
/// acts that cite acts; skewed, with parallel sums between the same partner and programme. Every claim rests on words of one of a
/// thousand documents. `is_dated`: three edges in four state since when, half until when they are valid, from 2000 to 2024; and each
/// has a `weight`.
policygraph::Graph make_graph(std::uint32_t edges, std::uint64_t seed = 1, bool is_dated = false);

/// The same, with the seconds that writing the claims took, and committing them, which derives the snapshot.
struct BuiltGraph {
  policygraph::Graph graph;
  double writing = 0;
  double committing = 0;
};
BuiltGraph build_graph(std::uint32_t edges, std::uint64_t seed = 1);
/// The same in a graph that is there and has the policy schema.
BuiltGraph build_graph_in(policygraph::Graph graph, std::uint32_t edges, std::uint64_t seed = 1);

}  // namespace bench
