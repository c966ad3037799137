#pragma once

#include <vector>

#include "policygraph/query/columns.hpp"
#include "policygraph/query/query.hpp"
#include "query/kept_plans.hpp"
#include "query/run/lineage.hpp"

namespace policygraph::inline v0 {

struct Rows::Data {
  std::vector<std::string> columns;
  std::vector<Value> values;  // row after row
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
  std::shared_ptr<const detail::query::Names> names;

  explicit Data(Snapshot the_snapshot) : snapshot(std::move(the_snapshot)) {}
};

struct PreparedQuery::Data {
  Snapshot snapshot;
  std::shared_ptr<const detail::query::KeptPlan> kept;
};

}  // namespace policygraph::inline v0
