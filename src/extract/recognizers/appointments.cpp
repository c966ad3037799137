#include <algorithm>

#include "extract/recognizers/positions.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/words.hpp"

// Posts that a verb of appointing tells, in languages that mark cases: "A назначен министром юстиции", "bank A xonimni yangi direktori
// etib tayinladi", "B direktori etib tayinlangan A". The title stands beside the verb, the person on either side.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kReach = 16;  // words between a verb and the person
constexpr std::uint32_t kTitleReach = 3;

struct Told {
  Range range;
  bool is_person = false;
};

class SentenceAppointments {
 public:
  SentenceAppointments(const Words& words, std::vector<Told> told, std::vector<Range> known, Extraction& out)
      : words_(words), told_(std::move(told)), known_(std::move(known)), out_(out) {}

  void run() {
    for (const WordMatch& verb : words_.matches("appointments")) {
      const auto title = title_of(verb.range);
      if (!title) continue;
      const Range* person = person_of(verb.range, *title);
      if (person != nullptr && !is_known(*person)) emit(*title, *person);
    }
  }

 private:
  bool is_last() const { return words_.grammar()->is_head_last; }

  std::optional<Range> title_of(Range verb) const {
    if (is_last()) {
      const auto found = words_.match_before("position_titles", verb.first);
      return found ? std::optional(found->range) : std::nullopt;
    }
    for (std::uint32_t at = verb.last; at < verb.last + kTitleReach; ++at) {
      if (const auto found = words_.match("position_titles", at)) return found->range;
    }
    return std::nullopt;
  }

  // Right behind a verb that stands as an adjective, "tayinlangan A"; else the nearest in front of the title.
  const Range* person_of(Range verb, Range title) const {
    const Range* best = nullptr;
    for (const Told& told : told_) {
      if (!told.is_person) continue;
      const Range& name = told.range;
      if (is_last() && name.first == verb.last && (words_.folded(verb.last - 1).ends_with("gan") || words_.folded(verb.last - 1).ends_with("ган"))) return &name;
      if (name.last <= std::min(title.first, verb.first) && verb.first - name.last <= kReach) best = &name;
      const bool is_behind = !is_last() && best == nullptr && name.first >= verb.last && name.first - verb.last <= kReach;
      if (is_behind) return &name;
    }
    return best;
  }

  // The same person with a title right beside the name.
  bool is_known(Range person) const {
    return std::ranges::any_of(known_, [&](Range post) { return post.first <= person.first && person.last <= post.last; });
  }

  // The literal holds the body that the title is of: right in front of it, or else the one that appoints.
  void emit(Range title, Range person) {
    Range whole{std::min(title.first, person.first), std::max(title.last, person.last)};
    const Range* owner = nullptr;
    for (const Told& told : told_) {
      const bool is_beside = is_last() ? told.range.last == title.first : told.range.first == title.last;
      if (!told.is_person && is_beside) owner = &told.range;
    }
    if (owner == nullptr && is_last() && person.last <= title.first) owner = giver(person.first);
    if (owner != nullptr) whole = {std::min(whole.first, owner->first), std::max(whole.last, owner->last)};
    ExtractedMention found;
    found.span = words_.span(whole);
    found.literal = "position";
    found.value = Value(words_.name(title));
    found.extractor = "appointment/1";
    found.confidence = 0.8F;
    out_.mentions.push_back(std::move(found));
  }

  // The body in front of the person, in no case: who appoints.
  const Range* giver(std::uint32_t first) const {
    for (const Told& told : told_) {
      if (told.is_person || told.range.last > first || first - told.range.last > 2) continue;
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
  if (reading.matches("appointments").empty()) return;
  const MentionsByPlace places(out);
  each_sentence(reading, [&](const Words& words) {
    if (words.grammar() == nullptr || words.matches("appointments").empty()) return;
    std::vector<Told> told;
    std::vector<Range> known;
    for (const MentionIndex i : places.within(words.sentence().span)) {
      const ExtractedMention& mention = out.mentions[i];
      const bool is_body = mention.label == "Organization" || mention.label == "Agency" || mention.label == "Partner";
      if (mention.literal == "position") known.push_back(words.range(mention.span));
      if (is_body || mention.label == "Person") told.push_back({words.range(mention.span), mention.label == "Person"});
    }
    SentenceAppointments(words, std::move(told), std::move(known), out).run();
  });
}

}  // namespace policygraph::inline v0::detail::extract
