#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <variant>

#include "graph/column_data.hpp"
#include "policygraph/graph/hop.hpp"

namespace policygraph::inline v0::detail::query {

// Reads a column of the snapshot at one row after another, without a call or a Value each; a block is opened where the row before lay in
// another. Lives no longer than the column.
class ColumnCursor {
 public:
  explicit ColumnCursor(const policygraph::Column& column) noexcept : column_(column), data_(column.data()) {}

  // Whether the row has a value; what follows tells of it.
  [[gnu::always_inline]] bool find(std::uint32_t row) noexcept {
    if (row / policygraph::Column::kBlockRows != number_) open(row);
    if (block_ == nullptr) return false;
    const auto slot = row % policygraph::Column::kBlockRows;
    const auto word = block_->present[slot / 64];
    if (((word >> (slot % 64)) & 1U) == 0) return false;
    row_ = row;
    place_ = block_->before[slot / 64] + graph::count_below(word, slot % 64);
    return true;
  }
  ColumnKind kind() const noexcept { return kind_; }
  // Whether the value is a number in its kind's code; strings are.
  bool is_packed() const noexcept { return numbers_ != nullptr; }
  std::uint32_t packed() const noexcept { return (*numbers_)[place_]; }
  // Of a packed decimal.
  std::uint8_t scale() const noexcept { return scale_; }
  std::int64_t small() const noexcept { return graph::unzigzag(packed()); }
  // Requires: the kind named.
  double floating() const noexcept { return (*std::get_if<std::vector<double>>(&block_->values))[place_]; }
  bool boolean() const noexcept { return (*std::get_if<std::vector<std::uint8_t>>(&block_->values))[place_] != 0; }
  std::int64_t integer() const noexcept { return is_packed() ? small() : column_.integer(row_); }
  Decimal decimal() const { return is_packed() ? graph::small_decimal(packed(), scale_) : column_.decimal(row_); }
  std::string_view string() const noexcept { return column_.string(row_); }
  Value value() const { return column_.value(row_); }

 private:
  using Block = policygraph::Column::Data::Block;

  void open(std::uint32_t row) noexcept {
    number_ = row / policygraph::Column::kBlockRows;
    block_ = data_.block(row);
    numbers_ = nullptr;
    kind_ = ColumnKind::mixed;
    if (block_ == nullptr) return;
    kind_ = static_cast<ColumnKind>(block_->values.index());
    if (kind_ == ColumnKind::integer) look<std::int64_t>();
    if (kind_ == ColumnKind::string) look<std::uint32_t>();
    if (kind_ == ColumnKind::partial_date) look<PartialDate>();
    if (kind_ == ColumnKind::decimal) scale_ = look<Decimal>().code().scale.value_or(0);
  }
  template <class T>
  const graph::PackedValues<T>& look() noexcept {
    const auto& values = *std::get_if<graph::PackedValues<T>>(&block_->values);
    numbers_ = values.numbers();
    return values;
  }

  const policygraph::Column& column_;
  const policygraph::Column::Data& data_;
  const Block* block_ = nullptr;
  const graph::PackedNumbers* numbers_ = nullptr;
  std::size_t place_ = 0;
  std::uint32_t number_ = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t row_ = 0;
  ColumnKind kind_ = ColumnKind::mixed;
  std::uint8_t scale_ = 0;
};

}  // namespace policygraph::inline v0::detail::query
