#include "extract/recognizers/table_lines.hpp"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostColumns = 24;
constexpr char32_t kBlank = U' ';  // what parts the columns of a line without marks

bool is_gap(const Reading& reading, std::uint32_t token) { return reading.token(token).kind == TokenKind::line_break; }

class LineReader {
 public:
  explicit LineReader(const Reading& reading) : reading_(reading) {}

  std::vector<TableLine> read() {
    for (const Block& block : reading_.view().document().blocks()) {
      if (block.zone == Zone::furniture || block.zone == Zone::reference || block.zone == Zone::keywords) continue;
      const Range tokens{reading_.view().token_at(block.span.start), reading_.view().token_at(block.span.end)};
      if (block.zone == Zone::table_cell && block.table != 0) add_cell(block, tokens);
      else split(tokens);
    }
    drop_fronts();
    return std::move(lines_);
  }

 private:
  void add_cell(const Block& block, Range tokens) {
    if (lines_.empty() || lines_.back().table != block.table || row_ != block.row) lines_.push_back({{}, tokens, block.table, 0});
    row_ = block.row;
    TableLine& line = lines_.back();
    line.all.last = std::max(line.all.last, tokens.last);
    while (line.cells.size() < block.column && line.cells.size() < kMostColumns) line.cells.push_back({});
    if (line.cells.size() < kMostColumns) line.cells.push_back(tokens);
  }

  void split(Range tokens) {
    std::uint32_t from = tokens.first;
    for (std::uint32_t i = tokens.first; i <= tokens.last; ++i) {
      if (i < tokens.last && !is_gap(reading_, i)) continue;
      if (i > from) add_line({from, i});
      from = i + 1;
    }
  }

  // "| a | b |" has nothing in front of its first mark, in all its lines; " | Total | 12" has a first cell without words.
  void drop_fronts() {
    for (std::size_t first = 0; first < lines_.size();) {
      std::size_t end = first + 1;
      if (lines_[first].mark != U'|' || lines_[first].table != 0) {
        first = end;
        continue;
      }
      while (end < lines_.size() && lines_[end].mark == U'|' && lines_[end].table == 0) ++end;
      const auto lines = std::span(lines_).subspan(first, end - first);
      const auto has_front = [](const TableLine& line) { return !line.cells.empty() && !line.cells.front().is_empty(); };
      if (std::ranges::none_of(lines, has_front)) {
        for (TableLine& line : lines) line.cells.erase(line.cells.begin(), line.cells.begin() + (line.cells.empty() ? 0 : 1));
      }
      first = end;
    }
  }

  // "a | b | c"; else "a; 12" and "a: 12", the last mark in front of the number.
  void add_line(Range all) {
    TableLine line{{}, all, 0, 0};
    line.mark = first_mark(all);
    if (line.mark != U'|' && cut_columns(line)) line.mark = kBlank;
    else if (line.mark != 0 && line.mark < 0x80) cut(line, line.mark);
    else if (line.mark != 0) cut_last(line, line.mark);
    lines_.push_back(std::move(line));
  }

  // The first of the marks that the line has; 0 for none.
  char32_t first_mark(Range all) const {
    constexpr std::u32string_view kMarks = U"|;:\u2014\u2013";
    std::size_t first = kMarks.size();
    for (std::uint32_t i = all.first; i < all.last; ++i) {
      const char32_t sign = reading_.sign(i);
      if (sign == 0) continue;
      if (i + 1 == all.last && sign == U';') break;  // of a list
      first = std::min(first, kMarks.substr(0, first).find(sign));
    }
    return first < kMarks.size() ? kMarks[first] : 0;
  }

  void cut(TableLine& line, char32_t mark) const {
    std::uint32_t from = line.all.first;
    for (std::uint32_t i = line.all.first; i <= line.all.last; ++i) {
      if (i < line.all.last && reading_.sign(i) != mark) continue;
      if (line.cells.size() < kMostColumns && (i > from || mark == U'|' || mark == U';')) line.cells.push_back({from, i});
      from = i + 1;
    }
    while (!line.cells.empty() && line.cells.back().is_empty()) line.cells.pop_back();
  }

  // Columns that tabs or several blanks part.
  bool cut_columns(TableLine& line) const {
    std::uint32_t gap = line.all.first + 1;
    while (gap < line.all.last && !is_wide(gap)) ++gap;
    if (gap >= line.all.last) return false;  // as most lines are
    std::vector<Range> cells;
    std::uint32_t from = line.all.first;
    for (std::uint32_t i = gap; i <= line.all.last; ++i) {
      if (i < line.all.last && !is_wide(i)) continue;
      if (cells.size() < kMostColumns) cells.push_back({from, i});
      from = i;
    }
    if (cells.size() < 2) return false;
    line.cells = std::move(cells);
    return true;
  }

  // A tab or several blanks stand in front of the token.
  bool is_wide(std::uint32_t token) const {
    const Span gap{reading_.token(token - 1).span.end, reading_.token(token).span.start};
    if (gap.empty() || gap.size() >= 3) return !gap.empty();
    const std::string_view blanks = reading_.text(gap);
    return blanks.front() == '\t' || blanks.back() == '\t';
  }

  // "Item — 215,5": the dash in front of the sum.
  void cut_last(TableLine& line, char32_t mark) const {
    std::uint32_t at = line.all.last;
    while (at > line.all.first && reading_.sign(at - 1) != mark) --at;
    if (at > line.all.first + 1 && reading_.token(at - 2).kind == TokenKind::number && !reading_.token(at).space_before) return;  // "2025–2027"
    if (at > line.all.first + 1 && at < line.all.last) line.cells = {{line.all.first, at - 1}, {at, line.all.last}};
  }

  const Reading& reading_;
  std::vector<TableLine> lines_;
  std::uint32_t row_ = 0;
};

}  // namespace

std::vector<TableLine> read_table_lines(const Reading& reading) { return LineReader(reading).read(); }

}  // namespace policygraph::inline v0::detail::extract
