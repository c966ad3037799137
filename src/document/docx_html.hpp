#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "document/docx_styles.hpp"
#include "document/html_tokenizer.hpp"

namespace policygraph::inline v0::detail::document {

// Writes the text of WordprocessingML (ECMA-376 part 1, clause 17) as a page: headings, lists with their numbers, tables, notes.
// What was deleted or is hidden is left out, as are pictures, headers and footers. A stream of tokens and no tree.
class DocxHtml {
 public:
  DocxHtml(const std::map<std::string, DocxStyle, std::less<>>& styles, DocxLists& lists, std::size_t most_bytes)
      : styles_(styles), lists_(lists), most_bytes_(most_bytes) {}

  // The body of word/document.xml, or the notes of word/footnotes.xml that were called for. Throws Error(limit).
  void add(std::string_view xml);
  std::string take() { return std::move(html_); }

 private:
  struct Paragraph {
    std::string html, style, list;
    int list_level = 0;
    int level = 0;
    bool has_text = false;
  };
  struct Cell {
    std::uint32_t columns = 1;
    bool is_written = false;
  };

  void start(const HtmlToken& token);
  void start_place(const HtmlToken& token);
  void start_property(const HtmlToken& token);
  void start_sign(const HtmlToken& token);
  void end(const HtmlToken& token);
  void text(std::string_view raw, bool has_references);
  void write(std::string_view html, bool is_text);
  void write_cell();
  void end_paragraph();
  void write_item(const Paragraph& paragraph, const std::string& list);
  void call_note(const HtmlToken& token);
  void begin_note(const HtmlToken& token);

  const std::map<std::string, DocxStyle, std::less<>>& styles_;
  DocxLists& lists_;
  const std::size_t most_bytes_;
  std::string html_;
  std::vector<Paragraph> paragraphs_;  // open: a text box stands within one
  std::vector<Cell> cells_;
  std::map<std::string, std::uint32_t, std::less<>> notes_;  // by their kind and id, as they were called for
  std::string skipped_;                       // element whose content is left out; empty: none
  std::uint32_t skipped_depth_ = 0;
  std::uint32_t note_ = 0;  // whose number goes before the next words
  bool in_text_ = false;
  bool in_paragraph_properties_ = false;
  bool is_bold_ = false;
  bool is_hidden_ = false;
};

}  // namespace policygraph::inline v0::detail::document
