#pragma once

#include <array>
#include <cstdint>

#include "query/run/column_cursor.hpp"

namespace policygraph::inline v0::detail::query {

// The numbers of one block of a column by row of the block, for loops over many of its rows. Requires: a packed block.
class BlockNumbers {
 public:
  // From how many rows of a block on it is worth taking all of its numbers out.
  static constexpr std::size_t kManyRows = 192;

  explicit BlockNumbers(const BlockView& view) : present_(view.block->present), is_full_(view.prefix == policygraph::Column::kBlockRows) {
    if (!is_full_) numbers_.fill(0);
    view.numbers->read(0, view.numbers->size(), numbers_.data());
    if (view.prefix == 0) spread(view.numbers->size());
  }
  // By row; anything where there is none.
  const std::uint32_t* data() const noexcept { return numbers_.data(); }
  // Whether all rows have one.
  bool is_full() const noexcept { return is_full_; }
  bool has(std::uint32_t slot) const noexcept { return ((present_[slot / 64] >> (slot % 64)) & 1U) != 0; }
  // Anything where there is none.
  std::uint32_t operator[](std::uint32_t slot) const noexcept { return numbers_[slot]; }

 private:
  // From the last on: each goes to its row, which is none below its place; a row without one takes any, for a branch
  // each would cost more.
  void spread(std::size_t count) {
    for (auto slot = static_cast<std::uint32_t>(numbers_.size()); slot-- > 0 && count > 0;) {
      count -= has(slot) ? 1 : 0;
      numbers_[slot] = numbers_[count];
    }
  }

  std::array<std::uint32_t, policygraph::Column::kBlockRows> numbers_;
  const std::array<std::uint64_t, policygraph::Column::kBlockRows / 64>& present_;
  bool is_full_;
};

// Whether so many rows are likely to be many of one block after another; a few of them are looked at.
template <class RowAt>
bool lie_in_blocks(std::size_t count, RowAt row_at) {
  if (count < BlockNumbers::kManyRows) return false;
  constexpr std::size_t kLookedAt = 8;
  std::size_t same = 0;
  for (std::size_t i = 0; i < kLookedAt; ++i) {
    const auto at = i * (count - 1) / kLookedAt;
    same += row_at(at) / policygraph::Column::kBlockRows == row_at(at + 1) / policygraph::Column::kBlockRows ? 1 : 0;
  }
  return same >= kLookedAt / 2;
}

// Calls visit(first, end, view) for runs of places in `rows` that lie in one block of the column; rows that are none
// are a run of their own, whose view is empty.
template <class RowAt, class Visit>
void visit_blocks(ColumnCursor& cursor, std::size_t count, RowAt row_at, Visit visit) {
  constexpr auto kBlockRows = policygraph::Column::kBlockRows;
  for (std::size_t first = 0; first < count;) {
    const auto number = row_at(first) / kBlockRows;
    auto end = first + 1;
    while (end < count && row_at(end) / kBlockRows == number) ++end;
    visit(first, end, cursor.block_of(row_at(first)));
    first = end;
  }
}

}  // namespace policygraph::inline v0::detail::query
