#include <algorithm>
#include <optional>

#include "document/block_zones.hpp"
#include "document/cues.hpp"
#include "document/document_date.hpp"
#include "document/front_matter.hpp"
#include "document/markers.hpp"
#include "document/readers.hpp"
#include "document/source_text.hpp"
#include "document/text_lines.hpp"
#include "document/text_tables.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

// Plain text and the little of Markdown that tells headings.
namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kMostHeadingLetters = 100;
constexpr std::size_t kMostTitleLetters = 220;
constexpr std::size_t kLongestTitle = 800;
constexpr std::size_t kTitleParagraphs = 4;  // among the first, a heading may be as long as titles are
constexpr std::uint32_t kWidestTightHeading = 80;

std::string_view cut(std::string_view text, Span span) { return text.substr(span.start, span.size()); }

struct Letters {
  std::size_t upper = 0;
  std::size_t lower = 0;
  bool starts_high = false;  // with a capital, a digit or an opening mark
};

Letters letters_of(std::string_view line) noexcept {
  Letters letters;
  for (std::size_t at = 0; at < line.size();) {
    const auto byte = static_cast<unsigned char>(line[at]);
    const auto c = byte < 0x80 ? CodePoint{byte, 1} : code_point_at(line, at);
    const bool is_ascii = c.value < 0x80;
    const bool is_russian = c.value >= 0x410 && c.value < 0x450;  // the capitals come first
    const bool is_low = is_ascii ? c.value >= 'a' && c.value <= 'z' : is_russian ? c.value >= 0x430 : is_lower(c.value);
    if (at == 0) letters.starts_high = !is_low && c.value != ',' && c.value != '.';
    letters.upper += (is_ascii ? c.value >= 'A' && c.value <= 'Z' : is_russian ? !is_low : is_upper(c.value)) ? 1 : 0;
    letters.lower += is_low ? 1 : 0;
    at += c.size;
  }
  return letters;
}

bool is_all_upper(const Letters& letters) noexcept { return letters.upper >= 3 && letters.lower == 0; }

bool ends_with_stop(std::string_view line) noexcept {
  const auto last = code_point_before(line, line.size()).value;
  return last == '.' || last == ';' || last == ',' || last == ':' || last == '!' || last == 0x2026;
}

// "Received: 26.02.26": a label and its value are no heading.
bool is_labelled_value(std::string_view line) {
  const auto colon = line.find(": ");
  return colon != std::string_view::npos && (find_date(line.substr(colon)).has_value() || starts_keywords(line));
}

class TextBlocks {
 public:
  explicit TextBlocks(std::string_view text_view)
      : text_(text_view), lines_(read_lines(text_view)), paragraphs_(read_paragraphs(text_view, lines_)) {}

  std::vector<Block> read() {
    std::vector<Block> blocks;
    blocks.reserve(paragraphs_.size());
    title_run_ = title_run();
    for (std::size_t i = 0; i < paragraphs_.size(); ++i) blocks.push_back(block_of(i));
    settle_levels(blocks);
    return blocks;
  }

 private:
  Block block_of(std::size_t i) {
    const auto& paragraph = paragraphs_[i];
    const auto line = cut(text_, paragraph.span);
    Block block;
    block.span = paragraph.span;
    if (const auto depth = markdown_depth(line)) {
      block.zone = Zone::heading;
      block.level = static_cast<std::uint8_t>(*depth);
      block.span.start += static_cast<std::uint32_t>(*depth);
      return block;
    }
    if (is_heading(i, line)) {
      block.zone = Zone::heading;
      in_references_ = is_reference_heading(line);
      return block;
    }
    if (paragraph.starts_item) take_marker(block, line, lines_[paragraph.first].indent);
    return block;
  }

  static std::optional<std::size_t> markdown_depth(std::string_view line) noexcept {
    const auto depth = std::min(line.find_first_not_of('#'), line.size());
    const bool is_heading = depth >= 1 && depth <= 6 && depth < line.size() && line[depth] == ' ' &&
                            line.find('\n') == std::string_view::npos;
    return is_heading ? std::optional(depth) : std::nullopt;
  }

  static void take_marker(Block& block, std::string_view line, std::uint32_t indent) {
    const auto marker = marker_at(line);
    if (!marker || marker->size >= line.size()) return;
    block.zone = Zone::list_item;
    block.level = static_cast<std::uint8_t>(1 + std::min(indent / 4, 9U));
    block.marker = marker->name;
    block.span.start += static_cast<std::uint32_t>(marker->size);
  }

  bool is_heading(std::size_t i, std::string_view line) const {
    const auto& paragraph = paragraphs_[i];
    if (paragraph.last - paragraph.first > 3 || line.size() > kLongestTitle || i + 1 == paragraphs_.size())
      return false;
    const Letters letters = letters_of(line);
    const bool may_be_long = i < kTitleParagraphs || is_all_upper(letters);
    if (letters.upper + letters.lower > (may_be_long ? kMostTitleLetters : kMostHeadingLetters)) return false;
    if (!letters.starts_high || letters.upper + letters.lower < 3) return false;
    if (is_bare_link(line) || is_labelled_value(line) || find_date_only(line)) return false;
    if (paragraph.after_empty && is_section_line(line) && line.size() <= kLongestTitle / 2) return true;
    if (ends_with_stop(line)) return false;
    if (paragraph.starts_item && !is_numbered_heading(i, line, letters)) return false;
    if (in_references_) return is_all_upper(letters);
    if (i < title_run_) return true;
    return is_all_upper(letters) ? stands_free(i) : stands_alone(i);
  }

  static bool find_date_only(std::string_view line) {
    const auto found = line.size() <= 64 ? find_date(line) : std::nullopt;
    return found && found->span.size() * 2 >= line.size();
  }

  // How many of the first paragraphs are a title over several lines, as acts have it: up to the first empty line,
  // without a stop.
  std::size_t title_run() const noexcept {
    for (std::size_t i = 0; i + 1 < paragraphs_.size() && i < kTitleParagraphs; ++i) {
      const auto& paragraph = paragraphs_[i];
      if (paragraph.starts_item || paragraph.last - paragraph.first > 3 || ends_with_stop(cut(text_, paragraph.span)))
        return 0;
      if (paragraph.before_empty) return i + 1;
    }
    return 0;
  }

  // "1. Introduction" among paragraphs, not an item among items.
  bool is_numbered_heading(std::size_t i, std::string_view line, const Letters& letters) const {
    if (heading_number_depth(line) == 0 || paragraphs_[i + 1].starts_item) return false;
    if (i > 0 && paragraphs_[i - 1].starts_item) return is_all_upper(letters);
    return paragraphs_[i].after_empty && paragraphs_[i].before_empty;
  }

  bool stands_free(std::size_t i) const noexcept { return paragraphs_[i].after_empty || paragraphs_[i].before_empty; }

  // Between empty lines; or, in a text without them, a short line before a long one.
  bool stands_alone(std::size_t i) const {
    const auto& paragraph = paragraphs_[i];
    if (paragraph.after_empty && paragraph.before_empty) return true;
    if (paragraph.before_empty || lines_[paragraph.first].width > kWidestTightHeading) return false;
    const auto next = cut(text_, paragraphs_[i + 1].span);
    const bool follows_end = i == 0 || paragraph.after_empty || ends_with_stop(cut(text_, paragraphs_[i - 1].span));
    return follows_end && next.size() >= 2 * paragraph.span.size() && next.size() >= 120 && ends_with_stop(next);
  }

  // Upper case stands over the rest where a text has both; numbers say their depth.
  void settle_levels(std::vector<Block>& blocks) const {
    const auto is_upper_heading = [&](const Block& block) {
      return block.zone == Zone::heading && is_all_upper(letters_of(cut(text_, block.span)));
    };
    const bool has_upper = std::any_of(blocks.begin(), blocks.end(), is_upper_heading);
    for (auto& block : blocks) {
      if (block.zone != Zone::heading || block.level != 0) continue;
      const auto depth = heading_number_depth(cut(text_, block.span));
      if (depth > 0)
        block.level = static_cast<std::uint8_t>(std::min<std::size_t>(depth + 1, 6));
      else
        block.level = has_upper && !is_upper_heading(block) ? 3 : 2;
    }
  }

  std::string_view text_;
  std::vector<TextLine> lines_;
  std::vector<TextParagraph> paragraphs_;
  std::size_t title_run_ = 0;
  bool in_references_ = false;
};

void take_front_matter(Reading& reading) {
  const auto title = find_title(reading.text, reading.blocks);
  if (title.block) {
    auto& block = reading.blocks[*title.block];
    block.level = 1;
    reading.title_span = block.span;
    reading.inferred.title = one_line(cut(reading.text, block.span));
  }
  reading.inferred.publisher = title.masthead;
  if (const auto date = find_published(reading.text, reading.blocks)) {
    reading.inferred.published = date->date;
    reading.date_span = date->span;
  }
}

Reading read_source(SourceText source) {
  NormalisedText normal = normalise(source.text);
  Reading reading;
  reading.map = OffsetMap::compose(std::move(source.map), std::move(normal.map));
  reading.text = std::move(normal.text);
  reading.diagnostics = std::move(source.diagnostics);
  reading.blocks = split_table_rows(reading.text, TextBlocks(reading.text).read());
  trim_blocks(reading.text, reading.blocks);
  settle_zones(reading.text, reading.blocks);
  take_front_matter(reading);
  return reading;
}

}  // namespace

Reading read_text(const ReadRequest& request) {
  return read_source(decode_source(request.bytes, request.name, request.encoding, {}));
}

Reading read_plain(std::string_view text, std::string_view name) {
  return read_source(decode_source(text, name, "utf-8", {}));
}

}  // namespace policygraph::inline v0::detail::document
