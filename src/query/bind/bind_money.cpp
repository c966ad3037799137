#include <algorithm>
#include <array>
#include <utility>

#include "query/bind/binder.hpp"

// Amounts of money keep their currencies. A decimal of a label that has a `currency` is an amount; whatever slot may hold one, be it within
// a list or a map, has beside it a slot with the list of the currencies its amounts are in. What cannot be told apart counts as all of
// them, so nothing adds up two currencies unseen.
namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::string_view kCurrency = "currency";

// Functions whose result is no amount, whatever they are given.
bool is_plain(const Function& function) {
  static constexpr std::array<std::string_view, 12> kPlain = {"size", "length", "sign",       "id",    "type",          "labels",
                                                              "keys", "range",  "properties", "nodes", "relationships", "isNaN"};
  return function.result == Type::boolean || function.result == Type::string || std::ranges::find(kPlain, function.name) != kPlain.end();
}

}  // namespace

// The decimals of a label that has a currency are sums of money.
bool Binder::is_money(std::string_view property) {
  const auto& schema = snapshot_.schema();
  if (!has_money_) {
    has_money_ = std::ranges::any_of(schema.labels(), [&](const LabelRule& label) { return schema.property(label.name, kCurrency) != nullptr; });
  }
  if (!*has_money_) return false;
  const auto [known, is_new] = money_names_.try_emplace(std::string(property), false);
  if (!is_new) return known->second;
  return known->second = std::ranges::any_of(schema.labels(), [&](const LabelRule& label) {
           const auto* rule = schema.property(label.name, property);
           return rule != nullptr && rule->type == PropertyType::decimal && schema.property(label.name, kCurrency) != nullptr;
         });
}

bool Binder::may_hold_money(BoundId id) {
  if (id == kNone || !has_money_.value_or(true)) return false;
  const auto& e = out_.expressions[id];
  const auto any = [this](const std::vector<BoundId>& of) { return std::ranges::any_of(of, [this](BoundId child) { return may_hold_money(child); }); };
  switch (e.kind) {
    case BoundKind::slot: return money_.contains(e.number);
    case BoundKind::local: return money_locals_.contains(e.number);
    case BoundKind::property: return is_money(out_.properties[e.number]) || may_hold_money(e.children[0]);
    case BoundKind::list:
    case BoundKind::map:
    case BoundKind::case_of:
    case BoundKind::reduce: return any(e.children);
    case BoundKind::slice: return may_hold_money(e.children[0]);
    case BoundKind::unary: return (e.op == Operation::negate || e.op == Operation::plus) && may_hold_money(e.children[0]);
    case BoundKind::binary: return e.op >= Operation::add && e.op <= Operation::power && any(e.children);
    case BoundKind::index: return may_hold_money(e.children[0]) || index_may_hold_money(e);
    case BoundKind::call: return !is_plain(*e.function) && any(e.children);
    case BoundKind::comprehension: return may_hold_money(e.children[e.children[2] == kNone ? 0 : 2]);
    case BoundKind::subquery: return may_hold_money(out_.inner[e.number].value);
    default: return false;
  }
}

// f['amount'], and f[key] whatever the key.
bool Binder::index_may_hold_money(const BoundExpression& e) {
  const auto& key = out_.expressions[e.children[1]];
  if (key.kind == BoundKind::literal && key.value.kind() == ValueKind::string) return is_money(key.value.as_string());
  return (key.type == Type::any || key.type == Type::string) && (is_money(kCurrency) || *has_money_);
}

// Where the currencies come from, for the hint: "f.currency".
std::string Binder::money_text(BoundId id) {
  std::vector<BoundId> open = {id};
  while (!open.empty()) {
    const auto at = open.back();
    open.pop_back();
    if (at == kNone) continue;
    const auto& e = out_.expressions[at];
    if (e.kind == BoundKind::slot && money_.contains(e.number)) return money_[e.number].text;
    if (e.kind == BoundKind::property && is_money(out_.properties[e.number])) {
      const auto& base = out_.expressions[e.children[0]];
      if (base.kind == BoundKind::slot) return slot_text(out_, base.number) + "." + std::string(kCurrency);
    }
    open.insert(open.end(), e.children.rbegin(), e.children.rend());
  }
  return std::string(kCurrency);
}

// Its run needs to know which names are amounts, and where the currencies of slots stand.
BoundId Binder::currencies_of(BoundId id) {
  BoundExpression out;
  out.kind = BoundKind::currencies;
  out.type = Type::list;
  out.span = out_.expressions[id].span;
  out.children = {id};
  out.number = property_number(kCurrency, out.span, true);
  std::vector<BoundId> open = {id};
  while (!open.empty()) {
    const auto at = open.back();
    open.pop_back();
    if (at == kNone) continue;
    const auto e = out_.expressions[at];
    if (e.kind == BoundKind::index) {  // by a key that is worked out: any amount of the schema
      for (const auto& label : snapshot_.schema().labels())
        for (const auto& rule : label.properties) is_money(rule.name);
    }
    open.insert(open.end(), e.children.begin(), e.children.end());
    if (e.kind == BoundKind::subquery) open.push_back(out_.inner[e.number].value);
    if (const auto known = money_.find(e.number); e.kind == BoundKind::slot && known != money_.end()) {
      out.names.insert(out.names.end(), {e.number, known->second.slot});
    }
    if (e.kind != BoundKind::property || !is_money(out_.properties[e.number])) continue;
    BoundExpression currency;  // read, and so what the row rests on
    currency.kind = BoundKind::property;
    currency.number = out.number;
    currency.span = e.span;
    currency.children = {e.children[0]};
    add(std::move(currency));
  }
  for (const auto& [name, is_amount] : money_names_) {
    if (is_amount) out.keys.push_back(name);
  }
  return add(std::move(out));
}

// The slot is about to get the value of `from`: its currencies go to a slot beside it.
void Binder::keep_currencies(Slot slot, BoundId from, std::vector<Assignment>& out) {
  if (is_last_ || !may_hold_money(from)) return;
  const auto beside = new_slot("", Type::list);
  out.push_back({beside, currencies_of(from)});
  money_[slot] = {beside, money_text(from)};
}

// All currencies that a group's rows have in a slot.
BoundAggregate Binder::gathered_currencies(BoundId from) {
  BoundAggregate out;
  out.aggregate = Aggregate::currencies;
  out.argument = from;
  out.span = out_.expressions[from].span;
  out.slot = new_slot("", Type::list);
  return out;
}

// The amounts of a sum are in one currency; those that are collected are in any.
void Binder::keep_aggregate_currencies(BoundAggregate& aggregate) {
  if (aggregate.aggregate == Aggregate::count || !may_hold_money(aggregate.argument)) return;
  aggregate.money = currencies_of(aggregate.argument);
  aggregate.money_text = money_text(aggregate.argument);
  const auto variable = aggregate.money_text.substr(0, aggregate.money_text.find('.'));
  aggregate.is_money_near = find_variable(variable) != nullptr;
  aggregate.money_slot = new_slot("", Type::list);
}

void Binder::keep_grouped_currencies(BoundProjection& projection) {
  for (const auto key : projection.keys) {
    const auto known = money_.find(key);
    if (known == money_.end()) continue;
    projection.aggregates.push_back(gathered_currencies(add_slot(known->second.slot, {})));
    known->second.slot = projection.aggregates.back().slot;
  }
}

void Binder::keep_distinct_currencies(BoundProjection& projection) {
  if (is_last_) return;
  for (const auto& column : projection.columns) {
    const auto known = money_.find(column.slot);
    if (known == money_.end()) continue;
    projection.distinct_money.push_back(gathered_currencies(add_slot(known->second.slot, {})));
    known->second.slot = projection.distinct_money.back().slot;
  }
}

// A column without name behind the others, in each part and in what they give.
void Binder::keep_union_currencies(std::size_t column, BoundCallSubquery& called) {
  std::vector<Slot> slots;
  std::string text;
  for (const auto part : called.parts) {
    const auto known = money_.find(out_.subparts[part].columns[column].slot);
    slots.push_back(known == money_.end() ? kNone : known->second.slot);
    if (known != money_.end()) text = known->second.text;
  }
  if (std::ranges::all_of(slots, [](Slot slot) { return slot == kNone; })) return;
  for (std::size_t i = 0; i < slots.size(); ++i) out_.subparts[called.parts[i]].columns.push_back({"", slots[i]});
  called.columns.push_back({"", new_slot("", Type::list)});
  auto& known = money_[called.columns[column].slot] = {called.columns.back().slot, text};
  if (called.is_union_all) return;
  called.money.push_back(gathered_currencies(add_slot(known.slot, {})));
  known.slot = called.money.back().slot;
}

// An operation over two amounts, or over a list of them, asks that their currency is one.
void Binder::mark_money(BoundId id) {
  const auto& e = out_.expressions[id];
  const bool is_sum = e.kind == BoundKind::binary && (e.op == Operation::add || e.op == Operation::subtract) && may_hold_money(e.children[0]) &&
                      may_hold_money(e.children[1]);
  if (!is_sum && !(e.kind == BoundKind::reduce && may_hold_money(id))) return;
  const auto currencies = currencies_of(id);
  out_.expressions[id].is_money = true;
  out_.expressions[id].names = {currencies};
  out_.expressions[id].keys = {money_text(id)};
}

}  // namespace policygraph::inline v0::detail::query
