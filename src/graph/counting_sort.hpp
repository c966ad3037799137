#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// Where the items of each number begin, counted up from the least number: one more than there are numbers.
struct CountedStarts {
  std::uint32_t least = 0;
  std::vector<std::uint32_t> starts = {0};
};

template <class Items, class NumberOf>
CountedStarts counted_starts(const Items& items, NumberOf number_of) {
  CountedStarts counted;
  if (items.empty()) return counted;
  auto most = counted.least = number_of(items.front());
  for (const auto& item : items) {
    counted.least = std::min(counted.least, number_of(item));
    most = std::max(most, number_of(item));
  }
  counted.starts.assign(std::size_t{most} - counted.least + 2, 0);
  for (const auto& item : items) ++counted.starts[number_of(item) - counted.least + std::size_t{1}];
  for (std::size_t i = 1; i < counted.starts.size(); ++i) counted.starts[i] += counted.starts[i - 1];
  return counted;
}

/// Orders items by a number and keeps the order of equal ones. Requires: `to` has their size. O(items + range of the
/// numbers).
template <class Item, class NumberOf>
void counting_sort(std::span<const Item> items, std::span<Item> to, NumberOf number_of) {
  auto next = counted_starts(items, number_of);
  for (const auto& item : items) to[next.starts[number_of(item) - next.least]++] = item;
}

}  // namespace policygraph::inline v0::detail::graph
