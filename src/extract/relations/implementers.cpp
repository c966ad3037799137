#include <algorithm>

#include "extract/relations/absence.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who carries out a programme or holds an event.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kBodies = Root::organization | Root::place;
constexpr Root kWorks = Root::programme | Root::event;
constexpr std::string_view kBy = "implemented-by/1";

class Implementers {
 public:
  explicit Implementers(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_implemented_by")) passive(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_implements")) active(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_responsible")) responsible(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_duty")) duty(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_included_in")) included(clause, *cue);
      owners(clause);
    }
  }

 private:
  void link(const Clause& clause, const Thing& work, const Thing& body, const PhraseMatch& cue, float confidence) {
    const Modality modality = modality_at(scene_, clause, cue.first, cue.last);
    auto* relation = scene_.add(clause, {"IMPLEMENTED_BY", work.mention, body.mention, cue.first, cue.last, modality, confidence, kBy});
    if (relation == nullptr || modality == Modality::completed || modality == Modality::ongoing) return;
    if (const auto* date = date_after(clause, body.last)) relation->valid_from = date->value.as_partial_date();
  }

  // "by X in 2025", "in X's projects for 2026": when what is still to come begins.
  const ExtractedMention* date_after(const Clause& clause, std::uint32_t token) const {
    for (const Literal& date : clause.dates)
      if (date.first >= token && date.first <= token + 4 && scene_.mention(date.mention).value.kind() == ValueKind::partial_date)
        return &scene_.mention(date.mention);
    return nullptr;
  }

  // What the passive is said of: the nearest work in front; an event or programme within another thing's adjunct is passed over.
  const Thing* work_before(const Clause& clause, const PhraseMatch& cue) const {
    if (const Thing* near = scene_.before(clause, cue.first, kWorks, 6)) return near;
    if (const Thing* subject = scene_.subject(clause, cue.first, kWorks)) return subject;
    if (const Thing* any = scene_.before(clause, cue.first, kWorks)) return any;
    const Thing* topic = scene_.topic(clause, kWorks, 1);
    return topic == nullptr && cue.first == clause.first ? scene_.page_work() : topic;  // "Implemented by X" in a line of its own
  }

  void passive(const Clause& clause, const PhraseMatch& cue) {
    if (is_absent(scene_, clause, cue)) return;
    const Things bodies = scene_.list_after(clause, cue.last, kBodies, 5);
    const Thing* work = bodies.empty() ? nullptr : work_before(clause, cue);
    if (work == nullptr) return;
    for (const Thing* body : bodies) link(clause, *work, *body, cue, 0.85F);
  }

  bool is_passive(const Clause& clause, const PhraseMatch& cue) const {
    const Walk words = scene_.walk(clause);
    return scene_.has_cue("cue_not_implements", words.before(cue.first)) || words.folded(words.at(cue.last)) == "by" ||
           words.folded(words.at(cue.last)) == "in";
  }

  void active(const Clause& clause, const PhraseMatch& cue) {
    if (is_passive(clause, cue) || is_absent(scene_, clause, cue)) return;
    const Thing* body = nearest_subject(clause, cue);
    if (body == nullptr) return;
    relative(clause, cue, *body);
    for (const Thing* work : scene_.list_after(clause, cue.last, kWorks, 9)) {
      if (work->root == Root::event && is_personal(*work)) continue;
      if (crosses_body(clause, cue, *work) || (body->root == Root::place && scene_.has_cue("cue_hosts", cue.first))) continue;
      for (const Thing* one : scene_.list_before(clause, body->last, kBodies, 1)) {  // "A and B held"
        if (one == body || (!one->is_adjunct && one->root == body->root)) link(clause, *work, *one, cue, 0.75F);
      }
    }
  }

  // "the project, which the Ministry will carry out"
  void relative(const Clause& clause, const PhraseMatch& cue, const Thing& body) {
    const Walk words = scene_.walk(clause);
    std::uint32_t before = words.before(body.first);
    if (scene_.has_cue("articles", before)) before = words.before(before);
    if (words.folded(before) != "which" && words.folded(before) != "that") return;
    const Thing* work = scene_.before(clause, before, kWorks, 4);
    if (work != nullptr && body.last + 3 >= cue.first && body.root == Root::organization) link(clause, *work, body, cue, 0.75F);
  }

  // Visits and meetings are taken part in, not carried out.
  bool is_personal(const Thing& event) const {
    const std::string kind = scene_.property(event.mention, "kind");
    return kind == "visit" || kind == "meeting";
  }

  bool crosses_body(const Clause& clause, const PhraseMatch& cue, const Thing& work) const {
    const Thing* between = scene_.after(clause, cue.last, Root::organization | Root::person, 60);
    return between != nullptr && between->last <= work.first;
  }

  const Thing* nearest_subject(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* best = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.last > cue.first) break;
      if (thing.is_inner || !has(kBodies | Root::person | kWorks, thing.root)) continue;
      if (has(kWorks, thing.root) && best != nullptr && is_object(clause, *best, thing, cue)) continue;
      if (thing.is_adjunct || scene_.is_broken(clause, thing.last, cue.first)) continue;
      best = &thing;
    }
    if (best == nullptr || best->last + 24 < cue.first) return nullptr;
    return has(kBodies, best->root) ? best : nullptr;
  }

  // "X hosted A and organizes B": A is what the verb before is about, X the subject of both.
  bool is_object(const Clause& clause, const Thing& body, const Thing& work, const PhraseMatch& cue) const {
    const PhraseMatch* verb = scene_.cue_in(clause, "cue_implements", body.last, work.first);
    return verb != nullptr && scene_.cue_in(clause, "list_joints", work.last, cue.first) != nullptr;
  }

  // "with the intention to include it in X's projects": X is to carry it out.
  void included(const Clause& clause, const PhraseMatch& cue) {
    const Thing* body = scene_.after(clause, cue.last, Root::organization, 2);
    if (body == nullptr || !scene_.has_cue("portfolio_words", scene_.walk(clause).at(body->last))) return;
    if (const Thing* work = work_before(clause, cue)) link(clause, *work, *body, cue, 0.6F);
  }

  // "Responsibility for implementing the programme lies with X", "for which X is responsible", "X was made responsible for its
  // implementation".
  void duty(const Clause& clause, const PhraseMatch& cue) {
    const std::string& id = scene_.reading().entry(cue).id;
    if (id == "direct") return direct(clause, cue);
    const bool is_told_of = id == "noun";  // the body is named behind, past the work
    const Thing* work = is_told_of ? scene_.after(clause, cue.last, kWorks, 6) : nullptr;
    const Thing* body = nullptr;
    Things bodies;
    if (is_told_of) {
      const PhraseMatch* holder = scene_.cue_in(clause, "duty_holders", cue.last, clause.last);
      body = holder == nullptr ? nullptr : scene_.after(clause, holder->last, kBodies, 3);
    } else {
      bodies = scene_.list_before(clause, cue.first, Root::organization, 8);
      body = bodies.empty() ? nullptr : bodies.back();
      work = scene_.after(clause, cue.last, kWorks, 4);
    }
    if (bodies.empty() && body != nullptr) bodies = {body};
    if (body == nullptr || (work == nullptr && id == "with")) return;
    if (work == nullptr) work = scene_.before(clause, std::min(body->first, cue.first), Root::programme);
    if (work == nullptr) work = scene_.topic(clause, Root::programme, 2);
    if (work == nullptr) return;
    if (const Thing* hand = hand_of(clause, *work)) bodies = {hand};
    for (const Thing* one : bodies) link(clause, *work, *one, cue, 0.75F);
  }

  // "The Borrower shall carry out the project through the Ministry"
  const Thing* hand_of(const Clause& clause, const Thing& work) const {
    const Walk words = scene_.walk(clause);
    const std::uint32_t next = words.at(work.last);
    const std::uint32_t through = words.folded(next) == "through" ? next : words.next(next);
    return words.folded(through) == "through" ? scene_.after(clause, through + 1, Root::organization, 2) : nullptr;
  }

  // "X is responsible for the programme", "the operator of the programme is X"
  void direct(const Clause& clause, const PhraseMatch& cue) {
    const Thing* work = scene_.after(clause, cue.last, kWorks, 3);
    if (work == nullptr) return;
    Things bodies = scene_.list_before(clause, cue.first, Root::organization, 8);
    const bool is_told_behind = scene_.walk(clause).is_sign(scene_.walk(clause).at(work->last), U':') || scene_.cue_in(clause, "finite_verbs", work->last, clause.last) != nullptr;
    if (bodies.empty() && is_told_behind) bodies = scene_.list_after(clause, work->last, Root::organization, 5);
    if (bodies.size() > 1 && bodies.front()->is_adjunct) bodies = {bodies.back()};
    for (const Thing* body : bodies) link(clause, *work, *body, cue, 0.75F);
  }

  // "The Ministry is the responsible executive body": of the programme spoken of.
  void responsible(const Clause& clause, const PhraseMatch& cue) {
    const Thing* body = scene_.before(clause, cue.first, Root::organization, 6);
    if (body == nullptr) body = scene_.after(clause, cue.last, Root::organization, 4);
    if (body == nullptr) return;
    const Thing* work = scene_.after(clause, cue.last, Root::programme, 8);
    if (work == nullptr) work = scene_.before(clause, cue.first, Root::programme);
    if (work == nullptr) work = scene_.topic(clause, Root::programme, 4);
    if (work != nullptr) link(clause, *work, *body, cue, 0.75F);
  }

  // "KOICA's “X” program", "the Israeli government's «Y» program": whose programme it is.
  void owners(const Clause& clause) {
    for (std::size_t i = 1; i < clause.things.size(); ++i) {
      const Thing& owner = clause.things[i - 1];
      const Thing& work = clause.things[i];
      if (owner.root != Root::organization || work.root != Root::programme || work.first < owner.last || scene_.is_quoted(owner.first)) continue;
      if (!is_genitive(clause, owner, work)) continue;
      scene_.add(clause, {"IMPLEMENTED_BY", work.mention, owner.mention, owner.first, work.last, Modality::unknown, 0.6F, kBy});
    }
  }

  bool is_genitive(const Clause& clause, const Thing& owner, const Thing& work) const {
    const Walk words = scene_.walk(clause);
    const std::string_view last = words.text(owner.last - 1);
    const std::string_view between = work.first > owner.last ? scene_.reading().text(scene_.reading().span(owner.last, work.first)) : std::string_view();
    const bool has_mark = last.ends_with("'s") || last.ends_with("’s") || between.starts_with("'s") || between.starts_with("’s");
    return has_mark && work.first <= owner.last + 3;
  }

  Scene& scene_;
};

}  // namespace

void relate_implementers(Scene& scene) { Implementers(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
