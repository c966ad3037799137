#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "document/html_elements.hpp"
#include "document/html_text.hpp"
#include "document/html_tokenizer.hpp"

namespace policygraph::inline v0::detail::document {

// What is remembered of a table, by its number less one.
struct HtmlTable {
  bool is_layout = false;  // holds a table, or says it is presentation
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
};

// The open elements of a page and what they make of the text within them. A stack and no tree: an end tag closes what
// is open down to its start tag, or nothing; past kMaxDepth elements are counted and not kept. Amortised O(1) a tag.
class HtmlZones {
 public:
  static constexpr std::size_t kMaxDepth = 4096;

  explicit HtmlZones(HtmlText& text) : text_(text) { top_.fill(kNone); }

  void start_tag(const HtmlToken& token, bool is_xml);
  void end_tag(const HtmlToken& token);
  const HtmlPlace& place() const noexcept { return stack_.empty() ? outside_ : stack_.back().place; }
  bool is_foreign() const noexcept { return highest({"svg", "math"}) != kNone; }
  bool is_open(std::string_view name) const noexcept { return top_[html_element_id(name)] != kNone; }
  const std::vector<HtmlTable>& tables() const noexcept { return tables_; }
  bool was_too_deep() const noexcept { return was_too_deep_; }

 private:
  static constexpr std::int32_t kNone = -1;
  static constexpr std::size_t kMaxSpannedColumns = 64;

  struct Open {
    HtmlElementId id = kOtherElement;
    bool is_ordered = false;          // of a list
    std::int32_t below = kNone;       // the next open element of the same name
    std::int32_t last_block = kNone;  // the highest that is no phrase, this one included
    std::uint32_t count = 0;          // items of a list
    HtmlPlace place;
  };
  // A table being read: where its next cell goes.
  struct Grid {
    std::uint32_t row = 0;
    std::uint32_t column = 0;
    bool has_row = false;
    std::array<std::uint16_t, kMaxSpannedColumns> spanned{};  // rows that a cell above still covers
  };

  void imply_end_tags(HtmlElementId id, HtmlRole role);
  void imply_table_end_tags(std::string_view name);
  bool close_above(std::int32_t index, std::int32_t scope);
  std::int32_t scope_of(HtmlElementId id) const noexcept;
  std::int32_t top(HtmlName name) const noexcept { return top_[name.id()]; }
  std::int32_t highest(std::initializer_list<HtmlName> names) const noexcept;
  void push(HtmlElementId id, const HtmlToken& token);
  void pop_to(std::int32_t index);
  void pop();
  std::int32_t last_block() const noexcept { return stack_.empty() ? kNone : stack_.back().last_block; }
  void enter(Open& open, HtmlRole role, const HtmlToken& token);
  void enter_furniture(Open& open, HtmlRole role, const HtmlToken& token);
  void enter_item(Open& open);
  void enter_table(Open& open, const HtmlToken& token);
  void enter_row();
  void enter_cell(Open& open, const HtmlToken& token);

  HtmlText& text_;
  HtmlPlace outside_;
  std::vector<Open> stack_;
  std::array<std::int32_t, kElementCount> top_{};
  std::vector<Grid> grids_;
  std::vector<HtmlTable> tables_;
  std::size_t beyond_ = 0;  // open elements that the stack does not hold
  std::uint32_t forms_ = 0;
  bool was_too_deep_ = false;
};

}  // namespace policygraph::inline v0::detail::document
