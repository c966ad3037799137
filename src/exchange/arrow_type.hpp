#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "policygraph/base/timezone.hpp"
#include "policygraph/exchange/arrow.hpp"

namespace policygraph::inline v0::detail::exchange {

enum class ArrowKind : std::uint8_t { null, boolean, integer, floating, decimal, text, date, time, timestamp, duration, interval, list, record };

/// A format string of the Arrow C data interface, read.
struct ArrowType {
  ArrowKind kind = ArrowKind::null;
  std::uint8_t width = 0;           ///< bytes of a value, or of an offset
  bool is_signed = true;
  bool is_view = false;             ///< text and lists: the view layouts
  bool is_map = false;
  std::uint8_t scale = 0;           ///< of decimals
  std::int64_t per_second = 1;      ///< of times: units a second; of dates and intervals the unit is `width`
  std::int64_t fixed = -1;          ///< items of each list, where all have as many
  std::int64_t buffers = 0;         ///< how many an array has at least
  std::string zone{};
};

/// Empty for what no value can be made of.
std::optional<ArrowType> type_of(std::string_view format);

/// The value at a place of a buffer of fixed width. Throws Error for what does not fit a value.
Value plain_value(const ArrowType& type, const std::uint8_t* values, std::int64_t at, TimeZones& zones);
std::string_view text_at(const ArrowType& type, const ArrowArray& array, std::int64_t at);
/// Where the items of a list begin in its child, and how many there are.
std::pair<std::int64_t, std::int64_t> items_at(const ArrowType& type, const ArrowArray& array, std::int64_t at);

}  // namespace policygraph::inline v0::detail::exchange
