#include <algorithm>
#include <map>
#include <set>

#include "extract/relations/absence.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// Who takes part in a programme or an event beside those that carry it out; a giver without a stated sum is one of them.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr Root kBodies = Root::organization | Root::place;
constexpr Root kWorks = Root::programme | Root::event;
constexpr std::string_view kBy = "partner-in/1";

class Partners {
 public:
  explicit Partners(Scene& scene) : scene_(scene) {}

  void run() {
    find_givers();
    for (const Clause& clause : scene_.clauses()) {
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_partner_with")) with(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_partner_subject")) subject(clause, *cue);
      for (const PhraseMatch* cue : scene_.cues(clause, "cue_joint_works")) joint(clause, *cue);
      if (!has_sum(clause)) {
        for (const PhraseMatch* cue : scene_.cues(clause, "cue_funded_by")) with(clause, *cue);
      }
    }
  }

 private:
  // A sum in the sentence, or one for the same programme elsewhere, makes the giver PROVIDES.
  bool has_sum(const Clause& clause) const { return !clause.money.empty(); }

  bool provides_for(const Thing& body, const Thing& work) const {
    return givers_.contains({scene_.head(body.mention), scene_.head(work.mention)});
  }

  void find_givers() {
    std::map<MentionIndex, std::vector<MentionIndex>> giver;
    for (const ExtractedRelation& given : scene_.out().relations) {
      if (given.type == "PROVIDES") giver[given.to].push_back(scene_.head(given.from));
    }
    for (const ExtractedRelation& funds : scene_.out().relations) {
      if (funds.type != "FUNDS" || !giver.contains(funds.from)) continue;
      for (const MentionIndex from : giver[funds.from]) givers_.insert({from, scene_.head(funds.to)});
    }
  }

  void link(const Clause& clause, const Thing& body, const Thing& work, const PhraseMatch& cue, float confidence) {
    if (scene_.has_edge("IMPLEMENTED_BY", work.mention, body.mention) || provides_for(body, work)) return;
    scene_.add(clause, {"PARTNER_IN", body.mention, work.mention, cue.first, cue.last, modality_at(scene_, clause, cue.first, cue.last), confidence, kBy});
  }

  const Thing* work_of(const Clause& clause, const PhraseMatch& cue) const {
    if (const Thing* near = scene_.before(clause, cue.first, kWorks, 20)) return near;
    if (const Thing* subject = scene_.subject(clause, cue.first, kWorks)) return subject;
    if (const Thing* behind = scene_.after(clause, cue.last, kWorks, 20); behind != nullptr && cue.first <= clause.first + 1) return behind;
    return scene_.before(clause, cue.first, kWorks);
  }

  void with(const Clause& clause, const PhraseMatch& cue) {
    if (is_absent(scene_, clause, cue)) return;
    Things bodies = scene_.list_after(clause, cue.last, kBodies, 12);
    const Thing* work = bodies.empty() ? nullptr : work_of(clause, cue);
    if (work == nullptr) return;
    std::erase_if(bodies, [&](const Thing* body) { return body->first <= work->first && work->last <= body->last; });
    const bool is_of_guests = work->root == Root::event && !bodies.empty() && scene_.cue_in(clause, "guest_words", cue.last, bodies.front()->first) != nullptr;
    if (is_of_guests) return;  // those take part
    for (const Thing* body : bodies) link(clause, *body, *work, cue, 0.8F);
  }

  // "A and B are partners ... Joint initiatives such as X and Y": both take part in each.
  void joint(const Clause& clause, const PhraseMatch& cue) {
    const Things works = scene_.list_after(clause, cue.last, kWorks, 3);
    if (works.empty()) return;
    for (const Thing* body : pair_spoken_of(clause, cue)) {
      for (const Thing* work : works) link(clause, *body, *work, cue, 0.65F);
    }
  }

  Things pair_spoken_of(const Clause& clause, const PhraseMatch& cue) const {
    if (Things here = scene_.list_before(clause, cue.first, kBodies); here.size() > 1) return here;
    if (clause.sentence == 0) return {};
    const Clause& before = scene_.clauses()[clause.sentence - 1];
    for (const Thing& thing : before.things) {
      if (thing.is_inner || thing.is_adjunct || !has(kBodies, thing.root)) continue;
      Things listed = scene_.list_after(before, thing.first, kBodies, 1);
      if (listed.size() > 1) return listed;
    }
    return {};
  }

  void subject(const Clause& clause, const PhraseMatch& cue) {
    const Thing* body = subject_of(clause, cue);
    if (body == nullptr || has_sum(clause) || is_absent(scene_, clause, cue) || is_left_out(scene_, clause, *body)) return;
    for (const Thing* work : scene_.list_after(clause, cue.last, kWorks, 8)) {
      const bool is_guest = work->root == Root::event && scene_.has_cue("cue_takes_part", cue.first);
      if (is_guest) continue;
      for (const Thing* one : scene_.list_before(clause, body->last, kBodies, 0)) {  // "A and B are financing"
        if (one == body || (!one->is_adjunct && one->root == body->root)) link(clause, *one, *work, cue, 0.7F);
      }
    }
  }

  // "X, based in the Y region, joined": past what a relative clause tells of it.
  const Thing* subject_of(const Clause& clause, const PhraseMatch& cue) const {
    const Thing* near = scene_.before(clause, cue.first, kBodies, 5);
    if (near != nullptr && !near->is_adjunct) return near;
    const Walk words = scene_.walk(clause);
    const Thing* first = words.is_sign(words.before(cue.first), U',') ? scene_.subject(clause, cue.first, kBodies | kWorks) : nullptr;
    const bool is_told = first != nullptr && has(kBodies, first->root) && words.is_sign(words.at(first->last), U',') && !scene_.is_broken(clause, first->last, cue.first);
    return is_told ? first : nullptr;
  }

  Scene& scene_;
  std::set<std::pair<MentionIndex, MentionIndex>> givers_;  // of a sum, and what it funds
};

}  // namespace

void relate_partners(Scene& scene) { Partners(scene).run(); }

}  // namespace policygraph::inline v0::detail::extract
