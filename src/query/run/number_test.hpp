#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "query/run/block_numbers.hpp"
#include "query/run/compare.hpp"
#include "query/syntax/ast.hpp"

namespace policygraph::inline v0::detail::query {

// A bit for each row of a block of a column.
using BlockBits = std::array<std::uint64_t, policygraph::Column::kBlockRows / 64>;

// A day as ValueCode numbers it, in order of date.
inline bool is_number_of_day(std::uint32_t number) { return (number & 31U) != 0; }

// A date that days are compared with: its own number, and those of the first and the last day it may mean.
struct DateBounds {
  std::uint32_t number = 0, first = 0, last = 0;

  static std::optional<DateBounds> of(const Value& value);
  // How a day compares with it; as `less` and `less_or_equal` answer.
  Truth compare(Operation op, std::uint32_t day) const;
};

// A comparison with a constant as what it asks of the numbers of a packed block: that they lie between two, or outside of them.
class NumberTest {
 public:
  // Of values of `column` that stand on the left; none where no block can be asked so.
  static std::optional<NumberTest> of(Operation op, const Value& constant, const policygraph::Column& column, Truth wanted);

  bool is_for(const BlockView& view) const noexcept {
    if (kind_ == ColumnKind::floating) return view.kind == kind_ && view.prefix != 0;
    return view.numbers != nullptr && view.kind == kind_ && (!has_scale_ || view.scale == scale_);
  }
  // Leaves of selection[first, end) what the test holds of, from selection[kept] on; gives the end of those. Nothing where a number of
  // the block is none that it can be asked of.
  std::optional<std::size_t> keep(const BlockView& view, std::span<const std::uint32_t> rows, std::span<std::uint32_t> selection, std::size_t first,
                                  std::size_t end, std::size_t kept) const;
  // Which rows of the block it holds of; false where a number of it is none that it can be asked of. Requires: is_for(view).
  bool ask(const BlockView& view, BlockBits& out) const;

 private:
  void ask_reals(const BlockView& view, BlockBits& out) const;
  void set(Operation op, std::int64_t bound, bool is_signed);
  template <bool kIsSigned, bool kIsOfDays>
  std::optional<std::size_t> keep_some(const BlockNumbers& numbers, std::span<const std::uint32_t> rows, std::span<std::uint32_t> selection,
                                       std::size_t first, std::size_t end, std::size_t kept) const;
  std::size_t keep_reals(const BlockView& view, std::span<const std::uint32_t> rows, std::span<std::uint32_t> selection, std::size_t first,
                         std::size_t end, std::size_t kept) const;

  ColumnKind kind_ = ColumnKind::mixed;
  Operation op_ = Operation::none;         // of floats, whose NaN is neither less nor greater
  bool is_wanted_ = true;
  double real_ = 0;
  std::uint8_t scale_ = 0;
  bool has_scale_ = false;
  bool is_signed_ = false;
  bool is_of_days_ = false;
  bool is_outside_ = false;
  bool is_empty_ = false;                  // nothing lies between
  std::uint32_t least_ = 0, width_ = 0;    // between least and least + width; of signed ones after their order is that of unsigned ones
};

}  // namespace policygraph::inline v0::detail::query
