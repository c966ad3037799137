#include "graph/merged.hpp"

#include "policygraph/graph/hop.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

void add(Merged::Side& side, const HopEdges& list) {
  side.ends.insert(side.ends.end(), list.ends.begin(), list.ends.end());
  for (std::size_t i = 0; i < list.size(); ++i) side.edges.push_back(list.edge(i));
}

template <class HopOf>
Merged::Side read_side(const Snapshot& snapshot, HopOf hop_of) {
  std::vector<Hop> types;
  for (std::size_t type = 0; type < snapshot.edge_type_count(); ++type) types.push_back(hop_of(static_cast<EdgeType>(type)));
  const auto rows = snapshot.node_row_limit();
  Merged::Side side;
  side.starts.reserve(std::size_t{rows} + 1);
  side.ends.reserve(snapshot.edge_count());
  side.edges.reserve(snapshot.edge_count());
  for (std::uint32_t row = 0; row < rows; ++row) {
    side.starts.push_back(static_cast<std::uint32_t>(side.ends.size()));
    for (const auto& type : types) add(side, type.edges(NodeRow{row}));
  }
  side.starts.push_back(static_cast<std::uint32_t>(side.ends.size()));
  return side;
}

template <class Row>
std::vector<std::uint32_t> numbers(const Snapshot& snapshot, std::uint32_t limit, std::size_t living) {
  std::vector<std::uint32_t> result;
  if (living == limit) return result;
  result.reserve(limit);
  std::uint32_t next = 0;
  for (std::uint32_t row = 0; row < limit; ++row) {
    result.push_back(next);
    if (snapshot.is_alive(Row{row})) ++next;
  }
  return result;
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) noexcept {
  return values.capacity() * sizeof(T);
}

}  // namespace

std::size_t Merged::memory_bytes() const noexcept {
  auto bytes = bytes_of(node_numbers) + bytes_of(edge_numbers);
  for (const auto* side : {&out, &in}) bytes += bytes_of(side->starts) + bytes_of(side->ends) + bytes_of(side->edges);
  return bytes;
}

Merged merge(const Snapshot& snapshot) {
  Merged merged;
  merged.out = read_side(snapshot, [&](EdgeType type) { return Hop::out(snapshot, type); });
  merged.in = read_side(snapshot, [&](EdgeType type) { return Hop::in(snapshot, type); });
  merged.node_numbers = numbers<NodeRow>(snapshot, snapshot.node_row_limit(), snapshot.node_count());
  merged.edge_numbers = numbers<EdgeRow>(snapshot, snapshot.edge_row_limit(), snapshot.edge_count());
  return merged;
}

std::size_t MergedOnDemand::memory_bytes() const noexcept {
  const auto* made = made_.load(std::memory_order_acquire);
  return made == nullptr ? 0 : made->memory_bytes();
}

const Merged& MergedOnDemand::make(const Snapshot& snapshot) const {
  const std::lock_guard lock(mutex_);
  if (!held_) {
    held_ = std::make_unique<const Merged>(merge(snapshot));
    made_.store(held_.get(), std::memory_order_release);
  }
  return *held_;
}

}  // namespace policygraph::inline v0::detail::graph
