#pragma once

#include <cstdint>
#include <vector>

#include "query/run/batch.hpp"

namespace policygraph::inline v0::detail::query {

// In how many ways a row goes on. Throw Error(limit) past what an integer holds.
[[noreturn]] void refuse_ways();
inline std::int64_t add_ways(std::int64_t a, std::int64_t b) {
  std::int64_t out = 0;
  if (__builtin_add_overflow(a, b, &out)) refuse_ways();
  return out;
}
std::int64_t multiply_ways(std::int64_t a, std::int64_t b);

// Leaves the rows that have a weight, which goes into the slot; false where there are none. Nothing is said of `weights` after it.
bool keep_weighed(Batch& rows, std::vector<std::int64_t>& weights, Slot slot);

}  // namespace policygraph::inline v0::detail::query
