#include "query/kept_plans.hpp"

#include <iterator>
#include <mutex>
#include <utility>

#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostPlans = 256;

struct PlansBeside {
  std::mutex mutex;
  PlanTable plans{kMostPlans};
};

PlansBeside& beside(const Snapshot& snapshot) {
  const auto& held = snapshot.data().plans.get([] { return std::shared_ptr<void>(std::make_shared<PlansBeside>()); });
  return *static_cast<PlansBeside*>(held.get());
}

bool is_kept(const Snapshot& snapshot, const QueryOptions& options) {
  return !snapshot.is_view() && options.rules_off.empty() && options.procedures == nullptr;
}

}  // namespace

std::shared_ptr<const KeptPlan> PlanTable::find(std::string_view text, const QueryOptions& options) {
  const auto found = by_text_.find(text);
  if (found == by_text_.end()) return nullptr;
  const auto& entry = *found->second;
  const bool fits = entry.has_evidence == options.evidence && entry.is_optimised == options.optimise && entry.procedures == options.procedures;
  if (!fits) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return entry.plan;
}

void PlanTable::keep(std::string_view text, const QueryOptions& options, std::shared_ptr<const KeptPlan> plan) {
  if (const auto old = by_text_.find(text); old != by_text_.end()) drop(old->second);
  entries_.push_front({std::string(text), options.evidence, options.optimise, options.procedures, std::move(plan)});
  by_text_.emplace(entries_.front().text, entries_.begin());
  if (entries_.size() > most_) drop(std::prev(entries_.end()));
}

void PlanTable::drop(std::list<Entry>::iterator entry) {
  by_text_.erase(entry->text);
  entries_.erase(entry);
}

void PlanTable::clear() {
  by_text_.clear();
  entries_.clear();
}

std::shared_ptr<const KeptPlan> find_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options) {
  if (!is_kept(snapshot, options)) return nullptr;
  auto& [mutex, plans] = beside(snapshot);
  const std::lock_guard lock(mutex);
  return plans.find(text, options);
}

void keep_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options, std::shared_ptr<const KeptPlan> plan) {
  if (!is_kept(snapshot, options)) return;
  auto& [mutex, plans] = beside(snapshot);
  const std::lock_guard lock(mutex);
  plans.keep(text, options, std::move(plan));
}

}  // namespace policygraph::inline v0::detail::query
