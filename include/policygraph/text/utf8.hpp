#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// One code point read from UTF-8: its value and how many bytes it took. Ill-formed bytes read as U+FFFD of one byte.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 0;
};

namespace detail::text {
POLICYGRAPH_EXPORT CodePoint code_point_beyond_ascii(std::string_view text, std::size_t offset) noexcept;
POLICYGRAPH_EXPORT void append_beyond_ascii(std::string& out, char32_t code_point);
}  // namespace detail::text

/// The code point that starts at byte `offset`. Requires: offset < text.size().
inline CodePoint code_point_at(std::string_view text, std::size_t offset) noexcept {
  const auto first = static_cast<unsigned char>(text[offset]);
  return first < 0x80 ? CodePoint{first, 1} : detail::text::code_point_beyond_ascii(text, offset);
}
/// The code point that ends before byte `offset`. Requires: 0 < offset <= text.size().
POLICYGRAPH_EXPORT CodePoint code_point_before(std::string_view text, std::size_t offset) noexcept;
inline void append_utf8(std::string& out, char32_t code_point) {
  if (code_point < 0x80) return out.push_back(static_cast<char>(code_point));
  detail::text::append_beyond_ascii(out, code_point);
}

/// Well-formed by RFC 3629 (no surrogates, no overlong forms). About 1 GB/s on ASCII.
POLICYGRAPH_EXPORT bool is_valid_utf8(std::string_view text) noexcept;
/// Byte offset of the first ill-formed sequence; text.size() when there is none.
POLICYGRAPH_EXPORT std::size_t valid_utf8_prefix(std::string_view text) noexcept;
/// Each maximal ill-formed part replaced by U+FFFD (WHATWG practice).
POLICYGRAPH_EXPORT std::string repair_utf8(std::string_view text);
POLICYGRAPH_EXPORT std::size_t count_code_points(std::string_view text) noexcept;

/// Converts between bytes and code points of one text: a checkpoint every 256 bytes, so bytes to code points take O(1) and code
/// points to bytes O(log size).
/// Built in one pass; ASCII-only text costs nothing to keep.
class POLICYGRAPH_EXPORT CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text_view);
  /// Code points before byte `offset` (an offset inside a code point counts it not). Requires: offset <= text.size().
  std::size_t code_points_before(std::size_t offset) const noexcept;
  /// The byte where code point number `index` starts; text.size() for one past the last.
  std::size_t byte_of(std::size_t index) const noexcept;
  std::size_t size() const noexcept { return count_; }

 private:
  std::string_view text_view_;
  std::vector<std::uint32_t> checkpoints_;
  std::size_t count_ = 0;
};

}  // namespace policygraph::inline v0
