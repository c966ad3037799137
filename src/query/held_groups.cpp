#include "query/held_groups.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "query/kept_plans.hpp"
#include "query/run/group_evidence.hpp"

namespace policygraph::inline v0::detail::query {

HeldGroups::HeldGroups(const Execution& execution)
    : parameters_(execution.parameters), clock_(execution.clock) {
  bounds_.max_memory = execution.options.max_memory;
  bounds_.vector_size = execution.options.vector_size;
}

std::size_t HeldGroups::add(const Batch& rows, Execution& execution) {
  std::size_t bytes = 0;
  for (const auto key : execution.plan.late->keys) {
    const auto& column = rows.columns[key];
    bytes +=
        column.kind == VectorKind::value ? column.memory_bytes(&execution.limits) : rows.size * sizeof(std::int64_t);
    groups_.columns.edit(key).append_all(column, rows.size, groups_.size, execution.snapshot);
  }
  groups_.size += rows.size;
  return bytes;
}

std::shared_ptr<const LineageSet> HeldGroups::evidence(std::size_t row, const KeptPlan& kept, const Snapshot& snapshot) const {
  const std::lock_guard lock(mutex_);
  make(row, 1, kept, snapshot, bounds_);
  return found_[row - first_];
}

void HeldGroups::gather(std::size_t first, std::size_t count, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const {
  const std::lock_guard lock(mutex_);
  make(first, count, kept, snapshot, bounds);
}

// Who looks at the first rows of many does not wait for the others; who looks at more is likely to look at all.
void HeldGroups::make(std::size_t first, std::size_t count, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const {
  constexpr std::size_t kFew = 64;
  if (first >= first_ && first + count <= first_ + found_.size()) return;
  const bool are_few = found_.empty() && first / kFew == (first + count - 1) / kFew;
  first = are_few ? first / kFew * kFew : 0;
  std::vector<std::uint32_t> some(are_few ? std::min(kFew, groups_.size - first) : groups_.size);
  std::iota(some.begin(), some.end(), static_cast<std::uint32_t>(first));
  Batch groups;
  groups.size = static_cast<std::uint32_t>(some.size());
  for (const auto key : kept.plan->late->keys) groups.columns.edit(key).append_some(groups_.columns[key], some, 0, snapshot);
  const auto with = kept.with_evidence(snapshot, bounds);
  Execution execution(*with->plan, bounds, snapshot, *with->names);
  execution.parameters = parameters_;
  execution.clock = clock_;
  found_ = gather_evidence(execution, with->plan->steps[grouping_step(*with->plan)], groups);
  first_ = first;
}

}  // namespace policygraph::inline v0::detail::query
