#include "char_class.hpp"

#include <utf8proc.h>

#include <array>

namespace policygraph::inline v0::detail::text {
namespace {

constexpr char32_t kTableSize = 0x3000;

bool is_line_break(char32_t c) noexcept {
  return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_apostrophe_like(char32_t c) noexcept {
  switch (c) {
    case U'\'': case U'`': case 0xB4: case 0x2B9: case 0x2BB: case 0x2BC: case 0x2BD: case 0x2C8: case 0x2018:
    case 0x2019: case 0x201A: case 0x201B: case 0x2032: case 0x2035: case 0xFF07: case 0xFF40:
      return true;
    default:
      return false;
  }
}

bool is_dash_like(char32_t c) noexcept {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 || c == 0xFF0D;
}

bool is_zero_width(char32_t c) noexcept { return c == 0x200B || c == 0x2060 || c == 0xFEFF; }

/// Signs that Unicode files under punctuation but that readers of acts and budgets use as symbols.
bool is_symbol_like(char32_t c) noexcept {
  return c == U'#' || c == U'%' || c == U'&' || c == U'@' || c == U'*' || c == 0xA7 || c == 0x2030 || c == 0x2031;
}

std::uint16_t script_bits(char32_t c) noexcept {
  if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2C60 && c < 0x2C80) || (c >= 0xFF21 && c < 0xFF5B)) return kLatin;
  if ((c >= 0x400 && c < 0x530) || (c >= 0x1C80 && c < 0x1C90) || (c >= 0x2DE0 && c < 0x2E00)) return kCyrillic;
  return 0;
}

std::uint16_t category_bits(char32_t c) noexcept {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LT:
      return static_cast<std::uint16_t>(kLetter | kUpper | script_bits(c));
    case UTF8PROC_CATEGORY_LL:
      return static_cast<std::uint16_t>(kLetter | kLower | script_bits(c));
    case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_ND:
      return static_cast<std::uint16_t>(kLetter | script_bits(c));
    case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME: return kMark;
    case UTF8PROC_CATEGORY_ZS: return kBlank;
    case UTF8PROC_CATEGORY_CC: return kIgnored;
    case UTF8PROC_CATEGORY_CF: return kMark;
    case UTF8PROC_CATEGORY_PC: case UTF8PROC_CATEGORY_PD: case UTF8PROC_CATEGORY_PS: case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI: case UTF8PROC_CATEGORY_PF: case UTF8PROC_CATEGORY_PO: return kPunctuation;
    default: return kSymbol;
  }
}

std::uint16_t classify(char32_t c) noexcept {
  if (c >= U'0' && c <= U'9') return kDigit;
  if (c == U'\t') return kBlank;
  if (is_line_break(c)) return kBreak;
  if (is_zero_width(c)) return kIgnored;
  if (is_apostrophe_like(c)) return kApostrophe | kPunctuation;
  if (is_dash_like(c)) return kDash | kPunctuation;
  if (is_symbol_like(c)) return kSymbol;
  return category_bits(c);
}

using Table = std::array<std::uint16_t, kTableSize>;

// Apart, so that asking for the table is small enough to be put in line.
[[gnu::noinline]] Table make_table() noexcept {
  Table table{};
  for (char32_t c = 0; c < kTableSize; ++c) table[c] = classify(c);
  return table;
}

const Table& table() noexcept {
  static const Table made = make_table();
  return made;
}

}  // namespace

std::uint16_t char_class(char32_t code_point) noexcept {
  return code_point < kTableSize ? table()[code_point] : classify(code_point);
}

const std::uint16_t* ascii_classes() noexcept { return table().data(); }

}  // namespace policygraph::inline v0::detail::text
