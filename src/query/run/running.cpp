#include "query/run/running.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "query/kept_plans.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostSteps = 16, kMostSlots = 64;       // of a plan whose run is kept
constexpr std::size_t kMostWork = 65'536;                     // edges and the like, of a run that is kept
constexpr std::size_t kMostBytes = std::size_t{512} << 10U;   // asked for at once

bool is_of(std::span<const Function> functions, const Function* function) {
  return function >= functions.data() && function < functions.data() + functions.size();
}

bool asks_clock_by(const BoundExpression& e) {
  if (e.kind != BoundKind::call) return false;
  const auto steady = {graph_functions(), string_functions(), numeric_functions(), list_functions(), decimal_functions()};
  return std::ranges::none_of(steady, [&](std::span<const Function> functions) { return is_of(functions, e.function); });
}

// What keeps variables of its own, or a plan within.
bool is_nested(const BoundExpression& e) {
  switch (e.kind) {
    case BoundKind::comprehension:
    case BoundKind::reduce:
    case BoundKind::subquery:
    case BoundKind::currencies: return true;
    default: return false;
  }
}

bool is_literal(const BoundQuery& query, BoundId id) { return id == kNone || query.expressions[id].kind == BoundKind::literal; }

bool may_step_again(const Plan& plan, const Step& step) {
  if (step.inner != kNone || !step.tests.empty()) return false;
  switch (step.kind) {
    case StepKind::unit:
    case StepKind::seek:
    case StepKind::seek_property:
    case StepKind::seek_name:
    case StepKind::expand:
    case StepKind::expand_into:
    case StepKind::expand_path:
    case StepKind::shortest_path:
    case StepKind::filter:
    case StepKind::project:
    case StepKind::aggregate:
    case StepKind::distinct:
    case StepKind::sort:
    case StepKind::call: return true;
    case StepKind::top:
    case StepKind::skip:
    case StepKind::limit: return is_literal(plan.query, step.skip) && is_literal(plan.query, step.limit);
    default: return false;
  }
}

}  // namespace

bool asks_clock(const Plan& plan) {
  return plan.query.is_write || !plan.calls.empty() || std::ranges::any_of(plan.query.expressions, asks_clock_by);
}

bool may_run_again(const Plan& plan) {
  if (plan.query.is_write || plan.query.mode != QueryMode::answer || !plan.inner.empty()) return false;
  if (plan.query.slots.size() > kMostSlots) return false;
  if (std::ranges::any_of(plan.query.expressions, is_nested)) return false;
  std::size_t count = 0;
  for (auto step = plan.root; step != kNone; step = plan.steps[step].input) {
    if (++count > kMostSteps || !may_step_again(plan, plan.steps[step])) return false;
  }
  return true;
}

Running::Running(const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& the_options, const Limits* since)
    : options(the_options), execution(*kept.plan, options, snapshot, *kept.names, since), asks_clock_(kept.asks_clock) {
  take_options(the_options);
}

// Each step holds a batch as wide as the query: where there are many of them, they are of fewer rows.
void Running::take_options(const QueryOptions& given) {
  constexpr std::size_t kBytesOfMemoryACell = 256;
  const auto& plan = execution.plan;
  const auto bytes_a_row = std::max<std::size_t>(plan.steps.size() * plan.query.slots.size(), 1) * kBytesOfMemoryACell;
  options.vector_size = given.vector_size;
  if (bytes_a_row * given.vector_size <= given.max_memory) return;
  const auto most = std::max<std::size_t>(given.max_memory / bytes_a_row, 1);
  options.vector_size = static_cast<std::uint32_t>(std::min<std::size_t>(given.vector_size, most));
}

void Running::begin_again(const Snapshot& snapshot, const QueryOptions& given, const Limits* since) {
  options = given;
  take_options(given);
  execution.snapshot = snapshot;
  execution.begin_again(since);
  if (asks_clock_) execution.read_clock();
}

void Running::end() {
  root->reset();
  batch.clear();
  execution.parameters.clear();
  execution.snapshot = Snapshot(std::shared_ptr<const Snapshot::Data>());
  options.stop = {};
  options.procedures = nullptr;
}

bool Running::is_small() const noexcept {
  const auto& limits = execution.limits;
  return limits.steps() <= kMostWork && limits.largest() <= kMostBytes && limits.held() <= kMostBytes;
}

SpareRun::~SpareRun() { delete held_.load(std::memory_order_acquire); }

std::unique_ptr<Running> SpareRun::take() noexcept {
  if (held_.load(std::memory_order_relaxed) == nullptr) return nullptr;
  return std::unique_ptr<Running>(held_.exchange(nullptr, std::memory_order_acq_rel));
}

void SpareRun::put(std::unique_ptr<Running> run) noexcept {
  Running* none = nullptr;
  if (held_.compare_exchange_strong(none, run.get(), std::memory_order_acq_rel)) run.release();
}

}  // namespace policygraph::inline v0::detail::query
