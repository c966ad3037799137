#pragma once

#include <cstdint>
#include <optional>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

struct LabelRun {
  std::uint32_t first = 0, count = 0;
  bool has(std::uint32_t row) const noexcept { return row - first < count; }
};
/// The rows of a label where all stand as the last compaction put them, one after another; a few instructions. Dead ones are among them.
std::optional<LabelRun> label_run(const Snapshot& snapshot, Label label) noexcept;

}  // namespace policygraph::inline v0::detail::graph
