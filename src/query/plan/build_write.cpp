#include <algorithm>
#include <utility>

#include "query/plan/builder.hpp"

// CREATE, MERGE, SET, REMOVE and DELETE.
namespace policygraph::inline v0::detail::query {

StepId Builder::add_write(const BoundClause& clause, StepId input) {
  static constexpr StepKind kKinds[] = {StepKind::create, StepKind::merge, StepKind::set, StepKind::remove, StepKind::delete_};
  input = add_subqueries(clause.subqueries, input);
  if (clause.kind == ClauseKind::create && clause.create.nodes.size() + clause.create.edges.size() > 1 && reads_itself(clause)) {
    return add_pieces(clause, input);
  }
  const auto kind = kKinds[static_cast<std::size_t>(clause.kind) - static_cast<std::size_t>(ClauseKind::create)];
  // CREATE after CREATE is one step: a script of a thousand of them is one pass.
  const bool is_joined = kind == StepKind::create && input == made_by_ && clause.subqueries.empty() && !reads_any(clause, made_);
  plan_.writes.push_back(clause);
  if (is_joined) {
    ++plan_.steps[input].clause_count;
    note_made(clause);
    return input;
  }
  Step step{kind};
  step.clause = static_cast<std::uint32_t>(plan_.writes.size() - 1);
  step.clause_count = 1;
  if (kind == StepKind::merge) {
    Step argument{StepKind::argument};
    argument.input = input;
    auto look = clause;
    look.subqueries.clear();
    step.inner = add_match(look, add_step(plan_, argument));
  }
  if (has_evidence_ && has_inner(clause)) step.lineage = hidden_slot(Type::any);
  const auto id = chain(std::move(step), input);
  for (const auto& subquery : clause.set_subqueries) add_inner(subquery, id);
  if (kind == StepKind::create) {
    made_by_ = id;
    made_.clear();
    note_made(clause);
  }
  return id;
}

// Whether a subquery is worked out with what the clause writes.
bool Builder::has_inner(const BoundClause& clause) const {
  const auto is_in_item = [this](const BoundSet& item) { return has_inner(item.target) || has_inner(item.value); };
  const auto is_in_properties = [this](const auto& made) { return has_inner(made.properties); };
  return std::ranges::any_of(clause.sets, is_in_item) || std::ranges::any_of(clause.match_sets, is_in_item) ||
         std::ranges::any_of(clause.create.nodes, is_in_properties) || std::ranges::any_of(clause.create.edges, is_in_properties);
}

void Builder::note_made(const BoundClause& clause) {
  for (const auto& node : clause.create.nodes) made_.insert(node.slot);
  for (const auto& edge : clause.create.edges) made_.insert(edge.slot);
  for (const auto& path : clause.create.paths) made_.insert(path.slot);
}

// Whether properties of what is made are read from these.
bool Builder::reads_any(const BoundClause& clause, const std::unordered_set<Slot>& made) const {
  const auto reads = [&](const auto& part) { return reads_slot(plan_.query, part.properties, made); };
  return std::ranges::any_of(clause.create.nodes, reads) || std::ranges::any_of(clause.create.edges, reads);
}

bool Builder::reads_itself(const BoundClause& clause) const {
  std::unordered_set<Slot> own;
  for (const auto& node : clause.create.nodes) own.insert(node.slot);
  for (const auto& edge : clause.create.edges) own.insert(edge.slot);
  return reads_any(clause, own);
}

// CREATE (a {x: 1}), (b {y: a.x}): one thing after another, each a step.
StepId Builder::add_pieces(const BoundClause& clause, StepId input) {
  const auto add = [&](BoundClause piece) {
    piece.kind = ClauseKind::create;
    piece.span = clause.span;
    input = add_write(piece, input);
  };
  for (const auto& node : clause.create.nodes) {
    BoundClause piece;
    piece.create.nodes = {node};
    add(std::move(piece));
  }
  for (std::size_t i = 0; i < clause.create.edges.size(); ++i) {
    BoundClause piece;
    piece.create.edges = {clause.create.edges[i]};
    if (i + 1 == clause.create.edges.size()) piece.create.paths = clause.create.paths;
    add(std::move(piece));
  }
  return input;
}

}  // namespace policygraph::inline v0::detail::query
