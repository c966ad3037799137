#include <algorithm>
#include <utility>

#include "reference/interpreter_parts.hpp"

// MATCH, plainly: the pattern without its searches, then every path there is for each search as it is written, and of those that WHERE
// leaves the shortest.
namespace policygraph::testing::reference {

using bound::BoundClause;
using bound::BoundId;
using bound::BoundKind;
using bound::BoundSubquery;
using bound::kNone;
using bound::Slot;
using Kind = bound::PathPattern::Search;

Rows Interpreter::matched(const BoundClause& clause, const Rows& rows) {
  auto rest = clause;
  const auto searches = take_searches(rest.pattern, query_);
  // What reads two paths waits for the later.
  std::vector<BoundClause> asked(searches.size());
  for (auto i = searches.size(); i-- > 0;) asked[i] = asked_of(searches[i], clause.subqueries, rest);
  Rows out;
  for (const auto& row : rows) {
    Rows found;
    for (auto& values : matcher_->matches(rest.pattern, row.values)) found.push_back({std::move(values), row.carried});
    assign(rest.pattern.paths, found);
    answer(rest.subqueries, found);
    found = kept(rest.pattern.predicates, std::move(found));
    for (std::size_t i = 0; i < searches.size(); ++i) found = searched(searches[i], asked[i], found);
    found = kept(rest.where, std::move(found));
    if (found.empty() && clause.is_optional) found.push_back(row);
    out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  return out;
}

std::vector<Interpreter::Search> Interpreter::take_searches(bound::BoundPattern& pattern, const bound::BoundQuery& query) {
  std::vector<Search> out;
  for (const auto& edge : pattern.edges) {
    if (edge.search == Kind::every) continue;
    out.push_back({edge, pattern.nodes[edge.from].slot, pattern.nodes[edge.to].slot, kNone});
    for (const auto& path : pattern.paths) {
      for (const auto child : query.expressions[path.expression].children) {
        if (query.expressions[child].number == edge.slot) out.back().path = path.slot;
      }
    }
  }
  std::erase_if(pattern.edges, [](const bound::BoundEdge& edge) { return edge.search != Kind::every; });
  return out;
}

bool Interpreter::reads(BoundId id, Slot slot, const std::vector<BoundSubquery>& early) const {
  if (id == kNone || slot == kNone) return false;
  const auto& e = query_.expressions[id];
  const auto has = [slot](const BoundSubquery& subquery) { return std::ranges::find(subquery.reads, slot) != subquery.reads.end(); };
  if (e.kind == BoundKind::slot) {
    return e.number == slot || std::ranges::any_of(early, [&](const BoundSubquery& subquery) { return subquery.slot == e.number && has(subquery); });
  }
  if (e.kind == BoundKind::subquery && has(query_.inner[e.number])) return true;
  return std::ranges::any_of(e.children, [&](BoundId child) { return reads(child, slot, early); });
}

bool Interpreter::reads(BoundId id, const Search& search, const std::vector<BoundSubquery>& early) const {
  return reads(id, search.path, early) || reads(id, search.edge.slot, early);
}

BoundClause Interpreter::asked_of(const Search& search, const std::vector<BoundSubquery>& early, BoundClause& rest) const {
  BoundClause out;
  const auto move = [](auto& from, auto& to, auto is_it) {
    std::ranges::copy_if(from, std::back_inserter(to), is_it);
    std::erase_if(from, is_it);
  };
  const auto reads_it = [&](BoundId id) { return reads(id, search, early); };
  move(rest.pattern.predicates, out.pattern.predicates, reads_it);
  move(rest.where, out.where, reads_it);
  move(rest.pattern.paths, out.pattern.paths, [&](const bound::Assignment& path) { return path.slot == search.path; });
  move(rest.subqueries, out.subqueries, [&](const BoundSubquery& subquery) {
    return std::ranges::any_of(subquery.reads, [&](Slot slot) { return slot == search.path || slot == search.edge.slot; });
  });
  return out;
}

Rows Interpreter::searched(const Search& search, const BoundClause& asked, const Rows& rows) {
  Rows out;
  for (const auto& row : rows) {
    Rows found;
    for (auto& edges : matcher_->paths(search.edge, row.values[search.from].as_node(), row.values[search.to].as_node())) {
      budget_.spend();
      found.push_back(row);
      found.back().values[search.edge.slot] = Value(std::move(edges));
    }
    assign(asked.pattern.paths, found);
    answer(asked.subqueries, found);
    found = kept(asked.where, kept(asked.pattern.predicates, std::move(found)));
    const auto length = [&](const Row& path) { return path.values[search.edge.slot].as_list().size(); };
    std::ranges::stable_sort(found, {}, length);
    for (const auto& path : found) {
      const bool is_first = &path == &found.front();
      if (is_first || (search.edge.search == Kind::all_shortest && length(path) == length(found.front()))) out.push_back(path);
    }
  }
  return out;
}

}  // namespace policygraph::testing::reference
