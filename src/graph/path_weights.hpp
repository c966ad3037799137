#pragma once

#include <vector>

#include "policygraph/graph/measures.hpp"

namespace policygraph::inline v0::detail::graph {

/// What each edge weighs on a path, read once.
class PathWeights {
 public:
  /// Throws Error(invalid_argument) that names the edge whose weight is negative or no number.
  PathWeights(const Snapshot& snapshot, const PathOptions& options);
  double operator[](EdgeRow edge) const noexcept { return of_row_.empty() ? 1 : of_row_[edge.value]; }
  /// The mean of those above 0; 1 where there is none.
  double typical() const noexcept { return typical_; }

 private:
  std::vector<double> of_row_;  // empty: each 1
  double typical_ = 1;
};

}  // namespace policygraph::inline v0::detail::graph
