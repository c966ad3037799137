#include <utility>

#include "query/bind/binder.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

BoundClause Binder::bind_create(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  subqueries_ = &out.subqueries;
  for (const auto& path : clause.patterns) bind_create_path(path, out.create);
  return out;
}

void Binder::bind_create_path(const PathPattern& path, BoundCreate& out) {
  std::vector<Slot> nodes, edges;
  if (path.search != PathPattern::Search::every) {
    fail_bind(out_.text, path.span.start, ErrorType::syntax_error, Trouble::unexpected_syntax,
              "shortestPath finds paths that are there; write the pattern to make without it");
  }
  if (path.edges.empty() && path.nodes[0].variable && find_variable(path.nodes[0].variable->text) != nullptr) {
    const auto& name = *path.nodes[0].variable;
    fail_bind(out_.text, name.span.start, ErrorType::syntax_error, Trouble::variable_already_bound, "variable '" + name.text + "' is already there");
  }
  for (const auto& node : path.nodes) nodes.push_back(bind_create_node(node, out));
  for (std::size_t i = 0; i < path.edges.size(); ++i) edges.push_back(bind_create_edge(path.edges[i], nodes[i], nodes[i + 1], out));
  bind_path_variable(path, {}, 0, out.paths, nodes, edges);
}

Slot Binder::bind_create_node(const NodePattern& node, BoundCreate& out) {
  const auto* known = node.variable ? find_variable(node.variable->text) : nullptr;
  if (known != nullptr) {
    const auto slot = *known;
    const auto type = out_.slots[slot].type;
    if (type != Type::node && type != Type::any) {
      fail_bind(out_.text, node.span.start, ErrorType::syntax_error, Trouble::variable_type_conflict,
                "variable '" + node.variable->text + "' is " + std::string(type_text(type)) + ", not a node");
    }
    if (!node.labels.empty() || node.properties != kNone) {
      fail_bind(out_.text, node.span.start, ErrorType::syntax_error, Trouble::variable_already_bound,
                "variable '" + node.variable->text + "' is already there; labels and properties belong where it is made, or to SET");
    }
    return slot;
  }
  BoundCreate::Node bound;
  bound.span = node.span;
  for (const auto& label : node.labels) {
    label_number(label);
    bound.labels.push_back(label.text);
  }
  if (node.properties != kNone) bound.properties = bind_expression(node.properties);
  bound.slot = node.variable ? declare(*node.variable, Type::node) : new_slot("", Type::node);
  out.nodes.push_back(bound);
  return bound.slot;
}

Slot Binder::bind_create_edge(const EdgePattern& edge, Slot left, Slot right, BoundCreate& out) {
  if (edge.variable && find_variable(edge.variable->text) != nullptr) {
    fail_bind(out_.text, edge.variable->span.start, ErrorType::syntax_error, Trouble::variable_already_bound,
              "variable '" + edge.variable->text + "' is already there");
  }
  if (edge.types.size() != 1) {
    fail_bind(out_.text, edge.span.start, ErrorType::syntax_error, Trouble::no_single_relationship_type, "a relationship is made with exactly one type");
  }
  if (edge.is_path) {
    fail_bind(out_.text, edge.span.start, ErrorType::syntax_error, Trouble::creating_var_length, "a relationship of variable length cannot be made");
  }
  if (edge.direction == Direction::both) {
    fail_bind(out_.text, edge.span.start, ErrorType::syntax_error, Trouble::requires_directed_relationship, "a relationship is made in one direction");
  }
  type_number(edge.types[0]);
  BoundCreate::Edge bound;
  bound.span = edge.span;
  bound.type = edge.types[0].text;
  if (edge.properties != kNone) bound.properties = bind_expression(edge.properties);
  bound.slot = edge.variable ? declare(*edge.variable, Type::edge) : new_slot("", Type::edge);
  bound.from = edge.direction == Direction::out ? left : right;
  bound.to = edge.direction == Direction::out ? right : left;
  out.edges.push_back(bound);
  return bound.slot;
}

// The pattern is bound twice: as what to look for, and as what to make of the same slots.
BoundClause Binder::bind_merge(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  subqueries_ = &out.subqueries;
  const auto& path = clause.patterns.front();
  const Scope before = scope_;
  if (path.edges.empty() && path.nodes[0].variable && find_variable(path.nodes[0].variable->text) != nullptr) {
    const auto& name = *path.nodes[0].variable;
    fail_bind(out_.text, name.span.start, ErrorType::syntax_error, Trouble::variable_already_bound, "variable '" + name.text + "' is already there");
  }
  auto undirected = path;
  for (auto& edge : undirected.edges) {
    if (edge.direction == Direction::both) edge.direction = Direction::out;
  }
  // A throw-away binding checks what CREATE would check, and yields the slots' pattern to make.
  bind_create_path(undirected, out.create);
  const Scope made = std::exchange(scope_, before);
  bind_path(path, out.pattern);
  std::vector<std::pair<Slot, Slot>> renamed;
  for (std::size_t i = 0, n = 0; i < path.nodes.size(); ++i) {
    limits_.step(path.nodes.size());
    if (path.nodes[i].variable && before.count(path.nodes[i].variable->text) != 0) continue;
    bool is_repeated = false;
    for (std::size_t k = 0; k < i; ++k) {
      is_repeated = is_repeated || (path.nodes[i].variable && path.nodes[k].variable && path.nodes[i].variable->text == path.nodes[k].variable->text);
    }
    if (is_repeated) continue;
    std::size_t seen = 0;
    for (const auto& node : out.pattern.nodes) {
      if (!node.is_new) continue;
      if (seen++ == n) renamed.emplace_back(out.create.nodes[n].slot, node.slot);
    }
    ++n;
  }
  for (std::size_t i = 0; i < out.create.edges.size(); ++i) renamed.emplace_back(out.create.edges[i].slot, out.pattern.edges[i].slot);
  const auto rename = [&](Slot& slot) {
    for (const auto& [from, to] : renamed) {
      if (slot == from) slot = to;
    }
  };
  for (auto& node : out.create.nodes) rename(node.slot);
  for (auto& edge : out.create.edges) {
    rename(edge.slot);
    rename(edge.from);
    rename(edge.to);
  }
  out.create.paths = std::exchange(out.pattern.paths, {});
  // What their subqueries find is known once the row is there: they are worked out with the expression.
  subqueries_ = &out.set_subqueries;
  is_with_expression_ = true;
  for (const auto& item : clause.items) out.sets.push_back(bind_set_item(item));
  for (const auto& item : clause.match_items) out.match_sets.push_back(bind_set_item(item));
  is_with_expression_ = false;
  return out;
}

BoundClause Binder::bind_set(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  subqueries_ = &out.subqueries;
  for (const auto& item : clause.items) out.sets.push_back(bind_set_item(item));
  return out;
}

BoundSet Binder::bind_set_item(const SetItem& item) {
  BoundSet out;
  out.kind = item.kind;
  out.span = item.span;
  out.property = item.property;
  out.target = bind_expression(item.target);
  for (const auto& label : item.labels) {
    label_number(label);
    out.labels.push_back(label.text);
  }
  if (item.kind == SetItem::Kind::property) property_number(item.property, item.span, true);
  if (item.value != kNone) out.value = bind_expression(item.value);
  return out;
}

BoundClause Binder::bind_delete(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  out.is_detach = clause.is_detach;
  subqueries_ = &out.subqueries;
  for (const auto id : clause.deleted) {
    const auto& e = syntax_.expressions[id];
    if (e.kind == ExpressionKind::has_labels) {
      fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_delete, "a label is taken away by REMOVE, not by DELETE");
    }
    const auto bound = bind_expression(id);
    const auto type = out_.expressions[bound].type;
    if (type != Type::any && type != Type::node && type != Type::edge && type != Type::path) {
      fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_argument_type,
                "DELETE takes nodes, relationships and paths, not " + std::string(type_text(type)));
    }
    out.deleted.push_back(bound);
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
