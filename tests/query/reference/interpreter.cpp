#include "reference/interpreter.hpp"

#include <algorithm>
#include <utility>

#include "reference/aggregates.hpp"
#include "reference/matcher.hpp"

namespace policygraph::testing::reference {

using bound::Assignment;
using bound::BoundClause;
using bound::BoundPart;
using bound::BoundProjection;
using bound::BoundSubquery;
using bound::ClauseKind;
using bound::kNone;
using bound::Slot;

namespace {

struct Row {
  Values values;
  Grounds carried;  // of rows and subqueries that are gone
};
using Rows = std::vector<Row>;

class Interpreter {
 public:
  Interpreter(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters, std::size_t budget)
      : query_(query), budget_{budget}, expressions_(query, snapshot, parameters, budget_), matcher_(query, snapshot, budget_) {
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

  Answer run() {
    Answer out;
    out.columns = query_.columns;
    for (const auto& part : query_.parts) {
      for (const auto& row : rows_of(part, {Row{Values(query_.slots.size()), {}}})) add(part, row, out);
    }
    if (query_.parts.size() > 1 && !query_.is_union_all) remove_doubles(out);
    return out;
  }

 private:
  void add(const BoundPart& part, const Row& row, Answer& out) const {
    if (part.columns.empty()) return;
    Values line;
    for (const auto& column : part.columns) line.push_back(row.values[column.slot]);
    out.rows.push_back(std::move(line));
    out.grounds.push_back(grounds_of(row));
  }

  static void remove_doubles(Answer& out) {
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

  // ---- evidence

  Grounds grounds_of(const Row& row) const {
    auto out = row.carried;
    for (Slot slot = 0; slot < row.values.size(); ++slot) add_grounds(row.values[slot], slot, out);
    return out;
  }

  void add_grounds(const Value& value, Slot slot, Grounds& out) const {
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

  Rows rows_of(const BoundPart& part, Rows rows) {
    for (const auto& clause : part.clauses) rows = after(clause, std::move(rows));
    return rows;
  }

  Rows after(const BoundClause& clause, Rows rows) {
    switch (clause.kind) {
      case ClauseKind::match: return matched(clause, rows);
      case ClauseKind::with:
      case ClauseKind::return_: return projected(clause, std::move(rows));
      case ClauseKind::unwind: return unwound(clause, std::move(rows));
      default: throw Unsupported("a clause that is not interpreted");
    }
  }

  Rows matched(const BoundClause& clause, const Rows& rows) {
    Rows out;
    for (const auto& row : rows) {
      Rows found;
      for (auto& values : matcher_.matches(clause.pattern, row.values)) found.push_back({std::move(values), row.carried});
      assign(clause.pattern.paths, found);
      answer(clause.subqueries, found);
      found = kept(clause.pattern.predicates, std::move(found));
      found = kept(clause.where, std::move(found));
      if (found.empty() && clause.is_optional) found.push_back(row);
      out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    }
    return out;
  }

  Rows kept(const std::vector<bound::BoundId>& predicates, Rows rows) {
    Rows out;
    for (auto& row : rows) {
      carried_ = &row.carried;
      const bool is_kept = std::all_of(predicates.begin(), predicates.end(),
                                       [&](bound::BoundId id) { return expressions_.truth(id, row.values).value_or(false); });
      carried_ = nullptr;
      if (is_kept) out.push_back(std::move(row));
    }
    return out;
  }

  void assign(const std::vector<Assignment>& assignments, Rows& rows) {
    for (auto& row : rows) {
      carried_ = &row.carried;
      for (const auto& a : assignments) row.values[a.slot] = expressions_.value(a.expression, row.values);
      carried_ = nullptr;
    }
  }

  // EXISTS, COUNT and pattern comprehensions: a slot for each row, which rests on all that was found.
  void answer(const std::vector<BoundSubquery>& subqueries, Rows& rows) {
    for (const auto& subquery : subqueries) {
      if (subquery.inner != kNone) continue;  // worked out with its expression
      for (auto& row : rows) row.values[subquery.slot] = answer(subquery, row);
    }
  }

  Value answer(const BoundSubquery& subquery, Row& row) {
    const auto found = rows_of(query_.subparts[subquery.part], {row});
    ValueList list;
    for (const auto& inner : found) {
      budget_.spend();
      if (subquery.value != kNone) list.push_back(expressions_.value(subquery.value, inner.values));
      row.carried.merge(grounds_of(inner));
    }
    switch (subquery.mode) {
      case BoundSubquery::Mode::exists: return Value(!found.empty());
      case BoundSubquery::Mode::count: return Value(static_cast<std::int64_t>(found.size()));
      case BoundSubquery::Mode::collect: break;
    }
    return Value(std::move(list));
  }

  Rows unwound(const BoundClause& clause, Rows rows) {
    answer(clause.subqueries, rows);
    Rows out;
    for (const auto& row : rows) {
      const auto list = expressions_.value(clause.unwind.expression, row.values);
      if (list.is_null()) continue;
      for (const auto& item : list.kind() == ValueKind::list ? list.as_list() : ValueList(1, list)) {
        budget_.spend();
        out.push_back(row);
        out.back().values[clause.unwind.slot] = item;
      }
    }
    return out;
  }

  // ---- WITH and RETURN

  Rows projected(const BoundClause& clause, Rows rows) {
    const auto& projection = clause.projection;
    answer(clause.subqueries, rows);
    assign(projection.before, rows);
    if (projection.is_aggregating) rows = aggregated(projection, rows);
    assign(projection.after, rows);
    if (projection.is_distinct) rows = distinct(projection, rows);
    answer(projection.late_subqueries, rows);
    sort(projection, rows);
    rows = cut(projection, std::move(rows));
    return kept(clause.where, std::move(rows));
  }

  // The rows of each group, groups in order of their first row.
  std::vector<Rows> groups(const std::vector<Slot>& keys, const Rows& rows) {
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
  Row gathered(const std::vector<Slot>& keys, const Rows& group) const {
    Row out{Values(query_.slots.size()), {}};
    for (const auto key : keys) out.values[key] = group.front().values[key];
    for (const auto& row : group) out.carried.merge(grounds_of(row));
    return out;
  }

  Rows aggregated(const BoundProjection& projection, const Rows& rows) {
    auto all = groups(projection.keys, rows);
    if (projection.keys.empty() && all.empty()) all.emplace_back();
    Rows out;
    for (const auto& group : all) {
      auto row = group.empty() ? Row{Values(query_.slots.size()), {}} : gathered(projection.keys, group);
      for (const auto& a : projection.aggregates) {
        std::vector<Value> values;
        for (const auto& one : group) values.push_back(a.argument == kNone ? Value(true) : expressions_.value(a.argument, one.values));
        const auto second = a.second == kNone ? Value() : expressions_.value(a.second, group.empty() ? row.values : group.front().values);
        row.values[a.slot] = aggregate_of(a, values, second);
      }
      out.push_back(std::move(row));
    }
    return out;
  }

  Rows distinct(const BoundProjection& projection, const Rows& rows) {
    std::vector<Slot> keys;
    for (const auto& column : projection.columns) keys.push_back(column.slot);
    Rows out;
    for (const auto& group : groups(keys, rows)) out.push_back(gathered(keys, group));
    return out;
  }

  void sort(const BoundProjection& projection, Rows& rows) {
    if (projection.order.empty()) return;
    std::vector<std::pair<Values, Row>> keyed;
    for (auto& row : rows) {
      Values keys;
      for (const auto& item : projection.order) keys.push_back(expressions_.value(item.expression, row.values));
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

  std::size_t count(bound::BoundId id, std::size_t otherwise) {
    if (id == kNone) return otherwise;
    const auto found = expressions_.value(id, Values(query_.slots.size()));
    if (found.kind() != ValueKind::integer || found.as_integer() < 0) throw Refused("SKIP and LIMIT take an integer from 0 up");
    return static_cast<std::size_t>(found.as_integer());
  }

  Rows cut(const BoundProjection& projection, Rows rows) {
    const auto first = std::min(count(projection.skip, 0), rows.size());
    const auto size = std::min(count(projection.limit, rows.size()), rows.size() - first);
    const auto begin = std::make_move_iterator(rows.begin() + static_cast<std::ptrdiff_t>(first));
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
  }

  const bound::BoundQuery& query_;
  Budget budget_;
  Expressions expressions_;
  Grounds* carried_ = nullptr;  // where what subqueries of an expression find goes, in WHERE and the items of WITH and RETURN
  Matcher matcher_;
};

}  // namespace

Answer interpret(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters, std::size_t budget) {
  return Interpreter(query, snapshot, parameters, budget).run();
}

}  // namespace policygraph::testing::reference
