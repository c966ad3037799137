#include "document/html_text.hpp"

#include <algorithm>
#include <utility>

#include "document/html_references.hpp"
#include "document/readers.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr bool is_html_blank(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

bool is_one_blank(const std::string& text) noexcept { return text.size() == 1 && is_html_blank(text.front()); }

bool is_same_row(const Block& block, const HtmlPlace& place) noexcept {
  return place.table != 0 && block.table == place.table && block.row == place.row;
}

}  // namespace

void HtmlText::add(std::size_t start, std::size_t end, bool has_references, const HtmlPlace& place) {
  for (std::size_t at = start; at < end;) {
    const char c = html_[at];
    if (is_html_blank(c)) {
      blank(at++, c, place);
      continue;
    }
    if (c == '&' && has_references) {
      const auto found = html_reference_at(html_.substr(0, end), at, false);
      if (found.size > 0) {
        reference(at, found.size, found.text, place);
        at += found.size;
        continue;
      }
    }
    at = copy_words(at, end, place);
  }
}

// Words with one space between; where they end. Such a space is copied as it is.
std::size_t HtmlText::copy_words(std::size_t start, std::size_t end, const HtmlPlace& place) {
  const auto is_letter = [&](std::size_t i) { return i < end && !is_html_blank(html_[i]) && html_[i] != '&'; };
  std::size_t spaces = 0;
  std::size_t at = start + 1;
  while (is_letter(at) || (at + 1 < end && html_[at] == ' ' && is_letter(at + 1))) spaces += html_[at++] == ' ' ? 1 : 0;
  before_text(start, place);
  text_.append(html_.substr(start, at - start));
  map_.copy(start, at - start);
  const auto size = static_cast<std::uint32_t>(at - start - spaces);
  if (place.in_link) blocks_.back().link_bytes += size;
  if (place.is_bold) blocks_.back().bold_bytes += size;
  return at;
}

void HtmlText::reference(std::size_t source, std::size_t size, const std::string& text, const HtmlPlace& place) {
  if (is_one_blank(text)) return blank(source, ' ', place);
  before_text(source, place);
  text_.append(text);
  map_.replace(source, size, text.size());
}

void HtmlText::blank(std::size_t source, char c, const HtmlPlace& place) {
  if (!is_open_) return;
  if (place.is_preformatted && c == '\n') return break_line(place);
  if (place.is_preformatted && gap_ != Gap::line && c != '\r') {
    before_text(source, place);
    text_ += c;
    map_.copy(source, 1);
    return;
  }
  if (gap_ == Gap::none) {
    gap_ = Gap::blank;
    gap_start_ = source;
  }
  gap_end_ = source + 1;
}

void HtmlText::break_line(const HtmlPlace& place) {
  if (!is_open_) return;
  if (gap_ == Gap::line && place.zone != Zone::heading) return break_block();
  gap_ = Gap::line;
}

void HtmlText::break_block() {
  if (!is_open_) return;
  if (blocks_.size() >= kMaxBlocks) {
    gap_ = Gap::line;
    return;
  }
  blocks_.back().block.span.end = static_cast<std::uint32_t>(text_.size());
  is_open_ = false;
  gap_ = Gap::none;
}

void HtmlText::before_text(std::size_t source, const HtmlPlace& place) {
  if (!is_open_) return open_block(source, place);
  if (gap_ == Gap::line) {
    text_ += '\n';
    map_.replace(source, 0, 1);
  } else if (gap_ == Gap::blank) {
    text_ += ' ';
    const bool is_plain = gap_end_ == gap_start_ + 1 && html_[gap_start_] == ' ';
    if (is_plain)
      map_.copy(gap_start_, 1);
    else
      map_.replace(gap_start_, gap_end_ - gap_start_, 1);
  }
  gap_ = Gap::none;
}

void HtmlText::open_block(std::size_t source, const HtmlPlace& place) {
  if (!text_.empty()) {
    const std::size_t breaks = is_same_row(blocks_.back().block, place) ? 1 : 2;
    text_.append(breaks, '\n');
    map_.replace(source, 0, breaks);
  }
  HtmlBlock opened;
  opened.block.span.start = static_cast<std::uint32_t>(text_.size());
  opened.block.zone = place.zone;
  opened.block.level = place.level;
  opened.block.table = place.table;
  opened.block.row = place.row;
  opened.block.column = place.column;
  opened.block.marker = std::exchange(marker_, {});
  opened.form = place.form;
  opened.in_article = place.in_article;
  opened.is_furniture = place.is_furniture;
  blocks_.push_back(std::move(opened));
  is_open_ = true;
  gap_ = Gap::none;
}

void HtmlText::finish() {
  if (!is_open_) return;
  blocks_.back().block.span.end = static_cast<std::uint32_t>(text_.size());
  is_open_ = false;
}

}  // namespace policygraph::inline v0::detail::document
