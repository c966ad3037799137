#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/wide.hpp"

namespace policygraph::inline v0::detail::base {

/// The digits of a decimal in a buffer of its own: sign, at most 39 digits before or behind the point, the point.
class DecimalText {
 public:
  /// Valid until the next call and no longer than this object.
  std::string_view write(bool negative, U128 size, unsigned scale) noexcept {
    if (static_cast<std::uint64_t>(size >> 64U) == 0) return put(negative, static_cast<std::uint64_t>(size), scale);  // divided by the processor itself
    return put(negative, size, scale);
  }

 private:
  template <class Whole>
  std::string_view put(bool negative, Whole size, unsigned scale) noexcept {
    std::size_t at = buffer_.size();
    for (unsigned digit = 0; size != 0 || digit <= scale; ++digit, size /= 10U) {
      if (digit == scale && scale != 0) buffer_[--at] = '.';
      buffer_[--at] = static_cast<char>('0' + static_cast<unsigned>(size % 10U));
    }
    if (negative) buffer_[--at] = '-';
    return {buffer_.data() + at, buffer_.size() - at};
  }

  std::array<char, 48> buffer_;
};

}  // namespace policygraph::inline v0::detail::base
