#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extract/reading.hpp"
#include "extract/recognizers/words.hpp"
#include "policygraph/base/decimal.hpp"

// Tables of sums: cells of an HTML table, or lines of text "item | 12.5 | 14", "item; 310,0" and, between wide blanks or tabs,
// "item   12.5   14". The unit is told once, above the table or in its head: "(USD million)", "тыс. долл. США", "ming yevro", or below
// it; or each cell has its own: "item — 12,4 млрд сумов", under or above a total.
namespace policygraph::inline v0::detail::extract {

struct TableSum {
  Range cell;  // tokens
  bool is_whole = false;  // the cell itself says its currency
  Decimal amount;
  std::string currency;
  std::uint32_t row = 0;     // in Table::rows
  std::uint32_t column = 0;  // in Table::head
};

struct Table {
  struct Row {
    Range label;  // tokens; empty: none
    bool is_total = false;
    Range source;    // the cell that says who pays; empty: none
    Range executor;  // the cell that says who carries it out; empty: none
  };
  struct Column {
    Range head;  // tokens; empty: none
    int year = 0;
    bool is_total = false;
    bool is_other = false;  // years, shares, numbers of pieces: no sums
  };
  Range caption;  // tokens above it that may speak of it; empty: none
  std::vector<Row> rows;
  std::vector<Column> columns;
  std::vector<TableSum> sums;  // by row, then column
};

// The tables that hold sums, in order. O(tokens).
std::vector<Table> read_tables(const Reading& reading);

inline constexpr std::string_view kTableExtractor = "table/1";

}  // namespace policygraph::inline v0::detail::extract
