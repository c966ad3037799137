#include "policygraph/graph/region.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/steps.hpp"
#include "graph/hops.hpp"
#include "policygraph/graph/views.hpp"
#include "policygraph/graph/walk.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::Hops;

// Takes nodes in as they come nearest; false when there is no room for another.
class Growth {
 public:
  Growth(const HopOptions& options, Region& region) : most_(options.max_nodes), region_(region), steps_(options.stop, "looking around") {}

  bool take(NodeRow node) {
    steps_.step();
    if (seen_.contains(node.value)) return true;
    if (region_.nodes.size() == most_) {
      region_.is_cut = true;
      return false;
    }
    seen_.insert(node.value);
    region_.nodes.push_back(node);
    return true;
  }
  bool has(NodeRow node) const { return seen_.contains(node.value); }
  void step() { steps_.step(); }

 private:
  std::size_t most_;
  Region& region_;
  detail::base::Steps steps_;
  std::unordered_set<std::uint32_t> seen_;
};

// Layer by layer, in order of row within a layer.
void grow(const Hops& edges, std::uint32_t hops, Region& region, Growth& growth) {
  std::size_t first = 0;
  for (std::uint32_t hop = 0; hop < hops && first < region.nodes.size(); ++hop) {
    const auto end = region.nodes.size();
    for (auto i = first; i < end; ++i) {
      const bool has_room = edges.visit(region.nodes[i], [&](EdgeRow, NodeRow far) { return growth.take(far); });
      if (!has_room) return;
    }
    first = end;
  }
}

void join(const Hops& edges, std::size_t most, Region& region, Growth& growth) {
  for (const auto node : region.nodes) {
    growth.step();
    const bool has_room = edges.visit_out(node, [&](EdgeRow edge, NodeRow far) {
      if (!growth.has(far)) return true;
      if (region.edges.size() == most) return false;
      region.edges.push_back(edge);
      return true;
    });
    if (!has_room) region.is_cut = true;
    if (!has_room) return;
  }
}

}  // namespace

bool Region::has(NodeRow node) const noexcept { return std::ranges::binary_search(nodes, node); }
bool Region::has(EdgeRow edge) const noexcept { return std::ranges::binary_search(edges, edge); }

Region around(const Snapshot& snapshot, std::span<const NodeRow> start, std::uint32_t hops, const HopOptions& options) {
  const Hops edges(snapshot, options);
  Region region;
  Growth growth(options, region);
  if (std::ranges::all_of(start, [&](NodeRow node) { return growth.take(node); })) grow(edges, hops, region, growth);
  std::ranges::sort(region.nodes);
  join(edges, options.max_edges, region, growth);
  std::ranges::sort(region.edges);
  return region;
}

Snapshot only(const Snapshot& snapshot, const Region& region) {
  return where(
      snapshot, [&](NodeRow node) { return region.has(node); }, [&](EdgeRow edge) { return region.has(edge); });
}

Region NodeView::around(std::uint32_t hops, const HopOptions& options) const {
  return policygraph::around(*snapshot_, std::span(&row_, 1), hops, options);
}

}  // namespace policygraph::inline v0
