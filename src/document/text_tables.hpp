#pragma once

#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"

namespace policygraph::inline v0::detail::document {

// Tables set with blanks or tabs: where two lines or more follow one another and fall into the same number of parts,
// three blanks or a tab apart, every part becomes a cell.
std::vector<Block> split_table_rows(std::string_view text, std::vector<Block> blocks);

}  // namespace policygraph::inline v0::detail::document
