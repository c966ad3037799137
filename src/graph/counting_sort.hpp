#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// Orders items by a number below `bound` and keeps the order of equal ones. O(items + bound); `spare` is room for as
/// many items.
template <class Item, class NumberOf>
void counting_sort(std::vector<Item>& items, std::vector<Item>& spare, std::size_t bound, NumberOf number_of) {
  std::vector<std::uint32_t> next(bound + 1, 0);
  for (const auto& item : items) ++next[number_of(item) + std::size_t{1}];
  for (std::size_t i = 1; i <= bound; ++i) next[i] += next[i - 1];
  for (const auto& item : items) spare[next[number_of(item)]++] = item;
  items.swap(spare);
}

}  // namespace policygraph::inline v0::detail::graph
