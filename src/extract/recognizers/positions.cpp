#include "extract/recognizers/positions.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxTitle = 10;
constexpr std::uint32_t kMaxPost = 18;  // words between a title and the name it is told of

bool is_owner(const ExtractedMention& mention) {
  return mention.label == "Organization" || mention.label == "Agency" || mention.label == "Place";
}

// The end of what goes before "of the private" that leads to `at`; `at` when nothing leads there.
std::uint32_t before_link(const Words& words, std::uint32_t at) {
  std::uint32_t end = at;
  for (int i = 0; i < 3 && end > 0; ++i) {
    if (words.is_any(end - 1, {"of", "at", "for", "in", "to", "from"})) return end - 1;
    if (!words.is_small(end - 1)) return at;
    --end;
  }
  return at;
}

// The title that ends at `end`, with what joins it: "founder and director", "Minister of Foreign Affairs and Trade".
std::optional<Range> title_ending(const Words& words, std::uint32_t end) {
  const std::uint32_t limit = end > kMaxTitle ? end - kMaxTitle : 0;
  std::optional<Range> out;
  if (end == 0 || words.is_stop_word(end - 1)) return out;
  for (std::uint32_t i = end; i > limit; --i) {
    const std::uint32_t at = i - 1;
    const auto title = words.match_over("position_titles", at);
    if (title && title->range.last <= end) {
      out = Range{title->range.first, end};
      i = title->range.first + 1;
      continue;
    }
    const bool goes_on = words.is_capital(at) || words.is_any(at, {"of", "and", "the"});
    if (!goes_on || (out && !words.is(at, "and"))) break;
  }
  return out;
}

// Whose a title is, right before it: "Uzbekistan's President", "World Bank (WB) President", "the Uzbek President".
std::uint32_t with_possessor(const Words& words, const std::vector<Range>& owners, std::uint32_t first) {
  if (const auto people = words.match_before("demonyms", first)) return people->range.first;
  for (const std::uint32_t end : {first, first > 0 && words.is(first - 1, ")") ? first - 1 : first}) {
    const auto owner = std::ranges::find(owners, end, &Range::last);
    if (owner == owners.end()) continue;
    const bool is_city = words.match("cities", owner->first).has_value() && owner->size() == 1;
    if (words.is_possessive(end - 1) || !is_city) return owner->first;
  }
  return first;
}

// Whether a title goes on over a word: not past verbs and signs, but past a comma before another title.
bool goes_on(const Words& words, std::uint32_t at) {
  if (!words.is(at, ",")) return !is_break(words, at) || words.is_any(at, {"at", "from"});
  const std::uint32_t next = words.is(at + 1, "and") ? at + 2 : at + 1;
  return words.match("position_titles", next).has_value();
}

}  // namespace

namespace {

// What a post is told over: names, and the small words between them.
bool is_post_word(const Words& words, std::uint32_t at) {
  if (words.is(at, ",")) return words.is_capital(at - 1) && words.is_capital(at + 1);
  return (words.is_capital(at) && !words.is_possessive(at)) || words.is_any(at, {"of", "for", "the", "in", "and", "at", "branch", "office", "region", "&"});
}

// "Vice President for A and B ", "governor of the X region of Y ", "Minister of C, D and E ": the title stands further in front.
std::optional<Post> title_further(const Words& words, const std::vector<Range>& owners, std::uint32_t first) {
  if (first == 0 || words.is_any(first - 1, {"of", "for", "and", "the", "in", "at", ",", "&"})) return std::nullopt;
  const std::uint32_t limit = first > kMaxPost ? first - kMaxPost : 0;
  bool has_comma = false;
  for (std::uint32_t at = first; at-- > limit;) {
    if (const auto title = words.match_over("position_titles", at)) {
      const bool is_topic = title->entry->field("complement") == "topic";
      if (!words.is_any(title->range.last, {"of", "for", "at"}) || (has_comma && !is_topic)) return std::nullopt;
      Range told = title->range;
      const auto owner = std::ranges::find_if(owners, [&](Range range) { return range.first > told.last && range.last <= first; });
      if (words.is(told.last, "for")) told.last = first;
      else if (is_topic) told.last = owner == owners.end() ? first : before_link(words, owner->first);
      return Post{told, {with_possessor(words, owners, told.first), first}};
    }
    if (at == 0 || !is_post_word(words, at)) return std::nullopt;
    has_comma = has_comma || words.is(at, ",");
  }
  return std::nullopt;
}

// ", First Deputy Minister Anna Nagy": the title goes with the name behind it.
bool is_of_next(const Words& words, const std::vector<Range>& owners, std::uint32_t first) {
  for (std::uint32_t i = first; i < first + 2; ++i) {
    const auto title = words.match("position_titles", i);
    if (!title) continue;
    const std::uint32_t next = title->range.last;
    return words.is_capital(next) && words.is_capital(next + 1) && std::ranges::find(owners, next, &Range::first) == owners.end() &&
           !words.match("position_titles", next);
  }
  return false;
}

// "B is governor of the Lake Region, A – governor of the Hill Region": what stands in front of the comma is another's.
bool has_title_behind(const Words& words, std::uint32_t first) {
  const std::uint32_t last = run_end(words, first, words.size());
  return words.is_dash(last) && words.reading().token(words.token(last)).space_before && words.match("position_titles", last + 1).has_value();
}

// "World Bank Country Director, Anna Nagy,", "Country Director, World Bank, Anna Nagy": a name between commas behind its title.
std::optional<Post> title_apposed(const Words& words, const std::vector<Range>& owners, std::uint32_t first) {
  const std::uint32_t comma = first - 1, last = run_end(words, first, words.size());
  if (last < first + 2 || last > first + 3 || words.match("position_titles", first)) return std::nullopt;
  const auto owner = std::ranges::find(owners, comma, &Range::last);
  if (owner != owners.end() && owner->first > 0 && words.is(owner->first - 1, ",")) {
    const auto title = title_ending(words, owner->first - 1);
    return title ? std::optional(Post{*title, {title->first, comma}}) : std::nullopt;
  }
  const bool is_closed = words.is(last, ",") || words.is(last, ".") || words.is(last, ")") || last == words.size();
  if (!is_closed) return std::nullopt;
  if (const auto title = title_ending(words, comma)) return Post{*title, {with_possessor(words, owners, title->first), title->last}};
  return title_further(words, owners, comma);
}

}  // namespace

void Owners::enter(const Words& words) {
  here_.clear();
  for (const MentionIndex i : places_.within(words.sentence().span)) {
    if (is_owner(found_->mentions[i])) here_.push_back(words.range(found_->mentions[i].span));
  }
  std::ranges::sort(here_, [](Range a, Range b) { return a.first != b.first ? a.first < b.first : a.last > b.last; });
}

std::optional<Post> title_before(const Words& words, const Owners& all, std::uint32_t first) {
  if (words.grammar() != nullptr) return cased_title_before(words, all, first);
  if (const auto honour = words.match_before("honorifics", first)) first = honour->range.first;  // "President of X, His Excellency A"
  std::uint32_t end = first > 0 && words.is(first - 1, ",") ? first - 1 : first;
  if (end != first && has_title_behind(words, first)) return std::nullopt;
  const std::vector<Range>& owners = all.here();
  for (const Range& owner : owners) {
    if (owner.last != end) continue;
    if (const auto office = words.match("position_titles", owner.first)) return Post{office->range, owner};
    const std::uint32_t title_end = before_link(words, owner.first);
    if (title_end == owner.first) continue;
    if (const auto title = title_ending(words, title_end)) return Post{*title, {with_possessor(words, owners, title->first), end}};
  }
  if (end != first) return title_apposed(words, owners, first);
  const auto title = title_ending(words, end);
  if (!title) return title_further(words, owners, first);
  return Post{*title, {with_possessor(words, owners, title->first), title->last}};
}

std::optional<Post> title_after(const Words& words, const Owners& all, std::uint32_t last) {
  const bool is_last = words.grammar() != nullptr && words.grammar()->is_head_last;
  const bool is_cased_dash = !is_last && words.is_dash(last) && words.reading().token(words.token(last)).space_before;  // "А. Иванов – директор Центра"
  if (!words.is(last, ",") && !is_cased_dash) return std::nullopt;
  std::uint32_t first = last + 1;
  if (words.is_any(first, {"the", "a", "an", "who"})) ++first;
  const std::vector<Range>& owners = all.here();
  const std::uint32_t whole_first = first;
  if (is_of_next(words, owners, first)) return std::nullopt;
  if (const auto owner = std::ranges::find(owners, first, &Range::first); owner != owners.end()) first = owner->last;
  bool is_title = false;
  for (std::uint32_t i = first; i < first + 3; ++i) is_title = is_title || words.match("position_titles", i).has_value();
  if (!is_title) return std::nullopt;
  std::uint32_t end = first;
  bool has_of = false;
  while (end < words.size() && end < first + kMaxTitle + kMaxTitle && goes_on(words, end)) {
    if (words.is(end, ",") && has_of) break;  // "Deputy Minister of Health, head of X": two posts
    has_of = has_of || words.is(end, "of");
    const auto owner = std::ranges::find(owners, end, &Range::first);
    const std::uint32_t title_end = owner == owners.end() ? end : before_link(words, end);
    if (title_end != end && title_end > first) return Post{{first, title_end}, {whole_first, owner->last}};
    ++end;
  }
  return end > first ? std::optional(Post{{first, end}, {whole_first, end}}) : std::nullopt;
}

void add_positions(const Words& words, const Owners& owners, Range person, Extraction& out) {
  for (const auto& post : {title_before(words, owners, person.first), title_after(words, owners, person.last)}) {
    if (!post) continue;
    ExtractedMention found;
    const Span title = words.span(post->title), whole = words.span(post->whole), name = words.span(person);
    found.span = {std::min({title.start, whole.start, name.start}), std::max({title.end, whole.end, name.end})};
    found.literal = "position";
    found.value = Value(words.name(post->title));
    found.extractor = "position/1";
    found.confidence = 0.9F;
    out.mentions.push_back(std::move(found));
  }
}

}  // namespace policygraph::inline v0::detail::extract
