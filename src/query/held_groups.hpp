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
/// gathered, then twice as many each time. Any thread may ask; none waits for another, two may gather the same.
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
  struct Found {
    std::size_t first = 0;
    std::vector<std::shared_ptr<const LineageSet>> of_row;  // of the rows from `first` on
    bool holds(std::size_t from, std::size_t count) const noexcept {
      return from >= first && from + count <= first + of_row.size();
    }
  };
  struct Range {
    std::size_t first, count;
    friend bool operator==(const Range&, const Range&) = default;
  };

  std::shared_ptr<const Found> found() const;
  std::shared_ptr<const Found> find_or_make(Range asked, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const;
  std::shared_ptr<const Found> make(Range rows, const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& bounds) const;
  Range block(std::size_t width, Range asked) const;
  Range next(const Found* before, Range asked) const;

  QueryOptions bounds_;
  std::vector<Value> parameters_;
  QueryClock clock_;
  Batch groups_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const Found> found_;
};

}  // namespace policygraph::inline v0::detail::query
