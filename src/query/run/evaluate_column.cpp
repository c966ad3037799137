#include <utility>

#include "query/run/evaluator.hpp"
#include "query/run/integer_column.hpp"
#include "query/run/value_bytes.hpp"
#include "query/syntax/trouble.hpp"

// Loops over a column of typed values, with one dispatch a column and none a row.
namespace policygraph::inline v0::detail::query {

const Value* Evaluator::constant(BoundId id) const {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::literal) return &e.value;
  return e.kind == BoundKind::parameter ? &execution_.parameters[e.number] : nullptr;
}

std::size_t Evaluator::column(BoundId id, const Batch& batch, Vector& out) {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::slot) {
    out = batch.columns[e.number];
    return 0;
  }
  if (refer(e, batch, out)) return 0;
  if (std::vector<std::int64_t> numbers; e.kind == BoundKind::binary && batch.size > 0 && add_up_integers(query_, id, batch, numbers)) {
    execution_.limits.step(batch.size);
    out.clear(VectorKind::whole);
    out.wholes = std::move(numbers);
    return 0;
  }
  out.clear(VectorKind::value);
  if (const auto* value = constant(id)) return repeat(*value, batch.size, out);
  out.values.reserve(batch.size);
  if (e.kind == BoundKind::property && query_.expressions[e.children[0]].kind == BoundKind::slot) {
    const auto& base = batch.columns[query_.expressions[e.children[0]].number];
    if (base.kind == VectorKind::node || base.kind == VectorKind::edge) {
      const auto* column = (base.kind == VectorKind::node ? execution_.names->node_columns : execution_.names->edge_columns)[e.number];
      if (column == nullptr) return out.clear(VectorKind::none), 0;
      std::size_t bytes = 0;
      for (const auto row : base.rows) {
        out.values.push_back(row == kNoRow ? Value() : column->value(row));
        if (const auto more = text_bytes(out.values.back()); more != 0) execution_.limits.check(bytes += more);
      }
      return bytes;
    }
  }
  // Long values are not held until the query ends, but a batch of them is held at once.
  Room room(execution_.limits);
  std::size_t bytes = 0;
  for (std::uint32_t row = 0; row < batch.size; ++row) {
    execution_.limits.step();
    out.values.push_back(value(id, batch, row));
    const auto more = long_bytes(out.values.back(), execution_.limits);
    room.take(more);
    bytes += more;
  }
  return bytes;
}

// A property of a node or a relationship, and its id(), stay where they are until someone wants the values; a query that writes may
// change them before.
bool Evaluator::refer(const BoundExpression& e, const Batch& batch, Vector& out) const {
  if (query_.is_write || e.children.empty()) return false;
  const auto& base = query_.expressions[e.children[0]];
  if (base.kind != BoundKind::slot) return false;
  const auto& from = batch.columns[base.number];
  if (from.kind != VectorKind::node && from.kind != VectorKind::edge) return false;
  const bool is_node = from.kind == VectorKind::node;
  if (e.kind == BoundKind::call && e.children.size() == 1 && e.function->name == "id") {
    out.clear(is_node ? VectorKind::node_id : VectorKind::edge_id);
  } else if (e.kind == BoundKind::property) {
    const auto* const column = (is_node ? execution_.names->node_columns : execution_.names->edge_columns)[e.number];
    out.clear(column == nullptr ? VectorKind::none : VectorKind::property);
    out.source = column;
    if (column == nullptr) return true;
  } else {
    return false;
  }
  out.rows = from.rows;
  return true;
}

const Vector& Evaluator::seen_column(BoundId id, const Batch& batch, Vector& made) {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::slot) return batch.columns[e.number];
  column(id, batch, made);
  return made;
}

std::size_t Evaluator::put_column(BoundId id, Batch& batch, Slot slot) {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::slot && is_worth_sharing(batch.size, batch.columns.size())) {
    batch.columns.share(slot, batch.columns, e.number);
    return 0;
  }
  const auto bytes = column(id, batch, made_);
  batch.columns.fresh(slot, VectorKind::none).swap(made_);
  return bytes;
}

// Each row has its own copy of a text.
std::size_t Evaluator::repeat(const Value& value, std::uint32_t size, Vector& out) {
  const auto bytes = value.kind() == ValueKind::string ? long_bytes(value, execution_.limits) * size : 0;
  execution_.limits.check(bytes);
  if (bytes == 0) return out.values.assign(size, value), 0;
  out.values.reserve(size);
  for (std::uint32_t row = 0; row < size; ++row) {
    execution_.limits.step(value.as_string().size() / 64);
    out.values.push_back(value);
  }
  return bytes;
}

std::size_t Evaluator::count(BoundId id, std::string_view clause) {
  const Batch none;
  const auto& e = query_.expressions[id];
  const auto result = value(id, none, 0);
  if (result.kind() != ValueKind::integer) {
    fail(e, ErrorType::syntax_error, Trouble::invalid_argument_type, std::string(clause) + " takes an integer, not " + excerpt(result));
  }
  if (result.as_integer() < 0) {
    fail(e, ErrorType::syntax_error, Trouble::negative_integer_argument, std::string(clause) + " takes an integer from 0 up, not " + excerpt(result));
  }
  return static_cast<std::size_t>(result.as_integer());
}

}  // namespace policygraph::inline v0::detail::query
