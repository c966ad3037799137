#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/text/offset_map.hpp"

namespace policygraph::inline v0 {

enum class Encoding : std::uint8_t { utf8, utf16_le, utf16_be, windows_1251, windows_1252, koi8_r };

POLICYGRAPH_EXPORT std::string_view encoding_name(Encoding encoding) noexcept;  ///< "utf-8", "utf-16le", "windows-1251", ...
/// By its WHATWG label, upper or lower case ("cp1251", "utf8", "ISO-8859-1" is windows-1252).
POLICYGRAPH_EXPORT std::optional<Encoding> encoding_by_label(std::string_view label) noexcept;

/// What the bytes are likely to be, and why.
struct EncodingGuess {
  Encoding encoding = Encoding::utf8;
  double confidence = 1.0;   ///< 1: byte order mark or valid UTF-8 with multi-byte letters
  bool is_declared = false;  ///< from a byte order mark or the label given
  std::size_t mark_size = 0; ///< bytes of the byte order mark
};

/// Looks at the mark, at a label the caller knows (HTTP, <meta charset>), at the zero pattern of UTF-16 without a mark, then at
/// letter frequencies of Cyrillic in windows-1251 and KOI8-R. Reads at most 64 KiB beyond the UTF-8 check. Never fails.
/// Valid UTF-8 with letters beyond ASCII is UTF-8 whatever its label; a label decides between code pages.
POLICYGRAPH_EXPORT EncodingGuess guess_encoding(std::string_view bytes, std::string_view declared_label = {});

/// Text in UTF-8 with its map back to the bytes. `faults` counts the sequences that stood for no character (U+FFFD).
struct DecodedText {
  std::string text;
  OffsetMap map;  ///< source: bytes; target: text
  std::size_t faults = 0;
  std::optional<std::size_t> first_fault;  ///< byte offset in the source
};
/// A byte order mark of that encoding is dropped. Linear. Throws Error(limit) past 1 GiB.
POLICYGRAPH_EXPORT DecodedText decode(std::string_view bytes, Encoding encoding);

}  // namespace policygraph::inline v0
