#include <algorithm>

#include "extract/relations/funding.hpp"

// Who gives a sum, for what and by which act, where the language marks the parts of a clause: "за счет средств Всемирного банка",
// "X tomonidan", "на реализацию проекта Y", "Y loyihasi uchun", "постановлением № 5", "qaroriga muvofiq".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kFar = 40;   // tokens between a sum and what it is for
constexpr std::uint32_t kActReach = 120;  // tokens between a sum and the act that gives it
constexpr std::uint32_t kVerb = 30;  // tokens between a sum and its verb
constexpr int kPageSentences = 16;   // above a line of a project's page that stands the project's name
constexpr Root kGivers = Root::organization | Root::place;
constexpr Root kWorks = Root::programme | Root::event;

class CasedEnds {
 public:
  CasedEnds(const Scene& scene, Sum& sum, const Sum* before) : scene_(scene), clause_(*sum.clause), sum_(sum), before_(before) {}

  void find() {
    const BesideSum beside = beside_sum(scene_, sum_);
    sum_.providers = beside.givers;
    sum_.targets = beside.takers;
    if (before_ != nullptr && sum_.providers.empty() && sum_.targets.empty()) take_gapped(scene_, sum_, *before_);
    find_verb();
    if (sum_.providers.empty()) find_provider();
    if (!beside.givers.empty() && before_ != nullptr && !before_->targets.empty() && scene_.after(clause_, sum_.money.last, kWorks, kFar) == nullptr) sum_.targets = before_->targets;
    if (sum_.targets.empty()) find_target();
    find_act();
  }

 private:
  bool is_last() const { return clause_.grammar->is_head_last; }

  // The nearest verb of giving.
  void find_verb() {
    const std::uint32_t from = std::max(clause_.first, sum_.money.first > kVerb ? sum_.money.first - kVerb : 0);
    const std::uint32_t to = std::min(is_last() ? clause_.last : sum_.to, sum_.money.last + kVerb);
    for (const PhraseMatch& verb : scene_.reading().matches_in("funding_verbs", from, to)) {
      if (scene_.is_quoted(verb.first)) continue;
      const bool is_in_front = verb.last <= sum_.money.first;
      const bool is_own = !is_in_front && !is_last() && verb_ != nullptr && verb_->first < sum_.from && verb.first <= sum_.money.last + 1;  // ", ещё 5 млн добавит A"
      if (is_in_front == is_last() && verb_ != nullptr && !is_own) continue;
      verb_ = &verb;
      if (is_last() && !is_in_front) return;
    }
  }

  bool may_give(const Thing& thing) const {
    return !thing.is_inner && has(kGivers, thing.root) && !scene_.is_quoted(thing.first);
  }

  Things listed(const Thing& thing) const {
    Things out;
    for (const Thing* one : scene_.list_after(clause_, thing.first, kGivers, 1)) {
      if (one->role == thing.role) out.push_back(one);
    }
    return out.empty() ? Things{&thing} : out;
  }

  // A role within the words of this sum, else anywhere before the next one.
  const Thing* in_role(std::initializer_list<Role> roles, Root roots, bool is_near) const {
    for (const Role role : roles) {
      for (const Thing& thing : Scene::from(clause_, is_near ? sum_.from : clause_.first)) {
        if (thing.first >= sum_.to) break;
        if (thing.first < (is_near ? sum_.from : clause_.first) || thing.is_inner || thing.role != role || !has(roots, thing.root)) continue;
        if (is_of_sum_before(thing)) continue;
        if (!scene_.is_quoted(thing.first) && !scene_.is_broken(clause_, std::min(thing.last, sum_.money.first), std::max(thing.first, sum_.money.first))) return &thing;
      }
    }
    return nullptr;
  }

  // "20 млн доллари Жаҳон банки кредити, 5 млн доллари": where the verb comes last, a comma closes what is told of the sum before.
  bool is_of_sum_before(const Thing& thing) const {
    if (!is_last() || before_ == nullptr || before_->clause != &clause_ || thing.last > sum_.money.first) return false;
    return thing.first >= before_->money.last && has_comma(thing.last, sum_.money.first);
  }

  // The subject of the verb: "Всемирный банк предоставит", and in an order "Министерству финансов выделить".
  const Thing* subject() const {
    if (verb_ == nullptr) return nullptr;
    if (const Thing* told = is_last() ? nullptr : giver_of_participle(scene_, clause_, *verb_)) return told;
    const std::uint32_t end = is_last() ? sum_.money.first : verb_->first;
    const bool is_order = scene_.own_act() != nullptr && scene_.reading().folded(verb_->first).ends_with("ть");  // "создать X и выделить ему"
    const Thing* best = nullptr;
    const std::uint32_t from = verb_->first >= sum_.money.last ? sum_.from : clause_.first;  // behind another sum it is another's
    for (const Thing& thing : Scene::from(clause_, end > kVerb ? end - kVerb : 0)) {
      if (thing.first >= end) break;
      if (thing.first < from && !is_last()) continue;
      if (!may_give(thing) || thing.last > end || scene_.is_broken(clause_, thing.last, end) || is_of_denial(thing)) continue;
      const bool is_ordered = !is_last() && thing.role == Role::recipient && thing.first <= clause_.first + 2;
      const std::uint32_t near = is_last() ? sum_.money.first : verb_->first;
      const bool opens = is_last() && thing.first == clause_.first;
      const bool is_state = thing.root == Root::place && (opens || thing.last + 3 >= near) && scene_.property(thing.mention, "kind") == "country";
      const bool is_subject = !is_order && thing.role == Role::none && !thing.is_adjunct && (thing.root == Root::organization || is_state);
      const bool stands_at_verb = !is_last() && thing.role == Role::none && thing.root == Root::organization && thing.last == verb_->first && !is_behind_preposition(thing);
      if ((is_ordered || is_subject || stands_at_verb) && (best == nullptr || !is_last())) best = &thing;
    }
    return best != nullptr || is_last() ? best : turned();
  }

  bool is_body(const Thing& thing) const { return thing.root == Root::organization || scene_.property(thing.mention, "kind") == "country"; }

  // "Всемирный банк и АБР выделят": those that the last subject is joined to, if it stands in front of the verb.
  Things subjects(const Thing& last) const {
    if (verb_->first < last.first) return listed(last);
    Things out;
    for (const Thing* one : scene_.list_before(clause_, last.last, kGivers, 0)) {
      if (one == &last || (one->role == last.role && is_body(*one) && may_give(*one))) out.push_back(one);
    }
    return out.empty() ? listed(last) : out;
  }

  // "Yaponiya ajratmadi, lekin Jahon banki 5 mln ajratdi": whose verb stands in front of the sum.
  bool is_of_denial(const Thing& thing) const {
    if (!is_last()) return false;
    return std::ranges::any_of(std::initializer_list<CategoryName>{"denied_verbs", "refusals", "contrasts"}, [&](CategoryName category) {
      return scene_.cue_in(clause_, category, thing.last, sum_.money.first) != nullptr;
    });
  }

  bool is_behind_preposition(const Thing& thing) const {
    const Walk words = scene_.walk(clause_);
    return scene_.has_cue("prepositions", words.before(thing.first));
  }

  // "18 млрд сумов направит Министерство", "финансирует Всемирный банк": the subject behind its verb; an infinitive has none.
  const Thing* turned() const {
    if (scene_.reading().folded(verb_->first).ends_with("ть")) return nullptr;
    const Thing* thing = scene_.after(clause_, verb_->last, kGivers, 1);
    if (thing == nullptr || !may_give(*thing) || thing->role != Role::none) return nullptr;
    return is_body(*thing) ? thing : nullptr;
  }

  void find_provider() {
    if (find_giver_of_object()) return;
    for (const bool is_near : {true, false}) {
      if (!is_near && before_ != nullptr && before_->clause == &clause_ && (names_own_giver() || sharer() != nullptr)) continue;
      if (const Thing* thing = in_role({Role::source, Role::agent}, kGivers, is_near)) {
        sum_.providers = listed(*thing);
        return;
      }
    }
    if (const Thing* thing = sharer()) sum_.providers = {thing};
    if (const Thing* thing = sum_.providers.empty() && !is_verb_of_sum_before() ? subject() : nullptr) sum_.providers = is_last() ? listed(*thing) : subjects(*thing);
    if (sum_.providers.empty() && !is_last()) find_verb_behind();
    if (sum_.providers.empty()) find_owner();
    if (sum_.providers.empty()) find_owner_behind();
    if (sum_.providers.empty()) sum_.providers = lender(scene_, sum_);
    if (sum_.providers.empty()) sum_.providers = givers_elsewhere(scene_, sum_);
    const bool has_own_verb = verb_ != nullptr && verb_->first >= sum_.money.last && !is_last();  // "ещё 5 млн добавит государство"
    if (sum_.providers.empty() && before_ != nullptr && sum_.from > clause_.first && !has_own_verb && !names_own_giver()) sum_.providers = before_->providers;
  }

  // "5 млн предоставит A, 2 млн — бюджет": the verb in front is told of the sum before, and a dash of the next one's giver.
  bool is_verb_of_sum_before() const {
    if (is_last() || verb_ == nullptr || before_ == nullptr || before_->clause != &clause_ || verb_->first >= sum_.from) return false;
    const Walk words = scene_.walk(clause_);
    return words.is_dash(words.before(sum_.money.first)) || words.is_dash(words.at(sum_.money.last));
  }

  // "20 mln dollarini A, 5 mln dollarini davlat byudjeti qoplaydi": the sum is the object, who gives it follows.
  bool find_giver_of_object() {
    const std::string_view last = scene_.reading().folded(sum_.money.last - 1);
    if (!is_last() || !(last.ends_with("ini") || last.ends_with("ини") || last.ends_with("ni") || last.ends_with("ни"))) return false;
    const Thing* giver = scene_.after(clause_, sum_.money.last, kGivers, 1);
    if (giver == nullptr || giver->role != Role::none || giver->first >= sum_.to) return before_ != nullptr && before_->clause == &clause_;
    sum_.providers = {giver};
    return true;
  }

  // "давлат бюджети маблағлари ҳисобидан", "ҳукуматнинг 5 млн", "государственный бюджет — 5 млн": a giver that is no thing; a semicolon
  // closes what the sum before was about.
  bool names_own_giver() const {
    const Walk words = scene_.walk(clause_);
    if (scene_.is_broken(clause_, before_->money.last, sum_.money.first) || words.is_dash(words.before(sum_.money.first)) || words.is_dash(words.at(sum_.money.last))) return true;
    for (const CategoryName category : {CategoryName("role_after"), CategoryName("role_before")}) {
      for (const PhraseMatch& marker : scene_.reading().matches_in(category, sum_.from, sum_.to)) {
        const Role role = role_by_name(scene_.reading().entry(marker).id);
        if (role == Role::source || (role == Role::agent && is_last())) return true;
      }
    }
    const auto* ending = is_last() && words.is_word(words.before(sum_.money.first)) ? clause_.grammar->case_of(words.folded(words.before(sum_.money.first))) : nullptr;
    return ending != nullptr && ending->role == Role::owner;
  }

  // "даёт Вашингтон: 120 млн предоставляет Всемирный банк": the verb behind the sum.
  void find_verb_behind() {
    const auto verbs = scene_.reading().matches_in("funding_verbs", sum_.money.last, sum_.to);
    if (verbs.empty() || &verbs.front() == verb_) return;
    verb_ = &verbs.front();
    if (const Thing* thing = turned()) sum_.providers = listed(*thing);
  }

  // "X перечисляет A, а Y — B": the verb is said once.
  const Thing* sharer() const {
    if (before_ == nullptr || sum_.from <= clause_.first) return nullptr;
    if (is_last()) {  // "A 200 million, B 75 million dollar ajratadi"
      const Thing* own = scene_.before(clause_, sum_.money.first, kGivers, 0);
      return own != nullptr && is_body(*own) && own->role == Role::none && own->first >= sum_.from && has_comma(before_->money.last, own->first) ? own : nullptr;
    }
    const Thing* found = nullptr;
    for (const Thing& thing : Scene::from(clause_, sum_.from)) {
      if (thing.first >= sum_.money.first) break;
      if (thing.first < sum_.from || !may_give(thing) || thing.role != Role::none || thing.root != Root::organization) continue;
      if (!is_end_of(scene_, *before_, thing)) found = &thing;
    }
    return found;
  }

  // "Jahon bankining 50 million dollarlik krediti"
  void find_owner() {
    if (sum_.kind != "loan" && sum_.kind != "grant" && sum_.kind != "commitment") return;
    const Thing* owner = scene_.before(clause_, sum_.money.first, Root::organization, 4);
    if (owner != nullptr && owner->role == Role::owner) sum_.providers = {owner};
  }

  // "25 млн долларов Всемирного банка"
  void find_owner_behind() {
    if (is_last()) return;
    const Thing* owner = scene_.after(clause_, sum_.money.last, Root::organization, 0);
    if (owner != nullptr && owner->role == Role::none && clause_.grammar->goes_on(scene_.reading().folded(owner->first))) sum_.providers = {owner};
  }

  bool is_provider(const Thing& thing) const {
    return std::ranges::any_of(sum_.providers, [&](const Thing* giver) { return scene_.is_same(*giver, thing); });
  }

  // What follows the sum, or stands before it where the verb comes last; else what the clause names, then what it goes on about.
  const Thing* work() const {
    if (const Thing* told = is_last() ? attributed_work(scene_, sum_) : nullptr) return told;
    const Thing* before = scene_.before(clause_, sum_.money.first, kWorks, kFar);
    if (before != nullptr && is_where(*before)) before = nullptr;
    const Thing* after = scene_.after(clause_, sum_.money.last, kWorks, kFar);
    if (before != nullptr && before->first < sum_.from && (after != nullptr || before_ != nullptr)) before = nullptr;
    if (after != nullptr && after->first >= sum_.to) after = nullptr;
    if (is_last() && after != nullptr && is_of_pair(before, *after)) return after;
    if (is_last()) return before != nullptr ? before : after;
    return after != nullptr ? after : before;
  }

  // "dasturida ro‘yxatga olingan": where, not what for.
  bool is_where(const Thing& work) const { return is_last() && work.role == Role::place; }

  bool has_comma(std::uint32_t first, std::uint32_t last) const {
    const Walk words = scene_.walk(clause_);
    for (std::uint32_t i = first; i < last; ++i) {
      if (words.is_sign(i, U',') || scene_.has_cue("list_joints", i)) return true;
    }
    return false;
  }

  // "500 mlrd so‘m «X» dasturiga, 300 mlrd so‘m «Y» dasturiga": each sum in front of what it is for.
  bool is_of_pair(const Thing* before, const Thing& after) const {
    if (after.first > sum_.money.last + 2 || has_comma(sum_.money.last, after.first) || after.role == Role::none) return false;
    return before == nullptr || (before_ != nullptr && before->first >= before_->money.last && before->first <= before_->money.last + 2 && !has_comma(before_->money.last, before->first));
  }

  void find_target() {
    const Thing* founder = scene_.own_act();
    const Thing* founded = founder == nullptr ? nullptr : founded_before(scene_, sum_, *founder);
    if (founded != nullptr && !is_provider(*founded) && scene_.after(clause_, sum_.from, kWorks, kFar) == nullptr) {
      sum_.targets = {founded};
      return;
    }
    const Thing* named = bracketed_work(scene_, sum_);
    if (named == nullptr) named = paired_work(scene_, sum_);
    if (named != nullptr) {
      sum_.targets = {named};
      return;
    }
    if (const Thing* found = work()) {
      sum_.targets = scene_.list_after(clause_, found->first, kWorks, 1);
      return;
    }
    const Thing* taker = recipient();
    if (taker == nullptr) taker = body_of_pronoun(scene_, sum_);
    if (taker != nullptr && !is_provider(*taker)) {
      sum_.targets = {taker};
      return;
    }
    if (const Clause* lead = scene_.lead(clause_)) {
      if (const Thing* led = scene_.before(*lead, lead->last, Root::programme, 200); led != nullptr && !is_where(*led)) {
        sum_.targets = {led};
        return;
      }
    }
    if (const Thing* listed = list_work(scene_, sum_)) {
      sum_.targets = {listed};
      return;
    }
    const bool is_told = before_ != nullptr && before_->clause == &clause_ && !before_->targets.empty() && !before_->is_weak_target;
    if (const Thing* own = sum_.own_work; !is_told && own != nullptr && !is_provider(*own) && scene_.clause_of(*own).sentence <= clause_.sentence) {
      sum_.targets = {own};
      sum_.is_weak_target = true;
      return;
    }
    if (const Thing* told = work_of_pronoun(scene_, sum_)) {
      sum_.targets = {told};
      return;
    }
    if (before_ != nullptr && before_->clause == &clause_ && !before_->targets.empty() && !sum_.providers.empty()) {  // "на X A дал 5 млн, B — 2 млн"
      sum_.targets = before_->targets;
      sum_.is_weak_target = true;
      return;
    }
    if (sum_.is_bare && sum_.providers.empty()) return;
    const bool is_line = sum_.money.first <= clause_.first + 8 && clause_.last - clause_.first < 24;  // "Бюджет: 5 млн евро"
    const Thing* topic = scene_.topic(clause_, Root::programme, is_line ? kPageSentences : 3, !is_line);
    if (is_line && scene_.page_work() != nullptr) topic = scene_.page_work();
    if (topic != nullptr && !is_where(*topic)) {
      sum_.targets = {topic};
      sum_.is_weak_target = true;
    }
  }

  const Thing* recipient() const {
    for (const Thing& thing : Scene::from(clause_, sum_.from)) {
      if (thing.first >= sum_.to) break;
      if (!may_give(thing) || thing.first < sum_.from || is_provider(thing)) continue;
      if (thing.role == Role::recipient || thing.role == Role::purpose || is_taker(thing) || takes(thing)) return &thing;
    }
    return nullptr;
  }

  // "Агентство получило"
  bool takes(const Thing& thing) const {
    if (thing.role != Role::none || thing.is_adjunct) return false;
    if (!is_last() && thing.first >= sum_.money.last) {  // "3 млн долларов получит Агентство"
      const PhraseMatch* near = scene_.cue_in(clause_, "taking_verbs", sum_.money.last, thing.first);
      return near != nullptr && near->last == thing.first;
    }
    if (thing.last > sum_.money.first) return false;
    const PhraseMatch* verb = scene_.cue_in(clause_, "taking_verbs", thing.last, is_last() ? sum_.to : sum_.money.first);
    return verb != nullptr && (is_last() || verb->first <= thing.last + 2);
  }

  // "направить в Фонд", "выделить АО «X» 5 млрд", and the body that the act founds, in whatever case.
  bool is_taker(const Thing& thing) const {
    if (thing.root != Root::organization) return false;
    if (sum_.own_work != nullptr && scene_.is_same(thing, *sum_.own_work)) return true;
    if (is_last()) return false;
    if (thing.role == Role::place || thing.role == Role::goal) return true;
    const bool is_order = verb_ != nullptr && scene_.reading().folded(verb_->first).ends_with("ть");
    const bool is_given = verb_ != nullptr && !sum_.providers.empty() && sum_.providers.front()->last <= verb_->first && thing.first <= verb_->last + 1;  // "выделит АО «X» 25 млн"
    return thing.role == Role::none && (is_order || is_given) && thing.first >= verb_->last && thing.last <= sum_.money.first;
  }

  // What an act of its own says "in accordance with" another is given by it, not by the other.
  const Thing* act_in(const Clause& clause, std::uint32_t to) const {
    const bool is_ground_enough = &clause == &clause_ && scene_.own_act() == nullptr;
    for (const Role role : {Role::agent, Role::none, Role::place, Role::basis}) {
      if (role == Role::basis && !is_ground_enough) break;
      for (const Thing& thing : Scene::from(clause, to > kActReach ? to - kActReach : 0)) {
        if (thing.first >= to) break;
        if (thing.is_inner || thing.root != Root::act || thing.role != role) continue;
        if (scene_.own_act() == nullptr || is_given_by(scene_, clause, thing)) return &thing;
      }
    }
    return nullptr;
  }

  void take_act(const Clause& clause, std::uint32_t to) {
    if (const Thing* act = act_in(clause, to)) {
      sum_.acts = {act};
      sum_.act_clause = &clause;
    }
  }

  void find_act() {
    const bool is_held = scene_.cue_in(clause_, "money_held", sum_.from, sum_.to) != nullptr;
    if (is_held || scene_.cue_in(clause_, "funding_notes", clause_.first, clause_.last) != nullptr) return;
    take_act(clause_, sum_.to);
    if (const Clause* lead = scene_.lead(clause_); lead != nullptr && sum_.acts.empty()) take_act(*lead, lead->last);
    if (!sum_.acts.empty()) return;
    if (clause_.is_preamble) return;
    if (const Thing* own = scene_.own_act()) sum_.acts = {own};
    else if (const Thing* section = scene_.section_act(clause_)) sum_.acts = {section};
    else if (scene_.cue_in(clause_, "this_act", clause_.first, clause_.last) != nullptr) take_topic();
    if (!sum_.acts.empty()) sum_.act_clause = &clause_;
  }

  void take_topic() {
    if (const Thing* act = scene_.topic(clause_, Root::act, 3)) sum_.acts = {act};
  }

  const Scene& scene_;
  const Clause& clause_;
  Sum& sum_;
  const Sum* before_;
  const PhraseMatch* verb_ = nullptr;
};

}  // namespace

void find_cased_ends(const Scene& scene, Sum& sum, const Sum* before) { CasedEnds(scene, sum, before).find(); }

}  // namespace policygraph::inline v0::detail::extract
