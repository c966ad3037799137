#include <algorithm>
#include <utility>

#include "reference/interpreter_parts.hpp"

// CALL of procedures, and CALL { }.
namespace policygraph::testing::reference {

using bound::BoundCallSubquery;
using bound::BoundClause;
using bound::Slot;

namespace {

bool is_of(ProcedureType type, ValueKind kind) {
  switch (type) {
    case ProcedureType::any: return true;
    case ProcedureType::boolean: return kind == ValueKind::boolean;
    case ProcedureType::integer: return kind == ValueKind::integer;
    case ProcedureType::floating: return kind == ValueKind::floating;
    case ProcedureType::number: return kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal;
    case ProcedureType::string: return kind == ValueKind::string;
    case ProcedureType::list: return kind == ValueKind::list;
    case ProcedureType::map: return kind == ValueKind::map;
    case ProcedureType::node: return kind == ValueKind::node;
    case ProcedureType::edge: return kind == ValueKind::edge;
    case ProcedureType::path: return kind == ValueKind::path;
  }
  return false;
}

}  // namespace

Value Interpreter::fitted(const Value& value, const ProcedureField& field) const {
  if (value.is_null() && field.is_nullable) return value;
  if (field.type == ProcedureType::floating && value.kind() == ValueKind::integer) return Value(value.as_double());
  if (!is_of(field.type, value.kind()) || value.is_null()) throw Refused("an argument or a result that does not fit");
  return value;
}

Rows Interpreter::called(const BoundClause& clause, Rows rows) {
  answer(clause.subqueries, rows);
  const auto& call = clause.call;
  const auto& procedure = *call.procedure;
  Rows out;
  for (auto& row : rows) {
    std::vector<Value> arguments;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) arguments.push_back(fitted(value(call.arguments[i], row), procedure.arguments()[i]));
    const auto answers = procedure.call(arguments, snapshot_).rows;
    if (procedure.results().empty()) out.push_back(row);
    for (const auto& one : answers) {
      budget_.spend();
      if (procedure.results().empty()) break;
      out.push_back(row);
      for (const auto& yield : call.yields) out.back().values[yield.slot] = fitted(one[yield.result], procedure.results()[yield.result]);
    }
  }
  answer(clause.projection.late_subqueries, out);
  return kept(clause.where, std::move(out));
}

// Row by row, each seeing what those before it wrote.
Rows Interpreter::called_subquery(const BoundCallSubquery& called, const Rows& rows) {
  std::vector<Rows> found(rows.size());
  for (const auto i : order_of(called.is_writing ? rows.size() : 0)) found[i] = found_by(called, rows[i]);
  Rows out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!called.is_writing) found[i] = found_by(called, rows[i]);
    if (called.is_unit) found[i] = {rows[i]};
    for (auto& row : found[i]) {
      // What the row around had it still has, whatever WITH within let go of.
      for (Slot slot = 0; slot < row.values.size(); ++slot) {
        if (!rows[i].values[slot].is_null()) row.values[slot] = rows[i].values[slot];
      }
      row.carried.insert(rows[i].carried.begin(), rows[i].carried.end());
      out.push_back(std::move(row));
    }
  }
  return out;
}

Rows Interpreter::found_by(const BoundCallSubquery& called, const Row& row) {
  Rows out;
  const auto* const around = std::exchange(around_, &row);
  const std::vector<bound::OutputColumn> columns(called.columns.begin(), called.columns.begin() + static_cast<std::ptrdiff_t>(called.column_count));
  for (const auto part : called.parts) {
    auto rows = rows_of(query_.subparts[part], {row});
    for (auto& found : rows) {
      budget_.spend();
      const auto before = found.values;
      for (std::size_t i = 0; called.parts.size() > 1 && i < columns.size(); ++i) {
        found.values[columns[i].slot] = before[query_.subparts[part].columns[i].slot];
      }
      out.push_back(std::move(found));
    }
  }
  around_ = around;
  return called.parts.size() > 1 && !called.is_union_all && !called.is_unit ? distinct(columns, out) : out;
}

}  // namespace policygraph::testing::reference
