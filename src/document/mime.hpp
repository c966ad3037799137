#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/text/offset_map.hpp"

namespace policygraph::inline v0::detail::document {

// Header fields as mail, HTTP and WARC have them (RFC 5322, 9112): names in lower case, values without the line breaks they were
// folded at.
class MimeHeaders {
 public:
  MimeHeaders() = default;
  // Reads fields up to the empty line, at most so many and so long; the rest of `text` is the body.
  static MimeHeaders read(std::string_view text);

  std::string_view value(std::string_view name_in_lower_case) const noexcept;  // empty: there is none
  // What stands before the first semicolon, in lower case: "text/html".
  std::string kind(std::string_view name_in_lower_case) const;
  // "utf-8" of `text/html; charset="utf-8"`.
  std::string parameter(std::string_view name_in_lower_case, std::string_view key) const;
  std::size_t size() const noexcept { return size_; }  // where the body starts

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
  std::size_t size_ = 0;
};

struct MimeBody {
  std::string bytes;
  OffsetMap map;  // source: what it was decoded from
};
// By a Content-Transfer-Encoding: "quoted-printable", "base64", anything else as it stands. Never fails: what is no code is left
// as it is (RFC 2045, 6.7) or out (6.8).
MimeBody decode_transfer(std::string_view text, std::string_view encoding);

// The parts between the lines of a boundary (RFC 2046, 5.1.1), as [start, end) of the text.
std::vector<std::pair<std::size_t, std::size_t>> split_parts(std::string_view text, std::string_view boundary);

}  // namespace policygraph::inline v0::detail::document
