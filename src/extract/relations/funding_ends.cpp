#include <algorithm>

#include "extract/relations/funding.hpp"

// Who gives a sum, for what, and by which act: from the words around it, then from the sentence that leads its list, then from
// the sentences before.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kFarVerb = 80;  // tokens between a verb and the sum it gives
constexpr std::uint32_t kFundWords = 7;  // tokens of "the reserve fund of the" in front of a giver
constexpr std::uint32_t kToTaker = 14;   // tokens between a sum and "allotted to" whom
constexpr int kPageSentences = 16;      // above a line of a project's page that stands the project's name
constexpr Root kGivers = Root::organization | Root::place;

class Ends {
 public:
  Ends(const Scene& scene, Sum& sum, const Sum* before)
      : scene_(scene), clause_(*sum.clause), words_(scene.walk(clause_)), sum_(sum), before_(before) {}

  void find() {
    const BesideSum beside = beside_sum(scene_, sum_);
    sum_.providers = beside.givers;
    sum_.targets = beside.takers;
    if (sum_.providers.empty()) find_verb();
    if (sum_.providers.empty()) sum_.providers = givers_by(scene_, sum_);
    if (sum_.providers.empty()) sum_.providers = giver_with(scene_, sum_);
    if (sum_.providers.empty() && before_ != nullptr) sum_.providers = giver_gapped(scene_, sum_, *before_);
    if (Things fund = fund_behind(scene_, sum_); !fund.empty()) sum_.providers = std::move(fund);
    if (sum_.providers.empty()) find_funded_by();
    if (sum_.providers.empty()) find_source();
    if (sum_.providers.empty()) find_owner_of_kind();
    if (sum_.providers.empty()) sum_.providers = lender(scene_, sum_);
    if (sum_.providers.empty()) sum_.providers = givers_elsewhere(scene_, sum_);
    if (sum_.targets.empty()) find_target();
    find_act();
  }

 private:
  // "is instructed to allocate" gives, "was allocated" does not.
  bool is_passive(const PhraseMatch& verb) const {
    if (verb.last > verb.first + 1 && words_.folded(verb.last - 2) == "to") return false;
    const std::uint32_t before = words_.before(verb.first);
    if (scene_.has_cue("funding_passive", before)) return true;
    return words_.has(before) && scene_.has_cue("funding_passive", words_.before(before)) && words_.folded(before).ends_with("ly");
  }

  // "X allocated ...": the nearest thing in front of the verb that no preposition introduces.
  void find_verb() {
    for (const PhraseMatch& verb : scene_.reading().matches_in("funding_verbs", verbs_from(), sum_.money.first)) {
      if (verb.last < sum_.from && !is_shared(verb)) continue;
      if (scene_.is_quoted(verb.first) || is_passive(verb)) continue;
      take_subject(verb);
    }
  }

  std::uint32_t verbs_from() const { return std::max(clause_.first, sum_.money.first > kFarVerb ? sum_.money.first - kFarVerb : 0); }

  // The verb of the sum before it, where the sum has none of its own: "allocates A to X and B to Y", "A, of which B".
  bool is_shared(const PhraseMatch& verb) const {
    if (scene_.cue_in(clause_, "funding_verbs", sum_.from, sum_.money.first) != nullptr || scene_.is_broken(clause_, verb.last, sum_.money.first)) return false;
    const std::uint32_t before = words_.before(sum_.money.first);
    const bool is_instead = before == words_.at(sum_.from) && scene_.has_cue("contrasts", before);  // "gave not A but B"
    return before < sum_.from || is_instead || scene_.has_cue("list_joints", before) || scene_.has_cue("funding_components", before);
  }

  void take_subject(const PhraseMatch& verb) {
    const std::uint32_t before = words_.before(verb.first);
    if (words_.has(before) && words_.folded(before) == "also") return take_also(before);
    if (words_.has(before) && words_.folded(before) == "it") {
      const Thing* here = scene_.subject(clause_, before, kGivers);  // "X is to equip it, for which it has earmarked"
      return here == nullptr ? take_topic() : void(sum_.providers = {here});
    }
    const Thing* best = nullptr;
    for (const Thing& thing : Scene::from(clause_, verb.first)) {
      if (thing.first >= verb.first) break;
      if (thing.last > verb.first) continue;
      if (thing.is_inner || !has(kGivers | Root::act, thing.root)) continue;
      if ((thing.last + 8 < verb.first && !is_told_further(thing, verb)) || (thing.is_adjunct && !is_board(thing))) continue;
      best = &thing;
    }
    const bool is_joined = words_.has(before) && scene_.has_cue("list_joints", before);
    if (best != nullptr && !is_joined && is_behind_sum(*best, verb)) best = nullptr;
    if (best != nullptr && is_joined) best = subject_of_both(verb, *best);
    if (best == nullptr && before_ != nullptr && words_.has(before) && scene_.has_cue("list_joints", before)) {
      sum_.acts = before_->acts;  // "allocates A, and directs B"
      sum_.act_clause = before_->act_clause;
      if (sum_.acts.empty()) sum_.providers = before_->providers;
    }
    if (best == nullptr) return;
    if (best->root == Root::act) {
      sum_.acts = {best};
      sum_.act_clause = &clause_;
    } else {
      sum_.providers = scene_.list_before(clause_, best->last, kGivers, 1);
      std::erase_if(sum_.providers, [&](const Thing* thing) { return thing != best && thing->is_adjunct; });
    }
  }

  // "X will also provide": who stands right before the auxiliary; "it also provides": what the sentence before began with.
  void take_also(std::uint32_t also) {
    const Thing* near = scene_.before(clause_, also, kGivers, 2);
    if (near != nullptr) sum_.providers = {near};
    else if (scene_.before(clause_, also, kGivers) == nullptr) take_topic();
  }

  // "Y USD 15 million, and the state budget covers": who has a sum of its own in front of the verb is not its subject.
  bool is_behind_sum(const Thing& thing, const PhraseMatch& verb) const {
    return std::ranges::any_of(clause_.money, [&](const Literal& money) { return money.first >= thing.last && money.last <= verb.first && money.first <= thing.last + 1; });
  }

  // "The Government shall bring its Resolution into line and provide": the subject of the verb in front.
  const Thing* subject_of_both(const PhraseMatch& verb, const Thing& near) const {
    const Thing* subject = scene_.subject(clause_, near.first, kGivers | Root::act);
    if (subject == nullptr || scene_.is_broken(clause_, subject->last, verb.first)) return &near;
    return scene_.cue_in(clause_, "finite_verbs", subject->last, near.first) != nullptr ? subject : &near;
  }

  // "X, which is part of Y, will allocate"
  bool is_told_further(const Thing& thing, const PhraseMatch& verb) const {
    const std::uint32_t comma = words_.at(thing.last);
    const std::uint32_t before = words_.before(verb.first);
    if (!words_.is_sign(comma, U',') || !words_.has(before) || !words_.is_sign(before, U',') || verb.first > thing.last + 24) return false;
    const std::string_view opener = words_.folded(words_.at(comma + 1));
    return opener == "which" || opener == "a" || opener == "an" || opener == "the" || opener == "part";
  }

  // "The Board of Executive Directors of the World Bank has approved"
  bool is_board(const Thing& thing) const {
    const PhraseMatch* board = scene_.cue_in(clause_, "governing_bodies", clause_.first, thing.first);
    return board != nullptr && board->last + 6 >= thing.first;
  }

  // "It allocates": what the sentence before began with.
  void take_topic() {
    const Thing* topic = scene_.topic(clause_, kGivers | Root::act, 1);
    if (topic == nullptr) return;
    (topic->root != Root::act ? sum_.providers : sum_.acts) = {topic};
    sum_.act_clause = &clause_;
  }

  void find_funded_by() {
    for (const PhraseMatch& match : scene_.reading().matches_in("cue_funded_by", verbs_from(), sum_.to)) {
      const PhraseMatch* cue = &match;
      if (scene_.is_quoted(cue->first)) continue;
      if (cue->last <= sum_.from && !scene_.before(clause_, cue->first, Root::programme)) continue;
      if (cue->first > sum_.to) continue;
      Things givers = scene_.list_after(clause_, cue->last, kGivers, 4);
      if (!givers.empty() && givers.front()->first > cue->last + 4) givers.clear();
      if (!givers.empty()) sum_.providers = std::move(givers);
      if (!sum_.providers.empty()) return;
    }
  }

  // "from X" behind the sum; before it only where nothing else lies between.
  void find_source() {
    for (const PhraseMatch& cue : scene_.reading().matches_in("funding_sources", sum_.from, sum_.to)) {
      const bool is_in_front = cue.first < sum_.money.first;
      if ((is_in_front && before_ != nullptr) || cue.first >= sum_.money.last + 16 || scene_.is_quoted(cue.first)) continue;
      const bool has_fund = scene_.cue_in(clause_, "fund_words", cue.last, std::min(sum_.to, cue.last + kFundWords)) != nullptr;  // "from the reserve of the"
      if (cue.first > sum_.money.last && scene_.cue_in(clause_, "share_words", sum_.money.last, cue.first) != nullptr) continue;  // "half of it from"
      if (cue.first > sum_.money.last && opens_next_source(scene_, sum_, cue.first)) continue;
      const Things givers = without_next_subject(scene_, scene_.list_after(clause_, cue.last, kGivers, has_fund ? kFundWords : 3));
      if (givers.empty() || givers.front()->first >= sum_.to || !may_be_source(*givers.front(), cue)) continue;
      sum_.providers = givers;
      return;
    }
  }

  // A body, or a country right behind "from".
  bool may_be_source(const Thing& giver, const PhraseMatch& cue) const {
    for (std::uint32_t i = cue.last; i < giver.first; ++i) {
      if (words_.folded(i) == "to") return false;  // "from the budget to the Ministry"
    }
    if (giver.root == Root::organization) return true;
    return words_.folded(cue.last - 1) == "from" && giver.first <= cue.last + 1 && scene_.property(giver.mention, "kind") == "country";
  }

  // "a credit of the X", "X's contribution of", "the X loan of"
  void find_owner_of_kind() {
    for (const PhraseMatch& cue : scene_.reading().matches_in("funding_cues", sum_.from, sum_.to)) {
      if (cue.last > sum_.money.last + 12) return;
      const std::uint32_t next = words_.at(cue.last);
      const std::string_view kind = scene_.reading().entry(cue).field("kind");
      if (scene_.has_cue("funding_kind_of", next) && (kind == "loan" || kind == "grant" || kind == "commitment")) {
        const Thing* giver = scene_.after(clause_, next + 1, Root::organization, 2);
        if (giver != nullptr && giver->first < sum_.to) {
          sum_.providers = {giver};
          return;
        }
      }
      const Thing* owner = scene_.before(clause_, cue.first, kGivers, 3);
      if (owner != nullptr && scene_.reading().entry(cue).field("strength") != "0" && cue.last <= sum_.money.first && !owner->is_adjunct &&
          is_adjective(*owner, cue)) {
        sum_.providers = {owner};
        return;
      }
    }
  }

  bool is_adjective(const Thing& owner, const PhraseMatch& cue) const {
    for (std::uint32_t i = owner.last; i < cue.first; ++i) {
      if (words_.sign(i) == U',' || scene_.has_cue("finite_verbs", i) || scene_.has_cue("prepositions", i)) return false;
    }
    return true;
  }

  bool is_provider(const Thing& thing) const { return std::ranges::any_of(sum_.providers, [&](const Thing* giver) { return scene_.is_same(*giver, thing); }); }

  void find_target() {
    if (const Thing* named = bracketed_work(scene_, sum_)) sum_.targets = {named};
    else if (const Thing* paired = paired_work(scene_, sum_)) sum_.targets = {paired};
    if (!sum_.targets.empty() || take_target_beside() || take_founded()) return;
    if (take_target_after(Root::programme | Root::event)) return;
    if (const Thing* named = scene_.before(clause_, sum_.money.first, Root::programme); named != nullptr) {
      if (named->first < sum_.from && take_target_after(Root::organization)) return;  // "A to the X Programme and B to the Agency"
      sum_.targets = {named};
      return;
    }
    if (take_target_after(Root::organization) || take_own_body() || take_taker()) return;
    if (const Clause* lead = scene_.lead(clause_)) {
      if (const Thing* led = scene_.before(*lead, lead->last, Root::programme, 200)) {
        sum_.targets = {led};
        return;
      }
    }
    if (const Thing* listed = list_work(scene_, sum_)) {
      sum_.targets = {listed};
      return;
    }
    if (take_own_work()) return;
    if (const Thing* told = work_of_pronoun(scene_, sum_)) {
      sum_.targets = {told};
      return;
    }
    if ((sum_.is_bare && sum_.providers.empty()) || names_purpose() || has_clause_behind(scene_, sum_)) return;
    if (before_ != nullptr && before_->clause == &clause_ && !before_->targets.empty() && !sum_.providers.empty()) {  // "; the Ministry bears the rest, B"
      sum_.targets = before_->targets;
      sum_.is_weak_target = true;
      return;
    }
    const bool is_line = sum_.money.first <= clause_.first + 8 && clause_.last - clause_.first < 24;  // "Budget: EUR 5 million"
    const Thing* topic = scene_.topic(clause_, Root::programme, is_line ? kPageSentences : 3);
    if (is_line && scene_.page_work() != nullptr) topic = scene_.page_work();
    if (topic != nullptr) {
      sum_.targets = {topic};
      sum_.is_weak_target = true;
    }
  }

  // "A Centre is organised; UZS 6 billion is allocated for its upkeep": what the act founds right here.
  bool take_founded() {
    const Thing* own = scene_.own_act();
    const Thing* body = own == nullptr ? nullptr : founded_before(scene_, sum_, *own);
    if (body == nullptr || is_provider(*body) || scene_.after(clause_, sum_.money.last, Root::programme) != nullptr) return false;
    sum_.targets = {body};
    return true;
  }

  // "was allotted to the Agency", "shall provide the Agency with", "the Agency received", "allocate to the Agency"
  bool take_taker() {
    for (const Thing& thing : Scene::from(clause_, sum_.from)) {
      if (thing.first >= sum_.to) break;
      if (thing.first < sum_.from || thing.is_inner || thing.root != Root::organization || is_provider(thing)) continue;
      const std::uint32_t before = words_.before(scene_.word_before(clause_, thing.first, "funding_purposes"));
      const bool is_given_to = thing.first >= sum_.money.last && thing.first <= sum_.money.last + kToTaker && (scene_.has_cue("funding_cues", before) || scene_.has_cue("funding_verbs", before));
      const PhraseMatch* verb = thing.last <= sum_.money.first ? scene_.cue_in(clause_, "taking_verbs", thing.last, sum_.money.first) : nullptr;
      const bool takes = verb != nullptr && !thing.is_adjunct && verb->first <= thing.last + 3;
      if (!is_given_to && !is_with_sum(scene_, sum_, thing) && !takes && taker_in_front(scene_, sum_) != &thing)
        continue;
      sum_.targets = {&thing};
      return true;
    }
    return false;
  }

  // "for the work of the Committee" that the act founds
  bool take_own_body() {
    for (const Thing& thing : Scene::from(clause_, sum_.from)) {
      if (thing.first >= sum_.to) break;
      if (sum_.own_work == nullptr || thing.first < sum_.from || thing.is_inner || !scene_.is_same(thing, *sum_.own_work) || is_provider(thing)) continue;
      sum_.targets = {&thing};
      return true;
    }
    return false;
  }

  // What the act approves or founds is what its points pay for.
  bool take_own_work() {
    const bool is_told = before_ != nullptr && !before_->targets.empty() && !before_->is_weak_target;  // the point is of another body
    if (is_told || sum_.own_work == nullptr || is_provider(*sum_.own_work) || scene_.clause_of(*sum_.own_work).sentence > clause_.sentence) return false;
    sum_.targets = {sum_.own_work};
    sum_.is_weak_target = true;
    return true;
  }

  // "“X” with a budget of A and “Y” for B": the programme right before, where the next is only joined.
  bool take_target_beside() {
    const Thing* near = scene_.before(clause_, sum_.money.first, Root::programme, 7);
    if (near == nullptr || near->last < sum_.from) return false;
    const std::uint32_t next = words_.at(sum_.money.last);
    const bool goes_on = next < sum_.to && !words_.is_sign(next, U',') && !scene_.has_cue("list_joints", next);
    const Thing* after = scene_.after(clause_, sum_.money.last, Root::programme, 3);
    if (goes_on || after == nullptr) return false;
    sum_.targets = {near};
    return true;
  }

  // "to three national projects": a purpose that is no thing.
  bool names_purpose() const {
    if (scene_.cue_in(clause_, "funding_anaphors", clause_.first, std::min(sum_.money.first, clause_.first + 6)) != nullptr) return false;
    const bool is_total = scene_.cue_in(clause_, "funding_totals", clause_.first, std::min(sum_.money.first, clause_.first + 4)) != nullptr;
    if (is_total && !sum_.providers.empty()) return true;
    const std::uint32_t reach = std::min(sum_.to, sum_.money.last + 8);
    if (scene_.cue_in(clause_, "programme_plurals", sum_.money.last, reach) != nullptr) return true;  // "in 150 projects"
    for (std::uint32_t i = sum_.money.last; i < reach; ++i) {
      const bool is_to = (words_.folded(i) == "to" || words_.folded(i) == "for") && !scene_.has_cue("pronouns", words_.next(i));
      if (is_to && scene_.after(clause_, i + 1, Root::place, 1) == nullptr) return true;  // to a country: who takes it
    }
    return false;
  }

  bool take_target_after(Root roots) {
    const std::uint32_t reach = roots == Root::organization ? 4 : 40;
    std::uint32_t at = sum_.money.last;
    for (int tries = 0; tries < 3; ++tries) {
      const Thing* thing = scene_.after(clause_, at, roots, reach);
      if (thing == nullptr || thing->first >= sum_.to) return false;
      at = thing->last;
      if (is_provider(*thing) || scene_.word_before(clause_, thing->first, "funding_sources") != Walk::kNone) continue;
      if (roots == Root::organization) {
        const std::uint32_t word = scene_.word_before(clause_, thing->first, "funding_purposes");
        if (word == Walk::kNone || words_.folded(words_.before(word)) == "that") continue;
      }
      for (const Thing* listed : scene_.list_after(clause_, thing->first, roots, 1)) sum_.targets.push_back(listed);
      return true;
    }
    return false;
  }

  // ---- the act

  bool only_notes(const Clause& clause) const { return scene_.cue_in(clause, "funding_notes", clause.first, clause.last) != nullptr; }

  const Thing* act_in(const Clause& clause, std::uint32_t at) const {
    const Thing* best = nullptr;
    for (const Thing& thing : clause.things) {
      if (thing.is_inner || thing.root != Root::act || thing.first >= at || is_told_apart(scene_, sum_, thing))
        continue;
      if (scene_.own_act() != nullptr && !is_given_by(scene_, clause, thing)) continue;
      const bool is_by = scene_.word_before(clause, thing.first, "cue_under_act") != Walk::kNone || thing.first <= clause.first + 1;
      if (is_by || (!thing.is_adjunct && !is_object(clause, thing))) best = &thing;
    }
    return best;
  }

  // "The Ministry shall bring Resolution No. 5 into line": what a body's verb is about.
  bool is_object(const Clause& clause, const Thing& act) const {
    const Thing* subject = scene_.subject(clause, act.first, Root::organization);
    return subject != nullptr && scene_.cue_in(clause, "finite_verbs", subject->last, act.first) != nullptr;
  }

  void take_act(const Clause& clause, std::uint32_t at) {
    if (only_notes(clause)) return;
    if (const Thing* act = act_in(clause, at)) {
      sum_.acts = {act};
      sum_.act_clause = &clause;
    }
  }

  void find_act() {
    if (!sum_.acts.empty() || is_held(scene_, sum_)) return;
    take_act(clause_, sum_.money.first);
    if (sum_.acts.empty()) take_act_behind(scene_, sum_);
    if (const Clause* lead = scene_.lead(clause_); lead != nullptr && sum_.acts.empty()) take_act(*lead, lead->last);
    if (!sum_.acts.empty()) return;
    const Thing* own = scene_.own_act();
    if (own == nullptr) own = scene_.section_act(clause_);
    if (own == nullptr && scene_.cue_in(clause_, "this_act", clause_.first, sum_.money.first) != nullptr) own = scene_.topic(clause_, Root::act, 3);
    if (own == nullptr || only_notes(clause_) || clause_.is_preamble) return;
    sum_.acts = {own};
    sum_.act_clause = &clause_;
  }

  const Scene& scene_;
  const Clause& clause_;
  Walk words_;
  Sum& sum_;
  const Sum* before_;
};

}  // namespace

void find_ends(const Scene& scene, Sum& sum, const Sum* before) {
  if (sum.clause->grammar != nullptr) find_cased_ends(scene, sum, before);
  else Ends(scene, sum, before).find();
  if (scene.cue_in(*sum.clause, "grand_totals", sum.from, sum.money.first) != nullptr) sum.providers.clear();  // of several givers
}

}  // namespace policygraph::inline v0::detail::extract
