#include "reference/interpreter_parts.hpp"

#include <algorithm>
#include <utility>

namespace policygraph::testing::reference {

using bound::Assignment;
using bound::BoundClause;
using bound::BoundPart;
using bound::BoundSubquery;
using bound::ClauseKind;
using bound::kNone;
using bound::Slot;

Interpreter::Interpreter(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters, std::size_t budget)
    : query_(query), snapshot_(snapshot), budget_{budget}, expressions_(query, snapshot_, parameters, budget_) {
  matcher_.emplace(query, snapshot_, budget_);
  expressions_.subquery = [this](std::uint32_t number, const Values& row, const std::vector<Value>& locals) {
    const auto& subquery = query_.inner[number];
    Row outer{row, {}};
    for (const auto& [local, slot] : subquery.locals) outer.values[slot] = locals[local];
    auto* const carried = std::exchange(carried_, nullptr);
    auto out = answer(subquery, outer);
    carried_ = carried;
    if (carried_ != nullptr) carried_->merge(outer.carried);
    return out;
  };
}

void Interpreter::write_to(Transaction& transaction, std::uint64_t order) {
  transaction_ = &transaction;
  order_ = order;
}

Answer Interpreter::run() {
  Answer out;
  out.columns = query_.columns;
  for (const auto& part : query_.parts) {
    for (const auto& row : rows_of(part, {Row{Values(query_.slots.size()), {}}})) add(part, row, out);
  }
  if (query_.parts.size() > 1 && !query_.is_union_all) remove_doubles(out);
  out.counts = counts_;
  out.most_rows = most_rows_;
  return out;
}

void Interpreter::remove_doubles(Answer& out) {
  Answer once;
  once.columns = out.columns;
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    std::size_t at = 0;
    while (at < once.rows.size() && !is_same(Value(ValueList(once.rows[at])), Value(ValueList(out.rows[i])))) ++at;
    if (at == once.rows.size()) {
      once.rows.push_back(out.rows[i]);
      once.grounds.emplace_back();
    }
    once.grounds[at].insert(out.grounds[i].begin(), out.grounds[i].end());
  }
  out = std::move(once);
}

void Interpreter::add(const BoundPart& part, const Row& row, Answer& out) const {
  if (part.columns.empty()) return;
  Values line;
  for (const auto& column : part.columns) line.push_back(row.values[column.slot]);
  out.rows.push_back(std::move(line));
  out.grounds.push_back(grounds_of(row));
}

// ---- evidence

Grounds Interpreter::grounds_of(const Row& row) const {
  auto out = row.carried;
  for (Slot slot = 0; slot < row.values.size(); ++slot) add_grounds(row.values[slot], slot, out);
  return out;
}

void Interpreter::add_grounds(const Value& value, Slot slot, Grounds& out) const {
  if (value.kind() == ValueKind::list && query_.slots[slot].is_path_edges) {
    for (const auto& edge : value.as_list()) add_grounds(edge, slot, out);
  }
  const bool is_edge = value.kind() == ValueKind::edge;
  if (!is_edge && value.kind() != ValueKind::node) return;
  const auto key = is_edge ? value.as_edge().value : value.as_node().value;
  out.insert({is_edge, key, ""});
  // The properties that the query, anywhere, reads of this variable.
  for (const auto& e : query_.expressions) {
    if (e.kind != bound::BoundKind::property) continue;
    const auto& base = query_.expressions[e.children[0]];
    if (base.kind == bound::BoundKind::slot && base.number == slot) out.insert({is_edge, key, query_.properties[e.number]});
  }
}

// ---- clauses

Rows Interpreter::rows_of(const BoundPart& part, Rows rows) {
  for (const auto& clause : part.clauses) rows = after(clause, std::move(rows));
  return rows;
}

Rows Interpreter::after(const BoundClause& clause, Rows rows) {
  switch (clause.kind) {
    case ClauseKind::match: return matched(clause, rows);
    case ClauseKind::with:
    case ClauseKind::return_: return projected(clause, std::move(rows));
    case ClauseKind::unwind: return unwound(clause, std::move(rows));
    case ClauseKind::call: return called(clause, std::move(rows));
    case ClauseKind::subquery: return called_subquery(clause.subquery, rows);
    default: return written(clause, std::move(rows));
  }
}

Rows Interpreter::unwound(const BoundClause& clause, Rows rows) {
  answer(clause.subqueries, rows);
  Rows out;
  for (auto& row : rows) {
    const auto list = value(clause.unwind.expression, row);
    if (list.is_null()) continue;
    for (const auto& item : list.kind() == ValueKind::list ? list.as_list() : ValueList(1, list)) {
      budget_.spend();
      out.push_back(row);
      out.back().values[clause.unwind.slot] = item;
    }
  }
  return out;
}

Rows Interpreter::kept(const std::vector<bound::BoundId>& predicates, Rows rows) {
  Rows out;
  for (auto& row : rows) {
    auto* const before = std::exchange(carried_, &row.carried);
    const bool is_kept = std::all_of(predicates.begin(), predicates.end(), [&](bound::BoundId id) { return expressions_.truth(id, row.values).value_or(false); });
    carried_ = before;
    if (is_kept) out.push_back(std::move(row));
  }
  return out;
}

void Interpreter::assign(const std::vector<Assignment>& assignments, Rows& rows) {
  for (auto& row : rows) {
    for (const auto& a : assignments) row.values[a.slot] = value(a.expression, row);
  }
}

// The row rests on what subqueries within find.
Value Interpreter::value(bound::BoundId id, Row& row) {
  auto* const before = std::exchange(carried_, &row.carried);
  auto out = expressions_.value(id, row.values);
  carried_ = before;
  return out;
}

// EXISTS, COUNT and pattern comprehensions: a slot for each row, which rests on all that was found.
void Interpreter::answer(const std::vector<BoundSubquery>& subqueries, Rows& rows) {
  for (const auto& subquery : subqueries) {
    if (subquery.inner != kNone) continue;  // worked out with its expression
    for (auto& row : rows) row.values[subquery.slot] = answer(subquery, row);
  }
}

Value Interpreter::answer(const BoundSubquery& subquery, Row& row) {
  auto found = rows_of(query_.subparts[subquery.part], {row});
  ValueList list;
  for (auto& inner : found) {
    budget_.spend();
    if (subquery.value != kNone) list.push_back(value(subquery.value, inner));
    row.carried.merge(grounds_of(inner));
  }
  switch (subquery.mode) {
    case BoundSubquery::Mode::exists: return Value(!found.empty());
    case BoundSubquery::Mode::count: return Value(static_cast<std::int64_t>(found.size()));
    case BoundSubquery::Mode::collect: break;
  }
  return Value(std::move(list));
}

Answer interpret(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters, std::size_t budget) {
  return Interpreter(query, snapshot, parameters, budget).run();
}

Answer interpret_write(const bound::BoundQuery& query, Transaction& transaction, std::uint64_t order, std::size_t budget) {
  Interpreter interpreter(query, transaction.snapshot(), {}, budget);
  interpreter.write_to(transaction, order);
  return interpreter.run();
}

}  // namespace policygraph::testing::reference
