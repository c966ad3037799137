#include "query/run/evaluator.hpp"

#include <algorithm>
#include <utility>

#include "query/functions/temporal_parts.hpp"
#include "query/run/value_bytes.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
Value Evaluator::value(BoundId id, const Batch& batch, std::uint32_t row) {
  const auto& e = query_.expressions[id];
  switch (e.kind) {
    case BoundKind::literal: return e.value;
    case BoundKind::parameter: return execution_.parameters[e.number];
    case BoundKind::slot: return batch.columns[e.number].at(row, execution_.snapshot);
    case BoundKind::local: return locals_[e.number];
    case BoundKind::property: return property(e, batch, row);
    case BoundKind::has_labels: return value_of(has_labels(e, batch, row));
    case BoundKind::list: return make_list(e, batch, row);
    case BoundKind::map: return make_map(e, batch, row);
    case BoundKind::unary: return unary(e, batch, row);
    case BoundKind::binary: return binary(e, batch, row);
    case BoundKind::all_of:
    case BoundKind::any_of: return value_of(chain(e, batch, row));
    case BoundKind::index: return index(e, batch, row);
    case BoundKind::slice: return slice(e, batch, row);
    case BoundKind::call: return call(e, batch, row);
    case BoundKind::case_of: {
      const auto branch = chosen(e, batch, row);
      return branch == kNone ? Value() : value(branch, batch, row);
    }
    case BoundKind::comprehension: return comprehension(e, batch, row);
    case BoundKind::quantifier: return quantifier(e, batch, row);
    case BoundKind::reduce: return reduce(e, batch, row);
    case BoundKind::path: return make_path(e, batch, row);
    case BoundKind::subquery: return subquery(e, batch, row);
    case BoundKind::currencies: {
      ValueList out;
      currencies(id, batch, row, out);
      return Value(std::move(out));
    }
  }
  return {};
}

Truth Evaluator::truth(BoundId id, const Batch& batch, std::uint32_t row) {
  const auto& e = query_.expressions[id];
  if (e.kind == BoundKind::all_of || e.kind == BoundKind::any_of) return chain(e, batch, row);
  if (e.kind == BoundKind::has_labels) return has_labels(e, batch, row);
  const auto result = value(id, batch, row);
  if (result.is_null()) return Truth::unknown;
  if (result.kind() != ValueKind::boolean) {
    fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "expected a Boolean, found " + std::string(kind_name(result.kind())) + " " + excerpt(result));
  }
  return truth_of(result.as_bool());
}

void Evaluator::fail(const BoundExpression& e, ErrorType type, Trouble detail, std::string text) const {
  fail_run(query_.text, e.span.start, type, detail, std::move(text));
}

void Evaluator::fail_deleted(const BoundExpression& e) const {
  fail(e, ErrorType::entity_not_found, Trouble::deleted_entity_access, "it was deleted; read what is needed of it before DELETE");
}

Value Evaluator::property(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto& base = query_.expressions[e.children[0]];
  if (base.kind == BoundKind::slot) {
    const auto& vector = batch.columns[base.number];
    if (vector.kind == VectorKind::node || vector.kind == VectorKind::edge) {
      const auto& columns = vector.kind == VectorKind::node ? execution_.names->node_columns : execution_.names->edge_columns;
      const auto* column = columns[e.number];
      const auto at = vector.rows[row];
      return column == nullptr || at == kNoRow ? Value() : column->value(at);
    }
  }
  return property_of(value(e.children[0], batch, row), e.number, e);
}

Value Evaluator::property_of(const Value& base, std::uint32_t property, const BoundExpression& e) {
  const auto& snapshot = execution_.snapshot;
  switch (base.kind()) {
    case ValueKind::null: return {};
    case ValueKind::node: {
      const auto row = snapshot.find(base.as_node());
      if (!row) fail_deleted(e);
      const auto* column = execution_.names->node_columns[property];
      return column != nullptr ? column->value(row->value) : Value();
    }
    case ValueKind::edge: {
      const auto row = snapshot.find(base.as_edge());
      if (!row) fail_deleted(e);
      const auto* column = execution_.names->edge_columns[property];
      return column != nullptr ? column->value(row->value) : Value();
    }
    case ValueKind::map: {
      const auto found = base.as_map().find(query_.properties[property]);
      return found == base.as_map().end() ? Value() : found->second;
    }
    default: break;
  }
  try {
    if (auto part = temporal_part(base, query_.properties[property])) return *std::move(part);
  } catch (const ValueTrouble& trouble) {
    fail(e, trouble.type, trouble.detail, trouble.text);
  }
  fail(e, ErrorType::type_error, Trouble::invalid_argument_type,
       a_kind(base) + " has no property '" + query_.properties[property] + "'");
}

Truth Evaluator::has_labels(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto& snapshot = execution_.snapshot;
  const auto base = value(e.children[0], batch, row);
  if (base.is_null()) return Truth::unknown;
  if (base.kind() == ValueKind::edge) {
    const auto at = snapshot.find(base.as_edge());
    if (!at) fail_deleted(e);
    for (const auto label : e.names) {
      if (snapshot.name(snapshot.type(*at)) != query_.labels[label]) return Truth::no;
    }
    return Truth::yes;
  }
  if (base.kind() != ValueKind::node) {
    fail(e, ErrorType::type_error, Trouble::invalid_argument_type, "a label is asked of a node, not of " + a_kind(base));
  }
  const auto at = snapshot.find(base.as_node());
  if (!at) fail_deleted(e);
  for (const auto label : e.names) {
    const auto number = execution_.names->labels[label];
    if (!number || !snapshot.has_label(*at, *number)) return Truth::no;
  }
  return Truth::yes;
}

// AND and OR stop at the first value that decides.
Truth Evaluator::chain(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto decisive = e.kind == BoundKind::all_of ? Truth::no : Truth::yes;
  auto out = not_of(decisive);
  for (const auto child : e.children) {
    const auto item = truth(child, batch, row);
    if (item == decisive) return item;
    if (item == Truth::unknown) out = item;
  }
  return out;
}

const Value* Evaluator::standing(BoundId id, const Batch& batch, std::uint32_t row) const {
  const auto& e = query_.expressions[id];
  switch (e.kind) {
    case BoundKind::literal: return &e.value;
    case BoundKind::parameter: return &execution_.parameters[e.number];
    case BoundKind::local: return &locals_[e.number];
    case BoundKind::slot: return batch.columns[e.number].kind == VectorKind::value ? &batch.columns[e.number].values[row] : nullptr;
    default: return nullptr;
  }
}

const Value& Evaluator::seen(BoundId id, const Batch& batch, std::uint32_t row, Value& made, Room& room) {
  if (const auto* const there = standing(id, batch, row)) return *there;
  made = value(id, batch, row);
  room.take(long_bytes(made, execution_.limits));
  return made;
}

const ValueList* Evaluator::list_in(const BoundExpression& e, const Value& value, std::string_view what) const {
  if (value.is_null()) return nullptr;
  if (value.kind() != ValueKind::list) fail(e, ErrorType::type_error, Trouble::invalid_argument_type, std::string(what) + excerpt(value));
  return &value.as_list();
}

// A value that holds others is bounded like all that a query holds, and may be walked by recursion.
Value Evaluator::checked(Value value) const {
  const auto is_container = [](const Value& item) { return item.kind() == ValueKind::list || item.kind() == ValueKind::map; };
  const bool is_nested = value.kind() == ValueKind::list ? std::ranges::any_of(value.as_list(), is_container)
                         : value.kind() == ValueKind::map && std::ranges::any_of(value.as_map(), is_container, &ValueMap::value_type::second);
  if (is_nested) check_value(value, execution_.limits.max_bytes(), &execution_.limits);
  return value;
}

Value Evaluator::make_list(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits);
  room.take(e.children.size() * sizeof(Value));
  ValueList out;
  out.reserve(e.children.size());
  for (const auto child : e.children) {
    out.push_back(value(child, batch, row));
    room.take(long_bytes(out.back(), execution_.limits));
  }
  return checked(Value(std::move(out)));
}

Value Evaluator::make_map(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits);
  ValueMap out;
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    auto& entry = out[e.keys[i]];
    entry = value(e.children[i], batch, row);
    room.take(long_bytes(entry, execution_.limits));
  }
  return checked(Value(std::move(out)));
}

// Children alternate: node, edge or list of edges, node, ... The nodes between the edges of a list are found along them.
Value Evaluator::make_path(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  const auto& snapshot = execution_.snapshot;
  Path path;
  const auto follow = [&](EdgeKey key) {
    execution_.limits.step();
    const auto edge = snapshot.find(key);
    if (!edge) return;
    const auto source = snapshot.key(snapshot.source(*edge));
    path.nodes.push_back(source == path.nodes.back() ? snapshot.key(snapshot.target(*edge)) : source);
    path.edges.push_back(key);
  };
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    const auto item = value(e.children[i], batch, row);
    if (item.is_null()) return {};
    if (item.kind() == ValueKind::node && i == 0) path.nodes.push_back(item.as_node());
    if (item.kind() == ValueKind::edge) follow(item.as_edge());
    if (item.kind() != ValueKind::list) continue;
    for (const auto& edge : item.as_list()) follow(edge.as_edge());
  }
  return Value(std::move(path));
}

// The value of CASE; kNone: null.
BoundId Evaluator::chosen(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  std::size_t i = e.has_subject ? 1 : 0;
  Room room(execution_.limits);
  Value made, other;
  const auto& subject = e.has_subject ? seen(e.children[0], batch, row, made, room) : made;
  for (; i + 1 < e.children.size(); i += 2) {
    const bool is_it = e.has_subject ? compare(e, subject, seen(e.children[i], batch, row, other, room)) == Truth::yes : truth(e.children[i], batch, row) == Truth::yes;
    if (is_it) return e.children[i + 1];
  }
  return e.has_else ? e.children.back() : kNone;
}

Value Evaluator::comprehension(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits);
  Value made;
  const auto* const list = list_in(e, seen(e.children[0], batch, row, made, room), "IN takes a list, found ");
  if (list == nullptr) return {};
  ValueList out;
  for (const auto& item : *list) {
    execution_.limits.step();
    locals_[e.number] = item;
    if (e.children[1] != kNone && truth(e.children[1], batch, row) != Truth::yes) continue;
    out.push_back(e.children[2] == kNone ? item : value(e.children[2], batch, row));
    room.take(value_bytes(out.back(), ~std::size_t{0}, &execution_.limits));
  }
  return checked(Value(std::move(out)));
}

Value Evaluator::quantifier(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits);
  Value made;
  const auto* const list = list_in(e, seen(e.children[0], batch, row, made, room), "IN takes a list, found ");
  if (list == nullptr) return {};
  std::size_t yes = 0, no = 0, unknown = 0;
  for (const auto& item : *list) {
    execution_.limits.step();
    locals_[e.number] = item;
    const auto t = truth(e.children[1], batch, row);
    ++(t == Truth::yes ? yes : t == Truth::no ? no : unknown);
  }
  const auto decide = [](bool is_certain, bool value, bool is_open) { return is_certain ? Value(value) : is_open ? Value() : Value(!value); };
  switch (e.op) {
    case Operation::all: return decide(no > 0, false, unknown > 0);
    case Operation::any: return decide(yes > 0, true, unknown > 0);
    case Operation::none_of: return decide(yes > 0, false, unknown > 0);
    default: return yes > 1 ? Value(false) : unknown > 0 ? Value() : Value(yes == 1);
  }
}

Truth Evaluator::truth_of_item(BoundId quantifier, const Value& item, const Batch& batch, std::uint32_t row) {
  const auto& e = query_.expressions[quantifier];
  locals_[e.number] = item;
  return truth(e.children[1], batch, row);
}

Value Evaluator::reduce(const BoundExpression& e, const Batch& batch, std::uint32_t row) {
  Room room(execution_.limits), grown(execution_.limits);
  Value made;
  auto result = value(e.children[0], batch, row);
  const auto* const list = list_in(e, seen(e.children[1], batch, row, made, room), "IN takes a list, found ");
  if (list == nullptr) return {};
  for (const auto& item : *list) {
    execution_.limits.step();
    locals_[e.number] = std::move(result);
    locals_[e.second] = item;
    result = checked(value(e.children[2], batch, row));
    grown.set(long_bytes(result, execution_.limits));
  }
  if (long_bytes(locals_[e.number], execution_.limits) != 0) locals_[e.number] = Value();
  refuse_currencies(e, batch, row);
  return result;
}

}  // namespace policygraph::inline v0::detail::query
