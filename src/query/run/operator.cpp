#include "query/run/operator.hpp"

#include <cassert>

namespace policygraph::inline v0::detail::query {
namespace {

class Unit : public Operator {
 public:
  bool next(Batch& out) override {
    if (std::exchange(is_done_, true)) return false;
    out.clear();
    out.size = 1;
    return true;
  }
  void reset() override { is_done_ = false; }

 private:
  bool is_done_ = false;
};

// An inner plan begins with the rows put in; the operator that uses it shares the Argument.
class Borrowed : public Operator {
 public:
  Borrowed(Execution& execution, const Argument& argument) : execution_(execution), argument_(argument) {}
  bool next(Batch& out) override {
    if (argument_.batch() == nullptr || std::exchange(seen_, argument_.turn()) == argument_.turn()) return false;
    out.take(*argument_.batch(), execution_.limits);
    return true;
  }
  void reset() override {}

 private:
  Execution& execution_;
  const Argument& argument_;
  std::uint64_t seen_ = 0;
};

// PROFILE: counts the rows and the time of another.
class Profiled : public Operator {
 public:
  Profiled(StepProfile& profile, OperatorPtr inner) : profile_(profile), inner_(std::move(inner)) {}
  bool next(Batch& out) override {
    const auto start = std::chrono::steady_clock::now();
    const bool has_rows = inner_->next(out);
    profile_.time += std::chrono::steady_clock::now() - start;
    if (has_rows) profile_.rows += out.size;
    return has_rows;
  }
  void reset() override { inner_->reset(); }

 private:
  StepProfile& profile_;
  OperatorPtr inner_;
};

// Slots of the one row around, beside each row of the input.
class Recall : public Operator {
 public:
  Recall(const Step& step, OperatorPtr input, const Argument& argument) : step_(step), input_(std::move(input)), argument_(argument) {}
  bool next(Batch& out) override {
    if (!input_->next(out)) return false;
    for (const auto slot : step_.slots) out.columns.fresh(slot, VectorKind::none).repeat(argument_.batch()->columns[slot], out.size);
    return true;
  }
  void reset() override { input_->reset(); }

 private:
  const Step& step_;
  OperatorPtr input_;
  const Argument& argument_;
};

}  // namespace

static OperatorPtr make_step(Execution& execution, StepId id, Argument* argument) {
  const auto& step = execution.plan.steps[id];
  if (step.kind == StepKind::unit) return std::make_unique<Unit>();
  if (step.kind == StepKind::argument) {
    assert(argument != nullptr);
    return std::make_unique<Borrowed>(execution, *argument);
  }
  auto input = make_operator(execution, step.input, argument);
  switch (step.kind) {
    case StepKind::scan: return make_scan(execution, step, std::move(input));
    case StepKind::seek: return make_seek(execution, step, std::move(input));
    case StepKind::seek_property: return make_seek_property(execution, step, std::move(input));
    case StepKind::seek_name: return make_seek_name(execution, step, std::move(input));
    case StepKind::expand: return make_expand(execution, step, std::move(input));
    case StepKind::expand_into: return make_expand_into(execution, step, std::move(input));
    case StepKind::expand_path: return make_expand_path(execution, step, std::move(input));
    case StepKind::shortest_path: return make_shortest_path(execution, step, std::move(input));
    case StepKind::weigh: return make_weigh(execution, step, std::move(input));
    case StepKind::weigh_triangles: return make_weigh_triangles(execution, step, std::move(input));
    case StepKind::filter: return make_filter(execution, step, std::move(input));
    case StepKind::project: return make_project(execution, step, std::move(input));
    case StepKind::aggregate:
    case StepKind::distinct: return make_aggregate(execution, step, std::move(input));
    case StepKind::sort:
    case StepKind::top: return make_sort(execution, step, std::move(input));
    case StepKind::skip: return make_skip(execution, step, std::move(input));
    case StepKind::limit: return make_limit(execution, step, std::move(input));
    case StepKind::unwind: return make_unwind(execution, step, std::move(input));
    case StepKind::call: return make_call(execution, step, std::move(input));
    case StepKind::call_subquery: return make_call_subquery(execution, step, std::move(input));
    case StepKind::call_once: return make_call_once(execution, step, std::move(input));
    case StepKind::call_writing: return make_call_writing(execution, step, std::move(input));
    case StepKind::recall: assert(argument != nullptr); return std::make_unique<Recall>(step, std::move(input), *argument);
    case StepKind::union_: return make_union(execution, std::move(input), make_operator(execution, step.inner, argument));
    case StepKind::optional: return make_optional_match(execution, step, std::move(input));
    case StepKind::subquery: return make_subquery(execution, step, std::move(input));
    case StepKind::create: return make_create(execution, step, std::move(input));
    case StepKind::merge: return make_merge(execution, step, std::move(input));
    case StepKind::set:
    case StepKind::remove: return make_set(execution, step, std::move(input));
    default: return make_delete(execution, step, std::move(input));
  }
}

OperatorPtr make_operator(Execution& execution, StepId id, Argument* argument) {
  auto made = make_step(execution, id, argument);
  for (const auto& wanted : execution.wanted) {
    if (wanted.above == id) made = make_wanted(execution, wanted, std::move(made));
  }
  if (execution.profile == nullptr) return made;
  return std::make_unique<Profiled>((*execution.profile)[id], std::move(made));
}

}  // namespace policygraph::inline v0::detail::query
