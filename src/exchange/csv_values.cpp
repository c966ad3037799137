#include "exchange/csv_values.hpp"

#include <algorithm>
#include <charconv>

#include "policygraph/base/decimal.hpp"
#include "policygraph/base/partial_date.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_word(std::string_view field, std::string_view lower) noexcept {
  return std::ranges::equal(field, lower, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

std::optional<bool> boolean(std::string_view field) noexcept {
  if (is_word(field, "true")) return true;
  if (is_word(field, "false")) return false;
  return std::nullopt;
}

template <class Number>
std::optional<Number> number(std::string_view field) noexcept {
  Number out{};
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), out);
  if (error != std::errc() || end != field.data() + field.size()) return std::nullopt;
  return out;
}

/// "7", "-7", "7.50"; no leading zero that a number would lose, as of post codes and telephone numbers.
bool is_plain_number(std::string_view field) noexcept {
  if (field.starts_with('-')) field.remove_prefix(1);
  if (field.empty() || !is_digit(field.front()) || !is_digit(field.back())) return false;
  if (field.size() > 1 && field.front() == '0' && field[1] != '.') return false;
  const auto point = field.find('.');
  return std::ranges::all_of(field.substr(0, point), is_digit) &&
         (point == std::string_view::npos || std::ranges::all_of(field.substr(point + 1), is_digit));
}

/// A number with an exponent, or a plain one.
bool is_float(std::string_view field) noexcept {
  const auto mark = field.find_first_of("eE");
  if (mark == std::string_view::npos) return is_plain_number(field);
  auto exponent = field.substr(mark + 1);
  if (exponent.starts_with('-') || exponent.starts_with('+')) exponent.remove_prefix(1);
  return is_plain_number(field.substr(0, mark)) && !exponent.empty() && std::ranges::all_of(exponent, is_digit);
}

/// 2024-05-06 or 2024-05: a bare year is a number.
bool is_date(std::string_view field) noexcept {
  if (field.size() != 7 && field.size() != 10) return false;
  for (std::size_t i = 0; i < field.size(); ++i)
    if ((i == 4 || i == 7) ? field[i] != '-' : !is_digit(field[i])) return false;
  return PartialDate::try_parse(field).has_value();
}

}  // namespace

std::optional<Value> read_field(std::string_view field, PropertyType type) {
  switch (type) {
    case PropertyType::boolean:
      if (const auto value = boolean(field)) return Value(*value);
      return std::nullopt;
    case PropertyType::integer:
      if (const auto value = number<std::int64_t>(field)) return Value(*value);
      return std::nullopt;
    case PropertyType::decimal:
      if (const auto value = Decimal::try_parse(field)) return Value(*value);
      return std::nullopt;
    case PropertyType::floating:
      if (const auto value = number<double>(field)) return Value(*value);
      return std::nullopt;
    case PropertyType::partial_date:
      if (const auto value = PartialDate::try_parse(field)) return Value(*value);
      return std::nullopt;
    default:
      return Value(field);
  }
}

void FieldTypes::see(std::string_view field) {
  if (field.empty() || fits_ == 0) return;
  const bool is_plain = is_plain_number(field);
  const auto keep = [&](Fit fit, bool is_fit) {
    if (!is_fit) fits_ = static_cast<std::uint8_t>(fits_ & ~unsigned{fit});
  };
  if ((fits_ & kBoolean) != 0) keep(kBoolean, boolean(field).has_value());
  if ((fits_ & kInteger) != 0) keep(kInteger, is_plain && number<std::int64_t>(field).has_value());
  if ((fits_ & kDecimal) != 0) keep(kDecimal, is_plain && Decimal::try_parse(field).has_value());
  if ((fits_ & kFloat) != 0) keep(kFloat, is_float(field) && number<double>(field).has_value());
  if ((fits_ & kDate) != 0) keep(kDate, is_date(field));
}

PropertyType FieldTypes::type() const noexcept {
  if (fits_ == kAll) return PropertyType::string;
  if ((fits_ & kBoolean) != 0) return PropertyType::boolean;
  if ((fits_ & kInteger) != 0) return PropertyType::integer;
  if ((fits_ & kDecimal) != 0) return PropertyType::decimal;
  if ((fits_ & kFloat) != 0) return PropertyType::floating;
  return (fits_ & kDate) != 0 ? PropertyType::partial_date : PropertyType::string;
}

}  // namespace policygraph::inline v0::detail::exchange
