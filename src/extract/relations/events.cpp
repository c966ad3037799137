#include <algorithm>

#include "extract/relations/absence.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who took part in an event, and which programme it was held under.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kGuests = Root::person | Root::organization;
constexpr std::string_view kTakesPart = "took-part-in/1";

class Events {
 public:
  explicit Events(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_takes_part")) active(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_attended_by")) passive(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_during")) during(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_held_under")) held_under(clause, *cue);
      guests_in_name(clause);
    }
  }

 private:
  void take_part(const Clause& clause, const Thing& guest, const Thing& event, std::uint32_t first, std::uint32_t last, float confidence) {
    if (scene_.has_edge("IMPLEMENTED_BY", event.mention, guest.mention) || scene_.has_edge("PARTNER_IN", guest.mention, event.mention)) return;
    if (is_left_out(scene_, clause, guest)) return;
    scene_.add(clause, {"TOOK_PART_IN", guest.mention, event.mention, first, last, Modality::unknown, confidence, kTakesPart});
  }

  // The subject of the verb: a person or body that no preposition introduces; a title's body is no subject.
  const Thing* subject(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* best = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.last > cue.first) break;
      const bool is_leader = thing.root == Root::person && scene_.cue_in(clause, "delegation_leads", clause.first, thing.first) != nullptr;
      if (thing.is_inner || !has(kGuests, thing.root) || (thing.is_adjunct && !is_leader && !is_represented(clause, thing))) continue;
      if (best != nullptr && best->root == Root::person && thing.root == Root::organization) continue;
      best = &thing;
    }
    return best;
  }

  void active(const Clause& clause, const PhraseMatch& cue) {
    const Thing* guest = subject(clause, cue);
    if (guest == nullptr || is_passive(clause, cue) || is_absent(scene_, clause, cue)) return;
    const Thing* event = scene_.after(clause, cue.last, Root::event, 10);
    if (event == nullptr) event = holds(clause, cue);
    if (event == nullptr) event = last_event_of(clause, cue);
    if (event == nullptr) return;
    if (guest->root == Root::organization && is_run(cue)) return;
    take_part(clause, *guest, *event, cue.first, cue.last, 0.75F);
    for (const Thing* other : scene_.list_before(clause, guest->last, guest->root, 0)) {  // "A, B and C took part"
      if (other != guest && (!other->is_adjunct || is_represented(clause, *other))) take_part(clause, *other, *event, cue.first, cue.last, 0.7F);
    }
  }

  // "Representatives of A and B"
  bool is_represented(const Clause& clause, const Thing& body) const {
    if (body.root != Root::organization) return false;
    const PhraseMatch* cue = scene_.cue_in(clause, "delegation_of", clause.first, body.first);
    return cue != nullptr && scene_.cue_in(clause, "finite_verbs", cue->last, body.first) == nullptr;
  }

  // The verb itself may stand in the words that describe an event: "convened with X".
  const Thing* holds(const Clause& clause, const PhraseMatch& cue) const {
    for (const Thing& thing : clause.things) {
      if (thing.root == Root::event && thing.first <= cue.first && cue.last <= thing.last) return &thing;
    }
    return nullptr;
  }

  // "the company X won": of the contest that the sentence before was about.
  const Thing* last_event_of(const Clause& clause, const PhraseMatch& cue) const {
    return scene_.reading().folded(cue.first) == "won" ? scene_.topic(clause, Root::event, 1) : nullptr;
  }

  bool is_run(const PhraseMatch& cue) const {
    const std::string_view verb = scene_.reading().folded(cue.first);
    return verb == "held" || verb == "conducted" || verb == "hosted" || verb == "opened" || verb == "made" || verb == "paid";
  }

  bool is_passive(const Clause& clause, const PhraseMatch& cue) const {
    const std::string_view before = scene_.walk(clause).folded(scene_.walk(clause).before(cue.first));
    return before == "was" || before == "were" || before == "been" || before == "be" || before == "is" || before == "are";
  }

  // "attended by A, B and C", "with the participation of specialists from A, B": persons and bodies to the sentence's end.
  void passive(const Clause& clause, const PhraseMatch& cue) {
    if (is_absent(scene_, clause, cue)) return;
    const Thing* event = scene_.before(clause, cue.first, Root::event);
    if (event == nullptr) event = scene_.subject(clause, cue.first, Root::event);
    if (event == nullptr) event = scene_.topic(clause, Root::event, 1);
    if (event == nullptr) return;
    bool has_person = false;
    for (const Thing& guest : clause.things) {
      if (guest.first < cue.last || guest.is_inner || !has(kGuests, guest.root)) continue;
      if (scene_.has_cue("body_members", scene_.walk(clause).at(guest.last))) continue;
      if (guest.root == Root::organization && (has_person || is_of_person(clause, guest))) continue;
      if (scene_.cue_in(clause, "cue_said", cue.last, guest.first) != nullptr || is_speaker(clause, guest)) break;
      if (!follows(clause, cue, guest)) break;
      has_person = has_person || guest.root == Root::person;
      take_part(clause, guest, *event, cue.first, cue.last, 0.65F);
    }
  }

  bool is_speaker(const Clause& clause, const Thing& guest) const {
    return scene_.cue_in(clause, "cue_said", guest.last, std::min(clause.last, guest.last + 3)) != nullptr;
  }

  // The body of a person's title takes no part itself.
  bool is_of_person(const Clause& clause, const Thing& body) const {
    return std::ranges::any_of(clause.positions, [&](const Literal& post) { return post.first <= body.first && body.last <= post.last; });
  }

  // No verb of a new clause between the cue and the guest.
  bool follows(const Clause& clause, const PhraseMatch& cue, const Thing& guest) const {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = cue.last; i < guest.first; ++i) {
      if (words.is_sign(i, U';')) return false;
      if (scene_.has_cue("finite_verbs", i) && !scene_.has_cue("cue_attended_by", i)) return false;
    }
    return true;
  }

  // "During an official visit to X, A ..."
  void during(const Clause& clause, const PhraseMatch& cue) {
    const Thing* event = scene_.after(clause, cue.last, Root::event, 3);
    if (event == nullptr || cue.first > clause.first + 12) return;
    const Thing* person = scene_.after(clause, event->last, Root::person, 6);
    if (person == nullptr || person->is_adjunct) return;
    take_part(clause, *person, *event, cue.first, cue.last, 0.7F);
  }

  // "a meeting with X": X took part.
  void guests_in_name(const Clause& clause) {
    for (const Thing& event : clause.things) {
      if (event.root != Root::event || scene_.is_quoted(event.first)) continue;
      for (const Thing& guest : clause.things) {
        if (!has(kGuests, guest.root) || guest.first < event.first || guest.last > event.last) continue;
        if (!is_named_guest(clause, event, guest)) continue;
        take_part(clause, guest, event, event.first, event.last, 0.8F);
      }
      held_with(clause, event);
      meeting_with(clause, event);
      visitor(clause, event);
      met(clause, event);
    }
  }

  // "held a conference with A and B": the bodies behind "with", whose persons are none of them.
  void held_with(const Clause& clause, const Thing& event) {
    std::uint32_t end = Walk::kNone;
    for (const Thing& guest : clause.things) {
      if (guest.first < event.first || guest.root != Root::organization || is_of_person(clause, guest)) continue;
      if (guest.first > event.last + 3) return;
      if (scene_.has_cue("position_titles", scene_.walk(clause).at(guest.last))) continue;  // "with the ADB Director"
      const std::uint32_t with = scene_.word_before(clause, guest.first, "prepositions");
      const bool opens = end == Walk::kNone && with != Walk::kNone && scene_.reading().folded(with) == "with";
      if (!opens && (end == Walk::kNone || !is_joined(clause, end, guest.first))) continue;
      take_part(clause, guest, event, event.first, event.last, 0.65F);
      end = guest.last;
    }
  }

  // Commas, "and", articles and nothing else.
  bool is_joined(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = first; i < last; ++i) {
      if (!words.is_sign(i, U',') && !scene_.has_cue("list_joints", i) && !scene_.has_cue("articles", i)) return false;
    }
    return first < last;
  }

  // "convened a meeting with X"
  void meeting_with(const Clause& clause, const Thing& event) {
    const Walk words = scene_.walk(clause);
    if (words.folded(words.at(event.last)) != "with") return;
    for (const Thing* guest : scene_.list_after(clause, event.last, Root::person, 3)) {
      take_part(clause, *guest, event, event.first, event.last, 0.75F);
    }
  }

  // "with A", "between A and B", "of the delegation of X"
  bool is_named_guest(const Clause& clause, const Thing& event, const Thing& guest) const {
    if (guest.root == Root::organization) return scene_.cue_in(clause, "delegation_of", event.first, guest.first) != nullptr;
    if (scene_.walk(clause).folded(scene_.word_before(clause, guest.first, "prepositions")) == "with") return true;
    return scene_.cue_in(clause, "cue_between", event.first, guest.first) != nullptr;
  }

  // "A's visit to X"
  void visitor(const Clause& clause, const Thing& event) {
    const Thing* guest = scene_.before(clause, event.first, Root::person, 0);
    if (guest == nullptr) return;
    const std::string_view last = scene_.walk(clause).text(guest->last - 1);
    if (last.ends_with("'s") || last.ends_with("’s")) take_part(clause, *guest, event, guest->first, event.last, 0.75F);
  }

  // "met with X President B": the person stands behind the title's body.
  void met(const Clause& clause, const Thing& event) {
    const bool is_bare = scene_.has_cue("encounter_verbs", event.first);
    if (!is_bare && scene_.reading().folded(event.first) != "met" && scene_.reading().folded(event.first) != "held") return;
    if (is_bare) met_beside(clause, event);
    const Thing* host = scene_.subject(clause, event.first, Root::person);
    if (host != nullptr && host->last <= event.first) take_part(clause, *host, event, host->first, event.last, 0.7F);
    for (const Literal& post : clause.positions) {
      if (post.first < event.first || post.first > event.last) continue;
      const Thing* guest = scene_.before(clause, post.last, Root::person, 1);
      if (guest != nullptr && guest->first >= event.first) take_part(clause, *guest, event, event.first, event.last, 0.7F);
      return;
    }
  }

  // "met Anna Nagy"
  void met_beside(const Clause& clause, const Thing& event) {
    for (const Thing& guest : clause.things) {
      if (guest.root == Root::person && guest.first >= event.first && guest.last <= event.last) take_part(clause, guest, event, event.first, event.last, 0.7F);
    }
  }

  void held_under(const Clause& clause, const PhraseMatch& cue) {
    const Thing* programme = scene_.after(clause, cue.last, Root::programme, 8);
    if (programme == nullptr) return;
    const Thing* event = scene_.before(clause, cue.first, Root::event);
    const bool is_short = cue.last - cue.first == 1;
    if (event == nullptr && cue.first <= clause.first + 1) event = scene_.after(clause, programme->last, Root::event, 14);
    if (event == nullptr && !is_short && scene_.cue_in(clause, "event_held", clause.first, cue.first) != nullptr) event = scene_.topic(clause, Root::event, 2);
    if (event == nullptr || (is_short && scene_.clause_of(*event).sentence == clause.sentence && event->last + 3 < cue.first)) return;
    scene_.add(clause, {"HELD_UNDER", event->mention, programme->mention, cue.first, cue.last, Modality::unknown, 0.8F, "held-under/1"});
  }

  Scene& scene_;
};

}  // namespace

void relate_events(Scene& scene) { Events(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
