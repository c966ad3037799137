#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace policygraph::inline v0::detail::graph {

/// Where the items of each number begin, counted up from the least number: one more than there are numbers.
struct CountedStarts {
  std::uint32_t least = 0;
  std::vector<std::uint32_t> starts = {0};
};

/// The least and the greatest of numbers.
struct NumberRange {
  std::uint32_t least = 0xFFFFFFFFU;
  std::uint32_t most = 0;

  void take(std::uint32_t number) noexcept {
    least = std::min(least, number);
    most = std::max(most, number);
  }
};

/// Counts numbers of a range that is known, one by one: add(number) for each, then `sum`.
class NumberCounts {
 public:
  /// Requires: least <= most.
  explicit NumberCounts(NumberRange range) : counted_{range.least, {}} {
    counted_.starts.assign(std::size_t{range.most} - range.least + 2, 0);
  }
  void add(std::uint32_t number) noexcept { ++counted_.starts[number - counted_.least + std::size_t{1}]; }
  CountedStarts sum() && {
    std::uint32_t total = 0;
    for (auto& start : counted_.starts) start = total += start;
    return std::move(counted_);
  }

 private:
  CountedStarts counted_;
};

template <class Items, class NumberOf>
CountedStarts counted_starts(const Items& items, NumberOf number_of) {
  if (items.empty()) return {};
  NumberRange range;
  for (const auto& item : items) range.take(number_of(item));
  NumberCounts counts(range);
  for (const auto& item : items) counts.add(number_of(item));
  return std::move(counts).sum();
}

/// Orders items by a number and keeps the order of equal ones. Requires: the starts are those of the items' numbers, and
/// `to` has their size. O(items).
template <class Item, class NumberOf>
void scatter(std::span<const Item> items, std::span<Item> to, CountedStarts next, NumberOf number_of) {
  auto* places = next.starts.data();
  for (const auto& item : items) to[places[number_of(item) - next.least]++] = item;
}

}  // namespace policygraph::inline v0::detail::graph
