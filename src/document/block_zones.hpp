#pragma once

#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"

namespace policygraph::inline v0::detail::document {

// Refines the zones a reader gave by what the blocks say: furniture (menus, addresses, notices, repeated lines), blocks
// of keywords and abstracts, bibliographies with their entries. The words it goes by are data: src/document/cues.
void settle_zones(std::string_view text, std::vector<Block>& blocks);

// Trims every block, drops what is then empty, and keeps them in order.
void trim_blocks(std::string_view text, std::vector<Block>& blocks);

// A line whose words are those of a bibliography's heading.
bool is_reference_heading(std::string_view line);
// "Keywords: ...", "Аннотация. ...".
bool starts_keywords(std::string_view block);
// "Chapter 2", "Статья 5. Полномочия", "5-modda. Vakolatlar": the word for a part, and its number.
bool is_section_line(std::string_view line);
// A link or an e-mail address and nothing else.
bool is_bare_link(std::string_view block);
// What stands before the first colon, full stop or dash near the start, folded; empty when there is none.
std::string label_of(std::string_view block);

}  // namespace policygraph::inline v0::detail::document
