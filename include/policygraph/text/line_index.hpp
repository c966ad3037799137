#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// A line and a column, both from 1; the column counts code points.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

/// Where lines start in a text. Built in one pass; lookups are O(log lines + length of the line, at most 64 KiB).
class POLICYGRAPH_EXPORT LineIndex {
 public:
  explicit LineIndex(std::string_view text_view);
  LineColumn at(std::size_t offset) const noexcept;
  std::size_t line_count() const noexcept { return starts_.size(); }
  /// The line without its line break. Requires: 1 <= line <= line_count().
  Span line(std::size_t line) const noexcept;

 private:
  std::string_view text_view_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace policygraph::inline v0
