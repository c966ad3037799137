#pragma once

#include <vector>

#include "policygraph/query/columns.hpp"
#include "policygraph/query/query.hpp"
#include "query/columns/answer_column.hpp"
#include "query/held_groups.hpp"
#include "query/kept_plans.hpp"
#include "query/run/lineage.hpp"

namespace policygraph::inline v0 {

struct Rows::Data {
  std::shared_ptr<const detail::query::KeptPlan> kept;  // what was run; null: nothing was
  std::vector<std::string> plan_columns;                // where the answer is the plan
  std::vector<Value> values;                            // row after row
  std::vector<detail::query::AnswerColumn> wide;        // instead, the columns of an answer of more than a few rows
  std::size_t size = 0;
  Snapshot snapshot;
  WriteCounts counts;
  std::vector<Diagnostic> notifications;

  // What rows rest on, none with evidence off: marks, resolved when asked; after a write, which moves rows, evidence itself, and
  // marks of passages alone.
  std::vector<detail::query::Mark> marks;
  std::vector<std::size_t> mark_ends;
  std::vector<EvidenceId> evidence;
  std::vector<std::size_t> evidence_ends;
  std::vector<std::size_t> left_out;
  std::unique_ptr<detail::query::HeldGroups>
      groups;                     // where rows are groups whose evidence waits; marks are the rows' own then
  std::vector<Passage> passages;  // by the number in their marks

  explicit Data(Snapshot the_snapshot) noexcept : snapshot(std::move(the_snapshot)) {}
  const Value& cell(std::size_t row, std::size_t column) const { return wide.empty() ? values[row * columns().size() + column] : wide[column].cell(row); }
  const std::vector<std::string>& columns() const noexcept {
    return kept == nullptr || !plan_columns.empty() ? plan_columns : kept->plan->query.columns;
  }
};

struct PreparedQuery::Data {
  Snapshot snapshot;
  std::shared_ptr<const detail::query::KeptPlan> kept;
};

}  // namespace policygraph::inline v0
