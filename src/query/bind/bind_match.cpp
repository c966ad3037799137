#include <algorithm>
#include <ranges>
#include <utility>

#include "model/suggestion.hpp"
#include "query/bind/binder.hpp"
#include "query/functions/pattern_value.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMaxNodes = 4'000;  // planning a pattern looks at each pair of them

std::uint32_t number_of(std::vector<std::string>& names, NameNumbers& numbers, std::string_view name) {
  if (const auto known = numbers.find(name); known != numbers.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(names.size());
  names.emplace_back(name);
  numbers.emplace(name, number);
  return number;
}

// Of the names that have the numbers 0 to count.
template <class NameAt>
std::string suggest(std::string_view name, std::size_t count, NameAt name_at) {
  return model::did_you_mean(name, std::views::iota(std::size_t{0}, count), name_at);
}

// Where nothing comes near: "; there are Agency, Agreement, ...".
template <class Rules>
std::string all_names(const Rules& rules) {
  constexpr std::size_t kMost = 400;
  std::string out;
  for (const auto& rule : rules) {
    if (out.size() + rule.name.size() > kMost) return out + ", ...";
    out += (out.empty() ? "; there are " : ", ") + rule.name;
  }
  return out;
}

}  // namespace

BoundClause Binder::bind_match(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  out.is_optional = clause.is_optional;
  subqueries_ = &out.subqueries;
  for (const auto& path : clause.patterns) bind_path(path, out.pattern);
  if (clause.where != kNone) {
    const auto where = bind_predicate(clause.where);
    expect_type(where, Type::boolean, "WHERE");
    add_conjuncts(where, out.where);
  }
  note_cross_product(out);
  return out;
}

BoundId Binder::bind_predicate(ExpressionId id) {
  const auto before = std::exchange(may_hold_pattern_, true);
  const auto bound = bind_expression(id);
  may_hold_pattern_ = before;
  return bound;
}

void Binder::add_conjuncts(BoundId expression, std::vector<BoundId>& out) {
  if (out_.expressions[expression].kind != BoundKind::all_of) return out.push_back(expression);
  const auto children = out_.expressions[expression].children;
  for (const auto child : children) add_conjuncts(child, out);
}

void Binder::bind_path(const PathPattern& path, BoundPattern& pattern) {
  std::vector<std::uint32_t> nodes;
  const auto first_edge = pattern.edges.size();
  nodes.push_back(bind_node(path.nodes[0], pattern));
  for (std::size_t i = 0; i < path.edges.size(); ++i) {
    nodes.push_back(bind_node(path.nodes[i + 1], pattern));
    bind_edge(path.search == PathPattern::Search::every ? path.edges[i] : searched(path.edges[i]), nodes[i], nodes[i + 1], pattern);
    pattern.edges.back().search = path.search;
    if (path.search == PathPattern::Search::every) note_endless(path.edges[i]);
  }
  if (path.search != PathPattern::Search::every && path.edges.size() != 1) {
    fail_bind(out_.text, path.span.start, ErrorType::syntax_error, Trouble::invalid_relationship_pattern, "a search for shortest paths takes one relationship of any length, such as (a)-[*]-(b)");
  }
  std::vector<Slot> node_slots, edge_slots;
  for (const auto node : nodes) node_slots.push_back(pattern.nodes[node].slot);
  for (std::size_t i = first_edge; i < pattern.edges.size(); ++i) edge_slots.push_back(pattern.edges[i].slot);
  bind_path_variable(path, nodes, first_edge, pattern.paths, node_slots, edge_slots);
}

// The one relationship of shortestPath((a)-[:R]->(b)) is a path of length one.
EdgePattern Binder::searched(const EdgePattern& edge) const {
  if (edge.is_path) return edge;
  if (edge.variable) {
    fail_bind(out_.text, edge.span.start, ErrorType::syntax_error, Trouble::invalid_relationship_pattern,
              "a named relationship of shortestPath has a variable length; write -[" + edge.variable->text + "*..1]-");
  }
  auto out = edge;
  out.is_path = true;
  out.most = 1;
  return out;
}

void Binder::bind_path_variable(const PathPattern& path, const std::vector<std::uint32_t>&, std::size_t, std::vector<Assignment>& out,
                                const std::vector<Slot>& node_slots, const std::vector<Slot>& edge_slots) {
  if (!path.variable) return;
  const bool is_hidden = path.variable->text.empty();  // of shortestPath in an expression
  if (!is_hidden && find_variable(path.variable->text) != nullptr) {
    fail_bind(out_.text, path.variable->span.start, ErrorType::syntax_error, Trouble::variable_already_bound,
              "variable '" + path.variable->text + "' is already there; choose another name for the path");
  }
  BoundExpression e;
  e.kind = BoundKind::path;
  e.type = Type::path;
  e.span = path.span;
  for (std::size_t i = 0; i < node_slots.size(); ++i) {
    e.children.push_back(add_slot(node_slots[i], path.span));
    if (i < edge_slots.size()) e.children.push_back(add_slot(edge_slots[i], path.span));
  }
  const auto expression = add(std::move(e));
  out.push_back({declare(*path.variable, Type::path), expression});
}

std::uint32_t Binder::bind_node(const NodePattern& node, BoundPattern& pattern) {
  limits_.step(pattern.nodes.size() + 1);
  BoundNode bound;
  bound.span = node.span;
  const auto* known = node.variable ? find_variable(node.variable->text) : nullptr;
  if (known != nullptr) {
    const auto type = out_.slots[*known].type;
    if (type != Type::node && type != Type::any) {
      fail_bind(out_.text, node.variable->span.start, ErrorType::syntax_error, Trouble::variable_type_conflict,
                "variable '" + node.variable->text + "' is " + std::string(type_text(type)) + ", not a node");
    }
    bound.slot = *known;
    bound.is_new = false;
    reads_.push_back(bound.slot);
  } else {
    bound.slot = node.variable ? declare(*node.variable, Type::node) : new_slot("", Type::node);
    if (node.variable && node.labels.empty()) note_kind_as_name(*node.variable, true);
  }
  for (const auto& label : node.labels) bound.labels.push_back(label_number(label));
  if (known == nullptr) note_kinds(bound.slot, node.labels);
  // One node of the pattern, however often it is named.
  if (pattern.nodes.size() >= kMaxNodes) {
    fail_bind(out_.text, node.span.start, ErrorType::syntax_error, Trouble::unexpected_syntax,
              "a pattern of more than " + std::to_string(kMaxNodes) + " nodes; split it into several MATCH");
  }
  for (std::uint32_t i = 0; i < pattern.nodes.size(); ++i) {
    if (pattern.nodes[i].slot != bound.slot) continue;
    auto& labels = pattern.nodes[i].labels;
    labels.insert(labels.end(), bound.labels.begin(), bound.labels.end());
    bind_pattern_properties(node.properties, bound.slot, pattern);
    return i;
  }
  pattern.nodes.push_back(bound);
  const auto index = static_cast<std::uint32_t>(pattern.nodes.size() - 1);
  bind_pattern_properties(node.properties, bound.slot, pattern);
  return index;
}

std::uint32_t Binder::bind_edge(const EdgePattern& edge, std::uint32_t from, std::uint32_t to, BoundPattern& pattern) {
  BoundEdge bound;
  bound.from = from;
  bound.to = to;
  bound.direction = edge.direction;
  bound.is_path = edge.is_path;
  bound.least = edge.least;
  bound.most = edge.most;
  bound.span = edge.span;
  for (const auto& type : edge.types) {
    const auto number = type_number(type);
    if (std::find(bound.types.begin(), bound.types.end(), number) == bound.types.end()) bound.types.push_back(number);
  }
  const auto wanted = edge.is_path ? Type::list : Type::edge;
  const auto* known = edge.variable ? find_variable(edge.variable->text) : nullptr;
  if (known == nullptr) {
    bound.slot = edge.variable ? declare(*edge.variable, wanted) : new_slot("", wanted);
    if (edge.variable && edge.types.empty()) note_kind_as_name(*edge.variable, false);
  } else {
    const auto place = edge.variable->span.start;
    const auto& name = edge.variable->text;
    if (std::any_of(pattern.edges.begin(), pattern.edges.end(), [&](const BoundEdge& e) { return e.slot == *known; })) {
      fail_bind(out_.text, place, ErrorType::syntax_error, Trouble::relationship_uniqueness_violation,
                "relationship '" + name + "' stands twice in one pattern; a relationship is walked once");
    }
    const auto type = out_.slots[*known].type;
    if (type != wanted && type != Type::any) {
      fail_bind(out_.text, place, ErrorType::syntax_error, Trouble::variable_type_conflict,
                "variable '" + name + "' is " + std::string(type_text(type)) + ", not a relationship");
    }
    const auto outer = *known;
    bound.slot = new_slot("", wanted);
    BoundExpression same;
    same.kind = BoundKind::binary;
    same.op = Operation::equal;
    same.type = Type::boolean;
    same.span = edge.span;
    const auto made = add_slot(bound.slot, edge.span);
    same.children = {made, type == Type::any ? take_relationship(outer, edge.span) : add_slot(outer, edge.span)};
    pattern.predicates.push_back(add(std::move(same)));
  }
  out_.slots[bound.slot].is_path_edges = edge.is_path;
  if (!edge.is_path) note_kinds(bound.slot, edge.types);
  pattern.edges.push_back(bound);
  if (edge.is_path) {
    bind_path_properties(edge.properties, bound.slot, pattern);
  } else {
    bind_pattern_properties(edge.properties, bound.slot, pattern);
  }
  return static_cast<std::uint32_t>(pattern.edges.size() - 1);
}

// What may be of any kind is looked at.
BoundId Binder::take_relationship(Slot slot, Span span) {
  BoundExpression taken;
  taken.kind = BoundKind::call;
  taken.type = Type::edge;
  taken.function = &taken_relationship();
  taken.span = span;
  taken.children = {add_slot(slot, span)};
  return add(std::move(taken));
}

void Binder::bind_pattern_properties(ExpressionId properties, Slot slot, BoundPattern& pattern) {
  if (properties == kNone) return;
  const auto& map = syntax_.expressions[properties];
  if (map.kind != ExpressionKind::map) {
    fail_bind(out_.text, map.span.start, ErrorType::syntax_error, Trouble::invalid_parameter_use,
              "a parameter cannot stand for all properties of a pattern; write {name: $map.name}");
  }
  for (std::size_t i = 0; i < map.names.size(); ++i) {
    BoundExpression property;
    property.kind = BoundKind::property;
    property.number = property_number(map.names[i], map.name_spans[i], true);
    property.span = map.name_spans[i];
    property.children = {add_slot(slot, map.name_spans[i])};
    const auto left = add(std::move(property));
    BoundExpression equal;
    equal.kind = BoundKind::binary;
    equal.op = Operation::equal;
    equal.type = Type::boolean;
    equal.span = cover(map.name_spans[i], syntax_.expressions[map.children[i]].span);
    equal.children = {left, bind_expression(map.children[i])};
    note_other_type(equal.op, left, equal.children[1]);
    note_null(equal.op, left, equal.children[1]);
    pattern.predicates.push_back(add(std::move(equal)));
  }
}

// -[rs* {k: v}]-: all(r IN rs WHERE r.k = v).
void Binder::bind_path_properties(ExpressionId properties, Slot slot, BoundPattern& pattern) {
  BoundPattern each;
  const auto item = new_slot("", Type::edge);
  bind_pattern_properties(properties, item, each);
  for (const auto predicate : each.predicates) {
    auto& left = out_.expressions[out_.expressions[predicate].children[0]];
    auto& base = out_.expressions[left.children[0]];
    base.kind = BoundKind::local;
    base.number = out_.local_count++;
    BoundExpression all;
    all.kind = BoundKind::quantifier;
    all.op = Operation::all;
    all.type = Type::boolean;
    all.number = base.number;
    all.span = out_.expressions[predicate].span;
    all.children = {add_slot(slot, all.span), predicate};
    pattern.predicates.push_back(add(std::move(all)));
  }
}

std::uint32_t Binder::label_number(const Name& label) {
  const auto& schema = snapshot_.schema();
  const bool is_known = schema.is_open() ? snapshot_.label(label.text).has_value() : schema.label(label.text) != nullptr;
  if (!is_known && !schema.is_open()) {
    const auto near = schema.suggest_label(label.text);
    fail_bind(out_.text, label.span.start, ErrorType::syntax_error, Trouble::unknown_label,
              "unknown label '" + label.text + "'" + (near.empty() ? all_names(schema.labels()) : near));
  }
  if (!is_known && !out_.is_write) {
    notify(label.span, "no node has the label '" + label.text + "'" +
                           suggest(label.text, snapshot_.label_count(), [&](std::size_t i) { return snapshot_.name(Label(i)); }));
  }
  return number_of(out_.labels, label_numbers_, label.text);
}

std::uint32_t Binder::type_number(const Name& type) {
  const auto& schema = snapshot_.schema();
  const bool is_known = schema.is_open() ? snapshot_.edge_type(type.text).has_value() : schema.relation(type.text) != nullptr;
  if (!is_known && !schema.is_open()) {
    const auto near = schema.suggest_relation(type.text);
    fail_bind(out_.text, type.span.start, ErrorType::syntax_error, Trouble::unknown_relationship_type,
              "unknown relationship type '" + type.text + "'" + (near.empty() ? all_names(schema.relations()) : near));
  }
  if (!is_known && !out_.is_write) {
    notify(type.span, "no relationship has the type '" + type.text + "'" +
                          suggest(type.text, snapshot_.edge_type_count(), [&](std::size_t i) { return snapshot_.name(EdgeType(i)); }));
  }
  return number_of(out_.types, type_numbers_, type.text);
}

std::uint32_t Binder::property_number(std::string_view property, Span span, bool is_graph_element) {
  const auto& schema = snapshot_.schema();
  if (is_graph_element) {
    const bool is_known = schema.is_open() ? snapshot_.property(property).has_value() : schema.has_property(property);
    if (!is_known && !schema.is_open()) {
      fail_bind(out_.text, span.start, ErrorType::syntax_error, Trouble::unknown_property,
                "unknown property '" + std::string(property) + "'" + schema.suggest_property(property));
    }
    if (!is_known && !out_.is_write) {
      notify(span, "nothing has the property '" + std::string(property) + "'" +
                       suggest(property, snapshot_.property_count(), [&](std::size_t i) { return snapshot_.name(Property(i)); }));
    }
  }
  return number_of(out_.properties, property_numbers_, property);
}

}  // namespace policygraph::inline v0::detail::query
