#include <compare>
#include <utility>

#include "query/run/evaluator.hpp"
#include "query/run/value_bytes.hpp"
#include "query/syntax/trouble.hpp"

// Loops over a column of typed values, with one dispatch a column and none a row.
namespace policygraph::inline v0::detail::query {
namespace {

bool holds(Operation op, std::strong_ordering o) {
  switch (op) {
    case Operation::equal: return o == 0;
    case Operation::not_equal: return o != 0;
    case Operation::less: return o < 0;
    case Operation::less_equal: return o <= 0;
    case Operation::greater: return o > 0;
    default: return o >= 0;
  }
}

Operation mirrored(Operation op) {
  switch (op) {
    case Operation::less: return Operation::greater;
    case Operation::less_equal: return Operation::greater_equal;
    case Operation::greater: return Operation::less;
    case Operation::greater_equal: return Operation::less_equal;
    default: return op;
  }
}

template <class Keep>
void narrow(std::vector<std::uint32_t>& selection, Keep keep) {
  std::size_t kept = 0;
  for (const auto row : selection) {
    if (keep(row)) selection[kept++] = row;
  }
  selection.resize(kept);
}

bool is_comparison(Operation op) { return op >= Operation::equal && op <= Operation::greater_equal; }

}  // namespace

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
  Vector made;
  const auto bytes = column(id, batch, made);
  batch.columns.fresh(slot, made.kind) = std::move(made);
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

void Evaluator::select(BoundId id, const Batch& batch, std::vector<std::uint32_t>& selection) {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::all_of) {
    for (const auto child : e.children) select(child, batch, selection);
    return;
  }
  if (e.kind == BoundKind::has_labels && select_labels(e, batch, selection)) return;
  if (e.kind == BoundKind::binary && is_comparison(e.op) && select_property(e, batch, selection)) return;
  narrow(selection, [&](std::uint32_t row) {
    execution_.limits.step();
    return truth(id, batch, row) == Truth::yes;
  });
}

bool Evaluator::select_labels(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection) {
  const auto& base = query_.expressions[e.children[0]];
  if (base.kind != BoundKind::slot || batch.columns[base.number].kind != VectorKind::node) return false;
  const auto& rows = batch.columns[base.number].rows;
  narrow(selection, [&](std::uint32_t row) { return rows[row] != kNoRow; });
  for (const auto name : e.names) {
    const auto label = execution_.names->labels[name];
    narrow(selection, [&](std::uint32_t row) {
      return label && execution_.snapshot.has_label(NodeRow{rows[row]}, *label);
    });
  }
  return true;
}

// variable.property compared with a constant; where a block of the column is of the constant's kind, no Value is made.
bool Evaluator::select_property(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection) {
  const bool is_left = query_.expressions[e.children[0]].kind == BoundKind::property;
  const auto& property = query_.expressions[e.children[is_left ? 0 : 1]];
  const auto* wanted = constant(e.children[is_left ? 1 : 0]);
  if (property.kind != BoundKind::property || wanted == nullptr) return false;
  const auto& base = query_.expressions[property.children[0]];
  if (base.kind != BoundKind::slot) return false;
  const auto& vector = batch.columns[base.number];
  if (vector.kind != VectorKind::node && vector.kind != VectorKind::edge) return false;
  const auto* column = (vector.kind == VectorKind::node ? execution_.names->node_columns : execution_.names->edge_columns)[property.number];
  if (column == nullptr || wanted->is_null()) return selection.clear(), true;
  const auto op = is_left ? e.op : mirrored(e.op);
  const auto slow = [&](std::uint32_t at) {
    const auto found = column->value(at);
    return (is_left ? compare(e, found, *wanted) : compare(e, *wanted, found)) == Truth::yes;
  };
  if (wanted->kind() == ValueKind::string && (op == Operation::equal || op == Operation::not_equal)) {
    const auto number = column->find_string(wanted->as_string());
    narrow(selection, [&](std::uint32_t row) {
      const auto at = vector.rows[row];
      if (at == kNoRow || !column->has(at)) return false;
      if (column->kind(at) != ColumnKind::string) return slow(at);
      return (number && column->string_number(at) == *number) == (op == Operation::equal);
    });
    return true;
  }
  if (wanted->kind() == ValueKind::integer) {
    const auto integer = wanted->as_integer();
    narrow(selection, [&](std::uint32_t row) {
      const auto at = vector.rows[row];
      if (at == kNoRow || !column->has(at)) return false;
      return column->kind(at) == ColumnKind::integer ? holds(op, column->integer(at) <=> integer) : slow(at);
    });
    return true;
  }
  if (wanted->kind() == ValueKind::decimal) {
    const auto decimal = wanted->as_decimal();
    narrow(selection, [&](std::uint32_t row) {
      const auto at = vector.rows[row];
      if (at == kNoRow || !column->has(at)) return false;
      return column->kind(at) == ColumnKind::decimal ? holds(op, column->decimal(at) <=> decimal) : slow(at);
    });
    return true;
  }
  return false;
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
