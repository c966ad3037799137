#include "graph/measure.hpp"

#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {

Sides successors(const GraphView& view) {
  const auto& snapshot = view.snapshot();
  switch (view.direction()) {
    case GraphView::Direction::forward:
      return Sides(snapshot.outgoing());
    case GraphView::Direction::backward:
      return Sides(snapshot.incoming());
    case GraphView::Direction::both:
      break;
  }
  return Sides(snapshot.outgoing(), snapshot.incoming());
}

Sides predecessors(const GraphView& view) {
  const auto& snapshot = view.snapshot();
  switch (view.direction()) {
    case GraphView::Direction::forward:
      return Sides(snapshot.incoming());
    case GraphView::Direction::backward:
      return Sides(snapshot.outgoing());
    case GraphView::Direction::both:
      break;
  }
  return Sides(snapshot.outgoing(), snapshot.incoming());
}

void check_stop(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Error(ErrorCode::interrupted, "the measure was interrupted");
}

void check_node(const Snapshot& snapshot, NodeRow row, std::string_view what) {
  if (row.value < snapshot.node_row_limit() && snapshot.is_alive(row)) return;
  throw Error(ErrorCode::invalid_argument, "the " + std::string(what) + ", row " + std::to_string(row.value) +
                                               ", is no node of this snapshot; find it by its key");
}

unsigned thread_count(unsigned wanted, std::size_t work) {
  constexpr std::size_t kWorthAThread = 32'768;
  constexpr unsigned kMost = 256;
  const unsigned asked = wanted != 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
  const auto worth = static_cast<unsigned>(std::min<std::size_t>(kMost, 1 + work / kWorthAThread));
  return std::min(asked, worth);
}

Components number_parts(const Snapshot& snapshot, const std::vector<std::uint32_t>& leader) {
  Components parts;
  parts.of_row.assign(leader.size(), kNowhere);
  std::vector<std::uint32_t> number(leader.size(), kNowhere);
  for (std::uint32_t row = 0; row < leader.size(); ++row) {
    if (!snapshot.is_alive(NodeRow{row})) continue;
    auto& part = number[leader[row]];
    if (part == kNowhere) part = parts.count++;
    parts.of_row[row] = part;
  }
  return parts;
}

}  // namespace policygraph::inline v0::detail::graph
