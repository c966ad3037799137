#include "reference/expressions.hpp"

#include "query/functions/temporal_parts.hpp"
#include "reference/arithmetic.hpp"

namespace policygraph::testing::reference {

using bound::BoundId;
using bound::BoundKind;
using bound::kNone;
using bound::Operation;

namespace {

// What the engine's own functions throw, as a refusal.
template <class Action>
Value refusing(Action action) {
  try {
    return action();
  } catch (const bound::ValueTrouble& trouble) {
    throw Refused(trouble.text);
  } catch (const Error& error) {
    throw Refused(error.text());
  }
}

bool need_boolean(const Value& v) {
  if (v.kind() != ValueKind::boolean) throw Refused("expected a Boolean, found " + v.to_string());
  return v.as_bool();
}

bool is_comparison(Operation op) {
  switch (op) {
    case Operation::equal:
    case Operation::not_equal:
    case Operation::less:
    case Operation::less_equal:
    case Operation::greater:
    case Operation::greater_equal:
    case Operation::in:
    case Operation::starts_with:
    case Operation::ends_with:
    case Operation::contains:
    case Operation::xor_: return true;
    default: return false;
  }
}

Logic is_member(const Value& item, const Value& list) {
  if (list.is_null()) return std::nullopt;
  if (list.kind() != ValueKind::list) throw Refused("IN takes a list");
  Logic any = false;
  for (const auto& other : list.as_list()) any = disjunction(any, is_equal(item, other));
  return any;
}

Logic text_test(Operation op, const Value& a, const Value& b) {
  if (a.kind() != ValueKind::string || b.kind() != ValueKind::string) return std::nullopt;
  const auto& text = a.as_string();
  const auto& part = b.as_string();
  if (part.size() > text.size()) return false;
  if (op == Operation::starts_with) return text.compare(0, part.size(), part) == 0;
  if (op == Operation::ends_with) return text.compare(text.size() - part.size(), part.size(), part) == 0;
  return text.find(part) != std::string::npos;
}

}  // namespace

Expressions::Expressions(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters, Budget& budget)
    : query_(query), snapshot_(snapshot), budget_(budget), locals_(query.local_count) {
  for (const auto& parameter : query.parameters) {
    const auto found = parameters.find(parameter.name);
    if (found == parameters.end()) throw Refused("no value for $" + parameter.name);
    parameters_.push_back(found->second);
  }
}

Value Expressions::value(BoundId id, const Values& row) {
  budget_.spend();
  const auto& e = query_.expressions[id];
  switch (e.kind) {
    case BoundKind::literal: return e.value;
    case BoundKind::parameter: return parameters_[e.number];
    case BoundKind::slot: return row[e.number];
    case BoundKind::local: return locals_[e.number];
    case BoundKind::property: return property(value(e.children[0], row), query_.properties[e.number]);
    case BoundKind::has_labels: return has_labels(e, row);
    case BoundKind::list: {
      ValueList out;
      for (const auto child : e.children) out.push_back(value(child, row));
      return Value(std::move(out));
    }
    case BoundKind::map: {
      ValueMap out;
      for (std::size_t i = 0; i < e.children.size(); ++i) out[e.keys[i]] = value(e.children[i], row);
      return Value(std::move(out));
    }
    case BoundKind::unary: return unary(e, row);
    case BoundKind::binary: return binary(e, row);
    case BoundKind::all_of:
    case BoundKind::any_of: return to_value(truth(id, row));
    case BoundKind::index: return index(e, row);
    case BoundKind::slice: return slice(e, row);
    case BoundKind::call: return call(e, row);
    case BoundKind::case_of: return chosen(e, row);
    case BoundKind::comprehension: return comprehension(e, row);
    case BoundKind::quantifier: return quantifier(e, row);
    case BoundKind::reduce: return reduced(e, row);
    case BoundKind::path: return path(e, row);
    case BoundKind::subquery: return subquery(e.number, row, locals_);
    case BoundKind::currencies: break;
  }
  throw Unsupported("an expression of a kind unknown here");
}

Logic Expressions::truth(BoundId id, const Values& row) {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::all_of || e.kind == BoundKind::any_of) {
    const bool is_all = e.kind == BoundKind::all_of;
    Logic out = is_all;
    for (const auto child : e.children) {
      out = is_all ? conjunction(out, truth(child, row)) : disjunction(out, truth(child, row));
      if (out && *out != is_all) break;  // what follows is not worked out, and cannot fail
    }
    return out;
  }
  const auto found = value(id, row);
  return found.is_null() ? Logic() : Logic(need_boolean(found));
}

Value Expressions::property(const Value& base, const std::string& name) const {
  switch (base.kind()) {
    case ValueKind::null: return {};
    case ValueKind::node: {
      const auto node = snapshot_.find(base.as_node());
      if (!node) throw Refused("the node was deleted");
      return snapshot_.value(*node, name);
    }
    case ValueKind::edge: {
      const auto edge = snapshot_.find(base.as_edge());
      if (!edge) throw Refused("the relationship was deleted");
      return snapshot_.value(*edge, name);
    }
    case ValueKind::map: {
      const auto found = base.as_map().find(name);
      return found == base.as_map().end() ? Value() : found->second;
    }
    default: break;
  }
  return refusing([&] {
    if (auto part = bound::temporal_part(base, name)) return *std::move(part);
    throw Refused("a " + std::string(kind_name(base.kind())) + " has no properties");
  });
}

Value Expressions::has_labels(const E& e, const Values& row) {
  const auto base = value(e.children[0], row);
  if (base.is_null()) return {};
  std::vector<std::string_view> present;
  if (base.kind() == ValueKind::node) {
    const auto node = snapshot_.find(base.as_node());
    if (!node) throw Refused("the node was deleted");
    present = snapshot_.label_names(*node);
  } else if (base.kind() == ValueKind::edge) {
    const auto edge = snapshot_.find(base.as_edge());
    if (!edge) throw Refused("the relationship was deleted");
    present.push_back(snapshot_.name(snapshot_.type(*edge)));
  } else {
    throw Refused("a label is asked of a node");
  }
  bool has_all = true;
  for (const auto label : e.names) {
    bool has_one = false;
    for (const auto name : present) has_one = has_one || name == query_.labels[label];
    has_all = has_all && has_one;
  }
  return Value(has_all);
}

Value Expressions::unary(const E& e, const Values& row) {
  const auto operand = value(e.children[0], row);
  switch (e.op) {
    case Operation::is_null: return Value(operand.is_null());
    case Operation::is_not_null: return Value(!operand.is_null());
    case Operation::not_: return operand.is_null() ? Value() : Value(!need_boolean(operand));
    default: break;
  }
  if (operand.is_null()) return {};
  const auto less = negated(operand);
  return e.op == Operation::plus ? operand : less;
}

Value Expressions::binary(const E& e, const Values& row) {
  const auto a = value(e.children[0], row);
  const auto b = value(e.children[1], row);
  return is_comparison(e.op) ? to_value(comparison(e.op, a, b)) : calculated(e.op, a, b, zones_);
}

Logic Expressions::comparison(Operation op, const Value& a, const Value& b) const {
  switch (op) {
    case Operation::equal: return is_equal(a, b);
    case Operation::not_equal: return negation(is_equal(a, b));
    case Operation::less: return is_less(a, b);
    case Operation::less_equal: return is_at_most(a, b);
    case Operation::greater: return is_less(b, a);
    case Operation::greater_equal: return is_at_most(b, a);
    case Operation::in: return is_member(a, b);
    case Operation::xor_:
      if (!a.is_null()) need_boolean(a);
      if (!b.is_null()) need_boolean(b);
      return a.is_null() || b.is_null() ? Logic() : Logic(a.as_bool() != b.as_bool());
    default: return text_test(op, a, b);
  }
}

Value Expressions::index(const E& e, const Values& row) {
  const auto base = value(e.children[0], row);
  const auto at = value(e.children[1], row);
  if (base.is_null() || at.is_null()) return {};
  if (base.kind() != ValueKind::list) {
    if (at.kind() != ValueKind::string) throw Refused("a map is read by strings");
    if (base.kind() != ValueKind::map && base.kind() != ValueKind::node && base.kind() != ValueKind::edge) throw Refused("[ ] of a scalar");
    return property(base, at.as_string());
  }
  if (at.kind() != ValueKind::integer) throw Refused("a list is read by integers");
  const auto& list = base.as_list();
  const auto size = static_cast<std::int64_t>(list.size());
  auto place = at.as_integer();
  if (place < -size || place >= size) return {};
  if (place < 0) place += size;
  return list[static_cast<std::size_t>(place)];
}

// list[from..to]: the items whose place lies in it, places below zero counted from the end.
Value Expressions::slice(const E& e, const Values& row) {
  const auto base = value(e.children[0], row);
  if (base.is_null()) return {};
  if (base.kind() != ValueKind::list) throw Refused("[..] of a " + base.to_string());
  const auto size = static_cast<std::int64_t>(base.as_list().size());
  std::int64_t ends[2] = {0, size};
  for (std::size_t i = 0; i < 2; ++i) {
    if (e.children[i + 1] == kNone) continue;
    const auto end = value(e.children[i + 1], row);
    if (end.is_null()) return {};
    if (end.kind() != ValueKind::integer) throw Refused("a list is cut at integers");
    ends[i] = end.as_integer() < 0 ? size + end.as_integer() : end.as_integer();
  }
  ValueList out;
  for (std::int64_t place = 0; place < size; ++place) {
    if (place >= ends[0] && place < ends[1]) out.push_back(base.as_list()[static_cast<std::size_t>(place)]);
  }
  return Value(std::move(out));
}

Value Expressions::call(const E& e, const Values& row) {
  if (e.function->name == "rand") throw Unsupported("rand()");
  std::vector<Value> arguments;
  for (const auto child : e.children) {
    arguments.push_back(value(child, row));
    if (arguments.back().is_null() && !e.function->takes_null) return {};
  }
  return refusing([&] { return e.function->body(arguments, {snapshot_, limits_, clock_, zones_, &deleted_types}); });
}

Value Expressions::chosen(const E& e, const Values& row) {
  const std::size_t first = e.has_subject ? 1 : 0;
  const auto subject = e.has_subject ? value(e.children[0], row) : Value();
  for (auto i = first; i + 1 < e.children.size(); i += 2) {
    const auto is_it = e.has_subject ? is_equal(subject, value(e.children[i], row)) : truth(e.children[i], row);
    if (is_it.value_or(false)) return value(e.children[i + 1], row);
  }
  return e.has_else ? value(e.children.back(), row) : Value();
}

ValueList Expressions::items(BoundId list, const Values& row, bool& is_null) {
  const auto found = value(list, row);
  is_null = found.is_null();
  if (is_null) return {};
  if (found.kind() != ValueKind::list) throw Refused("IN takes a list");
  return found.as_list();
}

Value Expressions::comprehension(const E& e, const Values& row) {
  bool is_null = false;
  ValueList out;
  for (const auto& item : items(e.children[0], row, is_null)) {
    locals_[e.number] = item;
    if (e.children[1] != kNone && !truth(e.children[1], row).value_or(false)) continue;
    out.push_back(e.children[2] == kNone ? item : value(e.children[2], row));
  }
  return is_null ? Value() : Value(std::move(out));
}

Value Expressions::quantifier(const E& e, const Values& row) {
  bool is_null = false;
  Logic all = true, any = false, two = false;
  for (const auto& item : items(e.children[0], row, is_null)) {
    locals_[e.number] = item;
    const auto holds = truth(e.children[1], row);
    all = conjunction(all, holds);
    two = disjunction(two, conjunction(any, holds));
    any = disjunction(any, holds);
  }
  if (is_null) return {};
  switch (e.op) {
    case Operation::all: return to_value(all);
    case Operation::any: return to_value(any);
    case Operation::none_of: return to_value(negation(any));
    default: return to_value(conjunction(any, negation(two)));
  }
}

Value Expressions::reduced(const E& e, const Values& row) {
  auto result = value(e.children[0], row);
  bool is_null = false;
  for (const auto& item : items(e.children[1], row, is_null)) {
    locals_[e.number] = result;
    locals_[e.second] = item;
    result = value(e.children[2], row);
  }
  return is_null ? Value() : result;
}

// Children alternate: a node, an edge or a list of edges, a node, ...
Value Expressions::path(const E& e, const Values& row) {
  Path out;
  for (const auto child : e.children) {
    const auto item = value(child, row);
    if (item.is_null()) return {};
    if (out.nodes.empty()) {
      out.nodes.push_back(item.as_node());
      continue;
    }
    if (item.kind() == ValueKind::node) continue;  // the end of the edge before
    for (const auto& edge : item.kind() == ValueKind::list ? item.as_list() : ValueList(1, item)) {
      const auto at = snapshot_.find(edge.as_edge());
      if (!at) throw Unsupported("a path over a deleted edge");
      const auto source = snapshot_.key(snapshot_.source(*at));
      out.nodes.push_back(source == out.nodes.back() ? snapshot_.key(snapshot_.target(*at)) : source);
      out.edges.push_back(edge.as_edge());
    }
  }
  return Value(std::move(out));
}

}  // namespace policygraph::testing::reference
