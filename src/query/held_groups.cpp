#include "query/held_groups.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <optional>
#include <utility>

#include "policygraph/base/error.hpp"
#include "query/brief_lock.hpp"
#include "query/kept_plans.hpp"
#include "query/run/group_evidence.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kFew = 64;

// The same bounds with what is left of the time; none: nothing is.
std::optional<QueryOptions> time_left(const QueryOptions& bounds, std::chrono::steady_clock::time_point start) {
  using std::chrono::milliseconds;
  auto out = bounds;
  if (bounds.timeout == milliseconds{0}) return out;
  out.timeout -= std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
  return out.timeout > milliseconds{0} ? std::optional(out) : std::nullopt;
}

}  // namespace

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
  const auto found = find_or_make({row, 1}, kept, snapshot, bounds_);
  return found->of_row[row - found->first];
}

void HeldGroups::gather(std::size_t first, std::size_t count, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const {
  find_or_make({first, count}, kept, snapshot, bounds);
}

std::shared_ptr<const HeldGroups::Found> HeldGroups::found() const {
  const BriefLock lock(mutex_);
  return lock ? found_ : nullptr;
}

// Nothing is held while it works: others can be stopped, and a fork leaves nothing taken.
std::shared_ptr<const HeldGroups::Found> HeldGroups::find_or_make(Range asked, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const {
  const auto before = found();
  if (before != nullptr && before->holds(asked.first, asked.count)) return before;
  const auto most = next(before.get(), asked), least = block(kFew, asked);
  const auto start = std::chrono::steady_clock::now();
  std::shared_ptr<const Found> out;
  try {
    out = make(most, kept, snapshot, bounds);
  } catch (const Error& error) {
    const auto left = time_left(bounds, start);
    if (error.code() != ErrorCode::limit || most == least || !left) throw;
    out = make(least, kept, snapshot, *left);
  }
  if (const BriefLock lock(mutex_); lock) found_ = out;
  return out;
}

// Of so many rows side by side, or of as many such blocks as were asked for.
HeldGroups::Range HeldGroups::block(std::size_t width, Range asked) const {
  const auto first = asked.first / width * width;
  const auto end = (asked.first + asked.count + width - 1) / width * width;
  return {first, std::min<std::size_t>(end, groups_.size) - first};
}

// Who looks at the first rows of many does not wait for the others; who looks at more is likely to look at more still.
HeldGroups::Range HeldGroups::next(const Found* before, Range asked) const {
  if (before == nullptr) return block(kFew, asked);
  auto width = kFew;
  while (width < 2 * before->of_row.size()) width *= 2;
  return block(width, asked);
}

std::shared_ptr<const HeldGroups::Found> HeldGroups::make(Range rows, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const {
  std::vector<std::uint32_t> some(rows.count);
  std::iota(some.begin(), some.end(), static_cast<std::uint32_t>(rows.first));
  Batch groups;
  groups.size = static_cast<std::uint32_t>(some.size());
  for (const auto key : kept.plan->late->keys) groups.columns.edit(key).append_some(groups_.columns[key], some, 0, snapshot);
  const auto with = kept.with_evidence(snapshot, bounds);
  Execution execution(*with->plan, bounds, snapshot, *with->names);
  execution.parameters = parameters_;
  execution.clock = clock_;
  auto of_row = gather_evidence(execution, with->plan->steps[grouping_step(*with->plan)], groups);
  return std::make_shared<const Found>(Found{rows.first, std::move(of_row)});
}

}  // namespace policygraph::inline v0::detail::query
