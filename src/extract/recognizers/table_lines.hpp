#pragma once

#include <cstdint>
#include <vector>

#include "extract/recognizers/words.hpp"

namespace policygraph::inline v0::detail::extract {

// A line of a text or a row of a page's table, cut into cells: "a | b | c", "a; 12", "a: 12", "a — 12", "a    12    14".
struct TableLine {
  std::vector<Range> cells;  // tokens; none where it is all one
  Range all;
  std::uint32_t table = 0;  // of a page; 0: a line of text
  char32_t mark = 0;        // what parts its cells
};

// The lines of the text; those of a page's table have a cell a block. O(tokens).
std::vector<TableLine> read_table_lines(const Reading& reading);

}  // namespace policygraph::inline v0::detail::extract
