#include "policygraph/text/line_index.hpp"

#include <algorithm>
#include <cstring>

#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kColumnBytes = 65536;

}  // namespace

LineIndex::LineIndex(std::string_view text_view) : text_view_(text_view), starts_{0} {
  std::size_t at = 0;
  while (at < text_view.size()) {
    const void* found = std::memchr(text_view.data() + at, '\n', text_view.size() - at);
    if (found == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - text_view.data()) + 1;
    starts_.push_back(static_cast<std::uint32_t>(at));
  }
}

LineColumn LineIndex::at(std::size_t offset) const noexcept {
  offset = std::min(offset, text_view_.size());
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - starts_.begin());
  const std::size_t start = starts_[line - 1];
  // Past the first 64 KiB of a line a byte counts as a column: lookups stay bounded on a file of one line.
  const std::size_t counted = std::min(offset - start, kColumnBytes);
  const std::size_t column = count_code_points(text_view_.substr(start, counted)) + (offset - start - counted);
  return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(column + 1)};
}

Span LineIndex::line(std::size_t line) const noexcept {
  const std::uint32_t start = starts_[line - 1];
  std::size_t end = line < starts_.size() ? starts_[line] - 1 : text_view_.size();
  if (line < starts_.size() && end > start && text_view_[end - 1] == '\r') --end;
  return {start, static_cast<std::uint32_t>(end)};
}

}  // namespace policygraph::inline v0
