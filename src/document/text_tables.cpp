#include "document/text_tables.hpp"

#include <algorithm>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::uint32_t kLongestRow = 500;
constexpr std::size_t kGap = 3;
constexpr std::size_t kShortestTable = 2;

// The parts of a line that lie apart; one part when it is no row.
std::vector<Span> parts_of(std::string_view text, const Block& block) {
  std::vector<Span> parts = {{block.span.start, block.span.start}};
  const bool may_be = (block.zone == Zone::body || block.zone == Zone::heading) && block.span.size() <= kLongestRow;
  std::size_t gap = 0;
  if (may_be && text.substr(block.span.start, block.span.size()).find('\n') != std::string_view::npos) return {block.span};
  for (std::uint32_t at = block.span.start; may_be && at < block.span.end;) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const auto c = byte < 0x80 ? CodePoint{byte, 1} : code_point_at(text, at);
    const bool is_gap = byte < 0x80 ? byte == ' ' || byte == '\t' : is_blank(c.value);
    if (is_gap) {
      gap += c.value == '\t' ? kGap : 1;
    } else {
      if (gap >= kGap) parts.push_back({at, at});
      parts.back().end = at + c.size;
      gap = 0;
    }
    at += c.size;
  }
  return parts;
}

// One line break and blanks, nothing else, from one block to the next.
bool are_neighbours(std::string_view text, const Block& before, const Block& after) noexcept {
  const auto between = text.substr(before.span.end, after.span.start - before.span.end);
  return std::count(between.begin(), between.end(), '\n') == 1;
}

Block cell(Span part, std::uint32_t table, std::size_t row, std::size_t column) {
  Block block;
  block.span = part;
  block.zone = Zone::table_cell;
  block.table = table;
  block.row = static_cast<std::uint32_t>(row);
  block.column = static_cast<std::uint32_t>(column);
  return block;
}

}  // namespace

std::vector<Block> split_table_rows(std::string_view text, std::vector<Block> blocks) {
  std::vector<Block> split;
  split.reserve(blocks.size());
  std::uint32_t tables = 0;
  for (std::size_t i = 0; i < blocks.size();) {
    auto first = parts_of(text, blocks[i]);
    const std::size_t columns = first.size();
    if (columns < 2) {
      split.push_back(std::move(blocks[i++]));
      continue;
    }
    std::vector<std::vector<Span>> rows;
    rows.push_back(std::move(first));
    std::size_t end = i + 1;
    while (end < blocks.size() && are_neighbours(text, blocks[end - 1], blocks[end])) {
      auto parts = parts_of(text, blocks[end]);
      if (parts.size() != columns) break;
      rows.push_back(std::move(parts));
      ++end;
    }
    if (rows.size() < kShortestTable) {
      split.push_back(std::move(blocks[i++]));
      continue;
    }
    ++tables;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      for (std::size_t column = 0; column < columns; ++column)
        split.push_back(cell(rows[row][column], tables, row, column));
    }
    i = end;
  }
  return split;
}

}  // namespace policygraph::inline v0::detail::document
