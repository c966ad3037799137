#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

struct KeptPlan;

/// Which groups the rows of an answer are, and what is needed to gather their evidence when someone asks for it: that
/// runs the query once more, with evidence, for those groups alone. Of the first rows that are asked for few are
/// gathered, then all. Any thread may ask.
class HeldGroups {
 public:
  /// Of a run that ends soon; its plan has `late`.
  explicit HeldGroups(const Execution& execution);
  /// The groups of some more rows of the answer; gives their bytes.
  std::size_t add(const Batch& rows, Execution& execution);
  /// What the rows of its group rest on; null: nothing. Throws as a run does, past the memory that the query was given.
  std::shared_ptr<const LineageSet> evidence(std::size_t row, const KeptPlan& kept, const Snapshot& snapshot) const;
  /// Gathers that of some rows within these bounds, and throws past them. Requires: they are rows.
  void gather(std::size_t first, std::size_t count, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const;

 private:
  void make(std::size_t first, std::size_t count, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const;

  QueryOptions bounds_;
  std::vector<Value> parameters_;
  QueryClock clock_;
  Batch groups_;
  mutable std::mutex mutex_;
  mutable std::size_t first_ = 0;
  mutable std::vector<std::shared_ptr<const LineageSet>> found_;  // of the rows from `first_` on
};

}  // namespace policygraph::inline v0::detail::query
