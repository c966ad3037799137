#include "document/html_tokenizer.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::document {
namespace {

constexpr bool is_html_blank(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr bool is_ascii_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }

bool equal_lower(std::string_view text, std::string_view in_lower) noexcept {
  return text.size() == in_lower.size() &&
         std::equal(text.begin(), text.end(), in_lower.begin(), [](char a, char b) { return lower(a) == b; });
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) noexcept {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

const std::string_view* HtmlToken::attribute(std::string_view attribute_name) const noexcept {
  for (const auto& one : attributes) {
    if (equal_lower(one.name, attribute_name)) return &one.value;
  }
  return nullptr;
}

void HtmlTokenizer::next(HtmlToken& token) {
  token.kind = HtmlToken::Kind::end_of_file;
  token.name.clear();
  token.attributes.clear();
  token.is_self_closing = token.has_references = token.is_raw = false;
  token.start = token.end = at_;
  while (at_ < html_.size()) {
    if (content_ != Content::data) {
      raw_content(token);
      if (token.kind != HtmlToken::Kind::end_of_file) return;
    } else if (html_[at_] != '<') {
      return data(token);
    } else if (markup(token)) {
      return;
    }
    token.start = at_;
  }
  token.start = token.end = html_.size();
}

// Data state: everything up to the next '<'. A '<' that opens nothing is data too, and was passed over by `markup`.
void HtmlTokenizer::data(HtmlToken& token) { emit_text(token, std::min(html_.find('<', at_), html_.size()), true); }

void HtmlTokenizer::emit_text(HtmlToken& token, std::size_t end, bool has_references) {
  token.kind = HtmlToken::Kind::text;
  token.start = at_;
  token.end = end;
  token.has_references = has_references;
  at_ = end;
}

// Tag open state. False: bytes were dropped and no token was made.
bool HtmlTokenizer::markup(HtmlToken& token) {
  const char c = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
  if (is_ascii_letter(c)) return tag(token, false);
  if (c == '!') return markup_declaration(token);
  if (c == '?') {
    bogus_comment(token);
    return true;
  }
  if (c == '/' && at_ + 2 < html_.size()) {
    if (is_ascii_letter(html_[at_ + 2])) return tag(token, true);
    if (html_[at_ + 2] == '>') {
      at_ += 3;
      return false;
    }
    bogus_comment(token);
    return true;
  }
  emit_text(token, std::min(html_.find('<', at_ + 1), html_.size()), true);
  return true;
}

// Tag name, attribute and self-closing start tag states. At the end of the file the unfinished tag is dropped.
bool HtmlTokenizer::tag(HtmlToken& token, bool is_end) {
  const std::size_t start = at_;
  at_ += is_end ? 2 : 1;
  for (; at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>'; ++at_) {
    token.name += lower(html_[at_]);
  }
  while (attribute(token)) {
  }
  if (at_ >= html_.size()) {
    ended_in_tag_ = true;
    token.name.clear();
    token.attributes.clear();
    return false;
  }
  ++at_;
  token.kind = is_end ? HtmlToken::Kind::end_tag : HtmlToken::Kind::start_tag;
  token.start = start;
  token.end = at_;
  if (!is_end) choose_content(token);
  return true;
}

// Before attribute name to after attribute value. False at '>' and at the end of the file.
bool HtmlTokenizer::attribute(HtmlToken& token) {
  const std::size_t before = at_;
  while (at_ < html_.size() && (is_html_blank(html_[at_]) || html_[at_] == '/')) ++at_;
  if (at_ >= html_.size()) return false;
  if (html_[at_] == '>') {
    token.is_self_closing = at_ > before && html_[at_ - 1] == '/';
    return false;
  }
  const std::size_t start = at_++;  // a leading '=' belongs to the name
  while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '/' && html_[at_] != '>' &&
         html_[at_] != '=') {
    ++at_;
  }
  HtmlAttribute found{html_.substr(start, at_ - start), {}};
  skip_blanks();
  if (at_ < html_.size() && html_[at_] == '=') {
    ++at_;
    found.value = attribute_value();
  }
  if (token.attributes.size() < kMaxAttributes) token.attributes.push_back(found);
  return true;
}

std::string_view HtmlTokenizer::attribute_value() {
  skip_blanks();
  if (at_ >= html_.size() || html_[at_] == '>') return {};
  const char quote = html_[at_];
  if (quote == '"' || quote == '\'') {
    const std::size_t start = ++at_;
    const std::size_t end = std::min(html_.find(quote, start), html_.size());
    at_ = std::min(end + 1, html_.size());
    return html_.substr(start, end - start);
  }
  const std::size_t start = at_;
  while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '>') ++at_;
  return html_.substr(start, at_ - start);
}

void HtmlTokenizer::skip_blanks() noexcept {
  while (at_ < html_.size() && is_html_blank(html_[at_])) ++at_;
}

// Markup declaration open state.
bool HtmlTokenizer::markup_declaration(HtmlToken& token) {
  if (html_.substr(at_, 4) == "<!--") {
    comment(token);
  } else if (is_name_at(at_ + 2, "doctype")) {
    bogus_comment(token);
    token.kind = HtmlToken::Kind::doctype;
  } else if (html_.substr(at_, 9) == "<![CDATA[" && is_foreign_) {
    cdata(token);
    return token.kind != HtmlToken::Kind::end_of_file;
  } else {
    bogus_comment(token);
  }
  return true;
}

// Comment states: ended by "-->" and "--!>"; "<!-->" and "<!--->" are empty comments.
void HtmlTokenizer::comment(HtmlToken& token) {
  token.kind = HtmlToken::Kind::comment;
  token.start = at_;
  std::size_t dashes = 2;
  for (at_ += 4; at_ < html_.size(); ++at_) {
    const char c = html_[at_];
    if (c == '-') {
      ++dashes;
    } else if (c == '>' && dashes >= 2) {
      break;
    } else if (c == '!' && dashes >= 2 && at_ >= token.start + 6 && html_.substr(at_ + 1, 1) == ">") {
      ++at_;
      break;
    } else {
      dashes = 0;
      at_ = std::min(html_.find_first_of("->", at_ + 1), html_.size()) - 1;
    }
  }
  at_ = std::min(at_ + 1, html_.size());
  token.end = at_;
}

void HtmlTokenizer::bogus_comment(HtmlToken& token) {
  token.kind = HtmlToken::Kind::comment;
  token.start = at_;
  at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
  token.end = at_;
}

// CDATA section state; an empty section makes no token.
void HtmlTokenizer::cdata(HtmlToken& token) {
  at_ += 9;
  const std::size_t close = html_.find("]]>", at_);
  const std::size_t end = std::min(close, html_.size());
  if (end > at_) emit_text(token, end, false);
  at_ = close == std::string_view::npos ? html_.size() : close + 3;
}

// RCDATA, RAWTEXT, script data and PLAINTEXT states: all up to the appropriate end tag, in one token.
void HtmlTokenizer::raw_content(HtmlToken& token) {
  const auto content = content_;
  content_ = Content::data;
  std::size_t end = html_.size();
  if (content == Content::script) end = end_of_script();
  if (content == Content::rcdata || content == Content::raw) end = end_of_raw();
  if (end == html_.size()) ended_in_raw_content_ = content != Content::plain;
  if (end == at_) return;
  emit_text(token, end, content == Content::rcdata);
  token.is_raw = content == Content::raw || content == Content::script;
}

std::size_t HtmlTokenizer::end_of_raw() const noexcept {
  for (auto at = html_.find("</", at_); at != std::string_view::npos; at = html_.find("</", at + 2)) {
    if (is_tag_name_at(at + 2, content_name_)) return at;
  }
  return html_.size();
}

// Script data with its escapes: after "<!--" (escaped) a "<script" makes it double-escaped, where "</script" only leads
// back to escaped; "-->" ends both. "<!-->" opens nothing.
std::size_t HtmlTokenizer::end_of_script() const noexcept {
  enum { plain, escaped, double_escaped } state = plain;
  std::size_t dashes = 0;
  for (std::size_t at = at_; at < html_.size(); ++at) {
    const char c = html_[at];
    if (c == '-') {
      ++dashes;
      continue;
    }
    if (c == '>' && dashes >= 2) state = plain;
    dashes = 0;
    if (c != '<') continue;
    if (html_.substr(at + 1, 1) == "/" && is_tag_name_at(at + 2, "script")) {
      if (state != double_escaped) return at;
      state = escaped;
    } else if (state == plain && html_.substr(at, 4) == "<!--") {
      state = escaped;
      dashes = 2;
      at += 3;
    } else if (state == escaped && is_tag_name_at(at + 1, "script")) {
      state = double_escaped;
    }
  }
  return html_.size();
}

bool HtmlTokenizer::is_name_at(std::size_t offset, std::string_view name) const noexcept {
  return offset <= html_.size() && equal_lower(html_.substr(offset, name.size()), name);
}

// The name, and after it what ends a tag's name.
bool HtmlTokenizer::is_tag_name_at(std::size_t offset, std::string_view name) const noexcept {
  const std::size_t end = offset + name.size();
  if (end >= html_.size() || !is_name_at(offset, name)) return false;
  return is_html_blank(html_[end]) || html_[end] == '/' || html_[end] == '>';
}

void HtmlTokenizer::choose_content(const HtmlToken& token) {
  if (is_foreign_ || (is_xml_ && token.is_self_closing)) return;
  if (is_one_of(token.name, {"title", "textarea"})) content_ = Content::rcdata;
  if (is_one_of(token.name, {"style", "xmp", "iframe", "noembed", "noframes"})) content_ = Content::raw;
  if (token.name == "script") content_ = Content::script;
  if (token.name == "plaintext") content_ = Content::plain;
  if (content_ != Content::data) content_name_ = token.name;
}

}  // namespace policygraph::inline v0::detail::document
