#include "document/text_lines.hpp"

#include <algorithm>
#include <span>

#include "document/markers.hpp"
#include "document/readers.hpp"
#include "document/source_text.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"
#include "text/torn_lines.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::uint32_t kNarrowestWrap = 40;
constexpr std::uint32_t kWidestWrap = 160;
constexpr std::uint32_t kNarrowColumn = 60;
// A paragraph shorter than this that breaks off is a heading or a signature rather than the foot of a page.
constexpr std::uint32_t kShortestTorn = 60;
constexpr std::size_t kShortRun = 8;     // lines of a run that alone may show at which width it was wrapped
constexpr std::uint32_t kRagged = 16;    // by so much the lines of a wrapped run differ

std::string_view cut(std::string_view text, Span span) { return text.substr(span.start, span.size()); }

std::uint32_t indent_of(std::string_view text, std::size_t start, std::size_t end) noexcept {
  return static_cast<std::uint32_t>(
      std::min<std::size_t>(count_code_points(text.substr(start, std::min<std::size_t>(end - start, 400))), 200));
}

std::uint32_t width_of(std::string_view line) noexcept {
  if (line.size() > kWidest) return kWidest;
  return static_cast<std::uint32_t>(count_code_points(line));
}

bool starts_lower(std::string_view text, const TextLine& line) noexcept {
  return is_lower(code_point_at(text, line.span.start).value);
}

// The line stops in the middle of a clause: at a letter, a digit or a comma.
bool breaks_off(std::string_view text, const TextLine& line) noexcept {
  const auto last = code_point_before(text, line.span.end);
  if (is_dash(last.value) && line.span.size() > last.size)
    return is_letter(code_point_before(text, line.span.end - last.size).value);
  return is_letter(last.value) || is_digit(last.value) || last.value == ',';
}

std::uint32_t first_word_width(std::string_view text, const TextLine& line) noexcept {
  const auto body = cut(text, line.span).substr(0, 256);
  return width_of(body.substr(0, std::min(body.find(' '), body.size())));
}

// The line stops at a small word in small letters, as no heading does: "of the", "for", "на", "va".
bool ends_in_small_word(std::string_view text, const TextLine& line) noexcept {
  const auto body = cut(text, line.span);
  const std::size_t blank = body.rfind(' ');
  if (blank == std::string_view::npos) return false;
  const auto word = body.substr(blank + 1);
  if (count_code_points(word) > text::TornLines::kSmallWord) return false;
  for (std::size_t at = 0; at < word.size();) {
    const auto letter = code_point_at(word, static_cast<std::uint32_t>(at));
    if (!is_lower(letter.value)) return false;
    at += letter.size;
  }
  return true;
}

// The width at which the lines of the whole text were wrapped; 0: they were not.
std::uint32_t wrap_width(std::string_view text, const std::vector<TextLine>& lines) {
  std::uint32_t width = 0;
  std::size_t pairs = 0;
  std::size_t going_on = 0;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].after_empty || lines[i].starts_item) continue;
    ++pairs;
    if (!breaks_off(text, lines[i - 1]) || !starts_lower(text, lines[i])) continue;
    ++going_on;
    if (lines[i - 1].width <= kWidestWrap) width = std::max(width, lines[i - 1].width);
  }
  const bool is_wrapped = going_on * 4 >= pairs && going_on >= 3 && width >= kNarrowestWrap;
  return is_wrapped ? width : 0;
}

// The width at which a few lines with no empty one between were wrapped, as those that break off and go on in a small letter show, where
// the others are about as wide; 0: nothing shows it.
std::uint32_t run_width(std::string_view text, std::span<const TextLine> run) {
  if (run.size() < 2 || run.size() > kShortRun) return 0;
  std::uint32_t width = 0;
  bool goes_on = false;
  for (std::size_t i = 1; i < run.size(); ++i) {
    if (run[i].starts_item || !breaks_off(text, run[i - 1]) || run[i - 1].width > kWidestWrap) return 0;
    goes_on = goes_on || starts_lower(text, run[i]) || (run[i - 1].width >= kNarrowestWrap && ends_in_small_word(text, run[i - 1]));
    width = std::max(width, run[i - 1].width);
  }
  const auto is_narrow = [&](const TextLine& line) { return line.width + kRagged < width; };
  const bool is_even = std::none_of(run.begin(), run.end() - 1, is_narrow);
  return goes_on && is_even && width >= kShortestTorn && run.back().width <= width ? width : 0;
}

// Of a run; nothing where it holds items of a list or lines that nobody wraps.
text::TornLines torn_lines(std::string_view text, std::span<const TextLine> run) {
  text::TornLines lines;
  for (std::size_t i = 1; i < run.size(); ++i) {
    if (run[i].starts_item || run[i - 1].width > kWidestWrap) return {};
    const bool goes_on = starts_lower(text, run[i]) || ends_in_small_word(text, run[i - 1]);
    lines.add(run[i - 1].width, breaks_off(text, run[i - 1]), goes_on);
  }
  lines.add_last(run.back().width);
  lines.close();
  return lines;
}

class Joiner {
 public:
  Joiner(std::string_view text_view, const std::vector<TextLine>& lines_view)
      : text_(text_view), lines_(lines_view), width_(wrap_width(text_view, lines_view)) {}

  // Whether line `i` goes on the paragraph that holds the line before it and began with line `first`.
  bool joins(std::size_t first, std::size_t i) {
    const TextLine& line = lines_[i];
    const TextLine& before = lines_[i - 1];
    if (line.starts_item) return leave();
    const bool goes_on = breaks_off(text_, before) && (starts_lower(text_, line) || (!line.after_empty && before.width >= kNarrowestWrap && ends_in_small_word(text_, before)));
    if (line.after_empty) return goes_on && before.width >= kShortestTorn ? true : leave();
    if (goes_on) return true;
    if (begins_by_indent(lines_[first], before, line)) return leave();
    if (is_torn(before, line, i)) return true;
    return is_full(before, line, width_) || is_full(before, line, width_of_run(i)) || in_narrow_column(before, line) ? true : leave();
  }

 private:
  // Of the lines around `i` with no empty one between.
  std::uint32_t width_of_run(std::size_t i) {
    read_run(i);
    return run_width_;
  }

  bool is_torn(const TextLine& before, const TextLine& line, std::size_t i) {
    read_run(i);
    return torn_.is_torn() && breaks_off(text_, before) &&
           torn_.holds(before.width, first_word_width(text_, line), ends_in_small_word(text_, before));
  }

  void read_run(std::size_t i) {
    if (i < run_end_) return;
    std::size_t first = i;
    while (first > 0 && !lines_[first].after_empty) --first;
    run_end_ = i + 1;
    while (run_end_ < lines_.size() && !lines_[run_end_].after_empty) ++run_end_;
    const auto run = std::span(lines_).subspan(first, run_end_ - first);
    run_width_ = run_width(text_, run);
    torn_ = torn_lines(text_, run);
  }

  bool leave() noexcept {
    column_ = 0;
    return false;
  }

  static bool begins_by_indent(const TextLine& first, const TextLine& before, const TextLine& line) noexcept {
    if (first.starts_item) return line.indent < before.indent && line.indent <= first.indent;
    return line.indent >= before.indent + 2;
  }

  // The line's first word would not have fitted on the line before.
  bool is_full(const TextLine& before, const TextLine& line, std::uint32_t width) const noexcept {
    return width > 0 && before.width <= kWidestWrap && before.width + 1 + first_word_width(text_, line) > width;
  }

  // Addresses and affiliations: short lines, of which one ends with a comma and the next are as full as the column.
  bool in_narrow_column(const TextLine& before, const TextLine& line) {
    if (before.width > kNarrowColumn || line.width > kNarrowColumn) return false;
    if (text_[before.span.end - 1] == ',') {
      column_ = std::max({column_, before.width, line.width});
      return true;
    }
    return column_ > 0 && breaks_off(text_, before) && is_full(before, line, column_);
  }

  std::string_view text_;
  const std::vector<TextLine>& lines_;
  std::uint32_t width_ = 0;
  std::size_t run_end_ = 0;       // of the run that was last asked of
  std::uint32_t run_width_ = 0;
  text::TornLines torn_;          // and of its lines
  std::uint32_t column_ = 0;  // of an address being read; 0: none
};

}  // namespace

std::vector<TextLine> read_lines(std::string_view text) {
  std::vector<TextLine> lines;
  bool after_empty = true;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    if (lines.size() + 1 >= kMaxBlocks) end = text.size();
    TextLine line;
    line.span = trimmed(text, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    if (line.span.empty()) {
      after_empty = true;
    } else {
      const auto body = cut(text, line.span);
      line.indent = indent_of(text, at, line.span.start);
      line.width = width_of(body);
      line.after_empty = after_empty;
      line.starts_item = marker_at(body).has_value();
      lines.push_back(line);
      after_empty = false;
    }
    at = end + 1;
  }
  return lines;
}

std::vector<TextParagraph> read_paragraphs(std::string_view text, const std::vector<TextLine>& lines) {
  std::vector<TextParagraph> paragraphs;
  Joiner joiner(text, lines);
  for (std::uint32_t i = 0; i < lines.size(); ++i) {
    if (!paragraphs.empty() && joiner.joins(paragraphs.back().first, i)) {
      paragraphs.back().last = i + 1;
      paragraphs.back().span.end = lines[i].span.end;
      continue;
    }
    if (!paragraphs.empty()) paragraphs.back().before_empty = lines[i].after_empty;
    paragraphs.push_back({i, i + 1, lines[i].span, lines[i].after_empty, true, lines[i].starts_item});
  }
  return paragraphs;
}

}  // namespace policygraph::inline v0::detail::document
