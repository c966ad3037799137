#include "query/functions/rounding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string>

namespace policygraph::inline v0::detail::query {
namespace {

// digits times 10^-scale, of a sign.
struct Number {
  bool is_negative = false;
  std::string digits;
  std::int64_t scale = 0;
};

// "-1.25e+03" or "4.90".
Number read(std::string_view text) {
  Number out;
  out.is_negative = text.starts_with('-');
  if (out.is_negative) text.remove_prefix(1);
  if (const auto mark = text.find('e'); mark != std::string_view::npos) {
    const auto digits = text.substr(mark + (text[mark + 1] == '+' ? 2 : 1));
    std::from_chars(digits.data(), digits.data() + digits.size(), out.scale);
    out.scale = -out.scale;
    text = text.substr(0, mark);
  }
  const auto point = text.find('.');
  if (point != std::string_view::npos) out.scale += static_cast<std::int64_t>(text.size() - point - 1);
  std::ranges::copy_if(text, std::back_inserter(out.digits), [](char c) { return c != '.'; });
  return out;
}

std::string text_of(const Number& number) {
  return (number.is_negative ? "-" : "") + number.digits + "e" + std::to_string(-number.scale);
}

// Whether the number goes away from zero, where `lost` are the digits behind the last one kept.
bool goes_up(Rounding rounding, bool is_negative, bool is_odd, std::string_view lost) {
  const bool is_exact = lost.find_first_not_of('0') == std::string_view::npos;
  const bool is_midway = lost[0] == '5' && lost.find_first_not_of('0', 1) == std::string_view::npos;
  const bool is_nearer = lost[0] >= '5' && !is_midway;
  switch (rounding) {
    case Rounding::up: return !is_exact;
    case Rounding::down: return false;
    case Rounding::ceiling: return !is_exact && !is_negative;
    case Rounding::floor: return !is_exact && is_negative;
    case Rounding::half_up: return is_nearer || is_midway;
    case Rounding::half_down: return is_nearer;
    case Rounding::half_even: return is_nearer || (is_midway && is_odd);
    case Rounding::half_ceiling: return is_nearer || (is_midway && !is_negative);
  }
  return false;
}

void add_one(std::string& digits) {
  auto at = digits.size();
  while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
  if (at == 0) return void(digits.insert(digits.begin(), '1'));
  ++digits[at - 1];
}

// Requires: places < number.scale.
void cut(Number& number, std::int64_t places, Rounding rounding) {
  const auto lost = static_cast<std::size_t>(number.scale - places);
  if (number.digits.size() <= lost) number.digits.insert(0, lost + 1 - number.digits.size(), '0');
  const auto kept = number.digits.size() - lost;
  const bool is_odd = (number.digits[kept - 1] - '0') % 2 != 0;
  const bool is_up = goes_up(rounding, number.is_negative, is_odd, std::string_view(number.digits).substr(kept));
  number.digits.resize(kept);
  if (is_up) add_one(number.digits);
  number.scale = places;
}

}  // namespace

std::optional<Rounding> rounding_of(std::string_view name) noexcept {
  static constexpr std::array<std::string_view, 7> kNames = {"UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN"};
  const auto* const found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Rounding>(found - kNames.begin());
}

double rounded(double number, std::int64_t places, Rounding rounding) {
  if (!std::isfinite(number)) return number;
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::scientific).ptr;
  auto parts = read({text.data(), end});
  if (parts.scale <= places) return number;
  cut(parts, places, rounding);
  const auto short_text = text_of(parts);
  double out = 0;
  std::from_chars(short_text.data(), short_text.data() + short_text.size(), out);
  return out + 0.0;  // no -0.0
}

Decimal rounded(const Decimal& number, std::int64_t places, Rounding rounding) {
  if (places >= number.scale()) return number;
  auto parts = read(number.to_string());
  cut(parts, places, rounding);
  return Decimal::parse(text_of(parts));
}

// What floor leaves is exact below 2^52, and nothing from there on.
double rounded(double number) noexcept {
  const auto below = std::floor(number);
  return (number - below >= 0.5 ? below + 1 : below) + 0.0;  // no -0.0
}

}  // namespace policygraph::inline v0::detail::query
