#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "graph/packed_numbers.hpp"
#include "policygraph/base/decimal.hpp"
#include "policygraph/base/partial_date.hpp"

namespace policygraph::inline v0::detail::graph {

/// Small numbers of either sign are small: 0, -1, 1, -2, ...
constexpr std::uint32_t zigzag(std::int32_t number) noexcept {
  return (static_cast<std::uint32_t>(number) << 1) ^ (number < 0 ? 0xFFFFFFFFU : 0U);
}
constexpr std::int32_t unzigzag(std::uint32_t number) noexcept {
  return static_cast<std::int32_t>((number >> 1) ^ ((number & 1U) != 0 ? 0xFFFFFFFFU : 0U));
}
constexpr bool fits_in_32(std::int64_t number) noexcept {
  return number >= std::numeric_limits<std::int32_t>::min() && number <= std::numeric_limits<std::int32_t>::max();
}

/// A decimal whose coefficient fits in 32 bits.
inline bool is_small(const Decimal& value) noexcept {
  const auto low = static_cast<std::int64_t>(value.low());
  return fits_in_32(low) && value.high() == (low < 0 ? -1 : 0);
}
inline std::uint32_t small_coefficient(const Decimal& value) noexcept {
  return zigzag(static_cast<std::int32_t>(static_cast<std::int64_t>(value.low())));
}
inline Decimal small_decimal(std::uint32_t coefficient, std::uint8_t scale) {
  const std::int64_t low = unzigzag(coefficient);
  return scale == 0 ? Decimal(low) : Decimal(low < 0 ? -1 : 0, static_cast<std::uint64_t>(low), scale);
}

/// A year, a month or a day without a qualifier: a number, in order of date.
inline bool is_plain(const PartialDate& date) noexcept {
  const auto& point = date.from();
  const bool is_known = point.precision == PartialDate::Precision::day || point.precision == PartialDate::Precision::month ||
                        point.precision == PartialDate::Precision::year;
  return !date.is_interval() && is_known && point.qualifier == PartialDate::Qualifier::none;
}
inline std::uint32_t number_of_plain(const PartialDate& date) noexcept {
  const auto& point = date.from();
  return (static_cast<std::uint32_t>(point.year) << 9) | (std::uint32_t{point.month} << 5) | point.day;
}
inline PartialDate plain_date(std::uint32_t number) {
  const auto year = static_cast<int>(number >> 9);
  const auto month = static_cast<int>((number >> 5) & 15U);
  const auto day = static_cast<int>(number & 31U);
  if (month == 0) return PartialDate::year(year);
  return day == 0 ? PartialDate::month(year, month) : PartialDate::day(year, month, day);
}

/// How values of a kind are 32-bit numbers. `number` is empty for a value that is none beside those before it.
template <class T>
struct ValueCode;

template <>
struct ValueCode<std::uint32_t> {
  std::optional<std::uint32_t> number(std::uint32_t value) noexcept { return value; }
  std::uint32_t value(std::uint32_t number) const noexcept { return number; }
};
template <>
struct ValueCode<std::int64_t> {
  std::optional<std::uint32_t> number(std::int64_t value) noexcept {
    return fits_in_32(value) ? std::optional(zigzag(static_cast<std::int32_t>(value))) : std::nullopt;
  }
  std::int64_t value(std::uint32_t number) const noexcept { return unzigzag(number); }
};
template <>
struct ValueCode<Decimal> {
  std::optional<std::uint8_t> scale;  // that of the first, which all must have
  std::optional<std::uint32_t> number(const Decimal& value) noexcept {
    if (!scale) scale = value.scale();
    return is_small(value) && value.scale() == *scale ? std::optional(small_coefficient(value)) : std::nullopt;
  }
  Decimal value(std::uint32_t number) const { return small_decimal(number, *scale); }
};
template <>
struct ValueCode<PartialDate> {
  std::optional<std::uint32_t> number(const PartialDate& value) noexcept {
    return is_plain(value) ? std::optional(number_of_plain(value)) : std::nullopt;
  }
  PartialDate value(std::uint32_t number) const { return plain_date(number); }
};

// How a value that is none of those is written in an image.
inline void write_wide(ImageOut& out, std::uint32_t value) { out.number(value); }
inline void write_wide(ImageOut& out, std::int64_t value) { out.number(value); }
inline void write_wide(ImageOut& out, const Decimal& value) { out.value(value); }
inline void write_wide(ImageOut& out, const PartialDate& value) { out.value(value); }
inline void read_wide(ImageIn& in, std::uint32_t& value) { value = in.small(); }
inline void read_wide(ImageIn& in, std::int64_t& value) { value = in.number<std::int64_t>(); }
inline void read_wide(ImageIn& in, Decimal& value) { value = in.value().as_decimal(); }
inline void read_wide(ImageIn& in, PartialDate& value) { value = in.value().as_partial_date(); }

/// A list of values, packed as numbers while all of them can be; else as they are.
template <class T>
class PackedValues {
 public:
  using value_type = T;

  T operator[](std::size_t place) const { return wide_.empty() ? code_.value(numbers_[place]) : wide_[place]; }
  std::size_t size() const noexcept { return wide_.empty() ? numbers_.size() : wide_.size(); }
  /// The numbers that the values are, by their code; null where they are kept as they are.
  const PackedNumbers* numbers() const noexcept { return wide_.empty() ? &numbers_ : nullptr; }
  const ValueCode<T>& code() const noexcept { return code_; }
  void push_back(const T& value) {
    if (wide_.empty()) {
      if (const auto number = code_.number(value)) return numbers_.push_back(*number);
      for (std::size_t place = 0; place < numbers_.size(); ++place) wide_.push_back(code_.value(numbers_[place]));
      numbers_ = {};
    }
    wide_.push_back(value);
  }
  void seal() {
    numbers_.seal();
    wide_.shrink_to_fit();
  }
  std::size_t memory_bytes() const noexcept { return numbers_.memory_bytes() + wide_.capacity() * sizeof(T); }
  void write(ImageOut& out) const {
    if constexpr (requires { code_.scale; }) out.number(code_.scale.value_or(0));
    numbers_.write(out);
    out.number(std::uint64_t{wide_.size()});
    for (const auto& value : wide_) write_wide(out, value);
  }
  void read(ImageIn& in) {
    if constexpr (requires { code_.scale; }) code_.scale = in.number<std::uint8_t>();
    numbers_.read(in);
    wide_.resize(in.count());
    for (auto& value : wide_) read_wide(in, value);
  }

 private:
  ValueCode<T> code_;
  PackedNumbers numbers_;
  std::vector<T> wide_;
};

}  // namespace policygraph::inline v0::detail::graph
