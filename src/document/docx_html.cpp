#include "document/docx_html.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kDeepest = 64;  // text boxes in text boxes, tables in tables
constexpr int kDeepestList = 9;
constexpr std::uint32_t kMostColumns = 64;

// What they hold was deleted or moved away, or is said twice.
constexpr std::array<std::string_view, 7> kSkipped = {"w:del",         "w:movefrom",     "mc:fallback", "w:pprchange",
                                                      "w:rprchange", "w:sectprchange", "w:tblprchange"};

std::string_view value_of(const HtmlToken& token, std::string_view name = "w:val") noexcept {
  const auto* value = token.attribute(name);
  return value == nullptr ? std::string_view() : *value;
}

// <w:b/>, <w:b w:val="true"/>.
bool is_on(const HtmlToken& token) noexcept {
  const auto value = value_of(token);
  return value != "0" && value != "false" && value != "off" && value != "none";
}

int number(std::string_view text, int otherwise) noexcept {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

}  // namespace

void DocxHtml::add(std::string_view xml) {
  HtmlTokenizer tokens(xml, true);
  tokens.set_foreign(true);
  HtmlToken token;
  for (tokens.next(token); token.kind != HtmlToken::Kind::end_of_file; tokens.next(token)) {
    if (token.kind == HtmlToken::Kind::start_tag) start(token);
    if (token.kind == HtmlToken::Kind::end_tag) end(token);
    if (token.kind == HtmlToken::Kind::text && in_text_) text(xml.substr(token.start, token.end - token.start), token.has_references);
  }
  while (!paragraphs_.empty()) end_paragraph();
  cells_.clear();
}

void DocxHtml::start(const HtmlToken& token) {
  if (!skipped_.empty()) {
    skipped_depth_ += token.name == skipped_ && !token.is_self_closing ? 1 : 0;
    return;
  }
  if (std::find(kSkipped.begin(), kSkipped.end(), token.name) != kSkipped.end()) {
    if (token.is_self_closing) return;
    skipped_ = token.name;
    skipped_depth_ = 1;
    return;
  }
  start_place(token);
  start_property(token);
  start_sign(token);
}

void DocxHtml::start_place(const HtmlToken& token) {
  if (token.is_self_closing) return;
  if (token.name == "w:p" && paragraphs_.size() < kDeepest) {
    write_cell();
    paragraphs_.emplace_back();
  } else if (token.name == "w:ppr") {
    in_paragraph_properties_ = true;
  } else if (token.name == "w:r") {
    is_bold_ = is_hidden_ = false;
  } else if (token.name == "w:t") {
    in_text_ = true;
  } else if (token.name == "w:tbl") {
    write_cell();
    html_ += "<table>\n";
  } else if (token.name == "w:tr") {
    html_ += "<tr>";
  } else if (token.name == "w:tc" && cells_.size() < kDeepest) {
    cells_.emplace_back();
  } else if (token.name == "w:footnote" || token.name == "w:endnote") {
    begin_note(token);
  }
}

void DocxHtml::start_property(const HtmlToken& token) {
  if (token.name == "w:gridspan" && !cells_.empty())
    cells_.back().columns = static_cast<std::uint32_t>(std::clamp(number(value_of(token), 1), 1, static_cast<int>(kMostColumns)));
  if (!in_paragraph_properties_) {
    if (token.name == "w:b") is_bold_ = is_on(token);
    if (token.name == "w:vanish") is_hidden_ = is_on(token);
    return;
  }
  if (paragraphs_.empty()) return;
  auto& paragraph = paragraphs_.back();
  if (token.name == "w:pstyle") paragraph.style = value_of(token);
  if (token.name == "w:numid") paragraph.list = value_of(token);
  if (token.name == "w:ilvl") paragraph.list_level = std::clamp(number(value_of(token), 0), 0, kDeepestList - 1);
  if (token.name == "w:outlinelvl" && number(value_of(token), 9) < 6) paragraph.level = std::max(number(value_of(token), 0), 0) + 1;
}

void DocxHtml::start_sign(const HtmlToken& token) {
  if (in_paragraph_properties_) return;  // <w:tab/> is there a place of the ruler
  if (token.name == "w:tab" || token.name == "w:ptab") write(" ", false);
  if (token.name == "w:br" || token.name == "w:cr") write(value_of(token, "w:type").empty() ? "<br/>" : " ", false);
  if (token.name == "w:nobreakhyphen") write("-", true);
  if (token.name == "w:footnotereference" || token.name == "w:endnotereference") call_note(token);
}

void DocxHtml::end(const HtmlToken& token) {
  if (!skipped_.empty()) {
    if (token.name == skipped_ && --skipped_depth_ == 0) skipped_.clear();
    return;
  }
  if (token.name == "w:p") return end_paragraph();
  if (token.name == "w:ppr") in_paragraph_properties_ = false;
  if (token.name == "w:t") in_text_ = false;
  if (token.name == "w:tbl") html_ += "</table>\n";
  if (token.name == "w:tr") html_ += "</tr>\n";
  if (token.name != "w:tc" || cells_.empty()) return;
  write_cell();
  cells_.pop_back();
  html_ += "</td>";
}

void DocxHtml::text(std::string_view raw, bool has_references) {
  if (!skipped_.empty() || is_hidden_ || raw.empty()) return;
  const auto words = has_references ? std::string(raw) : escaped(raw);
  write(is_bold_ ? "<b>" + words + "</b>" : words, raw.find_first_not_of(" \t\r\n") != std::string_view::npos);
}

void DocxHtml::write(std::string_view html, bool is_text) {
  if (html_.size() + html.size() > most_bytes_)
    throw Error(ErrorCode::limit, "its text has more than " + std::to_string(most_bytes_) + " bytes");
  if (paragraphs_.empty()) return;
  auto& paragraph = paragraphs_.back();
  if (is_text && note_ != 0) paragraph.html += "[" + std::to_string(std::exchange(note_, 0)) + "] ";
  paragraph.html += html;
  paragraph.has_text = paragraph.has_text || is_text;
  if (paragraph.html.size() > most_bytes_)
    throw Error(ErrorCode::limit, "its text has more than " + std::to_string(most_bytes_) + " bytes");
}

void DocxHtml::write_cell() {
  if (cells_.empty() || std::exchange(cells_.back().is_written, true)) return;
  html_ += "<td colspan=\"" + std::to_string(cells_.back().columns) + "\">";
}

void DocxHtml::end_paragraph() {
  in_text_ = in_paragraph_properties_ = false;
  if (paragraphs_.empty()) return;
  const Paragraph paragraph = std::move(paragraphs_.back());
  paragraphs_.pop_back();
  if (!paragraph.has_text) return;
  static const DocxStyle kPlain;
  const auto known = styles_.find(paragraph.style);
  const auto& style = known == styles_.end() ? kPlain : known->second;
  const int level = cells_.empty() ? std::max(paragraph.level, style.level) : 0;
  const auto& list = paragraph.list.empty() ? style.list : paragraph.list;
  if (level > 0) {
    const auto name = "h" + std::to_string(std::min(level, 6));
    html_ += "<" + name + ">" + paragraph.html + "</" + name + ">\n";
  } else if (style.is_contents) {
    html_ += "<nav>" + paragraph.html + "</nav>\n";
  } else if (!list.empty() && list != "0" && cells_.empty()) {
    write_item(paragraph, list);
  } else {
    html_ += "<p>" + paragraph.html + "</p>\n";
  }
}

void DocxHtml::write_item(const Paragraph& paragraph, const std::string& list) {
  const auto count = lists_.next(list, paragraph.list_level);
  const std::string name = count == 0 ? "ul" : "ol";
  for (int i = 0; i < paragraph.list_level; ++i) html_ += "<ul>";
  html_ += "<" + name + (count == 0 ? "" : " start=\"" + std::to_string(count) + "\"") + "><li>" + paragraph.html + "</li></" + name + ">";
  for (int i = 0; i < paragraph.list_level; ++i) html_ += "</ul>";
  html_ += "\n";
}

void DocxHtml::call_note(const HtmlToken& token) {
  const auto kind = token.name.substr(0, token.name.find("reference"));
  const auto number = notes_.try_emplace(kind + " " + std::string(value_of(token, "w:id")), static_cast<std::uint32_t>(notes_.size() + 1)).first->second;
  write("[" + std::to_string(number) + "]", true);
}

// Notes that nobody calls for are the lines that part notes from the text.
void DocxHtml::begin_note(const HtmlToken& token) {
  const auto found = notes_.find(token.name + " " + std::string(value_of(token, "w:id")));
  note_ = found == notes_.end() ? 0 : found->second;
}

}  // namespace policygraph::inline v0::detail::document
