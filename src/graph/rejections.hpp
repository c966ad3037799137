#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {

/// What has been rejected, by content: of a node its existence (a rejection without a label), a label or a value; of an
/// edge a value. `place` is the class of mentions, or the row of the edge.
class Rejections {
 public:
  void add(Claim rejection, std::uint32_t place);
  bool rejects(Claim claim, std::uint32_t place) const;
  bool rejects_node(std::uint32_t place) const noexcept { return nodes_.contains(place); }

 private:
  std::unordered_set<std::uint32_t> nodes_;
  std::unordered_multimap<std::size_t, std::pair<std::uint32_t, Claim>> claims_;
};

/// Whether two claims about one thing say the same.
bool is_same_content(Claim a, Claim b);
bool is_same_content(Claim a, const Assertion& b);

}  // namespace policygraph::inline v0::detail::graph
