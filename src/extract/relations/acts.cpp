#include <algorithm>
#include <set>

#include "extract/relations/act_verbs.hpp"
#include "extract/relations/denial.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who issued an act, what it approves and founds, and which acts it changes, ends, rests on or carries out.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kJoined = 40;  // tokens between what is approved and the verb that is joined to one in front

constexpr int kParagraph = 4;         // sentences of one paragraph in which its act is named

class Acts {
 public:
  explicit Acts(Scene& scene) : scene_(scene) {}

  void run() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone != Zone::keywords) issuers(clause);
    }
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone == Zone::keywords) continue;
      for (const Thing& thing : clause.things) {
        if (thing.root == Root::act && !scene_.is_quoted(thing.first)) read_title(clause, thing);
      }
      if (clause.zone == Zone::reference || clause.grammar != nullptr) continue;
      read_verbs(clause);
    }
    own_issuer();
  }

 private:
  // What acts do in a language without cases; cased_acts.cpp has the others.
  void read_verbs(const Clause& clause) {
    const ActVerbs verbs(scene_, clause);
    verbs_ = &verbs;
    objects(clause, "cue_approves", "APPROVES", Root::programme, "approves/1");
    passive(clause, "cue_approved_by", "APPROVES", Root::programme, "approves/1");
    objects(clause, "cue_establishes", "ESTABLISHES", Root::organization, "establishes/1");
    objects(clause, "cue_abolishes", "ABOLISHES", Root::organization, "abolishes/1");
    acts(clause, "cue_amends", "AMENDS", "amends/1");
    acts(clause, "cue_repeals", "REPEALS", "repeals/1");
    acts(clause, "cue_suspends", "SUSPENDS", "cased-acts/1");
    declares(clause);
    ends(clause);
    passive(clause, "cue_established_by", "ESTABLISHES", Root::organization, "establishes/1");
    passive(clause, "cue_abolished_by", "ABOLISHES", Root::organization, "abolishes/1");
    acts(clause, "cue_pursues", "IMPLEMENTS", "implements-act/1");
    acts(clause, "cue_cites", "CITES", "cites/1");
    verbs_ = nullptr;
  }

  // The issuer stands in the citation itself, or beside it.
  void issuers(const Clause& clause) {
    for (const Thing& act : clause.things) {
      if (act.root != Root::act) continue;
      Span title = title_of(act);
      if (title == scene_.mention(act.mention).span) title = {};  // it has no other name
      for (const Thing& thing : clause.things) {
        if (thing.root != Root::organization || thing.first < act.first || thing.last > act.last) continue;
        if (!title.empty() && title.contains(scene_.mention(thing.mention).span)) continue;
        if (is_held_by_other(clause, thing, act)) continue;
        scene_.add(clause, {"ISSUED_BY", act.mention, thing.mention, act.first, act.last, Modality::unknown, 0.93F, "issued-by/1"});
        issued_.insert(act.mention);
        break;
      }
      issuer_beside(clause, act);
    }
    signers(clause);
  }

  // "Ministry of Justice" within "Deputy ... of the Ministry of Justice" of the issuer: the widest name counts.
  bool is_held_by_other(const Clause& clause, const Thing& thing, const Thing& act) const {
    return std::ranges::any_of(clause.things, [&](const Thing& other) {
      return &other != &thing && other.root == Root::organization && other.first >= act.first && other.last <= act.last &&
             other.first <= thing.first && thing.last <= other.last && other.last - other.first > thing.last - thing.first;
    });
  }

  Span title_of(const Thing& act) const {
    for (const ExtractedProperty& property : scene_.mention(act.mention).properties) {
      if (property.name == "title") return property.span;
    }
    return {};
  }

  // "Resolution of the General Assembly on", "the Cabinet of Ministers adopted Resolution No."
  void issuer_beside(const Clause& clause, const Thing& act) {
    if (issued_.contains(act.mention)) return;
    const Walk words = scene_.walk(clause);
    const std::uint32_t next = words.at(act.last);
    if (words.folded(next) == "of" || words.folded(next) == "by") {
      const Thing* issuer = scene_.after(clause, next, Root::organization, 3);
      if (issuer != nullptr) {
        scene_.add(clause, {"ISSUED_BY", act.mention, issuer->mention, act.first, issuer->last, Modality::unknown, 0.85F, "issued-by/1"});
        return;
      }
    }
    for (const PhraseMatch* cue : scene_.cues(clause, "cue_issues")) {
      if (cue->last > act.first || cue->last + 4 < act.first) continue;
      const Thing* issuer = scene_.before(clause, cue->first, Root::organization, 4);
      if (issuer == nullptr || scene_.is_after_preposition(clause, issuer->first)) continue;
      scene_.add(clause, {"ISSUED_BY", act.mention, issuer->mention, cue->first, cue->last, Modality::unknown, 0.8F, "issued-by/1"});
    }
  }

  // The heading of an act's own text names its issuer, in a line above the number.
  void own_issuer() {
    const Thing* own = scene_.own_act();
    if (own == nullptr || issued_.contains(own->mention)) return;
    const std::uint32_t last = scene_.clause_of(*own).sentence;
    for (const Clause& clause : scene_.clauses()) {
      if (clause.sentence >= last) return;
      for (const Thing& thing : clause.things) {
        if (thing.root != Root::organization || !scene_.mention(thing.mention).extractor.starts_with("legal-act")) continue;
        scene_.add(clause, {"ISSUED_BY", own->mention, thing.mention, thing.first, thing.last, Modality::unknown, 0.9F, "issued-by/1"});
        return;
      }
    }
  }

  void signers(const Clause& clause) {
    for (const PhraseMatch* cue : scene_.cues(clause, "cue_signs")) {
      const Thing* act = scene_.after(clause, cue->last, Root::act, 4);
      const Thing* person = scene_.before(clause, cue->first, Root::person, 3);
      if (act == nullptr || person == nullptr) continue;
      scene_.add(clause, {"SIGNED_BY", act->mention, person->mention, cue->first, cue->last, Modality::unknown, 0.85F, "signed-by/1"});
    }
  }

  // "On approval of the “X” Strategy", "On measures to establish a Park": a title says what its act does. What is named in a
  // title stands within the act's mention or right behind it.
  void read_title(const Clause& clause, const Thing& act) {
    const std::uint32_t end = title_end(clause, act);
    title_object(clause, act, end, "cue_approves", Root::programme, "APPROVES", "approves/1");
    title_object(clause, act, end, "cue_establishes", Root::organization, "ESTABLISHES", "establishes/1");
  }

  std::uint32_t title_end(const Clause& clause, const Thing& act) const {
    const Span title = title_of(act);
    if (title.empty() || title.start < scene_.reading().token(clause.first).span.start) return act.last;
    const std::uint32_t end = scene_.reading().view().token_at(title.end);
    return std::min(std::max(act.last, end), clause.last);
  }

  void title_object(const Clause& clause, const Thing& act, std::uint32_t end, CategoryName category, Root root, std::string_view type, std::string_view by) {
    const Span title = title_of(act);
    const std::uint32_t from = title.empty() ? act.last : std::max(clause.first, scene_.reading().view().token_at(title.start));
    if (from >= end) return;
    const PhraseMatch* cue = scene_.cue_in(clause, category, from, end);
    if (cue == nullptr || cue->first > from + 6) return;
    for (const Thing& thing : clause.things) {
      if (!has(root, thing.root) || thing.first < cue->last || thing.first > cue->last + 4 || thing.last > end + 2) continue;
      scene_.add(clause, {type, act.mention, thing.mention, cue->first, cue->last, Modality::approved, 0.85F, by});
      return;
    }
  }

  // The act that a clause is about: named in front of the cue, the clause before's, or the document's own.
  const Thing* act_before(const Clause& clause, const PhraseMatch& cue) const {
    if (const Thing* act = verbs_->subject(cue)) return act;
    if (const Clause* lead = scene_.lead(clause)) {
      if (const Thing* led = scene_.before(*lead, lead->last, Root::act, 200)) return led;
    }
    const Walk words = scene_.walk(clause);
    const std::uint32_t before = words.before(cue.first);
    if (words.folded(before) == "it") return scene_.topic(clause, Root::act, 1);
    return cue.first <= clause.first + 4 ? scene_.own_act() : nullptr;  // "1. To approve the Programme"
  }

  bool is_near(const Clause& clause, const Thing& act, const PhraseMatch& cue) const {
    if (verbs_->is_joined(cue)) return true;
    const bool is_here = act.first >= clause.first && act.first < cue.first;
    return !is_here || cue.first <= act.last + 6 || cue.first < act.last;
  }

  // "The Cabinet of Ministers approved the Programme by Resolution No. 5", "(Resolution No. 5)"; else the act that the next
  // sentence names, if the same body issued it.
  const Thing* act_behind(const Clause& clause, const PhraseMatch& cue, const Thing& object) const {
    const Thing* act = scene_.after(clause, object.last, Root::act, 4);
    if (act != nullptr && is_means(clause, object.last, act->first)) return act;
    const Thing* body = scene_.before(clause, cue.first, Root::organization, 3);
    if (body == nullptr || body->is_adjunct || clause.sentence + 1 >= scene_.clauses().size()) return nullptr;
    const Clause& next = scene_.clauses()[clause.sentence + 1];
    if (next.block != clause.block) return nullptr;
    for (const Thing& thing : next.things) {
      if (thing.root == Root::act && !thing.is_inner && scene_.has_edge("ISSUED_BY", thing.mention, body->mention)) return &thing;
    }
    return nullptr;
  }

  // Tokens between hold "by", "under", "with" or open a bracket.
  bool is_means(const Clause& clause, std::uint32_t first, std::uint32_t last) const {
    const Walk words = scene_.walk(clause);
    for (std::uint32_t i = first; i < last; ++i) {
      const std::string_view word = words.folded(i);
      if (word == "by" || word == "under" || word == "with" || words.is_sign(i, U'(')) return true;
    }
    return false;
  }

  void objects(const Clause& clause, CategoryName category, std::string_view type, Root root, std::string_view by) {
    for (const PhraseMatch* cue : scene_.cues(clause, category)) {
      if (verbs_->is_bare(*cue) && !leads_list(clause, *cue)) {
        bare(clause, *cue, type, root, by);
        continue;
      }
      Things objects = scene_.list_after(clause, cue->last, root, 4);
      if (objects.empty() && root == Root::programme && scene_.walk(clause).folded(scene_.walk(clause).at(cue->last)) == "it") {  // "Resolution A approved it"
        const Thing* spoken_of = scene_.before(clause, cue->first, root);
        if (spoken_of == nullptr) spoken_of = scene_.topic(clause, root, 2);
        if (spoken_of != nullptr) objects = {spoken_of};
      }
      const Thing* act = act_before(clause, *cue);
      if (act == nullptr || !is_near(clause, *act, *cue)) act = objects.empty() ? nullptr : act_behind(clause, *cue, *objects.back());
      if (act == nullptr) continue;
      for (const Thing* object : objects) {
        if (scene_.is_same(*act, *object)) continue;
        scene_.add(clause, {type, act->mention, object->mention, cue->first, cue->last, told(clause, *cue, Modality::approved), 0.8F, by});
      }
    }
  }

  bool leads_list(const Clause& clause, const PhraseMatch& cue) const { return scene_.walk(clause).is_sign(scene_.walk(clause).at(cue.last), U':'); }

  // "Under Decree A the Strategy was approved", where no "by" follows.
  void bare(const Clause& clause, const PhraseMatch& cue, std::string_view type, Root root, std::string_view by) {
    const Thing* act = verbs_->means(cue);
    if (act == nullptr) return;
    for (const Thing* object : scene_.list_before(clause, cue.first, root, 4)) {
      scene_.add(clause, {type, act->mention, object->mention, cue.first, cue.last, told(clause, cue, Modality::approved), 0.75F, by});
    }
  }

  // "The Strategy was approved by Decree No."
  void passive(const Clause& clause, CategoryName category, std::string_view type, Root root, std::string_view by) {
    for (const PhraseMatch* cue : scene_.cues(clause, category)) {
      const Thing* act = scene_.after(clause, cue->last, Root::act, 6);
      if (act == nullptr || scene_.reading().folded(cue->first) == "based" || scene_.reading().folded(cue->first) == "rests") continue;
      Things approved = scene_.list_before(clause, cue->first, root, verbs_->is_joined(*cue) ? kJoined : 8);
      if (approved.size() > 1 && !verbs_->is_of_several(*cue)) approved = {approved.back()};
      for (const Thing* object : approved) {
        scene_.add(clause, {type, act->mention, object->mention, cue->first, cue->last, told(clause, *cue, Modality::approved), 0.8F, by});
      }
    }
  }

  // "Resolution A declared Resolution B invalid"
  void declares(const Clause& clause) {
    for (const PhraseMatch* cue : scene_.cues(clause, "cue_declares")) {
      const Thing* act = act_before(clause, *cue);
      const Things ended = scene_.list_after(clause, cue->last, Root::act, 3);
      if (act == nullptr || ended.empty() || scene_.cue_in(clause, "invalid_words", ended.back()->last, clause.last) == nullptr) continue;
      for (const Thing* other : ended) link_acts(clause, "REPEALS", *act, *other, *cue);
    }
  }

  // "With the adoption of Resolution A, Resolution B lost its force", "B became invalid under A"
  void ends(const Clause& clause) {
    for (const PhraseMatch* cue : scene_.cues(clause, "cue_ended")) {
      Things ended = scene_.list_before(clause, cue->first, Root::act, 8);
      if (ended.empty()) continue;
      const Things meant = verbs_->subjects(*cue);
      if (!meant.empty()) ended = meant;
      const Thing* act = scene_.before(clause, ended.front()->first, Root::act);
      if (act != nullptr && !verbs_->is_means(*act)) act = nullptr;
      if (act == nullptr) act = scene_.after(clause, cue->last, Root::act, 8);
      if (act != nullptr && !verbs_->is_means(*act)) act = nullptr;
      if (act == nullptr) act = verbs_->means(*cue);
      if (act == nullptr && scene_.own_act() == nullptr && !is_denied(scene_, clause, *cue)) act = acting_before(scene_, clause, kParagraph);
      if (act == nullptr) continue;
      for (const Thing* other : ended) link_acts(clause, "REPEALS", *act, *other, *cue);
    }
  }

  void link_acts(const Clause& clause, std::string_view type, const Thing& act, const Thing& other, const PhraseMatch& cue) {
    if (!scene_.is_same(act, other)) scene_.add(clause, {type, act.mention, other.mention, cue.first, cue.last, told(clause, cue, Modality::unknown), 0.75F, "repeals/1"});
  }

  // "does not amend" is said of both acts, and denied.
  Modality told(const Clause& clause, const PhraseMatch& cue, Modality otherwise) const {
    return is_denied(scene_, clause, cue) ? Modality::denied : otherwise;
  }

  bool is_passive(const PhraseMatch& cue) const { return scene_.reading().folded(cue.last - 1) == "by"; }

  // Act and act: "A amends B", "B has been amended by A", "adopted to carry out B".
  void acts(const Clause& clause, CategoryName category, std::string_view type, std::string_view by) {
    if (clause.is_preamble) return;  // cased_acts.cpp
    for (const PhraseMatch* cue : scene_.cues(clause, category)) {
      if (verbs_->is_bare(*cue) && !leads_list(clause, *cue) && type != "CITES" && type != "IMPLEMENTS") {
        const Thing* act = verbs_->means(*cue);
        if (act == nullptr && scene_.own_act() == nullptr && !is_denied(scene_, clause, *cue)) act = acting_before(scene_, clause, kParagraph);
        if (act == nullptr) continue;
        for (const Thing* changed : verbs_->subjects(*cue)) add_acts(clause, type, *act, *changed, *cue, by);
      } else if (is_passive(*cue)) {
        for (const Thing* act : scene_.list_after(clause, cue->last, Root::act, 5)) {
          for (const Thing* changed : changed_by(clause, *cue)) add_acts(clause, type, *act, *changed, *cue, by);
        }
      } else {
        const Thing* act = act_before(clause, *cue);
        if (act == nullptr && type != "AMENDS" && type != "REPEALS") act = scene_.own_act();
        if (act == nullptr && scene_.own_act() == nullptr && verbs_->is_of_several(*cue)) act = acting_before(scene_, clause, kParagraph);  // "Changes were made to"
        if (act == nullptr) continue;
        for (const Thing* other : verbs_->objects(*cue, Root::act, 5)) add_acts(clause, type, *act, *other, *cue, by);
      }
    }
  }

  Things changed_by(const Clause& clause, const PhraseMatch& cue) const {
    Things out = verbs_->subjects(cue);
    if (!out.empty()) return out;
    const Thing* act = act_before(clause, cue);
    return act == nullptr ? out : Things{act};
  }

  void add_acts(const Clause& clause, std::string_view type, const Thing& from, const Thing& to, const PhraseMatch& cue, std::string_view by) {
    if (!scene_.is_same(from, to)) scene_.add(clause, {type, from.mention, to.mention, cue.first, cue.last, told(clause, cue, Modality::unknown), 0.75F, by});
  }

  Scene& scene_;
  const ActVerbs* verbs_ = nullptr;  // of the clause that is read
  std::set<MentionIndex> issued_;  // acts whose issuer is found
};

}  // namespace

void relate_acts(Scene& scene) { Acts(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
