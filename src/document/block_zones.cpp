#include "document/block_zones.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>
#include <utility>

#include "document/cues.hpp"
#include "document/markers.hpp"
#include "document/source_text.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kLongestNotice = 600;
constexpr std::size_t kLongestStart = 400;
constexpr std::size_t kLongestOneWordStart = 60;
constexpr std::size_t kLongestAddress = 160;
constexpr std::size_t kLongestLabel = 60;
constexpr std::size_t kLongestRepeated = 80;
constexpr std::size_t kRepeatedOften = 3;
constexpr std::size_t kLongestTailLine = 150;
constexpr std::size_t kLongestReferenceHeading = 80;

std::string_view cut(std::string_view text, Span span) { return text.substr(span.start, span.size()); }

bool is_prose(Zone zone) noexcept {
  return zone == Zone::body || zone == Zone::heading || zone == Zone::list_item || zone == Zone::caption;
}

bool is_digit_byte(char c) noexcept { return c >= '0' && c <= '9'; }

bool has_digit(std::string_view text) noexcept { return std::any_of(text.begin(), text.end(), is_digit_byte); }

bool ends_sentence(std::string_view block) noexcept {
  const char last = block.back();
  return last == '.' || last == ';' || last == '!' || last == '?' || last == ':';
}

// A word of five or six digits, as postal codes are.
bool has_postal_code(std::string_view folded) noexcept {
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    const auto word = folded.substr(at, end - at);
    if ((word.size() == 5 || word.size() == 6) && std::all_of(word.begin(), word.end(), is_digit_byte)) return true;
    at = end + 1;
  }
  return false;
}

bool is_address(std::string_view block, std::string_view folded) {
  const auto& cues = TextCues::built_in();
  if (block.size() > kLongestAddress || ends_sentence(block)) return false;
  if (has_postal_code(folded) && cues.street_words.within(folded) && block.find(',') != std::string_view::npos)
    return true;
  const bool has_contact = has_digit(block) || block.find('@') != std::string_view::npos;
  return has_contact && cues.contact_starts.starts(folded) > 0 && cues.contact_starts.is(label_of(block));
}

bool is_breadcrumbs(std::string_view block, std::string_view folded) {
  if (block.size() > kLongestAddress) return false;
  constexpr std::array<std::string_view, 6> kMarks = {" > ", " » ", " › ", " / ", " → ", " \\ "};
  for (const auto mark : kMarks) {
    if (block.find(mark.substr(1, mark.size() - 2)) == std::string_view::npos) continue;  // blanks are many, marks few
    std::size_t count = 0;
    for (auto at = block.find(mark); at != std::string_view::npos; at = block.find(mark, at + mark.size())) ++count;
    if (count >= 1 && TextCues::built_in().home_words.starts(folded) > 0) return true;
    if (count >= 2 && (mark == " > " || mark == " › " || mark == " → ")) return true;
  }
  return false;
}

// "12", "- 12 -", "12 / 40"
bool is_page_number(std::string_view block, std::string_view folded) noexcept {
  return block.size() <= 12 && !folded.empty() && folded.size() <= 7 &&
         folded.find_first_not_of("0123456789 ") == std::string_view::npos;
}

bool is_notice(std::string_view block, std::string_view folded) {
  const auto& cues = TextCues::built_in();
  if (cues.furniture_lines.is(folded)) return true;
  const auto start = cues.furniture_starts.starts(folded);
  const bool is_one_word = folded.substr(0, start).find(' ') == std::string_view::npos;
  if (start > 0 && block.size() <= (is_one_word ? kLongestOneWordStart : kLongestStart)) return true;
  return cues.furniture_parts.within(folded);
}

// `folded` becomes the block's words, unless it is longer than any furniture or a bare link.
bool is_furniture(std::string_view block, std::string& folded) {
  if (block.size() > kLongestNotice) return false;
  if (is_bare_link(block)) return true;
  folded = fold_name(block);
  if (folded.empty()) return true;  // a rule: "* * *", "-----"
  return is_notice(block, folded) || is_address(block, folded) || is_breadcrumbs(block, folded) ||
         is_page_number(block, folded);
}

// Running heads and feet: short lines without a stop that come again and again.
void settle_repeated(std::string_view text, std::vector<Block>& blocks) {
  std::unordered_map<std::string_view, std::size_t> counts;
  const auto may_repeat = [](const Block& block) {
    return (block.zone == Zone::body || block.zone == Zone::heading) && block.span.size() <= kLongestRepeated;
  };
  for (const auto& block : blocks) {
    if (may_repeat(block)) ++counts[cut(text, block.span)];
  }
  for (auto& block : blocks) {
    if (!may_repeat(block)) continue;
    const auto line = cut(text, block.span);
    if (counts[line] >= kRepeatedOften && !ends_sentence(line)) block.zone = Zone::furniture;
  }
}

// What stands among furniture at the end of a page is furniture: the lines of a menu, a postal address. Sentences are
// not.
void settle_tail(std::string_view text, std::vector<Block>& blocks) {
  std::size_t first = blocks.size();
  std::size_t last = 0;
  std::size_t marks = 0;
  for (std::size_t i = blocks.size(); i > 0; --i) {
    const auto& block = blocks[i - 1];
    if (block.zone == Zone::furniture) {
      first = i - 1;
      last = std::max(last, i);
      ++marks;
    } else if (block.span.size() > kLongestTailLine || !is_prose(block.zone) || ends_sentence(cut(text, block.span))) {
      break;
    }
  }
  if (marks < 2) return;
  for (std::size_t i = first; i < last; ++i) blocks[i].zone = Zone::furniture;
}

bool is_folded_reference_heading(std::string_view folded) {
  folded.remove_prefix(std::min(folded.find_first_not_of("0123456789 "), folded.size()));
  return TextCues::built_in().reference_headings.is(folded);
}

// Blocks under the heading of a bibliography or an abstract, up to the next heading that is no deeper.
class Sections {
 public:
  explicit Sections(std::string_view text_view) : text_(text_view) {}

  // Furniture that stood as a heading ends a section too.
  void pass(const Block& block) {
    if (block.level >= 1 && block.level <= level_ && block.marker.empty()) zone_ = Zone::body;
  }

  // `folded`: the words of a short block of prose.
  void settle(Block& block, std::string_view folded) {
    const auto line = cut(text_, block.span);
    if (is_prose(block.zone) && line.size() <= kLongestReferenceHeading && opens(folded)) {
      block.zone = Zone::heading;
      if (block.level == 0 || block.level > 6) block.level = 2;
      level_ = block.level;
      return;
    }
    if (block.zone == Zone::heading && block.level <= level_) zone_ = Zone::body;
    if (std::exchange(may_be_notes_, false) && !is_source(line)) zone_ = Zone::body;
    if (zone_ == Zone::body || !(is_prose(block.zone) || block.zone == Zone::quote) || block.zone == Zone::heading)
      return;
    block.zone = zone_;
    if (zone_ == Zone::reference) take_marker(block, line);
  }

 private:
  bool opens(std::string_view folded) {
    may_be_notes_ = TextCues::built_in().note_headings.is(folded);
    if (is_folded_reference_heading(folded))
      zone_ = Zone::reference;
    else if (TextCues::built_in().keyword_starts.is(folded))
      zone_ = Zone::keywords;
    else
      return false;
    return true;
  }

  // The first line below "Примечания": a source, or a note to a table.
  static bool is_source(std::string_view line) {
    constexpr std::array<std::string_view, 7> kParts = {"http", "www.", "//", "↑", "ISBN", " С. ", " — М."};
    return line.starts_with('[') || line.starts_with('^') || std::ranges::any_of(kParts, [&](std::string_view part) {
             return line.find(part) != std::string_view::npos;
           });
  }

  static void take_marker(Block& block, std::string_view line) {
    if (!block.marker.empty() && block.marker.front() == '[') return;
    const auto marker = marker_at(line);
    if (!marker || marker->size >= line.size()) return;
    block.marker = marker->name;
    block.span.start += static_cast<std::uint32_t>(marker->size);
  }

  std::string_view text_;
  Zone zone_ = Zone::body;
  std::uint8_t level_ = 0;
  bool may_be_notes_ = false;
};

}  // namespace

bool is_reference_heading(std::string_view line) {
  return line.size() <= kLongestReferenceHeading && is_folded_reference_heading(fold_name(line));
}

std::string label_of(std::string_view block) {
  constexpr std::array<std::string_view, 5> kEnds = {":", ".", "—", "–", "\n"};
  const auto head = block.substr(0, kLongestLabel);
  std::size_t end = std::string_view::npos;
  for (const auto mark : kEnds) end = std::min(end, head.find(mark));
  return end == std::string_view::npos ? std::string() : fold_name(head.substr(0, end));
}

bool starts_keywords(std::string_view block) { return TextCues::built_in().keyword_starts.is(label_of(block)); }

bool is_section_line(std::string_view line) {
  if (line.substr(0, 64).find_first_of("0123456789IVXivx") == std::string_view::npos) return false;
  const std::string folded = fold_name(line.substr(0, 64));
  const auto& words = TextCues::built_in().section_words;
  const auto digits = std::min(folded.find_first_not_of("0123456789 "), folded.size());
  const auto size = words.starts(std::string_view(folded).substr(digits));
  if (size == 0) return false;
  const auto rest = std::string_view(folded).substr(digits + size);
  const bool has_number_before = folded.find_first_of("0123456789") < digits;
  const auto roman = rest.substr(std::min<std::size_t>(1, rest.size()));
  const auto word_end = std::min(roman.find(' '), roman.size());
  const bool has_number_after =
      !roman.empty() && roman.substr(0, word_end).find_first_not_of("0123456789ivxlc") == std::string_view::npos;
  return has_number_before || has_number_after;
}

bool is_bare_link(std::string_view block) {
  if (block.size() > kLongestNotice) return false;
  if (block.starts_with('<') && block.ends_with('>')) block = block.substr(1, block.size() - 2);
  if (block.find_first_of(" \n\t") != std::string_view::npos) return false;
  if (block.starts_with("http://") || block.starts_with("https://") || block.starts_with("www.")) return true;
  const auto at = block.find('@');
  return at != std::string_view::npos && at > 0 && block.find('.', at) != std::string_view::npos;
}

void trim_blocks(std::string_view text, std::vector<Block>& blocks) {
  for (auto& block : blocks) block.span = trimmed(text, block.span);
  std::erase_if(blocks, [](const Block& block) { return block.span.empty(); });
}

void settle_zones(std::string_view text, std::vector<Block>& blocks) {
  Sections sections(text);
  std::string folded;
  for (auto& block : blocks) {
    const auto line = cut(text, block.span);
    if (is_prose(block.zone) && is_furniture(line, folded))
      block.zone = Zone::furniture;
    else if (block.zone == Zone::body && starts_keywords(line))
      block.zone = Zone::keywords;
    if (block.zone == Zone::furniture)
      sections.pass(block);
    else
      sections.settle(block, folded);
  }
  settle_repeated(text, blocks);
  settle_tail(text, blocks);
  for (auto& block : blocks) {
    if (block.zone != Zone::heading && block.zone != Zone::list_item) block.level = 0;
  }
}

}  // namespace policygraph::inline v0::detail::document
