#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {

/// Rows below a limit in ascending order, each once, kNone left out. A bit for each row below the limit where they are
/// many, else a sort.
inline std::vector<std::uint32_t> distinct_rows(std::vector<std::uint32_t> rows, std::uint32_t limit) {
  std::erase(rows, kNone);
  if (rows.size() < limit / 64) {
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
  }
  std::vector<std::uint64_t> words((std::size_t{limit} + 63) / 64);
  for (const auto row : rows) words[row / 64] |= std::uint64_t{1} << (row % 64);
  rows.clear();
  for (std::size_t word = 0; word < words.size(); ++word) {
    for (auto bits = words[word]; bits != 0; bits &= bits - 1)
      rows.push_back(static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
  }
  return rows;
}

}  // namespace policygraph::inline v0::detail::graph
