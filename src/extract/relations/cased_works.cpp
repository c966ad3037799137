#include <algorithm>

#include "extract/relations/absence.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who carries out a programme and who takes part, in languages that mark cases: the verbs are the pack's ("case_works"), the part
// of a body is told by its role. "реализуется ПРООН совместно с Министерством юстиции", "Adliya vazirligi tomonidan".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kBodies = Root::organization | Root::place;
constexpr Root kWorks = Root::programme | Root::event;
constexpr std::uint32_t kReach = 20;
constexpr std::uint32_t kBeside = 3;    // tokens between a verb and its bare acronym
constexpr std::uint32_t kNamedWithin = 12;  // tokens behind "исполнитель" in which it is named
constexpr std::uint32_t kFormWords = 8; // tokens between a body and "при", where they tell its form
constexpr int kPageSentences = 16;      // above a line of a project's page that stands the project's name

class CasedWorks {
 public:
  explicit CasedWorks(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.grammar == nullptr || clause.zone == Zone::keywords || clause.zone == Zone::reference) continue;
      for (const PhraseMatch* cue : scene_.cues(clause, "case_works")) read(clause, *cue);
      partners(clause);
      parts(clause);
      parties(clause);
    }
  }

 private:
  std::string_view field(const PhraseMatch& cue, std::string_view name) const { return scene_.reading().entry(cue).field(name); }

  void link(const Clause& clause, std::string_view type, const Thing& body, const Thing& work, std::uint32_t first, std::uint32_t last, float confidence) {
    const Modality modality = modality_at(scene_, clause, first, last);
    if (type == "PARTNER_IN") {
      if (work.root == Root::event && takes_part(clause, first, last)) return;
      if (scene_.has_edge("IMPLEMENTED_BY", work.mention, body.mention) || is_giver(body)) return;
      scene_.add(clause, {type, body.mention, work.mention, first, last, modality, confidence, "cased-works/1"});
    } else if (body.root == Root::organization) {
      scene_.add(clause, {type, work.mention, body.mention, first, last, modality, confidence, "cased-works/1"});
    }
  }

  // "с участием X", "X ishtirok etdi" of an event is TOOK_PART_IN.
  bool takes_part(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    const bool is_last = clause.grammar->is_head_last;  // the words stand at one end of a list
    const std::uint32_t before = is_last ? kBeside : kReach, behind = is_last ? kReach : kBeside;
    const std::uint32_t from = std::max(clause.first, first > before ? first - before : 0), to = std::min(clause.last, last + behind);
    return scene_.cue_in(clause, "case_joined_by", from, to) != nullptr || scene_.cue_in(clause, "case_takes_part", from, to) != nullptr;
  }

  // A giver of a stated sum is PROVIDES.
  bool is_giver(const Thing& body) const {
    return std::ranges::any_of(scene_.out().relations, [&](const ExtractedRelation& relation) {
      return relation.type == "PROVIDES" && scene_.head(relation.from) == scene_.head(body.mention);
    });
  }

  // The nearest work that the clause speaks of, on the side where the language puts it, then on the other.
  const Thing* work_near(const Clause& clause, std::uint32_t first, std::uint32_t last, bool looks_behind) const {
    const Thing* before = scene_.before(clause, first, kWorks, 2 * kReach);
    const Thing* after = scene_.after(clause, last, kWorks, kReach);
    const Thing* found = looks_behind ? (after != nullptr ? after : before) : (before != nullptr ? before : after);
    return found;
  }

  const Thing* work_of(const Clause& clause, const PhraseMatch& cue, bool is_active) const {
    if (const Thing* near = work_near(clause, cue.first, cue.last, is_active && !clause.grammar->is_head_last)) return near;
    const bool is_line = field(cue, "voice") == "noun" || cue.first <= clause.first + 3;
    if (is_line && scene_.page_work() != nullptr) return scene_.page_work();
    return scene_.topic(clause, is_line ? Root::programme : kWorks, is_line ? kPageSentences : 1);
  }

  // Bodies of a role between tokens.
  Things with_role(const Clause& clause, std::uint32_t from, std::uint32_t to, Role role) const {
    Things out;
    for (const Thing& thing : Scene::from(clause, from)) {
      if (thing.first >= to) break;
      if (thing.first >= from && !thing.is_inner && has(kBodies, thing.root) && thing.role == role && !scene_.is_quoted(thing.first)) out.push_back(&thing);
    }
    return out;
  }

  // The words that speak of this verb rather than of its neighbours.
  std::pair<std::uint32_t, std::uint32_t> stretch(const Clause& clause, const PhraseMatch& cue) const {
    std::uint32_t from = cue.first > 2 * kReach ? cue.first - 2 * kReach : 0, to = cue.last + kReach;
    for (const PhraseMatch& other : scene_.reading().matches_in("case_works", std::max(from, clause.first), std::min(to, clause.last))) {
      if (other.last <= cue.first) from = std::max(from, other.last);
      if (other.first >= cue.last) to = std::min(to, other.first);
    }
    return {from, to};
  }

  // Behind the verb where it stands first; "реализуется ПРООН": an acronym shows no case.
  Things doers(const Clause& clause, const PhraseMatch& cue, Role role) const {
    const auto [from, to] = stretch(clause, cue);
    if (clause.grammar->is_head_last) return with_role(clause, from, cue.first, role);
    Things out = with_role(clause, cue.last, to, role);
    if (!out.empty()) {  // "реализуется ПРООН и Министерством"
      for (const Thing* thing : scene_.list_before(clause, out.front()->first, kBodies, kBeside)) {
        if (thing->first >= cue.last && thing->role == Role::none) out.push_back(thing);
      }
    }
    if (out.empty()) {
      for (const Thing* thing : scene_.list_after(clause, cue.last, kBodies, kBeside)) {
        if (thing->role == Role::none) out.push_back(thing);
      }
    }
    const bool is_of_other = scene_.cue_in(clause, "case_works", clause.first, from) != nullptr;  // "финансируется A и реализуется"
    return out.empty() && !is_of_other ? with_role(clause, from, cue.first, role) : out;
  }

  const Thing* subject(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* best = nullptr;
    for (const Thing& thing : Scene::from(clause, cue.first > 2 * kReach ? cue.first - 2 * kReach : 0)) {
      if (thing.first >= cue.first) break;
      const bool may_be = !thing.is_inner && has(kBodies, thing.root) && thing.role == Role::none && !thing.is_adjunct && !scene_.is_broken(clause, thing.last, cue.first);
      if (may_be && (best == nullptr || !clause.grammar->is_head_last)) best = &thing;
    }
    return best;
  }

  // "A va B amalga oshirmoqda", "А и Б реализуют": one subject or several.
  Things joined_to(const Clause& clause, const Thing& one) const {
    Things out = clause.grammar->is_head_last ? scene_.list_after(clause, one.first, kBodies, 1) : scene_.list_before(clause, one.last, kBodies, 1);
    std::erase_if(out, [&](const Thing* thing) { return thing != &one && (thing->role != Role::none || thing->is_adjunct || thing->root != one.root); });
    return out.empty() ? Things{&one} : out;
  }

  // "Программу реализует X", "проект, который ведёт X": the work stands first, and who carries it out behind the verb.
  Things turned(const Clause& clause, const PhraseMatch& cue) const {
    if (clause.grammar->is_head_last) return {};
    std::uint32_t from = cue.last;
    if (scene_.before(clause, cue.first, kWorks, kReach) == nullptr) {  // "Руководит программой X"
      const Thing* work = scene_.after(clause, cue.last, kWorks, kBeside);
      if (work == nullptr) return {};
      from = work->last;
    }
    Things out;
    for (const Thing* thing : scene_.list_after(clause, from, kBodies, kBeside)) {
      if (thing->role == Role::none || thing->role == Role::object) out.push_back(thing);
    }
    return out;
  }

  // "проект, который осуществляет X", "проект, на который Y даёт 5 млн, выполнит X": what stands in front is no subject of this verb.
  bool is_relative_object(const Clause& clause, const PhraseMatch& cue) const {
    const Walk words = scene_.walk(clause);
    const std::uint32_t before = words.before(cue.first);
    return !clause.grammar->is_head_last && (words.is_sign(before, U',') || words.folded(before).starts_with("котор"));
  }

  // "X является заказчиком": the body in front of a noun in the agent's case.
  const Thing* named_before(const Clause& clause, const PhraseMatch& cue) const {
    const std::string_view noun = scene_.reading().folded(cue.first);
    if (clause.grammar->is_head_last || !(noun.ends_with("ом") || noun.ends_with("ем"))) return nullptr;
    const Thing* body = scene_.before(clause, cue.first, Root::organization, 2);
    return body != nullptr && body->role == Role::none && !body->is_adjunct ? body : nullptr;
  }

  // "Исполнитель: X и Y", "X mas’ul ijrochi etib belgilansin", "возложить на X"
  Things named(const Clause& clause, const PhraseMatch& cue) const {
    Things out;
    if (const Thing* subject = named_before(clause, cue)) return {subject};
    for (const Thing* thing : scene_.list_after(clause, cue.last, kBodies, kNamedWithin)) {
      if (thing->role != Role::partner && thing->role != Role::under) out.push_back(thing);
    }
    if (out.empty()) out = scene_.list_before(clause, cue.first, kBodies, clause.grammar->is_head_last ? 8 : 4);
    const bool is_label = out.empty() && clause.last - clause.first <= 4 && clause.sentence + 1 < scene_.clauses().size();
    if (is_label) {  // in a cell of its own
      const Clause& next = scene_.clauses()[clause.sentence + 1];
      out = scene_.list_after(next, next.first, kBodies, 2);
    }
    return out;
  }

  void read(const Clause& clause, const PhraseMatch& cue) {
    const std::string_view type = scene_.reading().entry(cue).id, voice = field(cue, "voice");
    if (type == "PARTNER_IN" && !clause.money.empty()) return;
    if (voice == "active" && moves_money(clause, cue)) return;
    if (voice == "noun" && (is_control(clause, cue) || is_other_field(clause, type) || is_of_person(clause, cue))) return;
    if (voice != "noun" && is_absent(scene_, clause, cue)) return;
    Things bodies;
    if (voice == "passive") {
      const Role told = role_by_name(field(cue, "role"));
      bodies = doers(clause, cue, told == Role::none ? Role::agent : told);
      if (type == "PARTNER_IN" && bodies.empty()) bodies = doers(clause, cue, Role::source);
    } else if (voice == "noun") {
      bodies = named(clause, cue);
    } else if (const Things behind = is_relative_object(clause, cue) ? turned(clause, cue) : Things{}; !behind.empty()) {
      bodies = behind;
    } else if (const Thing* one = subject(clause, cue)) {
      bodies = joined_to(clause, *one);
    } else {
      bodies = turned(clause, cue);
    }
    const Thing* work = bodies.empty() ? nullptr : work_of(clause, cue, voice == "active");
    if (work == nullptr) return;
    for (const Thing* body : bodies) {
      if (!holds(*work, *body)) link(clause, type, *body, *work, cue.first, cue.last, 0.8F);
    }
  }

  // "25 mln dollar o‘tkazdi"
  static bool moves_money(const Clause& clause, const PhraseMatch& cue) {
    return std::ranges::any_of(clause.money, [&](const Literal& money) { return money.last == cue.first; });
  }

  // "Контроль за исполнением возложить на", "ижросини назорат қилиш": who looks after it does not carry it out.
  bool is_control(const Clause& clause, const PhraseMatch& cue) const {
    if (clause.grammar->is_head_last && scene_.cue_in(clause, "control_words", clause.first, cue.first) != nullptr) return true;
    return scene_.cue_in(clause, "control_words", cue.first > clause.first + kBeside * 4 ? cue.first - kBeside * 4 : clause.first, cue.last) != nullptr;
  }

  // "loyiha rahbari Nodira Qosimova": a post.
  static bool is_of_person(const Clause& clause, const PhraseMatch& cue) {
    return std::ranges::any_of(clause.things, [&](const Thing& thing) { return thing.root == Root::person && thing.first == cue.last; });
  }

  // "Партнёры по реализации: A": the field of a page that tells another relation.
  bool is_other_field(const Clause& clause, std::string_view type) const {
    const PhraseMatch* label = scene_.reading().match_at("page_fields", clause.first);
    return label != nullptr && scene_.reading().entry(*label).id != type;
  }

  static bool holds(const Thing& work, const Thing& body) { return body.first < work.last && work.first < body.last; }

  // "при финансировании A", "за счёт средств A" where no sum is told.
  bool pays_for_it(const Clause& clause, const Thing& body) const {
    const std::uint32_t before = scene_.walk(clause).before(body.first);
    return clause.money.empty() && scene_.has_cue("partner_sources", before);
  }

  void partners(const Clause& clause) {
    for (const Thing& body : clause.things) {
      const bool is_partner = body.role == Role::partner || (body.role == Role::source && pays_for_it(clause, body));
      if (body.is_inner || !is_partner || !has(kBodies, body.root) || scene_.is_quoted(body.first)) continue;
      const Thing* work = work_near(clause, body.first, body.last, false);
      if (work == nullptr) work = scene_.topic(clause, kWorks, 1);
      if (work != nullptr && !holds(*work, body)) link(clause, "PARTNER_IN", body, *work, body.first, body.last, 0.75F);
    }
  }

  // "Соглашение между A и B", "A bilan B o‘rtasida": in the clause of the agreement or, below a title, in the next.
  void parties(const Clause& clause) {
    const auto agreement = std::ranges::find(clause.things, Root::agreement, &Thing::root);
    if (agreement == clause.things.end() || scene_.is_quoted(agreement->first)) return;
    Things found = parties_in(clause);
    const Clause* next = clause.sentence + 1 < scene_.clauses().size() ? &scene_.clauses()[clause.sentence + 1] : nullptr;
    if (found.empty() && next != nullptr && next->grammar != nullptr && agreement->first <= clause.first + 1) found = parties_in(*next);
    for (const Thing* party : found) {
      scene_.add(clause, {"PARTY_TO", party->mention, agreement->mention, agreement->first, agreement->last, Modality::agreed, 0.75F, "cased-works/1"});
    }
  }

  Things parties_in(const Clause& clause) const {
    const PhraseMatch* between = scene_.cue_in(clause, "cue_between", clause.first, clause.last);
    if (between != nullptr && !clause.grammar->is_head_last) return scene_.list_after(clause, between->last, kBodies, 3);
    if (between != nullptr) {  // "A va B o‘rtasida"
      Things listed = scene_.list_before(clause, between->first, kBodies, 4);
      if (listed.size() > 1) return listed;
    }
    Things out;
    for (const Thing& thing : clause.things) {
      if (thing.is_inner || !has(kBodies, thing.root)) continue;
      const bool is_joined = thing.role == Role::with || (between != nullptr && thing.last <= between->first && thing.last + 3 >= between->first);
      const bool is_signer = between == nullptr && thing.role == Role::none && thing.root == Root::organization;
      if (is_joined || is_signer) out.push_back(&thing);
    }
    if (Things signers = signers_in(clause); between == nullptr && signers.size() > 1) return signers;
    const bool has_other = std::ranges::any_of(out, [](const Thing* thing) { return thing->role == Role::with; });
    return has_other || between != nullptr ? out : Things{};
  }

  // "A и B подписали", "подписан A и B", "Сторонами являются A и B"
  Things signers_in(const Clause& clause) const {
    const PhraseMatch* verb = scene_.cue_in(clause, "agreement_signing", clause.first, clause.last);
    if (verb == nullptr) return {};
    if (clause.grammar->is_head_last) {  // "A va B memorandumni imzoladi"
      const auto agreement = std::ranges::find(clause.things, Root::agreement, &Thing::root);
      Things listed = agreement == clause.things.end() ? Things{} : scene_.list_before(clause, agreement->first, kBodies, 3);
      std::erase_if(listed, [](const Thing* thing) { return thing->role != Role::none; });
      return listed;
    }
    Things before = scene_.list_before(clause, verb->first, kBodies, 2);
    std::erase_if(before, [](const Thing* thing) { return thing->role != Role::none; });
    if (before.size() > 1) return before;
    Things after = scene_.list_after(clause, verb->last, kBodies, 4);
    std::erase_if(after, [](const Thing* thing) { return thing->role != Role::none && thing->role != Role::agent; });
    return after;
  }

  // "Агентство X при Министерстве Y", "Y huzuridagi X agentligi"
  void parts(const Clause& clause) {
    for (std::size_t i = 0; i < clause.things.size(); ++i) {
      const Thing& whole = clause.things[i];
      const bool is_beside = i > 0 && is_owner_beside(clause, clause.things[i - 1], whole);
      if (whole.is_inner || whole.root != Root::organization || (whole.role != Role::under && !is_beside)) continue;
      const Thing* part = clause.grammar->is_head_last ? scene_.after(clause, whole.last, Root::organization, 2)
                                                       : part_before(clause, whole);
      if (part == nullptr || scene_.is_same(*part, whole)) continue;
      scene_.add(clause, {"PART_OF", part->mention, whole.mention, whole.first, whole.last, Modality::unknown, 0.8F, "cased-works/1"});
    }
  }

  // "Центр в форме учреждения при Министерстве", "Образовать при Кабинете Министров Агентство"
  const Thing* part_before(const Clause& clause, const Thing& whole) const {
    if (const Thing* near = scene_.before(clause, whole.first, Root::organization, 2)) return near;
    const Thing* far = scene_.before(clause, whole.first, Root::organization, kFormWords);
    if (far != nullptr && scene_.cue_in(clause, "body_forms", far->last, whole.first) != nullptr) return far;
    return far == nullptr ? scene_.after(clause, whole.last, Root::organization, 2) : nullptr;
  }

  // "Комитет архивов Министерства культуры": side by side, the second in the genitive.
  bool is_owner_beside(const Clause& clause, const Thing& part, const Thing& whole) const {
    if (clause.grammar->is_head_last || part.is_inner || part.root != Root::organization || whole.first != part.last) return false;
    const std::string_view head = scene_.reading().folded(whole.first);
    return whole.role == Role::none && clause.grammar->goes_on(head) && !head.ends_with("о");
  }

  Scene& scene_;
};

}  // namespace

void relate_cased_works(Scene& scene) { CasedWorks(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
