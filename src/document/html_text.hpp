#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"
#include "policygraph/text/offset_map.hpp"

namespace policygraph::inline v0::detail::document {

// Where in the page a piece of text stands: what the open elements say of it.
struct HtmlPlace {
  Zone zone = Zone::body;  // of the innermost element that gives one
  bool is_furniture = false;
  bool in_article = false;
  bool is_preformatted = false;
  bool in_link = false;
  bool is_bold = false;
  std::uint8_t level = 0;
  std::uint8_t list_depth = 0;
  std::uint32_t table = 0, row = 0, column = 0;
  std::uint32_t form = 0;
};

// A block and what only the page knows of it.
struct HtmlBlock {
  Block block;
  std::uint32_t link_bytes = 0;
  std::uint32_t bold_bytes = 0;
  std::uint32_t form = 0;
  bool in_article = false;
  bool is_furniture = false;
};

// Writes the text of a page: blanks run together, blocks apart by an empty line (cells and lines by a line break),
// references decoded, every byte mapped to the source.
class HtmlText {
 public:
  explicit HtmlText(std::string_view html_view) : html_(html_view) {}

  // The text in [start, end) of the source.
  void add(std::size_t start, std::size_t end, bool has_references, const HtmlPlace& place);
  // <br>: a line break within the block; two of them end a block that is not a heading.
  void break_line(const HtmlPlace& place);
  void break_block();
  // The next block carries this marker (of a list item).
  void mark_next(std::string marker) { marker_ = std::move(marker); }
  void finish();

  std::string& text() noexcept { return text_; }
  OffsetMap& map() noexcept { return map_; }
  std::vector<HtmlBlock>& blocks() noexcept { return blocks_; }
  const std::vector<HtmlBlock>& blocks() const noexcept { return blocks_; }

 private:
  enum class Gap : std::uint8_t { none, blank, line };

  void open_block(std::size_t source, const HtmlPlace& place);
  void before_text(std::size_t source, const HtmlPlace& place);
  void blank(std::size_t source, char c, const HtmlPlace& place);
  std::size_t copy_words(std::size_t start, std::size_t end, const HtmlPlace& place);
  void reference(std::size_t source, std::size_t size, const std::string& text, const HtmlPlace& place);

  std::string_view html_;
  std::string text_;
  OffsetMap map_;
  std::vector<HtmlBlock> blocks_;
  std::string marker_;
  bool is_open_ = false;
  Gap gap_ = Gap::none;
  std::size_t gap_start_ = 0;
  std::size_t gap_end_ = 0;
};

}  // namespace policygraph::inline v0::detail::document
