#include <algorithm>
#include <utility>

#include "query/plan/builder.hpp"

// MATCH: the pattern, its predicates, paths and subqueries; then shortestPath where WHERE asks something of the path, one after another.
namespace policygraph::inline v0::detail::query {
namespace {

// A search, and what is asked of the paths it finds. A condition on two belongs to the one written later.
struct Search {
  std::size_t edge = 0;
  Slot path = kNone, edges = kNone;
  std::vector<BoundId> predicates, where;
};

std::vector<Search> searches_of(const BoundQuery& query, const BoundPattern& pattern) {
  std::vector<Search> out;
  for (std::size_t i = 0; i < pattern.edges.size(); ++i) {
    if (pattern.edges[i].search == PathPattern::Search::every) continue;
    Search search;
    search.edge = i;
    search.edges = pattern.edges[i].slot;
    for (const auto& path : pattern.paths) {
      const auto& children = query.expressions[path.expression].children;
      const bool is_it = std::ranges::any_of(children, [&](BoundId child) { return query.expressions[child].number == search.edges; });
      if (is_it) search.path = path.slot;
    }
    out.push_back(search);
  }
  return out;
}

// Moves those that read a search's path to it.
void hand_over(const BoundQuery& query, const std::vector<BoundSubquery>& early, std::vector<Search>& searches, std::vector<BoundId>& from,
               std::vector<BoundId> Search::*to) {
  std::erase_if(from, [&](BoundId id) {
    const auto it = std::find_if(searches.rbegin(), searches.rend(), [&](const Search& s) { return reads_path(query, id, early, s.path, s.edges); });
    if (it != searches.rend()) ((*it).*to).push_back(id);
    return it != searches.rend();
  });
}

// Moves what the search needs and gives.
BoundClause take_search(const Search& search, BoundClause& from) {
  BoundClause out;
  out.pattern.predicates = search.predicates;
  out.where = search.where;
  const auto is_path = [&](const Assignment& path) { return path.slot == search.path; };
  std::ranges::copy_if(from.pattern.paths, std::back_inserter(out.pattern.paths), is_path);
  std::erase_if(from.pattern.paths, is_path);
  const auto is_read = [&](const BoundSubquery& subquery) {
    return std::ranges::any_of(subquery.reads, [&](Slot slot) { return slot == search.path || slot == search.edges; });
  };
  std::ranges::copy_if(from.subqueries, std::back_inserter(out.subqueries), is_read);
  std::erase_if(from.subqueries, is_read);
  const auto& edge = from.pattern.edges[search.edge];
  out.pattern.nodes = {from.pattern.nodes[edge.from], from.pattern.nodes[edge.to]};
  out.pattern.edges = {edge};
  return out;
}

}  // namespace

StepId Builder::add_match(const BoundClause& clause, StepId input) {
  const auto& edges = clause.pattern.edges;
  const bool has_search = std::ranges::any_of(edges, [](const BoundEdge& edge) { return edge.search != PathPattern::Search::every; });
  if (!has_search) return add_plain_match(clause, input);
  auto rest = clause;
  auto searches = searches_of(plan_.query, clause.pattern);
  hand_over(plan_.query, clause.subqueries, searches, rest.pattern.predicates, &Search::predicates);
  hand_over(plan_.query, clause.subqueries, searches, rest.where, &Search::where);
  std::erase_if(searches, [](const Search& search) { return search.predicates.empty() && search.where.empty(); });
  std::vector<BoundClause> late;
  for (auto search = searches.rbegin(); search != searches.rend(); ++search) {
    late.insert(late.begin(), take_search(*search, rest));
    rest.pattern.edges.erase(rest.pattern.edges.begin() + static_cast<std::ptrdiff_t>(search->edge));
  }
  const auto where = std::exchange(rest.where, {});
  input = add_plain_match(rest, input);
  for (const auto& search : late) input = add_search(search, clause.subqueries, input);
  return filter(where, input);
}

StepId Builder::add_plain_match(const BoundClause& clause, StepId input) {
  plan_.patterns.push_back(clause.pattern);
  const auto match = static_cast<std::uint32_t>(plan_.patterns.size() - 1);
  // A pattern's own predicates may read what a subquery gives, and its paths, so those come first.
  const bool is_late = !clause.subqueries.empty() || !clause.pattern.paths.empty();
  input = add_pattern(plan_, input, match, bound_slots(plan_, input), nullptr, limits_);
  if (!is_late) input = filter(clause.pattern.predicates, input);
  input = assign(clause.pattern.paths, input);
  input = add_subqueries(clause.subqueries, input);
  if (is_late) input = filter(clause.pattern.predicates, input);
  return filter(clause.where, input);
}

// The inner plan begins with paths that were found, and leaves those that will do.
StepId Builder::add_search(const BoundClause& clause, const std::vector<BoundSubquery>& early, StepId input) {
  const auto& edge = clause.pattern.edges[0];
  Step argument{StepKind::argument};
  argument.input = input;
  argument.slots = {edge.slot};
  auto inner = assign(clause.pattern.paths, add_step(plan_, std::move(argument)));
  inner = add_subqueries(clause.subqueries, inner);
  inner = filter(clause.where, filter(clause.pattern.predicates, inner));
  Step step{StepKind::shortest_path};
  step.inner = inner;
  step.from = clause.pattern.nodes[0].slot;
  step.to = clause.pattern.nodes[1].slot;
  step.edge = edge.slot;
  step.is_known_end = true;
  step.types = edge.types;
  step.direction = edge.direction;
  step.least = edge.least;
  step.most = edge.most;
  step.search = edge.search;
  step.slots = bound_inside(inner, input);
  const auto path = clause.pattern.paths.empty() ? kNone : clause.pattern.paths[0].slot;
  for (const auto id : clause.pattern.predicates) add_path_condition(plan_.query, id, early, path, step);
  for (const auto id : clause.where) add_path_condition(plan_.query, id, early, path, step);
  return chain(std::move(step), input);
}

StepId Builder::add_optional(const BoundClause& clause, StepId input) {
  Step step{StepKind::optional};
  step.ordinal = hidden_slot(Type::any);
  Step argument{StepKind::argument};
  argument.input = input;  // says which slots are bound; rows come from the step around it
  step.inner = add_match(clause, add_step(plan_, argument));
  step.slots = bound_inside(step.inner, input);
  return chain(std::move(step), input);
}

}  // namespace policygraph::inline v0::detail::query
