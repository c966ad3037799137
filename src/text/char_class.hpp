#pragma once

#include <cstdint>

namespace policygraph::inline v0::detail::text {

/// What the tokenizer needs to know of a code point, as bits.
enum CharClass : std::uint16_t {
  kLetter = 1U << 0U,       ///< L*, Nl, and digits of other scripts than ASCII
  kUpper = 1U << 1U,
  kLower = 1U << 2U,
  kMark = 1U << 3U,         ///< combining marks, joiners and the soft hyphen: part of the word they follow
  kDigit = 1U << 4U,        ///< 0..9
  kBlank = 1U << 5U,        ///< blanks a reader sees
  kIgnored = 1U << 6U,      ///< controls, zero-width spaces, byte order marks: no token, no blank
  kBreak = 1U << 7U,        ///< line breaks
  kDash = 1U << 8U,
  kApostrophe = 1U << 9U,
  kPunctuation = 1U << 10U,
  kSymbol = 1U << 11U,
  kLatin = 1U << 12U,
  kCyrillic = 1U << 13U,
};

/// The bits of a code point: from a table below U+3000, else from utf8proc.
std::uint16_t char_class(char32_t code_point) noexcept;
/// The 128 entries for ASCII.
const std::uint16_t* ascii_classes() noexcept;

}  // namespace policygraph::inline v0::detail::text
