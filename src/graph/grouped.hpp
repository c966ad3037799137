#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// A list for each of the rows 0..n-1, in one array.
template <class T>
struct Grouped {
  std::vector<std::uint32_t> starts;  // n + 1
  std::vector<T> items;

  std::span<const T> operator[](std::uint32_t row) const noexcept {
    return std::span(items).subspan(starts[row], starts[row + 1] - starts[row]);
  }
  std::size_t memory_bytes() const noexcept {
    return starts.capacity() * sizeof(std::uint32_t) + items.capacity() * sizeof(T);
  }
};

/// Items by row, in the order visited; `visit(place)` calls place(row, item) for each and is run twice.
template <class T, class Visit>
Grouped<T> grouped(std::size_t rows, Visit visit) {
  Grouped<T> result;
  result.starts.assign(rows + 1, 0);
  visit([&](std::uint32_t row, const T&) { ++result.starts[row + 1]; });
  for (std::size_t i = 1; i <= rows; ++i) result.starts[i] += result.starts[i - 1];
  result.items.resize(result.starts.back());
  auto next = result.starts;
  visit([&](std::uint32_t row, const T& item) { result.items[next[row]++] = item; });
  return result;
}

}  // namespace policygraph::inline v0::detail::graph
