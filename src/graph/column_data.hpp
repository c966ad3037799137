#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "graph/claim_table.hpp"
#include "graph/later_part.hpp"
#include "graph/packed_values.hpp"
#include "graph/string_table.hpp"
#include "policygraph/graph/column.hpp"

namespace policygraph::inline v0 {

/// A block holds the values of its rows packed, in the order of the alternatives of ColumnKind; a value's place is the
/// number of bits set before its row.
struct Column::Data {
  struct Block {
    std::array<std::uint64_t, kBlockRows / 64> present{};
    std::array<std::uint16_t, kBlockRows / 64> before{};  // values in the words before
    std::variant<std::vector<std::uint8_t>, detail::graph::PackedValues<std::int64_t>,
                 detail::graph::PackedValues<Decimal>, std::vector<double>, detail::graph::PackedValues<std::uint32_t>,
                 detail::graph::PackedValues<PartialDate>, std::vector<Value>>
        values;

    bool has(std::uint32_t slot) const noexcept { return ((present[slot / 64] >> (slot % 64)) & 1U) != 0; }
    std::size_t place(std::uint32_t slot) const noexcept {
      const auto below = present[slot / 64] & ((std::uint64_t{1} << (slot % 64)) - 1);
      return before[slot / 64] + static_cast<std::size_t>(std::popcount(below));
    }
  };

  using Blocks = std::vector<std::shared_ptr<const Block>>;
  // The blocks of a column that lies in an image, made when first asked for; their values stay there.
  class Kept {
   public:
    explicit Kept(detail::graph::ImageIn::Later part) : part_(std::move(part)) {}
    const Blocks& blocks() const {
      if (part_.is_wanted()) [[unlikely]] part_.take([this](detail::graph::ImageIn& in) { read(in); });
      return blocks_;
    }

   private:
    void read(detail::graph::ImageIn& in) const;
    detail::graph::LaterPart part_;
    mutable Blocks blocks_;
  };

  Blocks blocks;  // null: no value in these rows; shared between snapshots
  std::shared_ptr<const Kept> kept;  // null: the blocks are those above
  std::shared_ptr<detail::graph::StringTable> strings;  // the graph's
  std::size_t value_count = 0;
  std::size_t string_count = 0;

  const Block* block(std::uint32_t row) const noexcept {
    const auto number = row / kBlockRows;
    return number < blocks.size() ? blocks[number].get() : kept_block(number);
  }
  const Block* kept_block(std::size_t number) const noexcept {
    if (kept == nullptr) return nullptr;
    const auto& all = kept->blocks();
    return number < all.size() ? all[number].get() : nullptr;
  }
};

namespace detail::graph {

/// Rows and their values, in order of row, each row at most once.
using ColumnEntries = std::vector<std::pair<std::uint32_t, const Value*>>;

using Strings = std::shared_ptr<StringTable>;

/// A column of the values given, none of them null. Strings are added to the graph's table, so this is the writer's.
std::shared_ptr<const Column> make_column(const ColumnEntries& values, const Strings& strings);
/// The column with other values in the rows given; a null pointer takes the value away. `column` may be null. Blocks
/// without a change are shared. O(changes + the values of their blocks). Null: no value is left.
std::shared_ptr<const Column> changed_column(const Column* column, const ColumnEntries& changes,
                                             const Strings& strings);

/// What a row reads: what a claim says, or what was put together of several.
struct RowValue {
  std::uint32_t row;
  Claim claim;
  const Value* made = nullptr;  // a list; null: the claim's
};

/// Makes a column of claims where they are kept: no string is looked up, no value made on the way. Several may work side by
/// side, as none adds a string.
class ColumnMaker {
 public:
  explicit ColumnMaker(const Strings& strings);
  /// The next rows of one block. Requires: in order of row, one at least, none of them null.
  void add(std::span<const RowValue> values);
  /// Null: nothing was added.
  std::shared_ptr<const Column> finish();

 private:
  std::unique_ptr<Column::Data> data_;
  std::vector<std::uint32_t> texts_;  // the numbers of strings
};

/// Null is a column too. Requires: it does not lie in an image.
void write_column(ImageOut& out, const Column* column);
std::shared_ptr<const Column> read_column(ImageIn& in, const Strings& strings);

}  // namespace detail::graph

}  // namespace policygraph::inline v0
