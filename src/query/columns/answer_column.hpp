#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "query/run/keys_of_rows.hpp"

namespace policygraph::inline v0::detail::query {

/// From how many rows in its first batch on the columns of an answer are kept by themselves.
inline constexpr std::uint32_t kWideRows = 8;

/// A column of an answer of more than a few rows: whole numbers, floats, decimals or texts side by side where all its
/// values are that, else values. Texts stay where the snapshot has them.
class AnswerColumn {
 public:
  enum class Kind : std::uint8_t { nothing, wholes, reals, decimals, texts, values };

  /// Appends the column of a batch. Gives the bytes of texts in it; throws Error(limit) where they and those before are
  /// past the limit.
  std::size_t take(const Vector& from, std::uint32_t size, Execution& execution, std::size_t bytes_before);
  /// Room for so many rows, once there are more than those of a batch or two. Fewer cost nothing but addresses.
  void expect(std::size_t rows) noexcept { expected_ = rows; }
  /// There are no more rows: what was needed for them goes.
  void finish();
  Value at(std::size_t row) const;
  /// The same, kept: the values of numbers are made, all at once, when the first is asked for. Any thread may ask.
  const Value& cell(std::size_t row) const {
    if (kind == Kind::values) return values[row];
    if (!has_cells_.load(std::memory_order_acquire)) make_cells();
    return cells_[row];
  }

  Kind kind = Kind::nothing;
  std::vector<std::int64_t> wholes;
  std::vector<double> reals;
  std::vector<Decimal> decimals;
  std::vector<std::string_view> texts;
  std::vector<Value> values;

 private:
  bool take_wholes(const Vector& from, std::uint32_t size, Execution& execution);
  bool take_reals(const Vector& from, ColumnCursor& cursor);
  std::optional<std::size_t> take_property(const Vector& from, Execution& execution, std::size_t bytes_before);
  template <class Row>
  bool take_keys_of(std::unique_ptr<KeysOfRows<Row>>& keys, std::span<const std::uint32_t> rows, Execution& execution);
  std::size_t size() const noexcept;
  void make_room(std::size_t more);
  void to_values(std::size_t size);
  void make_cells() const;

  std::size_t expected_ = 0;
  std::unique_ptr<KeysOfRows<NodeRow>> node_keys_;
  std::unique_ptr<KeysOfRows<EdgeRow>> edge_keys_;
  mutable std::once_flag is_made_;
  mutable std::atomic<bool> has_cells_{false};
  mutable std::vector<Value> cells_;
};

/// Puts the column of a batch at `out` and every `stride`th place behind it, where nulls are. Gives the bytes of texts
/// in it; throws Error(limit) where they and those before are past the limit.
std::size_t put_values(const Vector& from, std::uint32_t size, const Execution& execution, Value* out,
                       std::size_t stride, std::size_t bytes_before);

}  // namespace policygraph::inline v0::detail::query
