#pragma once

#include <cstdint>
#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

struct RowAt {
  std::uint32_t batch = 0;
  std::uint32_t row = 0;
};

// SET goes on row by row: what one row wrote the next one reads. Rows that do not meet in what they read and write may be worked out
// together, item by item, before the snapshot moves on: they are one turn. A row's turn is the first in which nothing that it reads is
// still to be written by a row before it, so there are as many turns as the longest chain of such rows has, and mostly one.
//
// The rows of each turn, in order. O(rows, and what their lists and maps hold); memory: an entry for each node and edge they name.
std::vector<std::vector<RowAt>> turns_of(Execution& execution, const std::vector<BoundSet>& items, const std::vector<Batch>& batches);

}  // namespace policygraph::inline v0::detail::query
