#pragma once

#include <mutex>
#include <vector>

#include "policygraph/query/columns.hpp"
#include "policygraph/query/query.hpp"
#include "query/columns/answer_column.hpp"
#include "query/kept_plans.hpp"
#include "query/run/lineage.hpp"

namespace policygraph::inline v0 {

struct Rows::Data {
  std::shared_ptr<const detail::query::KeptPlan> kept;  // what was run; null: nothing was
  std::vector<std::string> plan_columns;                // where the answer is the plan
  mutable std::vector<Value> values;                    // row after row; of a wide answer made when one is asked for
  std::vector<detail::query::AnswerColumn> wide;        // the columns of an answer of many rows; none of one of few
  mutable std::once_flag values_made;
  std::size_t size = 0;
  Snapshot snapshot;
  WriteCounts counts;
  std::vector<Diagnostic> notifications;
  std::vector<ColumnField> promised;  // of an answer without rows: what its columns would hold

  // What rows rest on, none with evidence off: marks, resolved when asked; after a write, which moves rows, evidence itself, and
  // marks of passages alone.
  std::vector<detail::query::Mark> marks;
  std::vector<std::size_t> mark_ends;
  std::vector<EvidenceId> evidence;
  std::vector<std::size_t> evidence_ends;
  std::vector<std::size_t> left_out;
  std::vector<Passage> passages;  // by the number in their marks

  explicit Data(Snapshot the_snapshot) noexcept : snapshot(std::move(the_snapshot)) {}
  // The values of the answer's rows, one row after another.
  const Value* rows() const {
    if (!wide.empty()) std::call_once(values_made, [this] { make_values(); });
    return values.data();
  }
  // One of them, made where it is not there yet.
  Value value(std::size_t row, std::size_t column) const { return wide.empty() ? values[row * columns().size() + column] : wide[column].at(row); }
  const std::vector<std::string>& columns() const noexcept {
    return kept == nullptr || !plan_columns.empty() ? plan_columns : kept->plan->query.columns;
  }

 private:
  void make_values() const;
};

struct PreparedQuery::Data {
  Snapshot snapshot;
  std::shared_ptr<const detail::query::KeptPlan> kept;
};

}  // namespace policygraph::inline v0
