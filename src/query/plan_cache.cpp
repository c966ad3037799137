#include "policygraph/query/plan_cache.hpp"

#include <mutex>
#include <optional>
#include <utility>

#include "query/rows_data.hpp"

namespace policygraph::inline v0 {

using detail::query::PlanTable;

struct PlanCache::State {
  explicit State(std::size_t most) : plans(most) {}

  mutable std::mutex mutex;
  std::optional<Snapshot> snapshot;  // of all plans
  PlanTable plans;
  std::size_t hits = 0, misses = 0;

  bool is_of(const Snapshot& other) const { return snapshot && !other.is_view() && &snapshot->data() == &other.data(); }
};

PlanCache::PlanCache(std::size_t most) : state_(std::make_unique<State>(most)) {}
PlanCache::~PlanCache() = default;

PreparedQuery PlanCache::prepare(const Snapshot& snapshot, std::string_view text, const QueryOptions& options) {
  const bool is_kept = options.rules_off.empty() && options.as_of.is_unknown() && !snapshot.is_view();
  if (!is_kept) return policygraph::prepare(snapshot, text, options);
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->is_of(snapshot)) {
      if (auto found = state_->plans.find(text, options)) {
        ++state_->hits;
        return PreparedQuery(std::make_shared<const PreparedQuery::Data>(PreparedQuery::Data{snapshot, std::move(found)}));
      }
    }
  }
  auto known = detail::query::find_plan(snapshot, text, options);  // perhaps from before a commit
  if (known != nullptr && known->plan->query.is_write) known = nullptr;  // of a graph: refused below
  const auto plan = known == nullptr ? policygraph::prepare(snapshot, text, options) : PreparedQuery(std::make_shared<const PreparedQuery::Data>(PreparedQuery::Data{snapshot, known}));
  if (known == nullptr) detail::query::keep_plan(snapshot, text, options, plan.data().kept);
  const std::lock_guard lock(state_->mutex);
  ++(known == nullptr ? state_->misses : state_->hits);
  if (!state_->is_of(snapshot)) state_->plans.clear();
  state_->snapshot = snapshot;
  state_->plans.keep(text, options, plan.data().kept);
  return plan;
}

std::size_t PlanCache::size() const {
  const std::lock_guard lock(state_->mutex);
  return state_->plans.size();
}

std::size_t PlanCache::hits() const {
  const std::lock_guard lock(state_->mutex);
  return state_->hits;
}

std::size_t PlanCache::misses() const {
  const std::lock_guard lock(state_->mutex);
  return state_->misses;
}

}  // namespace policygraph::inline v0
