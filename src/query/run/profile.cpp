#include "query/run/profile.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Without what the steps took that it takes from.
double own_milliseconds(const Plan& plan, StepId id, const std::vector<StepProfile>& profile) {
  const auto& step = plan.steps[id];
  auto time = profile[id].time;
  for (const auto below : {step.input, step.inner}) {
    if (below != kNone && step.kind != StepKind::argument) time -= profile[below].time;
  }
  return std::max(0.0, std::chrono::duration<double, std::milli>(time).count());
}

}  // namespace

void answer_with_plan(const Plan& plan, const std::vector<StepProfile>* profile, Rows::Data& out) {
  out.plan_columns = {"step"};
  if (profile != nullptr) out.plan_columns = {"step", "rows", "ms"};
  out.values.clear();
  out.size = 0;
  for (const auto& line : plan_lines(plan)) {
    ++out.size;
    out.values.emplace_back(line.text);
    if (profile == nullptr) continue;
    const bool has_step = line.step != kNone && plan.steps[line.step].kind != StepKind::argument;
    out.values.push_back(has_step ? Value(static_cast<std::int64_t>((*profile)[line.step].rows)) : Value());
    out.values.push_back(has_step ? Value(own_milliseconds(plan, line.step, *profile)) : Value());
  }
  out.marks.clear();
  out.mark_ends.clear();
  out.passages.clear();
  out.evidence.clear();
  out.evidence_ends.clear();
  out.left_out.clear();
}

}  // namespace policygraph::inline v0::detail::query
