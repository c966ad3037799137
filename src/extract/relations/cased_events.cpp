#include <algorithm>

#include "extract/relations/absence.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who took part in an event, where it was and what it was held under, in languages that mark cases: verbs and nouns of taking part
// are the pack's ("case_takes_part", "case_joined_by"), the part of a thing is told by its role.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kGuests = Root::person | Root::organization;
constexpr std::string_view kTakesPart = "took-part-in/2", kPlaced = "located-in/2", kUnder = "held-under/2";
constexpr std::uint32_t kReach = 60;   // tokens between a verb and the event it tells of
constexpr std::uint32_t kBehind = 12;  // "участие в … форуме"
constexpr std::uint32_t kPlaceReach = 30;
constexpr std::uint32_t kGuestReach = 8;  // tokens of "с президентом X" between a meeting and the person
constexpr int kSentencesBack = 2;

class CasedEvents {
 public:
  explicit CasedEvents(Scene& scene) : scene_(scene) {}

  void run() {
    const auto is_event = [](const Thing& thing) { return thing.root == Root::event; };
    if (std::ranges::none_of(scene_.clauses(), [&](const Clause& clause) { return std::ranges::any_of(clause.things, is_event); })) return;
    for (const Clause& clause : scene_.clauses()) {
      if (clause.grammar == nullptr || clause.zone == Zone::keywords || clause.zone == Zone::reference) continue;
      for (const PhraseMatch* cue : scene_.cues(clause, "case_takes_part")) take_part(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "case_joined_by")) joined_by(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "case_held_under")) held_under(clause, *cue);
      for (const Thing& event : clause.things) {
        if (event.root != Root::event || scene_.is_quoted(event.first)) continue;
        named_guests(clause, event);
        place(clause, event);
      }
      acted_there(clause);
      for (const PhraseMatch* cue : scene_.cues(clause, "case_runs")) runs(clause, *cue);
    }
  }

 private:
  bool is_head_last(const Clause& clause) const { return clause.grammar->is_head_last; }

  void link(const Clause& clause, const Thing& guest, const Thing& event, std::uint32_t first, std::uint32_t last, float confidence) {
    if (scene_.has_edge("IMPLEMENTED_BY", event.mention, guest.mention) || is_left_out(scene_, clause, guest)) return;
    scene_.add(clause, {"TOOK_PART_IN", guest.mention, event.mention, first, last, Modality::unknown, confidence, kTakesPart});
  }

  // The body of a person's title takes no part itself.
  bool is_of_person(const Clause& clause, const Thing& body) const {
    return body.root == Root::organization && std::ranges::any_of(clause.positions, [&](const Literal& post) { return post.first <= body.first && body.last <= post.last; });
  }

  static bool holds(const Thing& event, const Thing& thing) { return event.first <= thing.first && thing.last <= event.last; }

  // Nothing but a name's own case or the genitive of "руководители X" marks it.
  bool may_take_part(const Clause& clause, const Thing& guest) const {
    if (guest.is_inner || !has(kGuests, guest.root) || scene_.is_quoted(guest.first) || is_of_person(clause, guest)) return false;
    const bool is_plain = guest.role == Role::none || guest.role == Role::owner || guest.role == Role::agent || guest.role == Role::with;
    return is_plain || (guest.role == Role::recipient && !is_head_last(clause));
  }

  // ---- which event

  // The clause takes up the event named last: "В заседании", "unda".
  bool takes_up(const Clause& clause) const {
    return scene_.cue_in(clause, "event_pronouns", clause.first, clause.last) != nullptr || scene_.cue_in(clause, "cased_event_heads", clause.first, clause.last) != nullptr;
  }

  const Thing* event_of(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* after = scene_.after(clause, cue.last, Root::event, kBehind);
    if (after != nullptr) return after;
    for (const Thing& thing : clause.things) {  // "Форум собрал": the verb may stand in the words that describe it
      if (thing.root == Root::event && thing.first <= cue.first && cue.last <= thing.last) return &thing;
    }
    if (const Thing* before = scene_.before(clause, cue.first, Root::event, kReach)) return before;
    return takes_up(clause) ? scene_.topic(clause, Root::event, kSentencesBack) : nullptr;
  }

  // ---- who

  // Up to the next verb of taking part or a semicolon.
  Things guests_between(const Clause& clause, std::uint32_t first, std::uint32_t last, const Thing& event) const {
    Things out;
    for (const Thing& guest : clause.things) {
      if (guest.first < first || guest.last > last || !may_take_part(clause, guest)) continue;
      if (scene_.is_same(guest, event) || (scene_.clause_of(event).sentence == clause.sentence && holds(event, guest))) continue;
      if (!out.empty() && scene_.is_broken(clause, out.back()->last, guest.first)) break;
      out.push_back(&guest);
    }
    return out;
  }

  void take_part(const Clause& clause, const PhraseMatch& cue) {
    const Thing* event = is_absent(scene_, clause, cue) ? nullptr : event_of(clause, cue);
    if (event == nullptr) return;
    Things guests;
    const bool is_behind = !is_head_last(clause) && !(event->first >= cue.last && scene_.clause_of(*event).sentence == clause.sentence);
    if (is_behind) guests = guests_between(clause, cue.last, clause.last, *event);
    if (guests.empty()) guests = guests_between(clause, start_of(clause, cue.first), cue.first, *event);
    for (const Thing* guest : guests) link(clause, *guest, *event, cue.first, cue.last, 0.7F);
  }

  // Past the last semicolon.
  std::uint32_t start_of(const Clause& clause, std::uint32_t at) const {
    std::uint32_t first = clause.first;
    for (const std::uint32_t mark : clause.breaks) {
      if (mark < at) first = mark;
    }
    return first;
  }

  // "при участии A и B", "A va B ishtirokida"
  void joined_by(const Clause& clause, const PhraseMatch& cue) {
    const Thing* event = scene_.after(clause, cue.last, Root::event, kReach);
    if (const Thing* before = scene_.before(clause, cue.first, Root::event, kReach); before != nullptr && !is_head_last(clause)) event = before;
    if (event == nullptr) event = scene_.before(clause, cue.first, Root::event, kReach);
    if (event == nullptr) return;
    const Things listed = is_head_last(clause) ? scene_.list_before(clause, cue.first, kGuests, 4) : scene_.list_after(clause, cue.last, kGuests, 4);
    for (const Thing* guest : listed) {
      if (!holds(*event, *guest) && !is_of_person(clause, *guest)) link(clause, *guest, *event, cue.first, cue.last, 0.75F);
    }
    if (listed.empty()) return;
    for (const Literal& post : clause.positions) person_of(clause, post, *listed.front(), *event, cue);
  }

  // "с участием министра X Анны Надь": the person of the post, not its body.
  void person_of(const Clause& clause, const Literal& post, const Thing& body, const Thing& event, const PhraseMatch& cue) {
    if (post.first > body.first || body.last > post.last) return;
    for (const Thing& thing : clause.things) {
      if (thing.root == Root::person && post.first <= thing.first && thing.last <= post.last) link(clause, thing, event, cue.first, cue.last, 0.7F);
    }
  }

  // "визит Анны Надь в Ташкент", "Anna Nagyning tashrifi", "встретился с Анной Надь"; whoever met or came is the subject.
  void named_guests(const Clause& clause, const Thing& event) {
    const std::string kind = scene_.property(event.mention, "kind");
    if (kind != "visit" && kind != "meeting") return;
    bool has_guest = false;
    const std::uint32_t last = is_head_last(clause) ? event.last : event.last + kGuestReach;
    for (const Thing& guest : clause.things) {
      if (guest.root != Root::person || guest.first < event.first || guest.first > last || scene_.is_broken(clause, event.last, guest.first)) continue;
      if (guest.first >= event.last && !(kind == "meeting" && meets(clause, event.last, guest.first))) continue;
      link(clause, guest, event, event.first, event.last, 0.75F);
      has_guest = true;
    }
    if (kind == "visit" && has_guest) return;
    const bool is_encounter = scene_.cue_in(clause, "encounter_verbs", event.first, event.last) != nullptr;
    const bool is_paid = kind == "visit" && scene_.cue_in(clause, "cased_event_verbs", clause.first, clause.last) != nullptr;
    if (!is_encounter && !is_paid) return;
    for (const Thing& guest : clause.things) {
      const bool is_subject = guest.root == Root::person && guest.last <= event.first && guest.role == Role::none;
      if (is_subject) return link(clause, guest, event, event.first, event.last, 0.7F);
    }
  }

  // "встреча с A"
  bool meets(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    return scene_.cue_in(clause, "event_meets", first, last) != nullptr;
  }

  // "Unda A mukofot topshirdi": in the sentence behind an event that pronoun takes it up, and its subject was there.
  void acted_there(const Clause& clause) {
    const PhraseMatch* cue = scene_.cue_in(clause, "event_pronouns", clause.first, std::min(clause.last, clause.first + 2));
    if (cue == nullptr || !is_head_last(clause)) return;
    const Thing* event = scene_.topic(clause, Root::event, 1);
    if (event == nullptr) return;
    const Thing* best = nullptr;
    for (const Thing& guest : clause.things) {
      if (guest.root == Root::person && !guest.is_inner && guest.role == Role::none) best = &guest;
    }
    if (best != nullptr) link(clause, *best, *event, cue->first, cue->last, 0.6F);
  }

  // "A seminar o‘tkazdi", "А. Иванов провёл семинар": whoever runs an event is there.
  void runs(const Clause& clause, const PhraseMatch& cue) {
    const Thing* event = is_head_last(clause) ? scene_.before(clause, cue.first, Root::event, 2) : scene_.after(clause, cue.last, Root::event, 4);
    if (event == nullptr) return;
    const Thing* best = nullptr;
    for (const Thing& guest : clause.things) {
      const bool is_subject = guest.root == Root::person && guest.role == Role::none && guest.last <= std::min(event->first, cue.first);
      if (is_subject && !scene_.is_broken(clause, guest.last, cue.first)) best = &guest;
    }
    if (best == nullptr && !is_head_last(clause)) best = scene_.after(clause, event->last, Root::person, kBehind);  // "Открыл форум министр А. Иванов"
    if (best == nullptr || best->role != Role::none) return;
    link(clause, *best, *event, cue.first, cue.last, 0.65F);
    for (const Thing* other : scene_.list_before(clause, best->last, Root::person, 0)) {
      if (other != best && other->role == Role::none) link(clause, *other, *event, cue.first, cue.last, 0.65F);
    }
  }

  // ---- where, under what

  bool is_where(const Clause& clause, const Thing& event, const Thing& place) const {
    if (place.root != Root::place || is_in_post(clause, place)) return false;
    const bool is_visit = scene_.property(event.mention, "kind") == "visit";
    if (is_visit && is_head_last(clause)) {
      const auto* ending = clause.grammar->case_of(scene_.reading().folded(place.last - 1));
      if (ending != nullptr && ending->role == Role::recipient) return place.last <= event.last && place.last + 4 > event.first;
    }
    if (place.is_inner) return is_visit && holds(event, place) && scene_.walk(clause).folded(scene_.walk(clause).before(place.first)) == "в";
    return place.role == Role::place && !is_adjective(clause, place);
  }

  bool is_in_post(const Clause& clause, const Thing& place) const {
    return std::ranges::any_of(clause.positions, [&](const Literal& post) { return post.first <= place.first && place.last <= post.last; });
  }

  // "Brysseldagi" goes with the noun behind it.
  bool is_adjective(const Clause& clause, const Thing& place) const {
    return clause.grammar->is_where(scene_.reading().folded(place.last - 1));
  }

  void place(const Clause& clause, const Thing& event) {
    const PhraseMatch* held = scene_.cue_in(clause, "cased_event_verbs", clause.first, clause.last);
    const bool is_held = held != nullptr;
    if (is_held && is_absent(scene_, clause, *held)) return;
    const bool is_visit = scene_.property(event.mention, "kind") == "visit";
    const bool is_encounter = scene_.cue_in(clause, "encounter_verbs", event.first, event.last) != nullptr;
    if (!is_held && !is_visit && !is_encounter) return;
    const Thing* best = nullptr;
    std::uint32_t nearest = kPlaceReach;
    for (const Thing& where : clause.things) {
      if (!is_where(clause, event, where)) continue;
      const std::uint32_t gap = where.first >= event.last ? where.first - event.last : event.first >= where.last ? event.first - where.last : 0;
      if (gap < nearest && !scene_.is_broken(clause, std::min(event.last, where.last), std::max(event.first, where.first))) {
        nearest = gap;
        best = &where;
      }
    }
    if (best == nullptr) return;
    scene_.add(clause, {"LOCATED_IN", event.mention, best->mention, event.first, event.last, Modality::unknown, 0.7F, kPlaced});
  }

  // "В рамках проекта X прошёл семинар", "X loyihasi doirasida seminar o‘tkazildi"
  void held_under(const Clause& clause, const PhraseMatch& cue) {
    const Thing* work = is_head_last(clause) ? scene_.before(clause, cue.first, Root::programme, 3) : scene_.after(clause, cue.last, Root::programme, 6);
    if (work == nullptr) return;
    const Thing* event = scene_.after(clause, std::max(cue.last, work->last), Root::event, kReach);
    if (event == nullptr && !is_head_last(clause)) event = scene_.before(clause, cue.first, Root::event, kBehind);
    if (event == nullptr) return;
    scene_.add(clause, {"HELD_UNDER", event->mention, work->mention, cue.first, cue.last, Modality::unknown, 0.75F, kUnder});
  }

  Scene& scene_;
};

}  // namespace

void relate_cased_events(Scene& scene) { CasedEvents(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
