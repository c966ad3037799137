#include "document/front_matter.hpp"

#include <algorithm>

#include "document/block_zones.hpp"
#include "document/cues.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::size_t kFrontBlocks = 60;
constexpr std::size_t kBackBlocks = 10;
constexpr std::size_t kLongestDateBlock = 300;
constexpr std::size_t kLongestDateLine = 48;
constexpr std::size_t kDateline = 80;

std::string_view cut(std::string_view text, Span span) { return text.substr(span.start, span.size()); }

FoundDate moved(FoundDate found, std::uint32_t by) noexcept {
  found.span.start += by;
  found.span.end += by;
  return found;
}

bool is_masthead(std::string_view line) { return TextCues::built_in().masthead_words.within(fold_name(line)); }

// Whether the heading stands over the address of its journal, or over a title that is longer.
bool is_head_of_journal(std::string_view text, const std::vector<Block>& blocks, std::size_t i) {
  if (i + 1 >= blocks.size() || blocks[i].span.size() > 200 || !is_masthead(cut(text, blocks[i].span))) return false;
  const auto& next = blocks[i + 1];
  return is_bare_link(cut(text, next.span)) || (next.zone == Zone::heading && next.span.size() > blocks[i].span.size());
}

// Calls `take` with the blocks where a date may stand, front first, until it gives one.
template <class Take>
std::optional<FoundDate> first_date(std::string_view text, const std::vector<Block>& blocks, Take take) {
  const std::size_t back = blocks.size() > kBackBlocks ? blocks.size() - kBackBlocks : 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (i >= kFrontBlocks && i < back) i = back;
    if (blocks[i].span.size() > kLongestDateBlock) continue;
    if (const auto found = take(cut(text, blocks[i].span))) return moved(*found, blocks[i].span.start);
  }
  return {};
}

std::optional<FoundDate> labelled_date(std::string_view block) {
  const auto found = find_date(block);
  if (!found) return {};
  const std::string before = fold_name(block.substr(0, found->span.start));
  return TextCues::built_in().published_starts.is(before) ? found : std::nullopt;
}

// A line with a date and little else: a time, the name of a place.
std::optional<FoundDate> date_line(std::string_view block) {
  if (block.size() > kLongestDateLine || block.find('\n') != std::string_view::npos) return {};
  const auto found = find_date(block);
  return found && found->span.size() * 2 >= block.size() ? found : std::nullopt;
}

// "TASHKENT, 12 May 2024 – The ministry ..."
std::optional<FoundDate> dateline(std::string_view text, const std::vector<Block>& blocks) {
  const auto first =
      std::find_if(blocks.begin(), blocks.end(), [](const Block& block) { return block.zone == Zone::body; });
  if (first == blocks.end()) return {};
  const auto head = cut(text, first->span).substr(0, kDateline);
  const auto found = find_date(head);
  if (!found) return {};
  auto rest = head.substr(found->span.end);
  rest.remove_prefix(std::min(rest.find_first_not_of(" ."), rest.size()));
  const bool is_head = rest.starts_with("–") || rest.starts_with("—") || rest.starts_with("- ") ||
                       rest.starts_with("/") || rest.starts_with(")");
  return is_head ? std::optional(moved(*found, first->span.start)) : std::nullopt;
}

}  // namespace

FoundTitle find_title(std::string_view text, std::vector<Block>& blocks) {
  FoundTitle title;
  for (std::size_t i = 0; i < std::min(blocks.size(), kFrontBlocks); ++i) {
    if (blocks[i].zone == Zone::furniture) continue;
    if (blocks[i].zone != Zone::heading) break;
    if (is_section_line(cut(text, blocks[i].span))) break;
    if (title.masthead.empty() && is_head_of_journal(text, blocks, i)) {
      title.masthead = one_line(cut(text, blocks[i].span));
      blocks[i].zone = Zone::furniture;
      blocks[i].level = 0;
    } else if (!title.block || blocks[i].span.size() > blocks[*title.block].span.size()) {
      title.block = i;
    }
  }
  return title;
}

std::optional<FoundDate> find_published(std::string_view text, const std::vector<Block>& blocks) {
  if (const auto found = first_date(text, blocks, labelled_date)) return found;
  if (const auto found = first_date(text, blocks, date_line)) return found;
  return dateline(text, blocks);
}

std::optional<Span> find_date_span(std::string_view text, const std::vector<Block>& blocks, const PartialDate& date) {
  const auto found = first_date(text, blocks, [&](std::string_view block) {
    const auto one = find_date(block);
    return one && one->date == date ? one : std::nullopt;
  });
  return found ? std::optional(found->span) : std::nullopt;
}

std::string one_line(std::string_view block) {
  std::string line;
  for (const char c : block) {
    const bool is_gap = c == '\n' || c == '\t' || c == ' ';
    if (is_gap && (line.empty() || line.back() == ' ')) continue;
    line += is_gap ? ' ' : c;
  }
  return line;
}

}  // namespace policygraph::inline v0::detail::document
