#include "extract/relations/funding.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "extract/relations/denial.hpp"
#include "extract/relations/modality.hpp"
#include "extract/relations/relations.hpp"

// Sums that fund something become Funding nodes with PROVIDES, FUNDS and AUTHORISES; a sum stated again is the same node, a part
// of a sum is PART_OF it and never counted beside it.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kExtractor = "funding/1";
constexpr std::size_t kMaxEqual = 32;  // equal sums that a new one is compared with
constexpr std::uint32_t kNever = 1000;
constexpr std::uint32_t kJoint = 6;  // a word of another sum counts as so much further away
constexpr std::uint32_t kBeside = 3;  // tokens behind a sum in which "of this" stands
constexpr std::uint32_t kPartWithin = 2;  // sentences behind a sum in which "EUR 3 million of it" is told
constexpr std::uint32_t kFurther = 3;  // tokens of "another" in front of a sum
constexpr std::uint32_t kNear = 14;  // tokens within which a word says of what kind a sum is

class Fundings {
 public:
  Fundings(Scene& scene, const std::vector<std::vector<SumUse>>& uses) : scene_(scene), uses_(uses) {}

  void run() {
    count_sums();
    own_work_ = work_of_own_act(scene_);
    for (const Clause& clause : scene_.clauses()) {
      const std::vector<SumUse>& uses = uses_[clause.sentence];
      for (std::size_t i = 0; i < uses.size(); ++i) {
        if (uses[i].use != MoneyUse::funding) continue;
        if (clause.zone == Zone::heading && is_told_below(clause.money[i])) remember(clause, clause.money[i]);
        else read(clause, clause.money[i], clause.money[uses[i].last], uses[i].is_borrowed);
      }
    }
    find_parts(scene_, sums_);
    find_late_givers(scene_, sums_);
    find_late_works(scene_, sums_);
    share_targets(scene_, sums_);
    pair_respectively(scene_, sums_);
    take_headlines();
    for (const Sum& sum : sums_) link(sum);
  }

 private:
  std::string key_of(const Literal& money) const {
    const ValueMap& value = scene_.mention(money.mention).value.as_map();
    return value.find("currency")->second.as_string() + value.find("amount")->second.as_decimal().normalised().to_string();
  }

  void count_sums() {
    for (const Clause& clause : scene_.clauses()) {
      if (clause.zone == Zone::heading) continue;
      for (const Literal& money : clause.money) told_.insert(key_of(money));
    }
  }

  // A heading says again what the text says in full.
  bool is_told_below(const Literal& money) const { return told_.contains(key_of(money)); }

  void remember(const Clause& clause, const Literal& money) {
    if (clause.is_question || is_denied(scene_, clause, money) || is_asked_for(scene_, clause, money)) return;
    Sum sum;
    sum.clause = &clause;
    sum.money = money;
    std::tie(sum.from, sum.to) = money_window(scene_, clause, money);
    sum.own_to = sum.to;
    find_kind(sum);
    find_ends(scene_, sum, nullptr);
    if (!sum.providers.empty()) headlines_.try_emplace(key_of(money), std::move(sum));
  }

  // "The Bank gives A to Bukhara" above "A will be allotted": the first such sum that nobody gives.
  void take_headlines() {
    std::set<std::string> taken;
    for (Sum& sum : sums_) {
      const auto headline = headlines_.find(key_of(sum.money));
      if (headline == headlines_.end() || !taken.insert(headline->first).second || !sum.providers.empty() || !sum.acts.empty()) continue;
      if (sum.modality == Modality::denied || sum.modality == Modality::discussed) continue;
      sum.headline = &headline->second;
      sum.providers = headline->second.providers;
    }
  }

  // `last`: the sum up to which the words behind are shared.
  void read(const Clause& clause, const Literal& money, const Literal& last, bool is_borrowed) {
    Sum sum;
    sum.clause = &clause;
    sum.money = money;
    if (!clause.is_preamble) sum.own_work = own_work_;
    std::tie(sum.from, sum.to) = money_window(scene_, clause, money);
    sum.own_to = sum.to;
    if (last.first != money.first) sum.to = std::max(sum.to, money_window(scene_, clause, last).second);
    find_kind(sum);
    Sum closing = sum;  // the sum whose words are told of this one
    if (is_borrowed) {
      closing.money = last;
      std::tie(closing.from, closing.to) = money_window(scene_, clause, last);
      closing.kind.clear();
      find_kind(closing);
      sum.kind = closing.kind;
      sum.is_bare = closing.is_bare && last.first != money.first;
    }
    if (is_denied(scene_, clause, money)) return keep(sum, Modality::denied);
    if (is_asked_for(scene_, clause, money)) return keep(sum, Modality::discussed);
    find_ends(scene_, sum, sums_.empty() || sums_.back().clause != &clause ? nullptr : &sums_.back());
    take_charter(scene_, sum);
    find_whole(sum);
    if (sum.providers.empty() && sum.targets.empty() && sum.acts.empty() && sum.whole == kNoMention && sum.is_bare) return;
    closing.acts = sum.acts;
    sum.modality = modality_of(scene_, is_borrowed ? closing : sum, sums_.empty() ? nullptr : &sums_.back());
    take_from_whole(sum);
    make(sum);
    auto& equal = by_amount_[amount_of(scene_.mention(sum.funding))];
    if (equal.size() < kMaxEqual) equal.push_back(sums_.size());
    sums_.push_back(std::move(sum));
  }

  // Nobody gives a sum that is denied or only asked for, and nothing takes it; nor is it the same as one that was given.
  void keep(Sum& sum, Modality modality) {
    sum.modality = modality;
    make(sum);
  }

  void find_kind(Sum& sum) const {
    int best = -1;
    std::uint32_t nearest = kNear + 1;
    std::uint32_t from = sum.from;
    if (scene_.cue_in(*sum.clause, "funding_cues", sum.from, std::min(sum.to, sum.money.last + kNear)) == nullptr) from = sum.clause->first;
    sum.is_gapped = from < sum.from && !sums_.empty() && sums_.back().clause == sum.clause && scene_.cue_in(*sum.clause, "modality", sum.from, sum.to) == nullptr;
    for (const PhraseMatch& cue : scene_.reading().matches_in("funding_cues", from, sum.to)) take_kind(cue, sum, best, nearest);
    const bool is_verb_last = sum.clause->grammar != nullptr && sum.clause->grammar->is_head_last;
    if (best < 0 && is_verb_last) {  // "A so‘m, B so‘m ajratilsin"
      nearest = kNever;
      for (const PhraseMatch& cue : scene_.reading().matches_in("funding_cues", sum.to, sum.clause->last)) take_kind(cue, sum, best, nearest);
    }
    if (best < 0) {
      if (const Clause* lead = scene_.lead(*sum.clause)) take_lead_kind(*lead, sum);
    }
    if (sum.kind.empty() || sum.is_bare) {
      const bool is_told = is_of_head(scene_, *sum.clause, sum.money);  // "a USD 25 million project"
      sum.kind = is_told ? "budget" : "other";
      sum.is_bare = !is_told;
    }
  }

  void take_kind(const PhraseMatch& cue, Sum& sum, int& best, std::uint32_t& nearest) const {
    const PackEntry& entry = scene_.reading().entry(cue);
    const int strength = entry.field("strength").empty() ? 0 : entry.field("strength").front() - '0';
    std::uint32_t far = cue.last <= sum.money.first ? sum.money.first - cue.last : cue.first >= sum.money.last ? cue.first - sum.money.last + 2 : 0;
    if (cue.last <= sum.money.first && is_of_sum_before(sum, cue)) far += kJoint;
    const bool is_near = far <= kNear || cue.last <= sum.money.first || nearest == kNever;
    const Walk words = scene_.walk(*sum.clause);
    const std::uint32_t before = words.before(cue.first);
    if (scene_.has_cue("negations", before) || scene_.has_cue("negations", words.before(before))) return;
    if (!is_near || is_in_name(*sum.clause, cue) || strength < best || (strength == best && far >= nearest)) return;
    best = strength;
    nearest = far;
    sum.kind = entry.field("kind");
    sum.is_bare = !entry.field("bare").empty();
    if (!entry.field("modality").empty()) sum.modality = modality_by_name(entry.field("modality")).value_or(Modality::unknown);
    else sum.modality = Modality::unknown;
  }

  // "A as a grant and B as a loan": in front of a joint, behind another sum.
  bool is_of_sum_before(const Sum& sum, const PhraseMatch& cue) const {
    const Walk words = scene_.walk(*sum.clause);
    if (sum.from == sum.clause->first || cue.first < sum.from) return false;
    for (std::uint32_t i = cue.last; i < sum.money.first; ++i) {
      if (words.is_sign(i, U',') || scene_.has_cue("list_joints", i)) return true;
    }
    return false;
  }

  static bool is_in_name(const Clause& clause, const PhraseMatch& cue) {
    return std::ranges::any_of(clause.things, [&](const Thing& thing) {
      return !has(Root::programme | Root::statement | Root::agreement, thing.root) && thing.first <= cue.first && cue.last <= thing.last;
    });
  }

  void take_lead_kind(const Clause& lead, Sum& sum) const {
    int best = -1;
    for (const PhraseMatch& cue : scene_.reading().matches_in("funding_cues", lead.first, lead.last)) {
      const PackEntry& entry = scene_.reading().entry(cue);
      const int strength = entry.field("strength").front() - '0';
      if (strength <= best || is_in_name(lead, cue)) continue;
      best = strength;
      sum.is_bare = !entry.field("bare").empty();
      sum.kind = entry.field("kind");
      sum.modality = modality_by_name(entry.field("modality")).value_or(Modality::unknown);
    }
  }

  // ---- parts and wholes

  void find_whole(Sum& sum) const {
    if (sums_.empty()) return;
    const Sum& last = sums_.back();
    const PhraseMatch* cue = scene_.cue_in(*sum.clause, "funding_components", sum.from, sum.money.first);
    const bool is_behind = scene_.cue_in(*sum.clause, "funding_parts_behind", sum.money.last, std::min(sum.to, sum.money.last + kBeside)) != nullptr;
    if (cue != nullptr && scene_.has_cue("cost_words", scene_.walk(*sum.clause).before(cue->first))) return;  // "the cost of which"
    const bool is_part = (cue != nullptr && cue->last + 8 >= sum.money.first && last.clause->sentence + 1 >= sum.clause->sentence) ||
                         (is_behind && last.clause->sentence + kPartWithin >= sum.clause->sentence);
    if (is_part) {
      sum.whole = last.whole != kNoMention && last.clause == sum.clause ? last.whole : last.funding;
      return;
    }
    if (goes_on_in_parts(scene_, sums_, sum) || is_rest(sum)) {
      sum.whole = last.whole;
      return;
    }
    const Clause* lead = scene_.lead(*sum.clause);
    if (lead == nullptr || scene_.cue_in(*lead, "funding_parts_lead", lead->first, lead->last) == nullptr) return;
    for (auto earlier = sums_.rbegin(); earlier != sums_.rend() && earlier->clause->sentence + 2 >= lead->sentence; ++earlier) {
      if (earlier->clause->sentence > lead->sentence || scene_.lead(*earlier->clause) == lead) continue;
      sum.whole = earlier->funding;
      return;
    }
  }

  // "EUR 7.6 million of it is a loan. The remaining EUR 9.4 million"
  bool is_rest(const Sum& sum) const {
    const Sum& last = sums_.back();
    if (last.whole == kNoMention || last.clause->sentence + kPartWithin < sum.clause->sentence) return false;
    const std::uint32_t from = sum.money.first > sum.clause->first + kBeside ? sum.money.first - kBeside : sum.clause->first;
    return scene_.cue_in(*sum.clause, "funding_rest", from, sum.money.first) != nullptr;
  }

  // A part of which nothing more is said is of the kind that the whole is.
  void take_from_whole(Sum& sum) const {
    if (sum.whole == kNoMention) return;
    const auto whole = std::find_if(sums_.rbegin(), sums_.rend(), [&](const Sum& other) { return other.funding == sum.whole; });
    if (whole == sums_.rend()) return;
    if (sum.kind == "other") sum.kind = whole->kind;
    if (!whole->targets.empty() && (sum.targets.empty() || (sum.is_weak_target && !whole->is_weak_target))) sum.targets = whole->targets;
    if (modality_given_at(scene_, *sum.clause, sum.money.first, sum.money.last) == Modality::unknown) sum.modality = whole->modality;
  }

  // ---- the node

  void make(Sum& sum) {
    const ExtractedMention& literal = scene_.mention(sum.money.mention);
    ExtractedMention mention;
    mention.span = literal.span;
    mention.label = "Funding";
    mention.extractor = kExtractor;
    mention.modality = sum.modality;
    mention.confidence = sum.kind == "other" ? 0.6F : 0.85F;
    for (const auto& [name, value] : literal.value.as_map()) mention.properties.push_back({name, value, literal.span, {}, mention.confidence});
    put(mention, "kind", sum.kind);
    put(mention, "status", status_of(sum.modality));
    if (sum.whole != kNoMention) put(mention, "scope", "component");
    add_period(scene_, sum, mention);
    find_same(sum, mention);
    sum.funding = static_cast<MentionIndex>(scene_.out().mentions.size());
    scene_.out().mentions.push_back(std::move(mention));
  }

  static void put(ExtractedMention& mention, std::string name, Value value) {
    std::erase_if(mention.properties, [&](const ExtractedProperty& property) { return property.name == name; });
    mention.properties.push_back({std::move(name), std::move(value), mention.span, {}, mention.confidence});
  }

  // ---- the same sum stated again

  static bool meets(const Scene& scene, const Things& a, const Things& b) {
    return std::ranges::any_of(a, [&](const Thing* one) { return std::ranges::any_of(b, [&](const Thing* other) { return scene.is_same(*one, *other); }); });
  }

  const ExtractedProperty* find(const ExtractedMention& mention, std::string_view name) const {
    const auto found = std::ranges::find(mention.properties, name, &ExtractedProperty::name);
    return found == mention.properties.end() ? nullptr : &*found;
  }

  std::string amount_of(const ExtractedMention& mention) const {
    const auto* amount = find(mention, "amount");
    const auto* currency = find(mention, "currency");
    if (amount == nullptr || currency == nullptr) return {};
    return currency->value.as_string() + amount->value.as_decimal().normalised().to_string();
  }

  // Equal amounts are one sum only where giver, purpose or act is shared and none of them differs.
  bool may_be_same(const Sum& a, const Sum& b) const {
    int shared = 0;
    for (const auto ends : {&Sum::providers, &Sum::targets, &Sum::acts}) {
      const bool is_weak = ends == &Sum::targets && (a.is_weak_target || b.is_weak_target);
      if ((a.*ends).empty() || (b.*ends).empty()) continue;
      if (meets(scene_, a.*ends, b.*ends)) ++shared;
      else if (!is_weak) return false;
    }
    return shared > 0 && !(a.whole != kNoMention && b.whole == a.whole);
  }

  // "another USD 5 million", "ещё 5 млн долларов", "yana 5 mln dollar", "the second tranche of"; not "the other side confirmed"
  bool is_further(const Sum& sum) const {
    const Walk words = scene_.walk(*sum.clause);
    std::uint32_t at = sum.money.first;
    for (std::uint32_t steps = 0; steps <= kFurther && at > sum.clause->first; ++steps, --at) {
      if (const PhraseMatch* word = scene_.reading().match_over("further_words", at - 1); word != nullptr && word->last == at) return true;
      const bool is_passed = scene_.has_cue("further_fillers", at - 1) || scene_.has_cue("comparators", at - 1) || scene_.has_cue("determiners", at - 1);
      if (words.is_word(at - 1) && !is_passed) return false;
    }
    return false;
  }

  // Equal sums for two years are two.
  bool is_for_other_years(const ExtractedMention& a, const ExtractedMention& b) const {
    const auto *one = find(a, "period_from"), *other = find(b, "period_from");
    return one != nullptr && other != nullptr && one->value != other->value;
  }

  void find_same(const Sum& sum, ExtractedMention& mention) const {
    const auto equal = by_amount_.find(amount_of(mention));
    if (equal == by_amount_.end()) return;
    for (const std::size_t index : equal->second) {
      const Sum& earlier = sums_[index];
      if (earlier.clause == sum.clause || !may_be_same(earlier, sum)) continue;
      if (is_for_other_years(scene_.mention(earlier.funding), mention) || (is_further(sum) && !is_further(earlier))) continue;
      mention.same_as = scene_.head(earlier.funding);
      mention.same_by = "rule:same-sum/1";
      mention.same_reason = "equal amount, and giver, purpose or act the same";
      mention.same_score = 0.8F;
      return;
    }
  }

  // ---- edges

  void link(const Sum& sum) {
    const Literal& money = sum.money;
    for (const Thing* giver : sum.providers) {
      if (std::ranges::any_of(sum.targets, [&](const Thing* target) { return scene_.is_same(*giver, *target); })) continue;
      const Sum& told = sum.headline == nullptr ? sum : *sum.headline;
      scene_.add(*told.clause, {"PROVIDES", giver->mention, sum.funding, told.money.first, told.money.last, sum.modality, 0.85F, "provided-by/1"});
    }
    for (const Thing* target : sum.targets) {
      scene_.add(*sum.clause, {"FUNDS", sum.funding, target->mention, money.first, money.last, sum.modality, sum.is_weak_target ? 0.55F : 0.8F, "funds/1"});
    }
    if (sum.whole != kNoMention) {
      scene_.add(*sum.clause, {"PART_OF", sum.funding, sum.whole, money.first, money.last, sum.modality, 0.75F, "sum-part/1"});
    }
    for (const Thing* act : sum.acts) {
      scene_.add(*sum.clause, {"AUTHORISES", act->mention, sum.funding, money.first, money.last, sum.modality, sum.act_clause == sum.clause ? 0.85F : 0.7F, "authorises/1"});
    }
  }

  Scene& scene_;
  const std::vector<std::vector<SumUse>>& uses_;  // by clause
  const Thing* own_work_ = nullptr;
  std::vector<Sum> sums_;
  std::set<std::string> told_;  // sums of the running text
  std::map<std::string, Sum> headlines_;  // with who gives them
  std::map<std::string, std::vector<std::size_t>> by_amount_;  // places in sums_
};

}  // namespace

void relate_funding(Scene& scene, const std::vector<std::vector<SumUse>>& uses) { Fundings(scene, uses).run(); }

}  // namespace policygraph::inline v0::detail::extract
