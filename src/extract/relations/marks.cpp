#include "extract/relations/marks.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

struct Marks {
  std::string_view open, close;
};
constexpr Marks kMarks[] = {{"“", "”"}, {"«", "»"}, {"„", "“"}, {"\"", "\""}};

std::ptrdiff_t count(std::string_view text, std::string_view mark) {
  std::ptrdiff_t found = 0;
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + mark.size())) ++found;
  return found;
}

// More opened than closed, or an odd number of those that do both.
bool is_left_open(std::string_view text, const Marks& marks) {
  return marks.open == marks.close ? count(text, marks.open) % 2 != 0 : count(text, marks.open) > count(text, marks.close);
}
bool is_left_closed(std::string_view text, const Marks& marks) {
  return marks.open == marks.close ? is_left_open(text, marks) : count(text, marks.close) > count(text, marks.open);
}

bool may_begin_mark(std::string_view text) {
  return !text.empty() && (text.front() == '"' || text.front() == '\xC2' || text.front() == '\xE2');
}
bool may_end_mark(std::string_view text) {
  return !text.empty() && (text.back() == '"' || text.back() == '\x9C' || text.back() == '\xAB' || text.back() == '\x9E');
}

std::uint32_t size(std::string_view mark) { return static_cast<std::uint32_t>(mark.size()); }

}  // namespace

Span with_both_marks(const Reading& reading, Span span, Span limits) {
  const auto behind = reading.text(Span{span.end, std::max(span.end, limits.end)});
  const auto before = reading.text(Span{std::min(span.start, limits.start), span.start});
  if (!may_begin_mark(behind) && !may_end_mark(before)) return span;  // as most
  for (const Marks& marks : kMarks) {
    if (behind.starts_with(marks.close) && is_left_open(reading.text(span), marks)) return {span.start, span.end + size(marks.close)};
    if (before.ends_with(marks.open) && is_left_closed(reading.text(span), marks)) return {span.start - size(marks.open), span.end};
  }
  return span;
}

}  // namespace policygraph::inline v0::detail::extract
