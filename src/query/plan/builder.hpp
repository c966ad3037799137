#pragma once

#include <span>
#include <unordered_set>
#include <vector>

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {

// From what a query means to steps, clause by clause, as written; the rules do the rest.
class Builder {
 public:
  Builder(Plan& plan, bool has_evidence, Limits& limits) : plan_(plan), has_evidence_(has_evidence), limits_(limits) {}
  void run();

 private:
  // build.cpp
  void refuse_long() const;
  StepId chain(Step step, StepId input);
  Slot hidden_slot(Type type);
  StepId add_part(const BoundPart& part, StepId input);
  StepId add_clause(const BoundClause& clause, StepId input);
  StepId add_call(const BoundClause& clause, StepId input);
  StepId add_unwind(const BoundClause& clause, StepId input);
  StepId filter(const std::vector<BoundId>& predicates, StepId input);
  StepId assign(const std::vector<Assignment>& assignments, StepId input);
  StepId worked_out(BoundId& expression, StepId input);
  bool has_inner(BoundId id) const;
  bool has_inner(const BoundClause& clause) const;
  void note_reads();

  // build_match.cpp
  StepId add_match(const BoundClause& clause, StepId input);
  StepId add_plain_match(const BoundClause& clause, StepId input);
  StepId add_search(const BoundClause& clause, const std::vector<BoundSubquery>& early, StepId input);
  StepId add_optional(const BoundClause& clause, StepId input);

  // build_projection.cpp
  StepId add_projection(const BoundClause& clause, StepId input);
  StepId add_aggregate(const BoundProjection& projection, StepId input);
  StepId add_sort(const std::vector<BoundSort>& order, StepId input);
  StepId distinct(StepId input, std::span<const OutputColumn> columns, const std::vector<BoundAggregate>& money);
  StepId name_columns(const BoundPart& part, StepId input, bool is_first);
  StepId rename_columns(const BoundPart& part, const std::vector<OutputColumn>& columns, StepId input);
  StepId join(StepId left, StepId right);

  // build_subquery.cpp
  StepId add_subqueries(const std::vector<BoundSubquery>& subqueries, StepId input);
  StepId add_subquery(const BoundSubquery& subquery, StepId input);
  void add_inner(const BoundSubquery& subquery, StepId input);
  StepId add_call_subquery(const BoundCallSubquery& called, StepId input);
  StepId add_called_parts(const BoundCallSubquery& called, StepId input);
  std::vector<Slot> bound_inside(StepId inner, StepId input) const;

  // build_write.cpp
  StepId add_write(const BoundClause& clause, StepId input);
  void note_made(const BoundClause& clause);
  bool reads_any(const BoundClause& clause, const std::unordered_set<Slot>& made) const;
  bool reads_itself(const BoundClause& clause) const;
  StepId add_pieces(const BoundClause& clause, StepId input);

  StepId made_by_ = kNone;          // the newest CREATE, and what it makes
  std::unordered_set<Slot> made_;
  Plan& plan_;
  bool has_evidence_;
  Limits& limits_;
};

}  // namespace policygraph::inline v0::detail::query
