#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

/// From how many rows in its first batch on the columns of an answer are kept by themselves.
inline constexpr std::uint32_t kWideRows = 1'024;

/// A column of an answer of many rows: whole numbers or floats side by side where all its values are that, else values.
class AnswerColumn {
 public:
  enum class Kind : std::uint8_t { nothing, wholes, reals, values };

  /// Appends the column of a batch. Gives the bytes of texts in it; throws Error(limit) where they and those before are past the limit.
  std::size_t take(const Vector& from, std::uint32_t size, Execution& execution, std::size_t bytes_before);
  Value at(std::size_t row) const;
  /// The same, kept: the values of numbers are made, all at once, when the first is asked for. Any thread may ask.
  const Value& cell(std::size_t row) const {
    if (kind == Kind::values) return values[row];
    std::call_once(is_made_, [this] { make_cells(); });
    return cells_[row];
  }

  Kind kind = Kind::nothing;
  std::vector<std::int64_t> wholes;
  std::vector<double> reals;
  std::vector<Value> values;

 private:
  bool take_wholes(const Vector& from, std::uint32_t size, const Snapshot& snapshot);
  bool take_property(const Vector& from, Execution& execution);
  std::size_t size() const noexcept { return wholes.size() + reals.size() + values.size(); }
  void to_values(std::size_t size);
  void make_cells() const;

  mutable std::once_flag is_made_;
  mutable std::vector<Value> cells_;
};

/// Puts the column of a batch at `out` and every `stride`th place behind it, where nulls are. Gives the bytes of texts in it; throws
/// Error(limit) where they and those before are past the limit.
std::size_t put_values(const Vector& from, std::uint32_t size, const Execution& execution, Value* out, std::size_t stride, std::size_t bytes_before);

}  // namespace policygraph::inline v0::detail::query
