// Rows as a text table for a terminal.
#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/one_line.hpp"
#include "exchange/passages.hpp"
#include "exchange/shown.hpp"
#include "exchange/table.hpp"
#include "policygraph/exchange/csv.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::one_line;

constexpr std::size_t kNarrowest = 8;
constexpr std::size_t kMaxNotesPerRow = 4;

bool is_combining(char32_t c) { return (c >= 0x300 && c <= 0x36F) || c == 0x200B || c == 0x200D || c == 0xFEFF; }
bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}
/// Columns of a terminal that a code point takes.
std::size_t columns_of(char32_t c) { return is_combining(c) ? 0 : is_wide(c) ? 2 : 1; }

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto point = code_point_at(text, i);
    width += columns_of(point.value);
    i += point.size;
  }
  return width;
}

/// Looks at no more of the text than that.
bool is_wider(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size() && used <= width;) {
    const auto point = code_point_at(text, i);
    used += columns_of(point.value);
    i += point.size;
  }
  return used > width;
}

/// Pieces of at most `width` columns, broken at blanks where there are any.
std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (is_wider(text, width)) {
    std::size_t cut = 0, used = 0, blank = 0;
    while (cut < text.size()) {
      const auto point = code_point_at(text, cut);
      if (used + columns_of(point.value) > width) break;
      used += columns_of(point.value);
      cut += point.size;
      if (point.value == U' ') blank = cut;
    }
    if (cut < text.size() && text[cut] == ' ') blank = cut;
    if (blank == 0) blank = std::max<std::size_t>(cut, code_point_at(text, 0).size);
    lines.emplace_back(text.substr(0, blank));
    while (!lines.back().empty() && lines.back().back() == ' ') lines.back().pop_back();
    text.remove_prefix(blank);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  lines.emplace_back(text);
  return lines;
}

struct Cell {
  std::string text;
  bool is_number = false;
};
using Line = std::vector<Cell>;

/// Widest text of each column, then the widest columns narrowed until the table fits.
std::vector<std::size_t> widths_of(const std::vector<Line>& lines, std::size_t columns, std::size_t limit) {
  std::vector<std::size_t> widths(columns, 1);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], width_of(line[i].text));
  const auto total = [&] {
    std::size_t sum = 1;
    for (const auto width : widths) sum += width + 3;
    return sum;
  };
  while (limit != 0 && total() > limit) {
    const auto widest = std::ranges::max_element(widths);
    if (*widest <= kNarrowest) break;
    *widest -= std::min(total() - limit, std::max<std::size_t>(1, *widest / 8));
    *widest = std::max(*widest, kNarrowest);
  }
  return widths;
}

std::string rule(const std::vector<std::size_t>& widths, std::string_view left, std::string_view middle, std::string_view right) {
  std::string out(left);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i > 0) out += middle;
    for (std::size_t k = 0; k < widths[i] + 2; ++k) out += "─";
  }
  return out += std::string(right) + "\n";
}

void add_padded(std::string& out, const std::string& text, std::size_t width, bool to_right) {
  const auto used = width_of(text);
  const std::string padding(width > used ? width - used : 0, ' ');
  out += to_right ? padding + text : text + padding;
}

std::string draw(const Line& line, const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t i = 0; i < line.size(); ++i) {
    cells.push_back(wrap(line[i].text, widths[i]));
    height = std::max(height, cells.back().size());
  }
  std::string out;
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      out += "│ ";
      add_padded(out, y < cells[i].size() ? cells[i][y] : "", widths[i], line[i].is_number);
      out += ' ';
    }
    out += "│\n";
  }
  return out;
}

/// Notes below the table: each passage once, numbered in the order rows call for them.
class Notes {
 public:
  std::string marks(const Row& row) {
    std::string out;
    // A claim's passage says more than the names within it: the longest passages first.
    auto citations = row.evidence();
    std::ranges::stable_sort(citations, std::ranges::greater(), [](const Citation& citation) { return citation.span.size(); });
    std::size_t shown = 0;
    for (const auto& citation : detail::exchange::uncovered(citations)) {
      if (shown++ == kMaxNotesPerRow) return out + " …";
      out += (out.empty() ? "[" : " [") + std::to_string(number(citation)) + "]";
    }
    return out;
  }
  std::string text(std::size_t width) const {
    std::string out;
    for (std::size_t i = 0; i < notes_.size(); ++i) {
      const auto mark = "[" + std::to_string(i + 1) + "] ";
      std::string margin = mark;
      for (const auto& line : wrap(notes_[i], std::max<std::size_t>(width, 40) - mark.size())) {
        out += margin + line + "\n";
        margin.assign(mark.size(), ' ');
      }
    }
    return out;
  }

 private:
  std::size_t number(const Citation& citation) {
    const auto key = std::pair(citation.document, citation.span);
    const auto [at, is_new] = numbers_.try_emplace(key, numbers_.size() + 1);
    if (is_new) {
      const auto& name = citation.title.empty() ? citation.uri : citation.title;
      const auto place = place_of(citation);
      notes_.push_back("“" + one_line(citation.quote) + "” — " + one_line(name) + (place.empty() ? "" : ", " + place) +
                       (citation.title.empty() || citation.uri.empty() ? "" : " <" + one_line(citation.uri) + ">"));
    }
    return at->second;
  }
  std::map<std::pair<DocumentId, Span>, std::size_t> numbers_;
  std::vector<std::string> notes_;
};

bool is_number(ValueKind kind) {
  return kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal;
}

std::vector<Line> lines_of(const Rows& rows, std::span<const std::size_t> chosen, Notes* notes) {
  std::vector<Line> lines(1);
  for (const auto& column : rows.columns()) lines.front().push_back({one_line(column), false});
  if (notes != nullptr) lines.front().push_back({"sources", false});
  for (const auto number : chosen) {
    const auto row = rows[number];
    Line line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line.push_back({one_line(detail::exchange::shown(row[i], rows.snapshot())), is_number(row[i].kind())});
    if (notes != nullptr) line.push_back({notes->marks(row), false});
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::string detail::exchange::table_of(const Rows& rows, std::span<const std::size_t> chosen, std::size_t width, bool cite) {
  Notes notes;
  const auto lines = lines_of(rows, chosen, cite ? &notes : nullptr);
  const auto columns = lines.front().size();
  if (columns == 0) return std::to_string(chosen.size()) + " rows\n";
  const auto widths = widths_of(lines, columns, width);
  auto out = rule(widths, "┌", "┬", "┐") + draw(lines.front(), widths) + rule(widths, "├", "┼", "┤");
  for (std::size_t i = 1; i < lines.size(); ++i) out += draw(lines[i], widths);
  out += rule(widths, "└", "┴", "┘");
  out += std::to_string(chosen.size()) + (chosen.size() == 1 ? " row\n" : " rows\n");
  if (cite) out += notes.text(width == 0 ? 120 : width);
  return out;
}

std::string to_table(const Rows& rows, std::size_t width, bool cite) {
  std::vector<std::size_t> all(rows.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return detail::exchange::table_of(rows, all, width, cite);
}

}  // namespace policygraph::inline v0
