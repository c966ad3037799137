#include <algorithm>

#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/cased_events.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMostModifiers = 5;
constexpr std::uint32_t kLongest = 14;  // words on one side of a head
constexpr std::uint32_t kTopic = 9;     // words of what an event is "по", "bo‘yicha"

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
}

// "бағишланган", "bag‘ishlangan" and the infinitives that govern what stands in front of them.
bool is_governing(std::string_view word) { return ends_with_any(word, {"gan", "ган", "shga", "шга", "ishi", "иши", "ish", "иш"}); }

}  // namespace

const EventThing* EventNames::thing_from(std::uint32_t first) const {
  const auto found = std::ranges::find_if(things_, [&](const EventThing& thing) { return thing.range.first == first; });
  return found == things_.end() ? nullptr : &*found;
}

// The widest that ends there.
const EventThing* EventNames::thing_to(std::uint32_t last) const {
  const EventThing* best = nullptr;
  for (const EventThing& thing : things_) {
    if (thing.range.first < last && last <= thing.range.last && (best == nullptr || thing.range.size() > best->range.size())) best = &thing;
  }
  return best;
}

Range EventNames::around(const WordMatch& head) const { return grammar_.is_head_last ? head_last(head) : head_first(head); }

bool EventNames::is_plural(const WordMatch& head) const {
  if (!grammar_.is_head_last) return extract::is_plural(*head.entry, ending_behind_stem(words_, head));
  const std::string_view ending = ending_behind_stem(words_, head);
  return ending.starts_with("lar") || ending.starts_with("лар");
}

// A verb of events, or any in the past tense.
bool EventNames::is_verb(std::uint32_t at) const {
  if (words_.match_over("cased_event_verbs", at) || words_.match_over("case_takes_part", at) || words_.match("case_works", at)) return true;
  return words_.is_small(at) && words_.folded(at).size() > 8 &&
         ends_with_any(words_.folded(at), {"ала", "ила", "яла", "ула", "ыла", "али", "или", "яли", "ули", "ыли", "лся", "лась", "лись", "лось"});
}

// ---- the head comes first

Range EventNames::head_first(const WordMatch& head) const {
  std::uint32_t first = head.range.first;
  while (first > 0 && head.range.first - first < kMostModifiers) {
    const std::uint32_t at = first - 1;
    const bool is_glued = words_.is_dash(at) && !words_.reading().token(words_.token(at)).space_before;
    const bool is_ordinal = ends_with_any(words_.folded(at), {"ье", "ья", "ьем", "ьей", "ьего"});  // "третье"
    const bool is_modifier = words_.is_word(at) && (grammar_.modifies(words_.folded(at)) || is_ordinal || words_.is_upper(at));
    if (is_glued && at > 0) {
      first = at - 1;  // "бизнес-форум", "10-е"
    } else if (is_modifier && !is_break(words_, at) && !words_.match("name_leaders", at) && !is_verb(at) && thing_to(first) == nullptr) {
      first = at;
    } else {
      break;
    }
  }
  return {without_leaders_from(first, head.range.first), past_complement(head)};
}

std::uint32_t EventNames::without_leaders_from(std::uint32_t first, std::uint32_t last) const {
  while (first < last && (words_.match("name_leaders", first) || words_.match("list_joints", first) || words_.is_dash(first))) ++first;
  return first;
}

// "и финансов"
std::uint32_t EventNames::past_joint(std::uint32_t at) const {
  return words_.match("list_joints", at) && words_.is_small(at + 1) && grammar_.goes_on(words_.folded(at + 1)) && !is_verb(at + 1) && !is_break(words_, at + 1) ? at + 2 : at;
}

// "Совета иностранных инвесторов", "«Сильные вместе»", "по вопросам водной безопасности", "с Анной Надь"
std::uint32_t EventNames::past_complement(const WordMatch& head) const {
  std::uint32_t end = head.range.last;
  while (end < words_.size() && end - head.range.last < kLongest) {
    if (words_.is_open_quote(end)) {
      const std::uint32_t close = words_.closing_quote(end);
      return close < words_.size() ? close + 1 : end;
    }
    if (const EventThing* thing = thing_from(end); thing != nullptr && end > head.range.first) {
      end = thing->range.last;
    } else if (const EventThing* goal = head.entry->id == "visit" && words_.is_any(end, {"в", "во"}) ? thing_from(end + 1) : nullptr; goal != nullptr) {
      return goal->range.last;
    } else if (words_.match("event_acts", end)) {
      ++end;  // "церемония подписания"
    } else if (words_.match("event_topics", end)) {
      return past_topic(end);
    } else if (words_.is_word(end) && !is_break(words_, end) && !is_verb(end) && grammar_.goes_on(words_.folded(end))) {
      ++end;
    } else if (const std::uint32_t next = past_joint(end); next != end && end > head.range.last) {
      end = next;
    } else {
      break;
    }
  }
  return end;
}

// Past "по вопросам …", "на тему «…»"; the same place when nothing follows.
std::uint32_t EventNames::past_topic(std::uint32_t at) const {
  std::uint32_t end = words_.match("event_topics", at)->range.last;
  const std::uint32_t first = end;
  if (words_.is_open_quote(end)) {
    const std::uint32_t close = words_.closing_quote(end);
    return close < words_.size() ? close + 1 : at;
  }
  while (end < words_.size() && end - first < kTopic && words_.is_word(end) && !is_break(words_, end) && !is_verb(end) && !words_.match("months", end)) ++end;
  while (end > first && words_.match_before("list_joints", end)) --end;
  return end > first ? end : at;
}

// ---- the head comes last

// "yig‘ilishi", not "yig‘ilish": what stands in front belongs to it.
bool EventNames::is_possessed(const WordMatch& head) const { return ends_with_any(words_.reading().text(without_case(words_, head.range, grammar_)), {"i", "и"}); }

bool EventNames::takes_thing(const EventThing& thing, const WordMatch& head) const {
  const auto* ending = grammar_.case_of(words_.folded(thing.range.last - 1));
  const bool is_visit = head.entry->id == "visit";
  if (ending == nullptr) return is_possessed(head) && !thing.is_person;
  return ending->role == Role::owner || (is_visit && ending->role == Role::recipient);
}

bool EventNames::takes_before(std::uint32_t before, std::uint32_t at, const WordMatch& head) const {
  if (words_.is_dash(before)) return before > 0 && !words_.reading().token(words_.token(before)).space_before;
  if (words_.match("list_joints", before)) return at < head.range.first && before > 0;
  if (!words_.is_word(before) || words_.match("name_breaks", before) || words_.match("name_leaders", before) || is_verb(before)) return false;
  if (words_.match("months", before) || words_.match("year_words", before) || words_.match("event_breaks", before)) return false;
  const auto* ending = words_.is_upper(before) ? nullptr : grammar_.case_of(words_.folded(before));
  if (ending == nullptr || ending->role == Role::owner) return true;
  const bool is_told = at < head.range.first && is_governing(words_.folded(at));
  return is_told && (ending->role == Role::object || ending->role == Role::recipient);
}

Range EventNames::head_last(const WordMatch& head) const {
  std::uint32_t first = head.range.first;
  while (first > 0 && head.range.first - first < kLongest) {
    if (const EventThing* thing = thing_to(first); thing != nullptr) {
      if (!takes_thing(*thing, head) || (thing->is_body && words_.is_capital(first) && first < head.range.first)) break;
      first = thing->range.first;
      if (thing->is_person) break;  // what stands before is that person's title
      continue;
    }
    const auto quotes = quotations(words_);
    const auto quoted = std::ranges::find_if(quotes, [&](const Quoted& one) { return one.outer.last == first; });
    if (quoted != quotes.end()) {
      first = quoted->outer.first;
      break;
    }
    if (!takes_before(first - 1, first, head)) break;
    --first;
  }
  return {without_leaders_from(first, head.range.first), head.range.last};
}

// ---- what is told of it

std::optional<Range> EventNames::quoted_in(Range name) const {
  if (!words_.has_quotes()) return std::nullopt;
  for (const Quoted& quoted : quotations(words_)) {
    if (quoted.outer.first >= name.first && quoted.outer.last <= name.last) return quoted.inner;
  }
  return std::nullopt;
}

bool EventNames::is_proper(Range name, const WordMatch& head) const {
  if (quoted_in(name) || (words_.is_capital(head.range.first) && name.first < head.range.first)) return true;
  if (!words_.is_capital(name.first) || name.first == head.range.first) return false;
  const EventThing* thing = thing_from(name.first);
  if (grammar_.is_head_last) return thing == nullptr || thing->is_body;
  return name.first > 0 && thing == nullptr;
}

bool EventNames::has_traveller(Range name) const {
  return std::ranges::any_of(things_, [&](const EventThing& thing) {
    return (thing.is_person || thing.is_body) && thing.range.first >= name.first && thing.range.last <= name.last;
  });
}

std::string EventNames::text_of(Range name, const WordMatch& head) const {
  if (!grammar_.is_head_last) return nominative(words_, name, head, grammar_);
  std::string out(words_.reading().text(without_case(words_, name, grammar_)));
  std::ranges::replace(out, '\n', ' ');
  return out;
}

std::optional<Range> EventNames::guest_beside(Range verb, std::uint32_t reach) const {
  const EventThing* best = nullptr;
  for (const EventThing& thing : things_) {
    if (!thing.is_person) continue;
    const bool is_near = grammar_.is_head_last ? thing.range.last <= verb.first && verb.first - thing.range.last <= 1
                                               : thing.range.first >= verb.last && thing.range.first - verb.last <= reach;
    if (is_near && best == nullptr) best = &thing;
  }
  return best == nullptr ? std::nullopt : std::optional(best->range);
}

std::vector<Range> EventNames::persons_near(Range name, std::uint32_t reach) const {
  std::vector<Range> out;
  for (const EventThing& thing : things_) {
    if (thing.is_person && thing.range.last + reach >= name.first && thing.range.first <= name.last + reach) out.push_back(thing.range);
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::extract
