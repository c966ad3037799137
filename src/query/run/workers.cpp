#include "query/run/workers.hpp"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

#include "graph/measure.hpp"
#include "query/run/edge_walk.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

bool may_help(const Execution& execution) {
  return execution.profile == nullptr && execution.transaction == nullptr && !execution.plan.query.is_write &&
         std::ranges::none_of(execution.plan.query.expressions, is_fickle);
}

// A thread that is started is waited for, on a busy machine longer than small work takes: who does not say how many takes another for four
// tenths of a millisecond each, nodes and edges taking some ten nanoseconds.
unsigned count_of(unsigned wanted, std::size_t work) {
  constexpr std::size_t kWorthAThread = 40'000, kMost = 64;
  if (wanted != 0) return graph::thread_count(wanted, work);
  return static_cast<unsigned>(std::min({std::size_t{std::thread::hardware_concurrency()}, work / kWorthAThread, kMost}));
}

}  // namespace

// The steps are counted anew: the time that is left is that of the query.
Workers::Helper::Helper(const Execution& of, const QueryOptions& the_options)
    : options(the_options), execution(of.plan, options, of.snapshot, *of.names, &of.limits) {
  execution.parameters = of.parameters;
  execution.clock = of.clock;
}

// Memory is shared out evenly; what is too much for a share is done by one thread, which has it all.
Workers::Workers(Execution& execution, std::size_t work) : execution_(execution), room_(execution.limits) {
  if (!may_help(execution)) return;
  const auto count = count_of(execution.options.threads, work);
  if (count < 2) return;
  auto options = execution.options;
  options.max_memory = execution.limits.free_bytes() / count;
  room_.take(options.max_memory * (count - 1));
  for (unsigned i = 1; i < count; ++i) helpers_.push_back(std::make_unique<Helper>(execution, options));
}

Workers::~Workers() = default;

bool Workers::run(std::uint32_t parts, const std::function<bool(unsigned, std::uint32_t)>& work) {
  std::atomic<std::uint32_t> next = 0;
  std::atomic<bool> has_failed = false;
  const auto held = execution_.limits.held();
  const auto notes = execution_.notifications.size();
  const auto serve = [&](unsigned worker) {
    try {
      for (auto part = next++; part < parts && !has_failed; part = next++) {
        if (!work(worker, part)) has_failed = true;
      }
      if (execution(worker).notifications.size() != (worker == 0 ? notes : 0)) has_failed = true;
    } catch (...) {
      has_failed = true;
    }
  };
  {
    std::vector<std::jthread> threads;
    try {
      for (unsigned worker = 1; worker < size(); ++worker) threads.emplace_back(serve, worker);
    } catch (const std::system_error&) {  // no more threads: fewer do the same
    }
    serve(0);
  }
  if (!has_failed) return true;
  execution_.limits.release(execution_.limits.held() - held);
  execution_.notifications.resize(notes);
  return false;
}

namespace {

// That a count below hops is looked up by node, or gathered over all edges: each thread would do that again.
bool is_counted_apart(const CountedHop& hop) {
  return hop.factors.empty() && hop.end_predicates.empty() && (hop.direction != Direction::in || hop.predicates.empty());
}

// The inner steps of one that runs them over all rows at once.
bool is_plain_inside(const Plan& plan, StepId at) {
  for (; plan.steps[at].kind != StepKind::argument; at = plan.steps[at].input) {
    const auto& step = plan.steps[at];
    const bool is_known = step.kind == StepKind::filter || step.kind == StepKind::project || step.kind == StepKind::expand || step.kind == StepKind::expand_into;
    if (!is_known || step.lineage != kNone) return false;
  }
  return true;
}

bool is_row_by_row(const Plan& plan, const Step& step) {
  if (step.lineage != kNone) return false;
  switch (step.kind) {
    case StepKind::filter:
    case StepKind::project:
    case StepKind::expand:
    case StepKind::expand_into:
    case StepKind::weigh_triangles: return true;
    case StepKind::weigh: return std::ranges::all_of(step.hops, is_counted_apart);
    case StepKind::optional:
    case StepKind::subquery: return !step.is_row_by_row && is_plain_inside(plan, step.inner);
    default: return false;
  }
}

}  // namespace

const Step* scan_in_parts(const Plan& plan, StepId at) {
  while (at != kNone && is_row_by_row(plan, plan.steps[at])) at = plan.steps[at].input;
  if (at == kNone) return nullptr;
  const auto& scan = plan.steps[at];
  const bool is_it = scan.kind == StepKind::scan && !scan.labels.empty() && plan.steps[scan.input].kind == StepKind::unit;
  return is_it ? &scan : nullptr;
}

std::size_t work_below(const Execution& execution, StepId at) {
  const auto& steps = execution.plan.steps;
  const auto edges = [&](std::span<const std::uint32_t> types) {
    std::size_t out = 0;
    for (const auto type : edge_types(types, execution)) out += execution.snapshot.edge_count(type);
    return out;
  };
  std::size_t out = 0;
  for (; steps[at].kind != StepKind::unit; at = steps[at].input) {
    const auto& step = steps[at];
    if (step.kind == StepKind::expand) out += edges(step.types);
    for (const auto& hop : step.hops) {
      const bool is_degree = step.kind == StepKind::weigh && hop.predicates.empty() && hop.end_predicates.empty() && hop.factors.empty();
      if (!is_degree) out += edges(hop.types);
    }
    const bool has_inner = step.kind == StepKind::optional || step.kind == StepKind::subquery;
    for (auto inner = has_inner ? step.inner : kNone; inner != kNone && steps[inner].kind != StepKind::argument; inner = steps[inner].input) {
      if (steps[inner].kind == StepKind::expand) out += edges(steps[inner].types);
    }
    if (step.kind != StepKind::scan) continue;
    if (const auto label = execution.names->labels[step.labels[0]]) out += execution.snapshot.nodes(*label).size();
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
