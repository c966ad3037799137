#include <algorithm>
#include <utility>

#include "reference/aggregates.hpp"
#include "reference/interpreter_parts.hpp"

// WITH and RETURN.
namespace policygraph::testing::reference {

using bound::BoundClause;
using bound::BoundProjection;
using bound::kNone;
using bound::Slot;

namespace {

// What a percentile is asked at: the first row that says.
Value first_of(const Values& values) {
  const auto found = std::find_if(values.begin(), values.end(), [](const Value& value) { return !value.is_null(); });
  return found == values.end() ? Value() : *found;
}

}  // namespace

Rows Interpreter::projected(const BoundClause& clause, Rows rows) {
  const auto& projection = clause.projection;
  answer(clause.subqueries, rows);
  assign(projection.before, rows);
  if (projection.is_aggregating) rows = aggregated(projection, rows);
  assign(projection.after, rows);
  if (projection.is_distinct) rows = distinct(projection.columns, rows);
  for (auto& row : rows) {
    for (const auto slot : projection.recalled) row.values[slot] = around_->values[slot];
  }
  answer(projection.late_subqueries, rows);
  sort(projection, rows);
  rows = cut(projection, std::move(rows));
  return kept(clause.where, std::move(rows));
}

// The rows of each group, groups in order of their first row.
std::vector<Rows> Interpreter::groups(const std::vector<Slot>& keys, const Rows& rows) {
  std::vector<Rows> out;
  for (const auto& row : rows) {
    const auto is_mine = [&](const Rows& group) {
      budget_.spend();
      return std::all_of(keys.begin(), keys.end(), [&](Slot key) { return is_same(group.front().values[key], row.values[key]); });
    };
    const auto group = std::find_if(out.begin(), out.end(), is_mine);
    if (group == out.end()) {
      out.push_back({row});
    } else {
      group->push_back(row);
    }
  }
  return out;
}

// Of a group there remain its keys, and what all its rows rest on.
Row Interpreter::gathered(const std::vector<Slot>& keys, const Rows& group) const {
  Row out{Values(query_.slots.size()), {}};
  for (const auto key : keys) out.values[key] = group.front().values[key];
  for (const auto& row : group) out.carried.merge(grounds_of(row));
  return out;
}

Rows Interpreter::aggregated(const BoundProjection& projection, const Rows& rows) {
  auto all = groups(projection.keys, rows);
  if (projection.keys.empty() && all.empty()) all.emplace_back();
  Rows out;
  for (auto& group : all) {
    auto row = group.empty() ? Row{Values(query_.slots.size()), {}} : gathered(projection.keys, group);
    for (const auto& a : projection.aggregates) {
      std::vector<Value> values;
      for (auto& one : group) values.push_back(a.argument == kNone ? Value(true) : value(a.argument, one));
      Values seconds;
      for (auto& one : group) seconds.push_back(a.second == kNone ? Value() : value(a.second, one));
      row.values[a.slot] = aggregate_of(a, values, first_of(seconds));
    }
    for (const auto& one : group) row.carried.insert(one.carried.begin(), one.carried.end());
    out.push_back(std::move(row));
  }
  return out;
}

Rows Interpreter::distinct(const std::vector<bound::OutputColumn>& columns, const Rows& rows) {
  std::vector<Slot> keys;
  for (const auto& column : columns) keys.push_back(column.slot);
  Rows out;
  for (const auto& group : groups(keys, rows)) out.push_back(gathered(keys, group));
  return out;
}

void Interpreter::sort(const BoundProjection& projection, Rows& rows) {
  if (projection.order.empty()) return;
  std::vector<std::pair<Values, Row>> keyed;
  for (auto& row : rows) {
    Values keys;
    for (const auto& item : projection.order) keys.push_back(value(item.expression, row));
    keyed.emplace_back(std::move(keys), std::move(row));
  }
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    for (std::size_t i = 0; i < projection.order.size(); ++i) {
      const auto o = ordered(a.first[i], b.first[i]);
      if (o != 0) return projection.order[i].is_descending ? o > 0 : o < 0;
    }
    return false;
  });
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = std::move(keyed[i].second);
}

std::size_t Interpreter::count(bound::BoundId id, std::size_t otherwise) {
  if (id == kNone) return otherwise;
  const auto found = expressions_.value(id, Values(query_.slots.size()));
  if (found.kind() != ValueKind::integer || found.as_integer() < 0) throw Refused("SKIP and LIMIT take an integer from 0 up");
  return static_cast<std::size_t>(found.as_integer());
}

Rows Interpreter::cut(const BoundProjection& projection, Rows rows) {
  const auto first = std::min(count(projection.skip, 0), rows.size());
  const auto size = std::min(count(projection.limit, rows.size()), rows.size() - first);
  const auto begin = std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(first));
  return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

}  // namespace policygraph::testing::reference
