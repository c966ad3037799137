#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace policygraph::inline v0::detail::document {

// What a paragraph's style makes of it.
struct DocxStyle {
  std::string based_on;
  int level = 0;  // of a heading from 1; 0: none
  bool is_contents = false;  // a line of a table of contents
  std::string list;          // number of the list it belongs to
};

// The paragraph styles of a word/styles.xml by their id, each with what it takes from the style it is based on.
std::map<std::string, DocxStyle, std::less<>> read_docx_styles(std::string_view xml);

// The lists of a word/numbering.xml: which levels of which list count, and from where. (list, level) -> first number; a level
// that is not there has bullets.
class DocxLists {
 public:
  explicit DocxLists(std::string_view xml);
  // The marker of the next item: a number, or 0 for a bullet.
  std::uint32_t next(const std::string& list, int level);

 private:
  std::map<std::pair<std::string, int>, std::uint32_t> starts_;
  std::map<std::pair<std::string, int>, std::uint32_t> counts_;
};

}  // namespace policygraph::inline v0::detail::document
