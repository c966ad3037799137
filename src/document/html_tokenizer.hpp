#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::document {

// An attribute as it stands in the source; references in `value` are not yet decoded.
struct HtmlAttribute {
  std::string_view name;
  std::string_view value;
};

// A token and where it stands: [start, end) of the source. Views point into the source.
struct HtmlToken {
  enum class Kind : unsigned char { text, start_tag, end_tag, comment, doctype, end_of_file };
  Kind kind = Kind::end_of_file;
  std::size_t start = 0;
  std::size_t end = 0;
  std::string name;                       // of a tag, in lower case
  std::vector<HtmlAttribute> attributes;  // of a start tag, at most kMaxAttributes; the first of equal names counts
  bool is_self_closing = false;
  bool has_references = false;  // of text: "&amp;" means "&" here (not so in style, script and CDATA)
  bool is_raw = false;          // of text: the content of style, script and their kin

  // Its value as written; null when there is no such attribute. `attribute_name` in lower case.
  const std::string_view* attribute(std::string_view attribute_name) const noexcept;
};

inline constexpr std::size_t kMaxAttributes = 256;

// The tokenizer of HTML: the states of WHATWG HTML 13.2.5 over a whole text in memory, without a tree. It goes forward
// only, so it is linear on any input, and it never fails: what is not markup is text.
//
// Content that browsers read under other rules (title and textarea, style, script, plaintext) follows the start tag by
// itself, unless `set_foreign(true)` says that the tag stood in SVG or MathML; there CDATA sections are text.
class HtmlTokenizer {
 public:
  // `is_xml`: "<script/>" is closed, as XHTML means it.
  explicit HtmlTokenizer(std::string_view html_view, bool is_xml = false) : html_(html_view), is_xml_(is_xml) {}

  // The next token, or end_of_file for ever after. The token's storage is reused.
  void next(HtmlToken& token);
  void set_foreign(bool is_foreign) noexcept { is_foreign_ = is_foreign; }
  // Whether the file ended within a tag (whose bytes are then in no token) or within raw content.
  bool ended_in_tag() const noexcept { return ended_in_tag_; }
  bool ended_in_raw_content() const noexcept { return ended_in_raw_content_; }

 private:
  enum class Content : unsigned char { data, rcdata, raw, script, plain };

  bool markup(HtmlToken& token);
  void data(HtmlToken& token);
  void raw_content(HtmlToken& token);
  void emit_text(HtmlToken& token, std::size_t end, bool has_references);
  bool tag(HtmlToken& token, bool is_end);
  bool markup_declaration(HtmlToken& token);
  void comment(HtmlToken& token);
  void bogus_comment(HtmlToken& token);
  void cdata(HtmlToken& token);
  bool attribute(HtmlToken& token);
  std::string_view attribute_value();
  void skip_blanks() noexcept;
  std::size_t end_of_raw() const noexcept;
  std::size_t end_of_script() const noexcept;
  bool is_name_at(std::size_t offset, std::string_view name) const noexcept;
  bool is_tag_name_at(std::size_t offset, std::string_view name) const noexcept;
  void choose_content(const HtmlToken& token);

  std::string_view html_;
  std::size_t at_ = 0;
  Content content_ = Content::data;
  std::string content_name_;  // the element whose end tag ends rcdata, raw and script content
  bool is_xml_ = false;
  bool is_foreign_ = false;
  bool ended_in_tag_ = false;
  bool ended_in_raw_content_ = false;
};

}  // namespace policygraph::inline v0::detail::document
