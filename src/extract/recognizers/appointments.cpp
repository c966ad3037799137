#include <algorithm>

#include "extract/recognizers/positions.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Posts that a verb of appointing or of dismissing tells: "A was appointed Minister of Justice", "A назначен министром юстиции", "bank A
// xonimni yangi direktori etib tayinladi", "B direktori etib tayinlangan A". The title stands beside the verb, the person on either side.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kReach = 16;  // words between a verb and the person
constexpr std::uint32_t kTitleReach = 3;
constexpr std::uint32_t kToDenial = 6;  // words from a verb to what denies it
constexpr std::uint32_t kLeadIn = 5;      // words of "to the post of" between a verb, or whom it tells of, and the title
constexpr std::uint32_t kTitleWords = 5;  // words that a title goes on with

struct Told {
  Range range;
  bool is_person = false;
  bool is_place = false;
};

class SentenceAppointments {
 public:
  SentenceAppointments(const Words& words, std::vector<Told> told, std::vector<Range> known, Extraction& out)
      : words_(words), told_(std::move(told)), known_(std::move(known)), out_(out) {}

  void run() {
    for (const CategoryName category : {CategoryName("appointments"), CategoryName("dismissals")}) {
      for (const WordMatch& verb : words_.matches(category)) read(verb.range);
    }
    for (const WordMatch& verb : words_.matches("heading_verbs")) read_heading(verb);
  }

 private:
  bool is_cased() const { return words_.grammar() != nullptr; }
  bool is_last() const { return is_cased() && words_.grammar()->is_head_last; }

  // "tayinlangani yolg‘on", "сайланганлиги рад этилди": what is told of the appointing is that it is not so.
  bool is_denied(Range verb) const {
    if (!is_last()) return false;
    for (std::uint32_t at = verb.last; at < words_.size() && at < verb.last + kToDenial; ++at) {
      if (words_.match("denied_appointments", at)) return true;
    }
    return false;
  }

  void read(Range verb) {
    if (is_denied(verb)) return;
    const auto title = title_of(verb);
    if (!title) return;
    const Range* person = person_of(verb, *title);
    if (person == nullptr) return;
    for (const Range* one : listed(*person)) {
      if (!is_known(*one)) emit(is_last() ? with_topic_before(*title, *one) : is_cased() ? with_topic_behind(*title) : *title, *one, verb);
    }
  }

  // "назначены Анна Надь и Пётр Ким": nothing but commas and joints between.
  std::vector<const Range*> listed(const Range& person) const {
    std::vector<const Range*> out;
    for (const Told& told : told_) {
      if (told.is_person && (&told.range == &person || is_joined(told.range, person) || is_joined(person, told.range))) out.push_back(&told.range);
    }
    return out;
  }

  bool is_joined(Range left, Range right) const {
    if (is_last() || right.first <= left.last || right.first > left.last + 2) return false;
    for (std::uint32_t at = left.last; at < right.first; ++at) {
      if (!words_.is(at, ",") && !words_.match("list_joints", at)) return false;
    }
    return true;
  }

  // "A, who heads the Committee", "А, возглавляющий Комитет": the verb is the title.
  void read_heading(const WordMatch& verb) {
    const Range *person = nullptr, *body = nullptr;
    for (const Told& told : told_) {
      const bool is_in_front = told.range.last <= verb.range.first && verb.range.first - told.range.last <= kTitleReach;
      const bool is_behind = told.range.first >= verb.range.last && told.range.first - verb.range.last <= 1;
      if (told.is_person && is_in_front) person = &told.range;
      if (!told.is_person && !told.is_place && is_behind && body == nullptr) body = &told.range;
    }
    if (person == nullptr || body == nullptr || is_last() || is_known(*person)) return;
    ExtractedMention found;
    found.span = words_.span({person->first, body->last});
    found.literal = "position";
    found.value = Value(verb.entry->id);
    found.extractor = "appointment/1";
    found.confidence = 0.75F;
    out_.mentions.push_back(std::move(found));
  }

  std::optional<Range> title_of(Range verb) const {
    if (!is_cased()) return title_behind(verb);
    if (is_last()) {
      const auto found = words_.match_before("position_titles", verb.first);
      return found ? std::optional(found->range) : std::nullopt;
    }
    std::uint32_t reach = verb.last + kTitleReach;
    for (std::uint32_t at = verb.last; at < reach && at < words_.size(); ++at) {
      if (const auto found = words_.match("position_titles", at)) return found->range;
      if (is_person_over(at)) reach = at + kTitleReach;  // "назначил Анну Надь и Петра Кима заместителями"
    }
    for (std::uint32_t at = verb.first; at > 0 && verb.first - at < kReach; --at) {  // "Директором Центра назначена Анна Надь"
      const auto found = words_.match_over("position_titles", at - 1);
      const auto* ending = found ? words_.grammar()->case_of(words_.folded(found->range.first)) : nullptr;
      const bool is_told = ending != nullptr && (ending->role == Role::agent || words_.match_before("post_nouns", found->range.first));  // "с должности директора"
      if (is_told) return found->range;
    }
    return std::nullopt;
  }

  bool is_person_over(std::uint32_t at) const {
    return std::ranges::any_of(told_, [&](const Told& told) { return told.is_person && told.range.first <= at && at < told.range.last; });
  }

  // "appointed Anna Nagy as the new Director", "named to the post of Minister of Health"
  std::optional<Range> title_behind(Range verb) const {
    std::uint32_t at = verb.last;
    if (const Range* person = person_at(at)) at = person->last;
    for (std::uint32_t steps = 0; steps < kLeadIn && !words_.match("position_titles", at); ++steps) {
      if (!words_.is_any(at, {"as", "to", "from", "the", "a", "an", "post", "position", "office", "role", "of", "its", "new", "acting", "their", "next", "country’s"})) return std::nullopt;
      ++at;
    }
    const auto found = words_.match("position_titles", at);
    if (!found) return std::nullopt;
    Range title = found->range;
    const bool is_topic = found->entry->field("complement") == "topic";
    if (is_topic && words_.is(title.last, "of")) {
      std::uint32_t end = title.last + 1;
      while (words_.is_capital(end) || (words_.is_any(end, {"and", ","}) && words_.is_capital(end + 1))) ++end;
      if (end > title.last + 1) title.last = end;
    }
    return title;
  }

  const Range* person_at(std::uint32_t at) const {
    if (words_.match("honorifics", at)) at = words_.match("honorifics", at)->range.last;
    const auto found = std::ranges::find_if(told_, [&](const Told& told) { return told.is_person && told.range.first == at; });
    return found == told_.end() ? nullptr : &found->range;
  }

  // "министром здравоохранения"
  Range with_topic_behind(Range title) const {
    const std::uint32_t limit = title.last + kTitleWords;
    while (title.last < limit && words_.is_small(title.last) && words_.grammar()->goes_on(words_.folded(title.last)) && !words_.match("name_breaks", title.last) &&
           !is_told_at(title.last)) {
      ++title.last;
    }
    return title;
  }

  // "A sog‘liqni saqlash vaziri etib tayinlandi": small words alone between the person and the title.
  Range with_topic_before(Range title, Range person) const {
    if (person.last > title.first || title.first - person.last > kTitleWords) return title;
    for (std::uint32_t at = person.last; at < title.first; ++at) {
      if (!words_.is_small(at) || words_.match("name_breaks", at) || is_told_at(at) || words_.match("honorifics", at)) return title;
    }
    return {person.last, title.last};
  }

  bool is_told_at(std::uint32_t at) const {
    return std::ranges::any_of(told_, [&](const Told& told) { return told.range.first <= at && at < told.range.last; });
  }

  // Right behind a verb that stands as an adjective, "tayinlangan A"; else the nearest in front of the title.
  const Range* person_of(Range verb, Range title) const {
    const Range* best = nullptr;
    if (const Range* object = is_cased() ? nullptr : person_at(verb.last)) return object;
    const bool is_active = is_cased() && !is_last() && words_.match("appoints", verb.first);  // whom it is told of stands behind
    for (const Told& told : told_) {
      if (!told.is_person) continue;
      const Range& name = told.range;
      if (is_last() && name.first == verb.last && (words_.folded(verb.last - 1).ends_with("gan") || words_.folded(verb.last - 1).ends_with("ган"))) return &name;
      if (!is_active && name.last <= std::min(title.first, verb.first) && verb.first - name.last <= kReach) best = &name;
      const bool is_behind = is_cased() && !is_last() && best == nullptr && name.first >= verb.last && name.first - verb.last <= kReach;
      if (is_behind) return &name;
    }
    return best;
  }

  // The same person with a title right beside the name.
  bool is_known(Range person) const {
    return std::ranges::any_of(known_, [&](Range post) { return post.first <= person.first && person.last <= post.last; });
  }

  // The literal holds the body that the title is of: right in front of it, or else the one that appoints.
  void emit(Range title, Range person, Range verb) {
    Range whole{std::min(title.first, person.first), std::max(title.last, person.last)};
    const Range* owner = owner_of(title);
    if (owner == nullptr && is_last() && person.last <= title.first) owner = giver(person.first);
    if (owner == nullptr && !is_cased() && person.first >= verb.last) owner = giver(verb.first);
    if (owner != nullptr) whole = {std::min(whole.first, owner->first), std::max(whole.last, owner->last)};
    ExtractedMention found;
    found.span = words_.span(whole);
    found.literal = "position";
    found.value = Value(words_.name(title));
    found.extractor = "appointment/1";
    found.confidence = 0.8F;
    out_.mentions.push_back(std::move(found));
  }

  // "Director of the Agency"; in front of the title where the head comes last.
  const Range* owner_of(Range title) const {
    for (const Told& told : told_) {
      if (told.is_person) continue;
      if (is_last() ? told.range.last == title.first : told.range.first == title.last) return &told.range;
      const bool is_within = is_cased() && !is_last() && told.range.first > title.first && told.range.first < title.last;  // "начальником Управления X"
      if (is_within) return &told.range;
      const bool is_led = !is_cased() && told.range.first > title.last && told.range.first <= title.last + 2 && words_.is_any(title.last, {"of", "at", "for", "in", "to"});
      if (is_led) return &told.range;
    }
    return nullptr;
  }

  // The body in front of the person, in no case: who appoints.
  const Range* giver(std::uint32_t first) const {
    for (const Told& told : told_) {
      if (told.is_person || told.is_place || told.range.last > first || first - told.range.last > 2) continue;
      if (!is_cased()) return words_.match("position_titles", told.range.last - 1) ? nullptr : &told.range;
      if (words_.grammar()->case_of(words_.folded(told.range.last - 1)) == nullptr) return &told.range;
    }
    return nullptr;
  }

  const Words& words_;
  std::vector<Told> told_;
  std::vector<Range> known_;
  Extraction& out_;
};

}  // namespace

void recognise_appointments(const Reading& reading, Extraction& out) {
  if (reading.matches("appointments").empty() && reading.matches("dismissals").empty() && reading.matches("heading_verbs").empty()) return;
  const MentionsByPlace places(out);
  each_sentence(reading, [&](const Words& words) {
    if (words.matches("appointments").empty() && words.matches("dismissals").empty() && words.matches("heading_verbs").empty()) return;
    std::vector<Told> told;
    std::vector<Range> known;
    for (const MentionIndex i : places.within(words.sentence().span)) {
      const ExtractedMention& mention = out.mentions[i];
      const bool is_body = mention.label == "Organization" || mention.label == "Agency" || mention.label == "Partner";
      if (mention.literal == "position") known.push_back(words.range(mention.span));
      const bool is_place = mention.label == "Place";
      if (is_body || is_place || mention.label == "Person") told.push_back({words.range(mention.span), mention.label == "Person", is_place});
    }
    SentenceAppointments(words, std::move(told), std::move(known), out).run();
  });
}

}  // namespace policygraph::inline v0::detail::extract
