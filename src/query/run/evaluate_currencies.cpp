#include <algorithm>
#include <utility>

#include "query/run/evaluator.hpp"
#include "query/run/operator.hpp"
#include "query/syntax/trouble.hpp"

// Which currencies the amounts that an expression gives are in: the expression walked once more, for what it reads instead of for what
// it gives. The binder says what is an amount, and where slots keep the currencies of theirs.
namespace policygraph::inline v0::detail::query {
namespace {

void add_to(ValueList& out, const Value& currency) {
  if (!currency.is_null() && std::ranges::find(out, currency) == out.end()) out.push_back(currency);
}

void add_all(ValueList& out, const Value& currencies) {
  if (currencies.kind() != ValueKind::list) return;
  for (const auto& currency : currencies.as_list()) add_to(out, currency);
}

}  // namespace

void Evaluator::currencies(BoundId id, const Batch& batch, std::uint32_t row, ValueList& out) {
  const auto& e = query_.expressions[id];
  const auto* const before = std::exchange(money_, &e);
  local_money_.resize(query_.local_count);
  out.clear();
  add_currencies(e.children[0], batch, row, out);
  money_ = before;
}

void Evaluator::refuse_currencies(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  if (!e.is_money) return;
  const auto found = value(e.names[0], batch, row);
  const auto& list = found.as_list();
  if (list.size() < 2) return;
  const auto& text = e.keys[0];
  fail(e, ErrorType::argument_error, Trouble::invalid_argument_value,
       "amounts in " + list[0].to_string() + " and " + list[1].to_string() + " do not add up; group by " + text + ", or keep one: WHERE " + text + " = " +
           list[0].to_string());
}

void Evaluator::add_currencies(BoundId id, const Batch& batch, std::uint32_t row, ValueList& out) {
  if (id == kNone) return;
  const auto& e = query_.expressions[id];
  switch (e.kind) {
    case BoundKind::slot:
      for (std::size_t i = 0; i + 1 < money_->names.size(); i += 2) {
        if (money_->names[i] == e.number) add_all(out, batch.columns[money_->names[i + 1]].at(row, execution_.snapshot));
      }
      return;
    case BoundKind::local: return add_all(out, local_money_[e.number]);
    case BoundKind::property:
      if (add_currency_of_element(e, batch, row, out)) return;
      return add_currency(e.children[0], query_.properties[e.number], batch, row, out);
    case BoundKind::index: {
      const auto key = value(e.children[1], batch, row);
      return add_currency(e.children[0], key.kind() == ValueKind::string ? key.as_string() : std::string(), batch, row, out);
    }
    case BoundKind::slice: return add_currencies(e.children[0], batch, row, out);
    case BoundKind::list:
    case BoundKind::map:
    case BoundKind::unary:
    case BoundKind::binary:
      for (const auto child : e.children) add_currencies(child, batch, row, out);
      return;
    case BoundKind::call: return add_currencies_of_call(e, batch, row, out);
    case BoundKind::case_of: return add_currencies(chosen(e, batch, row), batch, row, out);
    case BoundKind::comprehension: return add_currencies_of_items(e, batch, row, out);
    case BoundKind::reduce: return add_currencies_of_total(e, batch, row, out);
    case BoundKind::subquery: return add_currencies_of_found(e, batch, row, out);
    default: return;
  }
}

// variable.amount, where the variable is a node or a relationship: looked up in the columns.
bool Evaluator::add_currency_of_element(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out) const {
  const auto& base = query_.expressions[e.children[0]];
  if (base.kind != BoundKind::slot) return false;
  const auto& vector = batch.columns[base.number];
  if (vector.kind != VectorKind::node && vector.kind != VectorKind::edge) return false;
  const auto& columns = vector.kind == VectorKind::node ? execution_.names->node_columns : execution_.names->edge_columns;
  const auto* amounts = columns[e.number];
  const auto* currencies = columns[money_->number];
  const auto at = vector.rows[row];
  if (at == kNoRow || amounts == nullptr || currencies == nullptr || !amounts->has(at)) return true;
  if (std::ranges::find(money_->keys, query_.properties[e.number]) != money_->keys.end()) add_to(out, currencies->value(at));
  return true;
}

std::optional<Evaluator::PropertyRows> Evaluator::currency_rows(BoundId id, const Batch& batch) const {
  const auto& e = query_.expressions[id];
  const auto& amount = query_.expressions[e.children[0]];
  if (amount.kind != BoundKind::property || query_.expressions[amount.children[0]].kind != BoundKind::slot) return std::nullopt;
  const auto& vector = batch.columns[query_.expressions[amount.children[0]].number];
  if (vector.kind != VectorKind::node && vector.kind != VectorKind::edge) return std::nullopt;
  const auto& columns = vector.kind == VectorKind::node ? execution_.names->node_columns : execution_.names->edge_columns;
  const bool is_amount = columns[amount.number] != nullptr && std::ranges::find(e.keys, query_.properties[amount.number]) != e.keys.end();
  return PropertyRows{is_amount ? columns[e.number] : nullptr, vector.rows};
}

// What a property of that name holds of the base: an amount of its own, or one put into a map before.
void Evaluator::add_currency(BoundId base, const std::string& name, const Batch& batch, std::uint32_t row, ValueList& out) {
  add_currencies(base, batch, row, out);
  if (std::ranges::find(money_->keys, name) == money_->keys.end()) return;
  const auto holder = value(base, batch, row);
  const auto& snapshot = execution_.snapshot;
  const auto& currency = query_.properties[money_->number];
  if (holder.kind() == ValueKind::node) {
    const auto node = snapshot.find(holder.as_node());
    if (node && !snapshot.value(*node, name).is_null()) add_to(out, snapshot.value(*node, currency));
  } else if (holder.kind() == ValueKind::edge) {
    const auto edge = snapshot.find(holder.as_edge());
    if (edge && !snapshot.value(*edge, name).is_null()) add_to(out, snapshot.value(*edge, currency));
  } else if (holder.kind() == ValueKind::map) {
    const auto& map = holder.as_map();
    const auto found = map.find(currency);
    if (found != map.end() && map.contains(name)) add_to(out, found->second);
  }
}

void Evaluator::add_currencies_of_call(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out) {
  const bool is_first_known = e.function->name == "coalesce";
  for (const auto child : e.children) {
    if (is_first_known && value(child, batch, row).is_null()) continue;
    add_currencies(child, batch, row, out);
    if (is_first_known) return;
  }
}

void Evaluator::add_currencies_of_items(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out) {
  const auto list = value(e.children[0], batch, row);
  if (list.kind() != ValueKind::list) return;
  ValueList all;
  add_currencies(e.children[0], batch, row, all);
  const auto outer = std::exchange(local_money_[e.number], Value(std::move(all)));
  for (const auto& item : list.as_list()) {
    execution_.limits.step();
    locals_[e.number] = item;
    if (e.children[1] != kNone && truth(e.children[1], batch, row) != Truth::yes) continue;
    if (e.children[2] != kNone) add_currencies(e.children[2], batch, row, out);
    if (e.children[2] == kNone) add_all(out, local_money_[e.number]);
  }
  local_money_[e.number] = outer;
}

void Evaluator::add_currencies_of_total(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out) {
  auto total = value(e.children[0], batch, row);
  const auto list = value(e.children[1], batch, row);
  if (list.kind() != ValueKind::list) return;
  ValueList all, of_total;
  add_currencies(e.children[1], batch, row, all);
  add_currencies(e.children[0], batch, row, of_total);
  local_money_[e.second] = Value(std::move(all));
  for (const auto& item : list.as_list()) {
    execution_.limits.step();
    locals_[e.number] = total;
    locals_[e.second] = item;
    local_money_[e.number] = Value(of_total);
    ValueList next;
    add_currencies(e.children[2], batch, row, next);
    total = value(e.children[2], batch, row);
    of_total = std::move(next);
  }
  for (const auto& currency : of_total) add_to(out, currency);
}

}  // namespace policygraph::inline v0::detail::query
