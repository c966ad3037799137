#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <variant>
#include <vector>

#include "graph/column_data.hpp"
#include "policygraph/graph/hop.hpp"

namespace policygraph::inline v0::detail::query {

// How the values of a block of a column lie.
struct BlockView {
  const policygraph::Column::Data::Block* block = nullptr;  // none: there are no values
  const graph::PackedNumbers* numbers = nullptr;            // where values are numbers in their kind's code; strings are
  std::uint32_t prefix = 0;                                 // the rows that have one are the first so many; 0: others
  ColumnKind kind = ColumnKind::mixed;
  std::uint8_t scale = 0;                                   // of packed decimals
  bool is_known = false;

  // The prefix is worth counting for a view that is kept.
  static BlockView of(const policygraph::Column::Data& data, std::uint32_t row, bool counts_prefix = true) noexcept {
    BlockView out;
    out.is_known = true;
    out.block = data.block(row);
    if (out.block == nullptr) return out;
    out.kind = static_cast<ColumnKind>(out.block->values.index());
    if (out.kind == ColumnKind::integer) out.look<std::int64_t>();
    if (out.kind == ColumnKind::string) out.look<std::uint32_t>();
    if (out.kind == ColumnKind::partial_date) out.look<PartialDate>();
    if (out.kind == ColumnKind::decimal) out.scale = out.look<Decimal>().code().scale.value_or(0);
    if (counts_prefix) out.count_prefix();
    return out;
  }

 private:
  void count_prefix() noexcept {
    constexpr auto kLast = policygraph::Column::kBlockRows / 64 - 1;
    const auto last = block->present[kLast];
    const auto count = std::uint32_t{block->before[kLast]} + graph::count_below(last, 63) + static_cast<std::uint32_t>(last >> 63U);
    if (count == 0 || !block->has(count - 1)) return;
    const auto word = (count - 1) / 64, bit = (count - 1) % 64;
    if (block->before[word] + graph::count_below(block->present[word], bit) == count - 1) prefix = count;
  }
  template <class T>
  const graph::PackedValues<T>& look() noexcept {
    const auto& values = *std::get_if<graph::PackedValues<T>>(&block->values);
    numbers = values.numbers();
    return values;
  }
};

// The blocks of a column as they are come to, for reads that go from one to another and back.
class ColumnViews {
 public:
  const BlockView& of(const policygraph::Column::Data& data, std::uint32_t row) {
    const auto number = row / policygraph::Column::kBlockRows;
    if (number >= views_.size()) views_.resize(number + 1 + number / 2);
    auto& view = views_[number];
    if (!view.is_known) view = BlockView::of(data, row);
    return view;
  }

 private:
  std::vector<BlockView> views_;
};

// Reads a column of the snapshot at one row after another, without a call or a Value each; a block is opened where the row before lay in
// another. Lives no longer than the column.
class ColumnCursor {
 public:
  explicit ColumnCursor(const policygraph::Column& column, ColumnViews* views = nullptr) noexcept : column_(column), data_(column.data()), views_(views) {}

  // Whether the row has a value; what follows tells of it.
  [[gnu::always_inline]] bool find(std::uint32_t row) {
    if (row / policygraph::Column::kBlockRows != number_) open(row);
    const auto slot = row % policygraph::Column::kBlockRows;
    row_ = row;
    if (view_.prefix != 0) {
      place_ = slot;
      return slot < view_.prefix;
    }
    if (view_.block == nullptr) return false;
    const auto word = view_.block->present[slot / 64];
    if (((word >> (slot % 64)) & 1U) == 0) return false;
    place_ = view_.block->before[slot / 64] + graph::count_below(word, slot % 64);
    return true;
  }
  // The block that the row lies in.
  const BlockView& block_of(std::uint32_t row) {
    if (row / policygraph::Column::kBlockRows != number_) open(row);
    return view_;
  }
  ColumnKind kind() const noexcept { return view_.kind; }
  // Whether the value is a number in its kind's code; strings are.
  bool is_packed() const noexcept { return view_.numbers != nullptr; }
  std::uint32_t packed() const noexcept { return (*view_.numbers)[place_]; }
  // Of a packed decimal.
  std::uint8_t scale() const noexcept { return view_.scale; }
  std::int64_t small() const noexcept { return graph::unzigzag(packed()); }
  // Requires: the kind named.
  double floating() const noexcept { return (*std::get_if<std::vector<double>>(&view_.block->values))[place_]; }
  bool boolean() const noexcept { return (*std::get_if<std::vector<std::uint8_t>>(&view_.block->values))[place_] != 0; }
  std::int64_t integer() const noexcept { return is_packed() ? small() : column_.integer(row_); }
  Decimal decimal() const { return is_packed() ? graph::small_decimal(packed(), scale()) : column_.decimal(row_); }
  std::string_view string() const noexcept { return is_packed() ? (*data_.strings)[packed()] : column_.string(row_); }
  Value value() const { return column_.value(row_); }

 private:
  void open(std::uint32_t row) {
    number_ = row / policygraph::Column::kBlockRows;
    constexpr auto kNone = std::numeric_limits<std::uint32_t>::max();  // as kNoRow
    view_ = row == kNone ? BlockView() : views_ != nullptr ? views_->of(data_, row) : BlockView::of(data_, row, false);
  }

  const policygraph::Column& column_;
  const policygraph::Column::Data& data_;
  ColumnViews* views_;
  BlockView view_;
  std::size_t place_ = 0;
  std::uint32_t number_ = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t row_ = 0;
};

}  // namespace policygraph::inline v0::detail::query
