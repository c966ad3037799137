#include <utility>

#include "query/run/operator.hpp"
#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {

struct Evaluator::Inner {
  Argument argument;
  OperatorPtr plan;
  Batch outer, found;
};

Evaluator::Evaluator(Execution& execution) : execution_(execution), query_(execution.plan.query), locals_(query_.local_count) {}
Evaluator::~Evaluator() = default;

Evaluator::Inner& Evaluator::inner(std::uint32_t number) {
  auto& made = inner_[number];
  if (made == nullptr) {
    made = std::make_unique<Inner>();
    made->plan = make_operator(execution_, execution_.plan.inner[number], &made->argument);
  }
  return *made;
}

void Evaluator::gather(std::uint32_t number, const Batch& found, LineageGatherer& out) const {
  const Lineage lineage(execution_);
  std::vector<Mark> marks;
  for (std::uint32_t i = 0; i < found.size; ++i) {
    marks.clear();
    const auto left_out = lineage.of_slots(found, i, execution_.plan.inner_gathered[number], marks);
    out.add(marks, left_out);
  }
}

Evaluator::Inner& Evaluator::open_inner(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  auto& inner = this->inner(e.number);
  inner.outer.gather(batch, std::span(&row, 1));
  for (const auto& [local, slot] : query_.inner[e.number].locals) {
    auto& column = inner.outer.columns.fresh(slot, VectorKind::value);
    column.values.push_back(locals_[local]);
  }
  inner.plan->reset();
  inner.argument.put(&inner.outer);
  return inner;
}

void Evaluator::add_currencies_of_found(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out) {
  auto& inner = open_inner(e, batch, row);
  auto* const gatherers = std::exchange(gatherers_, nullptr);
  while (inner.plan->next(inner.found)) {
    execution_.limits.tick();
    for (std::uint32_t i = 0; i < inner.found.size; ++i) add_currencies(query_.inner[e.number].value, inner.found, i, out);
  }
  gatherers_ = gatherers;
  inner.argument.reset();
}

// A subquery that reads the variable of a comprehension: worked out anew for each item.
Value Evaluator::subquery(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto& subquery = query_.inner[e.number];
  auto& inner = open_inner(e, batch, row);
  std::int64_t count = 0;
  ValueList list;
  Room room(execution_.limits);
  while (inner.plan->next(inner.found)) {
    execution_.limits.tick();
    count += inner.found.size;
    if (gatherers_ != nullptr) gather(e.number, inner.found, (*gatherers_)[row]);
    if (subquery.mode == BoundSubquery::Mode::exists && gatherers_ == nullptr) break;
    auto* const gatherers = std::exchange(gatherers_, nullptr);  // rows are numbered for the batch around
    for (std::uint32_t i = 0; subquery.value != kNone && i < inner.found.size; ++i) {
      list.push_back(value(subquery.value, inner.found, i));
      room.take(value_bytes(list.back(), ~std::size_t{0}, &execution_.limits));
    }
    gatherers_ = gatherers;
  }
  inner.argument.reset();
  switch (subquery.mode) {
    case BoundSubquery::Mode::exists: return Value(count > 0);
    case BoundSubquery::Mode::count: return Value(count);
    case BoundSubquery::Mode::collect: break;
  }
  return Value(std::move(list));
}

}  // namespace policygraph::inline v0::detail::query
