#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/cursor.hpp"
#include "policygraph/base/partial_date.hpp"

namespace policygraph::inline v0::detail::base {

/// The days a point may mean; all days for an open or unknown one.
Day earliest_day(const PartialDate::Point& point) noexcept;
Day latest_day(const PartialDate::Point& point) noexcept;

struct ScannedDate {
  PartialDate::Point from;
  PartialDate::Point to;
  bool is_interval = false;
};

/// Reads the whole text; look at in.failed() afterwards.
ScannedDate scan_partial_date(Cursor& in) noexcept;

/// The canonical text in a buffer of its own.
class PartialDateText {
 public:
  /// Valid until the next call and no longer than this object.
  std::string_view write(const PartialDate& date) noexcept;

 private:
  void put(char c) noexcept { buffer_[size_++] = c; }
  void put_digits(int number, std::size_t count) noexcept;
  void put_point(const PartialDate::Point& point) noexcept;

  std::array<char, 32> buffer_{};
  std::size_t size_ = 0;
};

}  // namespace policygraph::inline v0::detail::base
