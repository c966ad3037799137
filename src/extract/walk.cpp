#include "extract/walk.hpp"

#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::extract {

std::uint32_t Walk::behind_break(std::uint32_t i) const noexcept {
  while (has(i) && is_break(i)) ++i;
  return has(i) ? i : kNone;
}

std::uint32_t Walk::before_break(std::uint32_t i) const noexcept {
  while (i > first_) {
    --i;
    if (!is_break(i)) return i;
  }
  return kNone;
}

bool Walk::is_dash_sign(char32_t sign) noexcept { return policygraph::is_dash(sign); }

bool Walk::is_open_quote(std::uint32_t i) const noexcept {
  const char32_t mark = sign(i);
  return mark == U'\u201C' || mark == U'\u00AB' || mark == U'\u201E' || mark == U'"';
}

bool Walk::is_close_quote(std::uint32_t i) const noexcept {
  const char32_t mark = sign(i);
  return mark == U'\u201D' || mark == U'\u00BB' || mark == U'\u201C' || mark == U'"';
}

std::optional<int> Walk::digits(std::uint32_t i, std::size_t most) const noexcept {
  return is_number(i) ? parse_digits(text(i), most) : std::nullopt;
}

std::optional<int> parse_digits(std::string_view text, std::size_t most) noexcept {
  if (text.empty() || text.size() > most) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace policygraph::inline v0::detail::extract
