#include "document/html_zones.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "document/html_hints.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

using enum HtmlRole;

bool is_phrase(HtmlRole role) noexcept { return role == phrase || role == line_break || role == empty; }

bool closes_paragraph(std::string_view name, HtmlRole role) noexcept {
  if (role == furniture) return name == "nav" || name == "aside" || name == "search" || name == "dialog";
  return !is_phrase(role) && role != foreign;
}

bool breaks_block(HtmlRole role) noexcept { return !is_phrase(role) && role != foreign; }

std::uint32_t number_in(const HtmlToken& token, std::string_view name, std::uint32_t otherwise) noexcept {
  const auto* value = token.attribute(name);
  std::uint32_t number = otherwise;
  if (value != nullptr) std::from_chars(value->data(), value->data() + value->size(), number);
  return number;
}

}  // namespace

std::int32_t HtmlZones::highest(std::initializer_list<HtmlName> names) const noexcept {
  std::int32_t found = kNone;
  for (const auto name : names) found = std::max(found, top(name));
  return found;
}

void HtmlZones::start_tag(const HtmlToken& token, bool is_xml) {
  const HtmlElementId id = html_element_id(token.name);
  const HtmlRole role = html_element(id).role;
  if (id == kOtherElement) return;
  if (is_foreign() && breaks_block(role) && token.name != "title") pop_to(highest({"svg", "math"}));
  imply_end_tags(id, role);
  if (breaks_block(role)) text_.break_block();
  if (role == line_break) text_.break_line(place());
  const bool is_closed = token.is_self_closing && (is_xml || is_foreign() || role == foreign);
  if (role == line_break || role == rule || role == empty || is_closed) return;
  push(id, token);
}

void HtmlZones::end_tag(const HtmlToken& token) {
  const HtmlElementId id = html_element_id(token.name);
  const HtmlRole role = html_element(id).role;
  if (id == kOtherElement || role == empty || token.name == "html" || token.name == "body") return;
  if (role == line_break) return text_.break_line(place());
  if (breaks_block(role)) text_.break_block();
  if (beyond_ > 0) {
    --beyond_;
    return;
  }
  const auto index = role == heading ? highest({"h1", "h2", "h3", "h4", "h5", "h6"}) : top_[id];
  close_above(index, scope_of(id));
}

// What an end tag may not reach across: blocks for a phrase, the cell around for a block, the table for what tables are
// made of.
std::int32_t HtmlZones::scope_of(HtmlElementId id) const noexcept {
  const auto& element = html_element(id);
  if (element.name == "table") return kNone;
  if (element.role == phrase) return last_block();
  if (element.role == cell || element.role == row || element.name == "thead" || element.name == "tbody" ||
      element.name == "tfoot" || element.name == "caption") {
    return top("table");
  }
  const auto cell_around = highest({"td", "th", "caption", "table"});
  return element.role == item ? std::max(cell_around, highest({"ul", "ol", "dir", "menu"})) : cell_around;
}

bool HtmlZones::close_above(std::int32_t index, std::int32_t scope) {
  if (index == kNone || index <= scope) return false;
  pop_to(index);
  return true;
}

// What a start tag closes without an end tag being written: a paragraph before a block, an item before an item.
void HtmlZones::imply_end_tags(HtmlElementId id, HtmlRole role) {
  const auto name = html_element(id).name;
  const auto paragraph_open = top("p");
  if (closes_paragraph(name, role) && paragraph_open != kNone && paragraph_open == last_block()) pop_to(paragraph_open);
  if (role == heading && !stack_.empty() && last_block() != kNone) {
    const auto& open = stack_[static_cast<std::size_t>(last_block())];
    if (html_element(open.id).role == heading) pop_to(last_block());
  }
  if (role == item) close_above(top_[id], scope_of(id));
  if (name == "dt" || name == "dd") close_above(highest({"dt", "dd"}), highest({"dl", "td", "th", "table"}));
  if (name == "option" || name == "optgroup") close_above(top("option"), highest({"select", "datalist"}));
  imply_table_end_tags(name);
}

void HtmlZones::imply_table_end_tags(std::string_view name) {
  const auto table_open = top("table");
  if (table_open == kNone) return;
  if (name == "td" || name == "th") close_above(highest({"td", "th"}), std::max(table_open, top("tr")));
  if (name == "tr" || name == "tbody" || name == "thead" || name == "tfoot") {
    close_above(highest({"td", "th"}), table_open);
    close_above(top("tr"), table_open);
    close_above(top("caption"), table_open);
  }
  if (name == "tbody" || name == "thead" || name == "tfoot") {
    close_above(highest({"tbody", "thead", "tfoot"}), table_open);
  }
}

void HtmlZones::push(HtmlElementId id, const HtmlToken& token) {
  if (stack_.size() >= kMaxDepth) {
    ++beyond_;
    was_too_deep_ = true;
    return;
  }
  Open open;
  open.id = id;
  open.below = top_[id];
  open.place = place();
  const auto index = static_cast<std::int32_t>(stack_.size());
  const HtmlRole role = html_element(id).role;
  open.last_block = is_phrase(role) ? last_block() : index;
  enter(open, role, token);
  if (open.place.is_furniture != place().is_furniture) text_.break_block();
  stack_.push_back(open);
  top_[id] = index;
}

void HtmlZones::pop_to(std::int32_t index) {
  while (static_cast<std::int32_t>(stack_.size()) > index) pop();
}

void HtmlZones::pop() {
  const Open& open = stack_.back();
  const HtmlRole role = html_element(open.id).role;
  const bool was_furniture = open.place.is_furniture;
  top_[open.id] = open.below;
  if (role == table && !grids_.empty()) grids_.pop_back();
  if (role == item) text_.mark_next({});
  stack_.pop_back();
  if (breaks_block(role) || was_furniture != place().is_furniture) text_.break_block();
}

void HtmlZones::enter(Open& open, HtmlRole role, const HtmlToken& token) {
  HtmlPlace& here = open.place;
  enter_furniture(open, role, token);
  if (role == preformatted) here.is_preformatted = true;
  if (role == caption) here.zone = Zone::caption;
  if (role == quote) here.zone = Zone::quote;
  if (role == form) here.form = ++forms_;
  if (role == table) enter_table(open, token);
  if (role == row) enter_row();
  if (role == cell) enter_cell(open, token);
  if (role == item) enter_item(open);
  if (role == heading) {
    here.zone = Zone::heading;
    here.level = static_cast<std::uint8_t>(token.name[1] - '0');
  }
  if (role == list) {
    open.is_ordered = token.name == "ol";
    open.count = number_in(token, "start", 1) - 1;
    if (here.list_depth < 255) ++here.list_depth;
  }
  if (token.name == "b" || token.name == "strong") here.is_bold = true;
  if (token.name == "a" && token.attribute("href") != nullptr) here.in_link = true;
}

void HtmlZones::enter_furniture(Open& open, HtmlRole role, const HtmlToken& token) {
  HtmlPlace& here = open.place;
  if (role == article) {
    here.in_article = true;
    // A page's <main> is never part of its navigation: an unclosed <nav> must not swallow it.
    if (token.name == "main") here.is_furniture = false;
  }
  if (role == furniture || (role == foreign && token.name == "svg") || (role == edge && !here.in_article)) {
    here.is_furniture = true;
  }
  if (!here.is_furniture && is_furniture_by_hint(token, html_element(open.id))) here.is_furniture = true;
}

void HtmlZones::enter_item(Open& open) {
  open.place.zone = Zone::list_item;
  open.place.level = open.place.list_depth;
  const auto list_open = highest({"ul", "ol", "dir", "menu"});
  if (list_open == kNone) return text_.mark_next("-");
  Open& around = stack_[static_cast<std::size_t>(list_open)];
  ++around.count;
  text_.mark_next(around.is_ordered ? std::to_string(around.count) : "-");
}

void HtmlZones::enter_table(Open& open, const HtmlToken& token) {
  if (open.place.table != 0) tables_[open.place.table - 1].is_layout = true;
  HtmlTable facts;
  if (const auto* role = token.attribute("role")) facts.is_layout = *role == "presentation" || *role == "none";
  tables_.push_back(facts);
  grids_.emplace_back();
  open.place.table = static_cast<std::uint32_t>(tables_.size());
  open.place.zone = Zone::body;
}

void HtmlZones::enter_row() {
  if (grids_.empty()) return;
  Grid& grid = grids_.back();
  if (grid.has_row) {
    ++grid.row;
    for (auto& rows : grid.spanned) rows = static_cast<std::uint16_t>(rows > 0 ? rows - 1 : 0);
  }
  grid.has_row = true;
  grid.column = 0;
}

void HtmlZones::enter_cell(Open& open, const HtmlToken& token) {
  if (grids_.empty()) return;
  Grid& grid = grids_.back();
  if (!grid.has_row) enter_row();
  while (grid.column < kMaxSpannedColumns && grid.spanned[grid.column] > 0) ++grid.column;
  const std::uint32_t columns = std::clamp(number_in(token, "colspan", 1), 1U, 1000U);
  const std::uint32_t rows = std::clamp(number_in(token, "rowspan", 1), 1U, 65534U);
  open.place.zone = Zone::table_cell;
  open.place.level = 0;
  open.place.row = grid.row;
  open.place.column = grid.column;
  for (std::uint32_t i = 0; i < columns && grid.column + i < kMaxSpannedColumns; ++i) {
    grid.spanned[grid.column + i] = static_cast<std::uint16_t>(rows);
  }
  grid.column += columns;
  auto& facts = tables_[open.place.table - 1];
  facts.rows = std::max(facts.rows, grid.row + 1);
  facts.columns = std::max(facts.columns, grid.column);
}

}  // namespace policygraph::inline v0::detail::document
