#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/model/value.hpp"

namespace policygraph::inline v0 {

/// How a column keeps the values of a block of rows; an odd value widens its block only.
enum class ColumnKind : std::uint8_t { boolean, integer, decimal, floating, string, partial_date, mixed };

/// The values of one property for all rows of a snapshot: blocks of 2,048 rows with a null bitmap; a block without
/// values costs a pointer. Strings are numbers into the graph's table of strings, as are those of its claims. A block of
/// small integers, of decimals with a small coefficient and one scale, of plain dates, and of strings is packed in as
/// many bits a value as it needs. Immutable; borrowed from its snapshot. Snapshots share the blocks that did not change
/// between them.
class POLICYGRAPH_EXPORT Column {
 public:
  static constexpr std::uint32_t kBlockRows = 2048;

  bool has(std::uint32_t row) const noexcept;
  Value value(std::uint32_t row) const;  ///< null where there is none
  /// The kind of the block that holds `row`; `mixed` blocks answer through `value` alone.
  ColumnKind kind(std::uint32_t row) const noexcept;
  /// Requires: has(row), and the kind named.
  std::int64_t integer(std::uint32_t row) const noexcept;
  double floating(std::uint32_t row) const noexcept;
  Decimal decimal(std::uint32_t row) const noexcept;
  PartialDate partial_date(std::uint32_t row) const noexcept;
  std::string_view string(std::uint32_t row) const noexcept;
  std::uint32_t string_number(std::uint32_t row) const noexcept;
  /// A string in a block of any kind, borrowed. Requires: has(row). Throws Error(invalid_argument) when it is no string.
  std::string_view text(std::uint32_t row) const;
  /// The number of a string; empty: no row has it. A number may be of a string that no row of this column has.
  std::optional<std::uint32_t> find_string(std::string_view text) const noexcept;
  std::size_t value_count() const noexcept;
  std::size_t string_count() const noexcept;  ///< different strings of its rows, or some more since it was made anew
  std::size_t memory_bytes() const noexcept;

  struct Data;  ///< private
  explicit Column(std::unique_ptr<const Data> data) noexcept;
  const Data& data() const noexcept { return *data_; }
  ~Column();

 private:
  std::unique_ptr<const Data> data_;
};

}  // namespace policygraph::inline v0
