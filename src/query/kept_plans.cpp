#include "query/kept_plans.hpp"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>

#include "graph/snapshot_data.hpp"
#include "query/brief_lock.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostPlans = 256;
constexpr std::uint64_t kFew = 64;  // counts below it are near one another
constexpr std::size_t kLongestText = std::size_t{1} << 16U;  // a plan takes some hundred times the memory of its text

struct PlansBeside {
  std::mutex mutex;
  PlanTable plans{kMostPlans};  // of the snapshot
  PlanTable going_on{kMostPlans};  // to snapshots that commits make of it
};

PlansBeside& beside(const Snapshot::Data& data) {
  const auto& held = data.plans.race([] { return std::shared_ptr<void>(std::make_shared<PlansBeside>()); });
  return *static_cast<PlansBeside*>(held.get());
}

// Beside the last compaction, which all snapshots since share.
PlansBeside& shared_beside(const Snapshot& snapshot) {
  const auto& data = snapshot.data();
  return beside(data.base == nullptr ? data : *data.base);
}

bool is_kept(const Snapshot& snapshot, const QueryOptions& options) {
  return !snapshot.is_view() && options.rules_off.empty() && options.procedures == nullptr;
}

std::uint64_t nodes_with(const Snapshot& snapshot, std::string_view name) {
  const auto label = snapshot.label(name);
  if (!label) return 0;
  const auto& data = snapshot.data();
  std::uint64_t out = 0;
  for (std::size_t set = 0; set < data.label_table->sets.size(); ++set) {
    const auto& labels = data.label_table->sets[set].labels;
    if (std::ranges::find(labels, *label) != labels.end()) out += data.set_counts[set];
  }
  return out;
}

bool are_near(std::uint64_t a, std::uint64_t b) noexcept {
  if ((a == 0) != (b == 0)) return false;
  return (a < kFew && b < kFew) || (a <= 2 * b && b <= 2 * a);
}

}  // namespace

PlanBasis::PlanBasis(const BoundQuery& query, const Snapshot& snapshot) : counts_{snapshot.node_count(), snapshot.edge_count()} {
  for (const auto& label : query.labels) counts_.push_back(nodes_with(snapshot, label));
  for (const auto& name : query.types) {
    const auto type = snapshot.edge_type(name);
    counts_.push_back(type ? snapshot.edge_count(*type) : 0);
  }
  for (const auto& name : query.properties) {
    const auto property = snapshot.property(name);
    const auto* const of_nodes = property ? snapshot.node_column(*property) : nullptr;
    const auto* const of_edges = property ? snapshot.edge_column(*property) : nullptr;
    counts_.push_back(of_nodes != nullptr ? of_nodes->value_count() : 0);
    counts_.push_back(of_nodes != nullptr ? of_nodes->string_count() : 0);
    counts_.push_back(of_edges != nullptr ? of_edges->value_count() : 0);
  }
}

KeptPlan::KeptPlan(std::shared_ptr<const Plan> the_plan, std::shared_ptr<const Names> the_names, std::shared_ptr<const PlanBasis> the_basis)
    : plan(std::move(the_plan)), names(std::move(the_names)), basis(std::move(the_basis)), asks_clock(query::asks_clock(*plan)),
      may_run_again(names != nullptr && query::may_run_again(*plan)) {}

std::shared_ptr<const KeptPlan> KeptPlan::with_evidence(const Snapshot& snapshot, const QueryOptions& bounds) const {
  if (const BriefLock lock(mutex_); lock && with_evidence_ != nullptr) return with_evidence_;
  auto options = bounds;
  options.evidence = options.optimise = true;
  options.rules_off = {"late_evidence"};
  Limits limits(options);
  auto made = make_plan(query::bind(parse(plan->query.text), snapshot, nullptr, limits), snapshot, options, limits);
  auto its_names = std::make_shared<const Names>(resolve_names(made.query, snapshot));
  auto out = std::make_shared<const KeptPlan>(std::make_shared<const Plan>(std::move(made)), std::move(its_names), nullptr);
  if (const BriefLock lock(mutex_); lock) with_evidence_ = out;
  return out;
}

bool PlanBasis::is_near(const PlanBasis& other) const noexcept { return std::ranges::equal(counts_, other.counts_, are_near); }

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

namespace {

std::shared_ptr<const KeptPlan> find_going_on(const Snapshot& snapshot, std::string_view text, const QueryOptions& options) {
  auto& [mutex, plans, going_on] = shared_beside(snapshot);
  const BriefLock lock(mutex);
  return lock ? going_on.find(text, options) : nullptr;
}

}  // namespace

std::shared_ptr<const KeptPlan> find_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options) {
  if (!is_kept(snapshot, options)) return nullptr;
  auto& [mutex, plans, going_on] = beside(snapshot.data());
  {
    const BriefLock lock(mutex);
    if (!lock) return nullptr;
    if (auto found = plans.find(text, options)) return found;
  }
  const auto before = find_going_on(snapshot, text, options);
  if (before == nullptr || !before->basis->is_near(PlanBasis(before->plan->query, snapshot))) return nullptr;
  auto names = std::make_shared<const Names>(resolve_names(before->plan->query, snapshot));
  auto here = std::make_shared<const KeptPlan>(before->plan, std::move(names), nullptr);
  if (const BriefLock lock(mutex); lock) plans.keep(text, options, here);
  return here;
}

void keep_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options, std::shared_ptr<const KeptPlan> plan) {
  if (!is_kept(snapshot, options) || text.size() > kLongestText) return;
  if (plan->plan->query.notifications.empty()) {
    auto basis = std::make_shared<const PlanBasis>(plan->plan->query, snapshot);
    auto& [mutex, plans, going_on] = shared_beside(snapshot);
    auto kept = std::make_shared<const KeptPlan>(plan->plan, nullptr, std::move(basis));
    if (const BriefLock lock(mutex); lock) going_on.keep(text, options, std::move(kept));
  }
  auto& [mutex, plans, going_on] = beside(snapshot.data());
  if (const BriefLock lock(mutex); lock) plans.keep(text, options, std::move(plan));
}

}  // namespace policygraph::inline v0::detail::query
