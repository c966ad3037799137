#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

// What the searches of policygraph/graph/search.hpp find, in the same order, without what they say of it: names, quotes and
// evidence take most of their time.

struct FoundNode {
  NodeRow node;
  double score = 1;
};
std::vector<FoundNode> find_nodes_by_words(const Snapshot& snapshot, std::string_view query, std::size_t limit, std::string_view label);
std::vector<FoundNode> find_nodes_by_prefix(const Snapshot& snapshot, std::string_view text, std::size_t limit, std::string_view label);

}  // namespace policygraph::inline v0::detail::graph
