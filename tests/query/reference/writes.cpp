#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "policygraph/base/error.hpp"
#include "random/random.hpp"
#include "reference/interpreter_parts.hpp"

// CREATE, MERGE, SET, REMOVE and DELETE, a row at a time. What is written is seen from the next clause on (MERGE: from the next row on; SET:
// from the next item on).
namespace policygraph::testing::reference {

using bound::BoundClause;
using bound::BoundCreate;
using bound::BoundSet;
using bound::ClauseKind;
using bound::kNone;
using Kind = bound::SetItem::Kind;

namespace {

bool is_single(const Value& v) {
  return v.kind() != ValueKind::null && v.kind() != ValueKind::list && v.kind() != ValueKind::map && v.kind() != ValueKind::node && v.kind() != ValueKind::edge &&
         v.kind() != ValueKind::path;
}

void check_property(const Value& v) {
  const bool is_good = v.kind() == ValueKind::list ? std::all_of(v.as_list().begin(), v.as_list().end(), is_single) : v.is_null() || is_single(v);
  if (!is_good) throw Refused("no value of a property");
}

template <class Action>
auto refusing(Action action) {
  try {
    return action();
  } catch (const Error& error) {
    throw Refused(error.text());
  }
}

}  // namespace

void Interpreter::look_again() {
  snapshot_ = transaction_->snapshot();
  matcher_.emplace(query_, snapshot_, budget_);
}

// Order 2k begins with row k; order 2k + 1 is the other way about, and ends with it; from kMostOrders on they are shuffled.
std::vector<std::size_t> Interpreter::order_of(std::size_t count) {
  if (count > kMostOrders / 2) throw Unsupported("more rows to write than orders to try");
  most_rows_ = std::max(most_rows_, count);
  std::vector<std::size_t> out(count);
  std::iota(out.begin(), out.end(), std::size_t{0});
  if (order_ >= kMostOrders) {
    Random random(order_);
    for (std::size_t i = count; i > 1; --i) std::swap(out[i - 1], out[random.below(i)]);
    return out;
  }
  if (count > 0) std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(order_ / 2 % count), out.end());
  if (order_ % 2 == 1) std::reverse(out.begin(), out.end());
  return out;
}

Rows Interpreter::written(const BoundClause& clause, Rows rows) {
  answer(clause.subqueries, rows);
  switch (clause.kind) {
    case ClauseKind::create:
      for (const auto i : order_of(rows.size())) create(clause.create, rows[i], false);
      return rows;
    case ClauseKind::merge: return merged(clause, std::move(rows));
    case ClauseKind::delete_: delete_all(clause, rows); return rows;
    default: set_all(clause, rows); return rows;
  }
}

PropertyList Interpreter::properties(bound::BoundId id, Row& row, bool is_merge) {
  PropertyList out;
  const auto map = id == kNone ? Value() : value(id, row);
  if (map.is_null()) return out;
  if (map.kind() != ValueKind::map) throw Refused("properties are a map");
  for (const auto& [name, item] : map.as_map()) {
    if (item.is_null() && is_merge) throw Refused("MERGE with a null");
    check_property(item);
    if (!item.is_null()) out.emplace_back(name, item);
  }
  return out;
}

NodeKey Interpreter::end_of(const Value& value) const {
  if (value.kind() != ValueKind::node) throw Refused("a relationship needs two nodes");
  return value.as_node();
}

// One after another, so that what stands later may read what stands before.
void Interpreter::create(const BoundCreate& create, Row& row, bool is_merge) {
  for (const auto& node : create.nodes) {
    const auto list = properties(node.properties, row, is_merge);
    row.values[node.slot] = Value(refusing([&] { return transaction_->create_node(node.labels, list); }));
    ++counts_.nodes_created;
    counts_.labels_added += node.labels.size();
    counts_.properties_set += list.size();
    look_again();
  }
  for (const auto& edge : create.edges) {
    const auto list = properties(edge.properties, row, is_merge);
    const auto from = end_of(row.values[edge.from]);
    const auto to = end_of(row.values[edge.to]);
    row.values[edge.slot] = Value(refusing([&] { return transaction_->create_edge(from, edge.type, to, list); }));
    ++counts_.edges_created;
    counts_.properties_set += list.size();
    look_again();
  }
  for (const auto& path : create.paths) row.values[path.slot] = value(path.expression, row);
}

Rows Interpreter::merged(const BoundClause& clause, Rows rows) {
  std::vector<Rows> found(rows.size());
  for (const auto i : order_of(rows.size())) found[i] = merged(clause, std::move(rows[i]));
  Rows out;
  for (auto& some : found) out.insert(out.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  return out;
}

Rows Interpreter::merged(const BoundClause& clause, Row row) {
  Rows found;
  for (auto& values : matcher_->matches(clause.pattern, row.values)) found.push_back({std::move(values), row.carried});
  found = kept(clause.pattern.predicates, std::move(found));
  const bool is_new = found.empty();
  if (is_new) {
    create(clause.create, row, true);
    found.push_back(std::move(row));
  } else {
    assign(clause.create.paths, found);
  }
  for (auto& one : found) set_row(is_new ? clause.sets : clause.match_sets, false, one);
  return found;
}

void Interpreter::set_all(const BoundClause& clause, Rows& rows) {
  for (const auto i : order_of(rows.size())) set_row(clause.sets, clause.kind == ClauseKind::remove, rows[i]);
}

void Interpreter::set_row(const std::vector<BoundSet>& items, bool is_removal, Row& row) {
  for (const auto& item : items) {
    set(item, is_removal, row);
    look_again();
  }
}

bool Interpreter::is_there(const Value& target) const {
  return target.kind() == ValueKind::node ? snapshot_.find(target.as_node()).has_value() : snapshot_.find(target.as_edge()).has_value();
}

void Interpreter::set(const BoundSet& item, bool is_removal, Row& row) {
  const auto target = value(item.target, row);
  if (target.is_null()) return;
  if (target.kind() != ValueKind::node && target.kind() != ValueKind::edge) throw Refused("SET of what has no properties");
  if (!is_there(target)) throw Refused("SET of what was deleted");
  if (item.kind == Kind::labels) return set_labels(item, is_removal, target);
  const auto given = item.value == kNone ? Value() : value(item.value, row);
  if (item.kind == Kind::property) return set_property(target, item.property, given);
  set_map(item, target, given);
}

void Interpreter::set_labels(const BoundSet& item, bool is_removal, const Value& target) {
  if (target.kind() != ValueKind::node) throw Refused("labels of a relationship");
  for (const auto& label : item.labels) {
    refusing([&] {
      if (is_removal) {
        transaction_->remove_label(target.as_node(), label);
      } else {
        transaction_->add_label(target.as_node(), label);
      }
    });
    ++(is_removal ? counts_.labels_removed : counts_.labels_added);
  }
}

void Interpreter::set_property(const Value& target, const std::string& name, const Value& given) {
  check_property(given);
  ++(given.is_null() ? counts_.properties_removed : counts_.properties_set);
  refusing([&] {
    if (target.kind() == ValueKind::node) {
      transaction_->set_property(target.as_node(), name, given);
    } else {
      transaction_->set_property(target.as_edge(), name, given);
    }
  });
}

void Interpreter::set_map(const BoundSet& item, const Value& target, const Value& given) {
  const auto map_of = [this](const Value& v) {
    if (v.kind() == ValueKind::map) return v.as_map();
    ValueMap out;
    for (std::size_t i = 0; i < snapshot_.property_count(); ++i) {
      const auto property = static_cast<Property>(i);
      const auto found = v.kind() == ValueKind::node ? snapshot_.value(*snapshot_.find(v.as_node()), property) : snapshot_.value(*snapshot_.find(v.as_edge()), property);
      if (!found.is_null()) out[std::string(snapshot_.name(property))] = found;
    }
    return out;
  };
  if (given.kind() != ValueKind::map && given.kind() != ValueKind::node && given.kind() != ValueKind::edge) throw Refused("properties are a map");
  if (given.kind() != ValueKind::map && !is_there(given)) throw Refused("properties of what was deleted");
  const auto wanted = map_of(given);
  if (item.kind == Kind::replace) {
    for (const auto& [name, old] : map_of(target)) {
      if (!wanted.contains(name)) set_property(target, name, Value());
    }
  }
  for (const auto& [name, property] : wanted) set_property(target, name, property);
}

// All that is to go is known before the first thing goes.
void Interpreter::delete_all(const BoundClause& clause, Rows& rows) {
  std::set<NodeKey> nodes;
  std::set<EdgeKey> edges;
  const auto mark_edge = [&](EdgeKey key) {
    if (snapshot_.find(key)) edges.insert(key);
  };
  const auto mark = [&](auto&& self, const Value& v) -> void {
    if (v.is_null()) return;
    if (v.kind() == ValueKind::edge) return mark_edge(v.as_edge());
    if (v.kind() == ValueKind::path) {
      for (const auto edge : v.as_path().edges) mark_edge(edge);
      for (const auto node : v.as_path().nodes) self(self, Value(node));
      return;
    }
    if (v.kind() != ValueKind::node) throw Refused("DELETE of a value");
    if (snapshot_.find(v.as_node())) nodes.insert(v.as_node());
  };
  for (auto& row : rows) {
    for (const auto id : clause.deleted) mark(mark, value(id, row));
  }
  for (const auto edge : snapshot_.edges()) {
    const bool is_at = nodes.contains(snapshot_.key(snapshot_.source(edge))) || nodes.contains(snapshot_.key(snapshot_.target(edge)));
    if (is_at && clause.is_detach) edges.insert(snapshot_.key(edge));
    if (is_at && !edges.contains(snapshot_.key(edge))) throw Refused("a node still has relationships");
  }
  for (const auto edge : edges) {
    expressions_.deleted_types.emplace(edge, snapshot_.name(snapshot_.type(*snapshot_.find(edge))));
    refusing([&] { transaction_->delete_edge(edge); });
  }
  for (const auto node : nodes) refusing([&] { transaction_->delete_node(node, false); });
  counts_.nodes_deleted += nodes.size();
  counts_.edges_deleted += edges.size();
  look_again();
}

}  // namespace policygraph::testing::reference
