#include <algorithm>
#include <set>

#include "extract/recognizers/cased_events.hpp"
#include "extract/recognizers/case_forms.hpp"
#include "extract/recognizers/recognizers.hpp"

// Events in languages that mark cases: a head noun ("заседание", "yig‘ilish") with the words that say which one, of which the
// sentence tells that it was held, visited or opened; and who met whom. Heads and verbs are the packs' ("cased_event_heads",
// "cased_event_verbs", "encounter_verbs"). How far the words go is EventNames' work.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kVerbReach = 24;     // words between an event and the verb that tells of it
constexpr std::uint32_t kVerbBehind = 10;    // the same where the verb ends the sentence
constexpr std::uint32_t kGuestReach = 12;    // words between "встретился с" and who was met
constexpr std::uint32_t kNamedGuest = 8;     // words between "встреча с министром" and who was met
constexpr std::string_view kBy = "cased-event/1";

// What the sentences before told of.
struct Before {
  std::set<std::string> kinds;
  std::set<std::string> met;  // surnames of whom somebody met
};

class SentenceCasedEvents {
 public:
  SentenceCasedEvents(const Words& words, const MentionsByPlace& places, Before& before, Extraction& out)
      : words_(words), names_(words, things_in(words, places, out)), before_(before), out_(out), date_(date_in(places)) {}

  void run() {
    for (const WordMatch& verb : words_.matches("encounter_verbs")) read_encounter(verb);
    for (const WordMatch& head : words_.matches("cased_event_heads")) {
      if (!is_taken(head.range) && is_head(head)) read(head);
    }
  }

 private:
  static std::vector<EventThing> things_in(const Words& words, const MentionsByPlace& places, const Extraction& out) {
    std::vector<EventThing> found;
    for (const MentionIndex i : places.within(words.sentence().span)) {
      const ExtractedMention& mention = out.mentions[i];
      const bool is_body = mention.label == "Organization" || mention.label == "Agency" || mention.label == "Partner";
      if (is_body || mention.label == "Person" || mention.label == "Place") found.push_back({words.range(mention.span), mention.label == "Person", is_body});
    }
    return found;
  }

  // The date of the sentence, when it has one alone.
  std::optional<MentionIndex> date_in(const MentionsByPlace& places) const {
    std::optional<MentionIndex> found;
    for (const MentionIndex i : places.within(words_.sentence().span)) {
      if (out_.mentions[i].literal != "date") continue;
      if (found) return std::nullopt;
      found = i;
    }
    return found;
  }

  bool is_taken(Range range) const {
    return std::ranges::any_of(taken_, [&](Range other) { return range.first < other.last && other.first < range.last; });
  }

  // "конгресс-центр" is no congress; of "семинар-тренинг" the second word is the head.
  bool is_head(const WordMatch& head) const {
    if (words_.is_dash(head.range.last) && !words_.reading().token(words_.token(head.range.last)).space_before) return false;
    if (ending_behind_stem(words_, head).starts_with("-")) return false;
    if (head.entry->field("plural") != "true" && names_.is_plural(head)) return false;
    return !words_.match_over("known_organizations", head.range.first);
  }

  void read(const WordMatch& head) {
    const Range name = names_.around(head);
    if (is_taken(name)) return;
    const bool is_bare = name == head.range, is_next = is_told_beside(name);
    if (head.entry->field("capital") == "true" && !names_.is_proper(name, head)) return;
    if (is_bare && (!is_next || before_.kinds.contains(head.entry->id))) return;
    if (!is_next && !names_.quoted_in(name) && !is_told(name, head)) return;
    emit(name, head);
  }

  // A verb right in front of the words or right behind them.
  bool is_told_beside(Range name) const {
    return words_.match_before("cased_event_verbs", name.first).has_value() || words_.match("cased_event_verbs", name.last).has_value();
  }

  bool is_told(Range name, const WordMatch& head) const {
    if (head.entry->id == "visit" && names_.has_traveller(name)) return true;
    const bool is_last = words_.grammar()->is_head_last;
    const std::uint32_t reach = is_last ? kVerbBehind : kVerbReach;
    for (const WordMatch& verb : words_.matches("cased_event_verbs")) {
      if (verb.range.first >= name.last && verb.range.first - name.last <= reach && is_clear(name.last, verb.range.first)) return true;
      if (!is_last && verb.range.last <= name.first && name.first - verb.range.last <= reach && is_clear(verb.range.last, name.first)) return true;
    }
    const bool has_context = is_last ? words_.match("event_contexts", name.last).has_value() : words_.match_before("event_contexts", name.first).has_value();
    return has_context && (date_ || names_.is_proper(name, head));
  }

  bool is_clear(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i) {
      if (words_.sign(i) == U';') return false;
    }
    return true;
  }

  void emit(Range name, const WordMatch& head) {
    ExtractedMention found = mention(words_, name, "Event", kBy, 0.65F);
    const std::string text = names_.text_of(name, head);
    const bool is_name = names_.is_proper(name, head);
    found.properties.push_back(property(is_name ? "name" : "description", Value(text), found.span));
    ValueList aliases;
    if (const std::string written = words_.name(name); written != text) aliases.emplace_back(written);
    if (const auto quoted = names_.quoted_in(name)) aliases.emplace_back(words_.name(*quoted));
    if (!aliases.empty()) found.properties.push_back(property("aliases", Value(std::move(aliases)), found.span));
    add(std::move(found), name, head.entry->id, words_.span(head.range));
  }

  // "встретился с министром Анной Надь", "Anna Nagy bilan uchrashdi"
  void read_encounter(const WordMatch& verb) {
    const auto guest = names_.guest_beside(verb.range, kGuestReach);
    if (!guest || is_taken(verb.range)) return;
    const auto persons = names_.persons_near(*guest, 0);
    const auto is_met = [&](Range person) { return before_.met.contains(std::string(words_.folded(person.last - 1))); };
    if (!persons.empty() && std::ranges::all_of(persons, is_met)) return;  // the meeting told before
    const Range whole{std::min(verb.range.first, guest->first), std::max(verb.range.last, guest->last)};
    ExtractedMention found = mention(words_, whole, "Event", kBy, 0.5F);
    found.properties.push_back(property("description", Value(words_.name(whole)), found.span));
    add(std::move(found), whole, "meeting", words_.span(verb.range));
  }

  void add(ExtractedMention found, Range range, std::string_view kind, Span kind_span) {
    found.properties.push_back(property("kind", Value(kind), kind_span));
    if (date_) {
      const ExtractedMention& day = out_.mentions[*date_];
      found.properties.push_back(property("date_from", day.value, day.span));
    }
    before_.kinds.insert(std::string(kind));
    if (kind == "meeting") {
      for (const Range person : names_.persons_near(range, kNamedGuest)) before_.met.emplace(words_.folded(person.last - 1));
    }
    taken_.push_back(range);
    out_.mentions.push_back(std::move(found));
  }

  const Words& words_;
  const EventNames names_;
  Before& before_;
  Extraction& out_;
  std::optional<MentionIndex> date_;
  std::vector<Range> taken_;
};

}  // namespace

void recognise_cased_events(const Reading& reading, Extraction& out) {
  if (reading.matches("cased_event_heads").empty() && reading.matches("encounter_verbs").empty()) return;
  const MentionsByPlace places(out);
  Before before;
  each_sentence(reading, [&](const Words& words) {
    if (words.grammar() == nullptr || words.is_title_case()) return;
    if (words.matches("cased_event_heads").empty() && words.matches("encounter_verbs").empty()) return;
    SentenceCasedEvents(words, places, before, out).run();
  });
}

}  // namespace policygraph::inline v0::detail::extract
