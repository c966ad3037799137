#include <set>

#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Events: names in capitals with a head ("ICT Forum"), quoted names beside one, and what is told to be held, visited or opened.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kMaxModifiers = 4;
constexpr std::uint32_t kMaxComplement = 14;
constexpr std::uint32_t kMaxGap = 6;

class SentenceEvents {
 public:
  SentenceEvents(const Words& words, const MentionsByPlace& places, Cover& cover, std::set<std::string>& kinds, Extraction& out)
      : words_(words), places_(places), cover_(cover), kinds_(kinds), out_(out), date_(find_date()) {}

  void read_names() {
    for (const Quoted& quoted : quotations(words_)) read_quoted(quoted);
    if (words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("event_name_heads")) read_capital(head);
  }

  void read_described() {
    if (words_.is_title_case()) return;
    for (const WordMatch& head : words_.matches("event_heads")) {
      if (head.range.first >= past_ && cover_.is_free(words_, head.range)) describe(head);
    }
    for (const WordMatch& verb : words_.matches("launch_verbs")) read_launch(verb);
    for (const WordMatch& verb : words_.matches("meeting_verbs")) read_encounter(verb);
    if (words_.grammar() == nullptr) {
      for (const WordMatch& verb : words_.matches("encounter_verbs")) read_bare_encounter(verb);
    }
  }

 private:
  // The date of the sentence, when it has one alone. Its place among the mentions holds while others are added.
  std::optional<MentionIndex> find_date() const {
    std::optional<MentionIndex> found;
    for (const MentionIndex i : places_.within(words_.sentence().span)) {
      const ExtractedMention& mention = out_.mentions[i];
      if (mention.literal != "date") continue;
      if (found) return std::nullopt;
      found = i;
    }
    return found;
  }

  void emit(ExtractedMention found, std::string_view kind, Span kind_span) {
    found.properties.push_back(property("kind", Value(kind), kind_span));
    if (date_) {
      const ExtractedMention& day = out_.mentions[*date_];
      found.properties.push_back(property("date_from", day.value, day.span));
    }
    kinds_.insert(std::string(kind));
    out_.mentions.push_back(std::move(found));
  }

  // “Name” events; a seminar on “Name”.
  void read_quoted(const Quoted& quoted) {
    if (quoted.inner.size() > 25 || !cover_.is_free(words_, quoted.inner)) return;
    auto head = words_.match("event_heads", quoted.outer.last);
    if (!head && words_.is(quoted.outer.last, "events")) head = words_.match("list_heads", quoted.outer.last);
    std::uint32_t end = quoted.outer.first;
    if (!head && end > 0 && words_.is_any(end - 1, {"on", "titled", "entitled", "called", "theme", "topic", "named"})) --end;
    if (!head) head = words_.match_before("event_heads", end);
    if (!head) return;
    ExtractedMention found = named(words_, quoted.inner, "Event", "event/1", 0.85F);
    if (head->range.last <= quoted.outer.first) {
      const Range described{modifiers_before(head->range.first), head->range.last};
      found.properties.push_back(property("description", Value(words_.name(described)), words_.span(described)));
      cover_.add(words_, described);
    }
    cover_.add(words_, quoted.outer);
    emit(std::move(found), head->entry->field("label") == "Event" ? "other" : head->entry->id, words_.span(head->range));
  }

  // "World Robotics Olympiad"; with small words before it, "the world robotics Olympiad"
  void read_capital(const WordMatch& head) {
    Range name = without_leaders(words_, {run_begin(words_, head.range.first, 0), head.range.last});
    if (name.size() <= head.range.size()) name.first = modifiers_before(head.range.first);
    name.last = run_end(words_, head.range.last, words_.size());
    const bool is_known = words_.match_over("known_organizations", head.range.first).has_value();
    if (is_known || name.size() <= head.range.size() || !cover_.is_free(words_, name)) return;
    ExtractedMention found = named(words_, name, "Event", "event/1", 0.8F);
    cover_.add(words_, name);
    emit(std::move(found), head.entry->id, words_.span(head.range));
  }

  bool is_modifier(std::uint32_t at) const {
    if (!words_.is_word(at) || is_break(words_, at) || words_.match("event_verbs_before", at) || words_.match("name_leaders", at)) return false;
    if (words_.is_capital(at) && at != 0) return false;
    return !words_.is_stop_word(at);
  }

  std::uint32_t modifiers_before(std::uint32_t end) const {
    std::uint32_t first = end;
    while (first > 0 && end - first < kMaxModifiers && is_modifier(first - 1)) --first;
    return first;
  }

  // "to Samarkand", "with the head of X", "of the new branch of Y in Z"
  std::uint32_t complement(std::uint32_t at, bool is_visit) const {
    if (!words_.match("event_links", at) || words_.is(at, "and") || !goes_on(at)) return at;
    std::uint32_t end = at;
    while (end < words_.size() && end < at + kMaxComplement && goes_on(end) && !(is_visit && words_.is(end, "for"))) ++end;
    if (words_.is_open_quote(end) && words_.is_any(end - 1, {"format", "theme", "title", "motto", "topic", "slogan"})) {  // "in the format “A – B”"
      const std::uint32_t close = words_.closing_quote(end);
      if (close < words_.size()) return close + 1;
    }
    while (end > at && words_.is_any(end - 1, {"of", "the", "with", "in", "on", "to", "a", "for", "and"})) --end;
    return end;
  }
  bool goes_on(std::uint32_t at) const {
    if (words_.match("event_verbs_after", at) || words_.match("event_breaks", at)) return false;
    if (words_.is(at, "to") && words_.is_small(at + 1) && !words_.is(at + 1, "the")) return false;  // "to see"
    return words_.is_any(at, {"with", "by"}) || !is_break(words_, at);
  }

  // ", competitions, and skills classes" up to the verb that tells that they were held.
  std::uint32_t past_list(std::uint32_t at) const {
    std::uint32_t end = at;
    while (end < at + 12 && (words_.is_small(end) || words_.is(end, ",")) && !words_.match("event_verbs_after", end)) ++end;
    const bool is_list = words_.is_any(at, {",", "and"}) && words_.match("event_verbs_after", end) && words_.match_before("event_heads", end);
    return is_list ? end : at;
  }

  bool is_held_before(std::uint32_t first) const {
    std::uint32_t end = first;
    for (std::uint32_t i = 0; i < kMaxGap && end > 0; ++i, --end) {
      if (words_.match_before("event_verbs_before", end)) return true;
      const bool may_stand_between = words_.is_number(end - 1) || words_.is_possessive(end - 1) || words_.is_any(end - 1, {"a", "an", "the", "more", "than", "over", "about", "total", "of", "nearly", "several", "its", "his", "their"});
      if (!may_stand_between) return false;
    }
    return false;
  }

  bool is_held_after(std::uint32_t last) const {
    for (std::uint32_t i = last; i <= last + 2; ++i) {
      if (words_.match("event_verbs_after", i)) return true;
    }
    return false;
  }

  void describe(const WordMatch& head) {
    Range name{modifiers_before(head.range.first), head.range.last};
    if (const auto joined = name.first > 1 && words_.is(name.first - 1, "and") ? words_.match_before("event_heads", name.first - 1) : std::nullopt) {
      name.first = modifiers_before(joined->range.first);  // "meetings and talks"
    }
    const bool is_definite = name.first > 0 && words_.is_any(name.first - 1, {"the", "this", "these", "that", "those"});
    const std::uint32_t listed = past_list(name.last);
    const std::uint32_t complemented = complement(name.last, head.entry->id == "visit");
    name.last = std::max(listed, complemented);
    const bool is_bare = name == head.range;
    if (is_bare && (!is_definite || kinds_.contains(head.entry->id) || name.size() < 3)) return;
    if (!is_held_before(name.first) && !is_held_after(name.last)) return;
    if (is_definite && complemented == head.range.last && kinds_.contains(head.entry->id)) return;
    ExtractedMention found = mention(words_, name, "Event", "event/1", 0.6F);
    found.properties.push_back(property("description", Value(words_.name(name)), found.span));
    past_ = name.last;
    emit(std::move(found), head.entry->id, words_.span(head.range));
  }

  // "met with Anna Nagy"
  void read_encounter(const WordMatch& verb) {
    const std::uint32_t first = words_.is(verb.range.last, "the") ? verb.range.last + 1 : verb.range.last;
    const std::uint32_t last = run_end(words_, first, words_.size());
    if (verb.range.first < past_ || last < first + 2) return;
    const Range whole{verb.range.first, last};
    ExtractedMention found = mention(words_, whole, "Event", "event/1", 0.5F);
    found.properties.push_back(property("description", Value(words_.name(whole)), found.span));
    emit(std::move(found), "meeting", words_.span(verb.range));
  }

  // "A met World Bank President Anna Nagy": a person on either side, the second with at most a title in front.
  void read_bare_encounter(const WordMatch& verb) {
    const Range none{0, 0};
    Range host = none, guest = none;
    for (const MentionIndex i : places_.within(words_.sentence().span)) {
      if (out_.mentions[i].label != "Person") continue;
      const Range person = words_.range(out_.mentions[i].span);
      if (person.last <= verb.range.first) host = person;
      if (person.first >= verb.range.last && guest.is_empty()) guest = person;
    }
    const bool is_beside = !host.is_empty() && !guest.is_empty() && host.last + kMaxGap >= verb.range.first && is_title(verb.range.last, guest.first);
    if (!is_beside || verb.range.first < past_) return;
    const Range whole{verb.range.first, guest.last};
    ExtractedMention found = mention(words_, whole, "Event", "event/1", 0.5F);
    found.properties.push_back(property("description", Value(words_.name(whole)), found.span));
    past_ = whole.last;
    emit(std::move(found), "meeting", words_.span(verb.range));
  }

  // Nothing, or the words of a post.
  bool is_title(std::uint32_t first, std::uint32_t last) const {
    if (last > first + kMaxComplement) return false;
    bool has_title = first == last;
    for (std::uint32_t at = first; at < last; ++at) {
      has_title = has_title || words_.match("position_titles", at) || words_.match("honorifics", at);
      if (!words_.is_capital(at) && !words_.is_any(at, {"the", "of", "for", "and", "new", "a", ",", "&"}) && !words_.match("position_titles", at)) return false;
    }
    return has_title;
  }

  // “X” project was launched on a day that is told.
  void read_launch(const WordMatch& verb) {
    if (!date_) return;
    for (const MentionIndex i : places_.within(words_.sentence().span)) {
      const ExtractedMention& mention = out_.mentions[i];
      if (mention.label != "Programme") continue;
      Range whole = words_.range(mention.span);
      if (whole.last > verb.range.first || verb.range.first - whole.last > 3) continue;
      if (whole.first > 0 && words_.is_open_quote(whole.first - 1)) --whole.first;
      whole.last = verb.range.last;
      ExtractedMention found = detail::extract::mention(words_, whole, "Event", "event/1", 0.7F);
      found.properties.push_back(property("description", Value(words_.name(whole)), found.span));
      return emit(std::move(found), "launch", words_.span(verb.range));
    }
  }

  const Words& words_;
  const MentionsByPlace& places_;
  Cover& cover_;
  std::set<std::string>& kinds_;
  Extraction& out_;
  std::optional<MentionIndex> date_;
  std::uint32_t past_ = 0;
};

}  // namespace

void recognise_event_names(const Reading& reading, Extraction& out) {
  Cover cover(reading, out);
  std::set<std::string> kinds;
  const MentionsByPlace places(out);
  each_sentence(reading, [&](const Words& words) { SentenceEvents(words, places, cover, kinds, out).read_names(); });
}

void recognise_events(const Reading& reading, Extraction& out) {
  Cover cover(reading, out);
  std::set<std::string> kinds;
  const MentionsByPlace places(out);
  each_sentence(reading, [&](const Words& words) { SentenceEvents(words, places, cover, kinds, out).read_described(); });
}

}  // namespace policygraph::inline v0::detail::extract
