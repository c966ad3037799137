#include <algorithm>
#include <ranges>
#include <utility>

#include "model/suggestion.hpp"
#include "query/bind/binder.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

Type type_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::boolean: return Type::boolean;
    case ValueKind::integer: return Type::integer;
    case ValueKind::decimal: return Type::decimal;
    case ValueKind::floating: return Type::floating;
    case ValueKind::string: return Type::string;
    default: return Type::any;
  }
}

bool is_number(Type type) {
  return type == Type::integer || type == Type::floating || type == Type::decimal || type == Type::number || type == Type::any;
}

}  // namespace

BoundId Binder::bind_expression(ExpressionId id) {
  limits_.step(grouping_.keys.size() + 1);
  const auto& e = syntax_.expressions[id];
  for (const auto& key : grouping_.keys) {
    if (!same_expression(syntax_, id, key.expression)) continue;
    if (grouping_.is_beside_aggregate) refuse_ambiguous(id);
    return add_slot(key.slot, e.span);
  }
  switch (e.kind) {
    case ExpressionKind::literal: {
      auto bound = copy_of(e, BoundKind::literal, type_of(e.value));
      out_.expressions[bound].value = e.value;
      return bound;
    }
    case ExpressionKind::parameter: return bind_parameter(e);
    case ExpressionKind::variable: return bind_variable(e);
    case ExpressionKind::property: return bind_property(e);
    case ExpressionKind::has_labels:
    case ExpressionKind::list:
    case ExpressionKind::map: return bind_container(e);
    case ExpressionKind::unary:
    case ExpressionKind::binary:
    case ExpressionKind::index:
    case ExpressionKind::slice: return bind_operation(e);
    case ExpressionKind::all_of:
    case ExpressionKind::any_of: return bind_logic(e);
    case ExpressionKind::call:
    case ExpressionKind::count_star: return bind_call(e);
    case ExpressionKind::case_of: return bind_case(e);
    case ExpressionKind::comprehension:
    case ExpressionKind::quantifier: return bind_comprehension(e);
    case ExpressionKind::reduce: return bind_reduce(e);
    case ExpressionKind::path_search: return bind_path_search(e);
    default: return bind_subquery(e);
  }
}

// The frame of `e` with its children still to be bound by the caller.
BoundId Binder::copy_of(const Expression& e, BoundKind kind, Type type) {
  BoundExpression bound;
  bound.kind = kind;
  bound.op = e.op;
  bound.type = type;
  bound.span = e.span;
  bound.has_subject = e.has_subject;
  bound.has_else = e.has_else;
  return add(std::move(bound));
}

BoundId Binder::bind_parameter(const Expression& e) {
  auto& parameters = out_.parameters;
  const auto [found, is_new] = parameter_numbers_.try_emplace(e.name, static_cast<std::uint32_t>(parameters.size()));
  if (is_new) parameters.push_back({e.name, e.span});
  const auto number = found->second;
  const auto bound = copy_of(e, BoundKind::parameter, Type::any);
  out_.expressions[bound].number = number;
  return bound;
}

BoundId Binder::bind_variable(const Expression& e) {
  for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
    if (local->name != e.name) continue;
    const auto bound = copy_of(e, BoundKind::local, local->type);
    out_.expressions[bound].number = local->number;
    return bound;
  }
  const auto* slot = find_variable(e.name);
  if (slot == nullptr) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::undefined_variable,
              "variable '" + e.name + "' is not defined" + suggest_variable(e));
  }
  if (grouping_.is_strict) {
    const bool is_key = std::any_of(grouping_.keys.begin(), grouping_.keys.end(), [&](const auto& key) { return key.slot == *slot; });
    if (!is_key) {
      fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::ambiguous_aggregation_expression,
                "'" + e.name + "' stands beside an aggregate but is not grouped by; return it as a column of its own");
    }
  }
  return add_slot(*slot, e.span);
}

// What an unknown variable is most likely meant to be.
std::string Binder::suggest_variable(const Expression& e) const {
  const auto near = e.name.size() < 3 ? std::string() : model::did_you_mean(e.name, std::views::keys(scope_));
  if (!near.empty()) return near;
  const auto is_it = [&](const SlotInfo& slot) { return slot.name == e.name; };
  if (std::ranges::any_of(out_.slots, is_it)) return " here; WITH passes on what it names, and what a subquery or a UNION names stays within";
  const auto text = std::string_view(out_.text);
  const auto before = text.find_last_not_of(" \t\r\n", e.span.start == 0 ? 0 : e.span.start - 1);
  const auto after = text.find_first_not_of(" \t\r\n", e.span.end);
  const bool is_operand = before != std::string_view::npos && std::string_view("=<>:").find(text[before]) != std::string_view::npos;
  const bool is_base = after != std::string_view::npos && std::string_view(".[(:").find(text[after]) != std::string_view::npos;
  return is_operand && !is_base ? "; a text stands in quotes: '" + e.name + "'" : "";
}

BoundId Binder::bind_property(const Expression& e) {
  const auto base = bind_expression(e.children[0]);
  const auto type = out_.expressions[base].type;
  if (type == Type::boolean || type == Type::integer || type == Type::floating || type == Type::string || type == Type::list || type == Type::path) {
    fail_bind(out_.text, e.name_spans[0].start, type == Type::path ? ErrorType::syntax_error : ErrorType::type_error, Trouble::invalid_argument_type,
              std::string(type_text(type)) + " has no properties" + (type == Type::list ? "; [x IN list | x.name] reads those of its items" : ""));
  }
  const auto number = property_number(e.name, e.name_spans[0], type == Type::node || type == Type::edge);
  const auto bound = copy_of(e, BoundKind::property, Type::any);
  out_.expressions[bound].number = number;
  out_.expressions[bound].children = {base};
  return bound;
}

BoundId Binder::bind_container(const Expression& e) {
  std::vector<BoundId> children;
  for (const auto child : e.children) children.push_back(bind_expression(child));
  const bool is_map = e.kind == ExpressionKind::map;
  const auto kind = is_map ? BoundKind::map : e.kind == ExpressionKind::list ? BoundKind::list : BoundKind::has_labels;
  const auto bound = copy_of(e, kind, is_map ? Type::map : e.kind == ExpressionKind::list ? Type::list : Type::boolean);
  out_.expressions[bound].children = std::move(children);
  if (is_map) out_.expressions[bound].keys = e.names;
  if (e.kind == ExpressionKind::has_labels) {
    for (std::size_t i = 0; i < e.names.size(); ++i) {
      const auto number = label_number({e.names[i], e.name_spans[i]});
      out_.expressions[bound].names.push_back(number);
    }
  }
  return bound;
}

BoundId Binder::bind_operation(const Expression& e) {
  std::vector<BoundId> children;
  for (const auto child : e.children) children.push_back(child == kNone ? kNone : bind_expression(child));
  const auto left = children.empty() ? Type::any : out_.expressions[children[0]].type;
  const auto right = children.size() < 2 || children[1] == kNone ? Type::any : out_.expressions[children[1]].type;
  Type type = Type::boolean;
  auto kind = e.kind == ExpressionKind::unary ? BoundKind::unary : BoundKind::binary;
  if (e.kind == ExpressionKind::index || e.kind == ExpressionKind::slice) {
    kind = e.kind == ExpressionKind::index ? BoundKind::index : BoundKind::slice;
    type = kind == BoundKind::slice ? Type::list : Type::any;
  } else if (e.op == Operation::negate || e.op == Operation::plus) {
    type = left;
    if (!is_number(left) && left != Type::temporal) expect_type(children[0], Type::number, operation_text(e.op));
  } else if (e.op == Operation::not_ || e.op == Operation::xor_) {
    for (const auto child : children) expect_type(child, Type::boolean, operation_text(e.op));
  } else if (e.op == Operation::matches) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::unexpected_syntax,
              "=~ is not supported; use CONTAINS, STARTS WITH, ENDS WITH or fold(...)");
  } else if (e.op == Operation::in) {
    expect_type(children[1], Type::list, "IN", "; a list is written [1, 2]");
  } else if (e.op >= Operation::add && e.op <= Operation::power) {
    type = left == right && is_number(left) && e.op != Operation::power ? left : Type::any;
    if (e.op != Operation::add && e.op != Operation::subtract && e.op != Operation::multiply && e.op != Operation::divide) {
      for (const auto child : children) expect_type(child, Type::number, operation_text(e.op));
    }
  }
  if (children.size() == 2 && e.kind == ExpressionKind::binary) {
    note_other_type(e.op, children[0], children[1]);
    note_null(e.op, children[0], children[1]);
  }
  const auto bound = copy_of(e, kind, type);
  out_.expressions[bound].children = std::move(children);
  mark_money(bound);
  return bound;
}

BoundId Binder::bind_logic(const Expression& e) {
  const bool is_all = e.kind == ExpressionKind::all_of;
  std::vector<BoundId> children;
  for (const auto child : e.children) {
    children.push_back(bind_expression(child));
    expect_type(children.back(), Type::boolean, is_all ? "AND" : "OR");
  }
  const auto bound = copy_of(e, is_all ? BoundKind::all_of : BoundKind::any_of, Type::boolean);
  out_.expressions[bound].children = std::move(children);
  return bound;
}

BoundId Binder::bind_case(const Expression& e) {
  std::vector<BoundId> children;
  for (const auto child : e.children) children.push_back(bind_expression(child));
  const auto bound = copy_of(e, BoundKind::case_of, Type::any);
  out_.expressions[bound].children = std::move(children);
  return bound;
}

// The one type of the items of a list that is written out.
Type Binder::item_type(BoundId list) const {
  const auto& e = out_.expressions[list];
  if (e.kind != BoundKind::list || e.children.empty()) return Type::any;
  const auto type = out_.expressions[e.children[0]].type;
  const bool is_one = std::all_of(e.children.begin(), e.children.end(), [&](BoundId item) { return out_.expressions[item].type == type; });
  return is_one ? type : Type::any;
}

BoundId Binder::bind_comprehension(const Expression& e) {
  std::vector<BoundId> children = {bind_expression(e.children[0])};
  expect_type(children[0], Type::list, e.kind == ExpressionKind::quantifier ? operation_text(e.op) : "IN");
  const auto number = out_.local_count++;
  locals_.push_back({e.name, number, item_type(children[0])});
  if (may_hold_money(children[0])) money_locals_.insert(number);
  auto* const aggregates = std::exchange(grouping_.aggregates, nullptr);
  for (std::size_t i = 1; i < e.children.size(); ++i) children.push_back(e.children[i] == kNone ? kNone : bind_expression(e.children[i]));
  locals_.pop_back();
  grouping_.aggregates = aggregates;
  const bool is_list = e.kind == ExpressionKind::comprehension;
  if (!is_list && children[1] == kNone) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::unexpected_syntax, "this needs WHERE: any(x IN list WHERE ...)");
  }
  if (children[1] != kNone) expect_type(children[1], Type::boolean, "WHERE");
  const auto bound = copy_of(e, is_list ? BoundKind::comprehension : BoundKind::quantifier, is_list ? Type::list : Type::boolean);
  out_.expressions[bound].number = number;
  out_.expressions[bound].children = std::move(children);
  return bound;
}

BoundId Binder::bind_reduce(const Expression& e) {
  std::vector<BoundId> children = {bind_expression(e.children[0]), bind_expression(e.children[1])};
  expect_type(children[1], Type::list, "reduce");
  const auto accumulator = out_.local_count++;
  const auto variable = out_.local_count++;
  if (may_hold_money(children[0]) || may_hold_money(children[1])) money_locals_.insert({accumulator, variable});
  locals_.push_back({e.name, accumulator, Type::any});
  locals_.push_back({e.names[0], variable, Type::any});
  children.push_back(bind_expression(e.children[2]));
  locals_.resize(locals_.size() - 2);
  const auto bound = copy_of(e, BoundKind::reduce, Type::any);
  out_.expressions[bound].number = accumulator;
  out_.expressions[bound].second = variable;
  out_.expressions[bound].children = std::move(children);
  mark_money(bound);
  return bound;
}

void Binder::expect_type(BoundId id, Type wanted, std::string_view where, std::string_view way_out) {
  const auto& e = out_.expressions[id];
  if (e.type == Type::any || e.type == wanted || (wanted == Type::number && is_number(e.type))) return;
  fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_argument_type,
            std::string(where) + " takes " + std::string(type_text(wanted)) + ", not " + std::string(type_text(e.type)) + std::string(way_out));
}

}  // namespace policygraph::inline v0::detail::query
