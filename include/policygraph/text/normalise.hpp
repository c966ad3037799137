#pragma once

#include <string>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/text/offset_map.hpp"

namespace policygraph::inline v0 {

struct NormalisedText {
  std::string text;  ///< NFC; CRLF and CR become LF; NUL becomes U+FFFD; soft hyphens go. Nothing else is changed: blanks stay as written
  OffsetMap map;     ///< source: the text given
};

/// The form in which the library keeps a document's text; every span counts its bytes. Requires valid UTF-8
/// (an ill-formed byte becomes U+FFFD). Throws Error(limit) past 1 GiB. Linear: of more than 64 marks on one letter only each 64 are
/// put in order.
/// ASCII and common Cyrillic pass by a table at memory speed, the rest by utf8proc.
POLICYGRAPH_EXPORT NormalisedText normalise(std::string_view text);

/// Keys for comparing names: NFKC, case folded, apostrophe class and combining marks removed, "ё" as "е", every run of
/// anything but letters and digits as one blank, no blank at the ends.
POLICYGRAPH_EXPORT std::string fold_name(std::string_view text);
/// Case folding alone, per code point, for word comparison (ASCII and Cyrillic by table).
POLICYGRAPH_EXPORT std::string fold_case(std::string_view text);

/// ' ‘ ’ ʻ ʼ ` ´ and their kin: one class in Uzbek words.
POLICYGRAPH_EXPORT bool is_apostrophe(char32_t code_point) noexcept;
/// Space, no-break, thin, figure and narrow no-break spaces, tab (not line breaks).
POLICYGRAPH_EXPORT bool is_blank(char32_t code_point) noexcept;
/// Hyphen-minus, hyphen, non-breaking hyphen, en and em dash, minus.
POLICYGRAPH_EXPORT bool is_dash(char32_t code_point) noexcept;
POLICYGRAPH_EXPORT bool is_letter(char32_t code_point) noexcept;
POLICYGRAPH_EXPORT bool is_upper(char32_t code_point) noexcept;
POLICYGRAPH_EXPORT bool is_lower(char32_t code_point) noexcept;
POLICYGRAPH_EXPORT bool is_digit(char32_t code_point) noexcept;  ///< 0..9 only

}  // namespace policygraph::inline v0
