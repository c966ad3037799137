#include <algorithm>
#include <map>

#include "extract/relations/funding.hpp"

// What several sums, or a sum and the sentence behind it, tell together: parts of one whole, and givers that are named afterwards;
// and what the text of an act tells of its sums.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kBeside = 4;         // tokens between "allocated" and the act that did it
constexpr std::size_t kMostParts = 12;
constexpr std::size_t kMostDigits = 18;
constexpr std::uint32_t kLateWithin = 2;     // sentences between a sum and the words that name its giver
constexpr std::uint32_t kLateOpener = 4;     // tokens of that sentence in which it takes the sum up
constexpr std::uint32_t kToWork = 12;        // tokens between "pays for" and the programme
constexpr std::uint32_t kPronoun = 8;        // tokens beside a sum in which "for it" stands
constexpr Root kGivers = Root::organization | Root::place;

// Its digits leave room for those of a sum.
bool is_plain(const Decimal& amount) { return amount.to_string().size() <= kMostDigits; }

bool gives_alike(const Scene& scene, const Sum& a, const Sum& b) {
  return std::ranges::any_of(a.providers, [&](const Thing* one) { return std::ranges::any_of(b.providers, [&](const Thing* other) { return scene.is_same(*one, *other); }); });
}

// Tokens [first, last) hold a sign or word that joins.
bool has_joint(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last) {
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = first; i < last; ++i) {
    if (words.is_sign(i, U',') || scene.has_cue("list_joints", i)) return true;
  }
  return false;
}

// "X gives A and Y gives B for Z": nothing but "and" behind the sum before, and each has a giver of its own.
bool is_joined_whole(const Scene& scene, const Sum& sum, const Sum& later) {
  if (sum.providers.empty() || !scene.has_cue("list_joints", scene.walk(*sum.clause).at(sum.money.last))) return false;
  return std::ranges::any_of(later.providers, [&](const Thing* giver) { return giver->first >= sum.money.last && giver->last <= later.money.first; });
}

// "a USD 59 million loan and a grant of USD 500,000": only what they are stands between.
bool is_pair(const Scene& scene, const Sum& sum, const Sum& later) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  bool has_and = false;
  for (std::uint32_t i = sum.money.last; i < later.money.first;) {
    const PhraseMatch* kind = scene.reading().match_at("funding_cues", i);
    const bool is_and = scene.has_cue("list_joints", i) && words.is_word(i);
    if (kind == nullptr && !is_and && !scene.has_cue("articles", i) && !scene.has_cue("funding_kind_of", i) && !scene.has_cue("comparators", i)) return false;
    has_and = has_and || is_and;
    i = kind == nullptr ? i + 1 : kind->last;
  }
  return has_and;
}

// The purpose of `later` stands behind both, and nothing tells another one of the sum before.
bool serves_both(const Scene& scene, const Sum& sum, const Sum& later) {
  const Clause& clause = *sum.clause;
  if (later.targets.empty() || later.is_weak_target || later.targets.front()->first < later.money.last || &scene.clause_of(*later.targets.front()) != &clause) return false;
  if (later.whole != kNoMention && later.whole == sum.funding) {  // ", to the Programme" closes "of which B"
    const Walk words = scene.walk(clause);
    for (std::uint32_t i = later.money.last; i < later.targets.front()->first; ++i) {
      if (words.is_sign(i, U',')) return true;
    }
    return false;
  }
  const std::uint32_t from = sum.money.last, to = later.money.first;
  if (!has_joint(scene, clause, from, to) || scene.cue_in(clause, "funding_components", from, to) != nullptr) return false;
  if (is_pair(scene, sum, later)) return true;
  if (scene.cue_in(clause, "funding_verbs", from, to) != nullptr) return gives_alike(scene, sum, later) || is_joined_whole(scene, sum, later);
  return std::ranges::any_of(later.providers, [&](const Thing* giver) { return giver->first >= from && giver->last <= to; });
}

// Only dates, signs and words that bound a number stand between: "A in 2024, B in 2025".
bool is_plain_list(const Scene& scene, const Sum& sum, const Sum& later) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  bool has_comma = false;
  for (std::uint32_t i = sum.money.last; i < later.money.first; ++i) {
    const bool is_dated = std::ranges::any_of(clause.dates, [&](const Literal& date) { return date.first <= i && i < date.last; });
    const bool is_joint = words.is_sign(i, U',') || scene.has_cue("list_joints", i);
    has_comma = has_comma || is_joint;
    if (!is_dated && !is_joint && !scene.has_cue("comparators", i) && !scene.has_cue("year_words", i) && !scene.has_cue("funding_period_words", i)) return false;
  }
  return has_comma;
}

// "for X by A 5 million, by B 7 million": the purpose in front of both, each with a giver of its own.
bool serves_next(const Scene& scene, const Sum& sum, const Sum& later) {
  if (sum.clause->grammar == nullptr || sum.targets.empty() || sum.is_weak_target || sum.targets.front()->first >= sum.money.first) return false;
  if (&scene.clause_of(*sum.targets.front()) != sum.clause || scene.is_broken(*sum.clause, sum.money.last, later.money.first)) return false;
  if (is_plain_list(scene, sum, later)) return true;
  return std::ranges::any_of(later.providers, [&](const Thing* giver) { return giver->first >= sum.money.last && giver->last <= later.money.first; });
}

bool may_share(const Sum& sum, const Sum& other) { return sum.clause == other.clause && (sum.targets.empty() || sum.is_weak_target); }

void take_targets(Sum& sum, const Sum& other) {
  sum.targets = other.targets;
  sum.is_weak_target = false;
}

// "A, of which B as a grant and C as a loan, for X": what stands behind a comma closes the whole and its parts.
void share_closing(const Scene& scene, std::vector<Sum>& sums) {
  for (std::size_t i = sums.size(); i-- > 1;) {
    const Sum& last = sums[i];
    if (last.whole == kNoMention || last.targets.empty() || last.is_weak_target || last.targets.front()->first < last.money.last) continue;
    if (&scene.clause_of(*last.targets.front()) != last.clause || (i + 1 < sums.size() && sums[i + 1].whole == last.whole)) continue;
    const Walk words = scene.walk(*last.clause);
    std::uint32_t comma = last.money.last;
    while (comma < last.targets.front()->first && !words.is_sign(comma, U',')) ++comma;
    if (comma >= last.targets.front()->first) continue;
    for (std::size_t j = i; j-- > 0 && sums[j].clause == last.clause;) {
      const bool is_kin = sums[j].funding == last.whole || sums[j].whole == last.whole;
      if (is_kin && (sums[j].targets.empty() || sums[j].is_weak_target)) take_targets(sums[j], last);
    }
  }
}

bool is_lender(const Scene& scene, const Thing& thing) {
  if (thing.is_inner || thing.root != Root::organization || scene.is_quoted(thing.first)) return false;
  const std::string kind = scene.property(thing.mention, "kind");
  return kind == "multilateral" || kind == "foreign_government";
}

// The giver that a sentence without a sum names.
Things giver_in(const Scene& scene, const Clause& clause) {
  if (clause.grammar == nullptr) {
    for (const CategoryName category : {CategoryName("cue_funded_by"), CategoryName("late_givers")}) {
      for (const PhraseMatch* cue : scene.cues(clause, category)) {
        if (Things givers = scene.list_after(clause, cue->last, kGivers, 4); !givers.empty()) return givers;
      }
    }
    return {};
  }
  for (const Role role : {Role::source, Role::agent, Role::none}) {
    if (role == Role::none && scene.cue_in(clause, "funding_verbs", clause.first, clause.last) == nullptr) break;
    for (const Thing& thing : clause.things) {
      const bool is_body = role == Role::none ? thing.root == Root::organization : has(kGivers, thing.root);
      if (!thing.is_inner && is_body && thing.role == role) return scene.list_after(clause, thing.first, kGivers, 1);
    }
  }
  return {};
}

// What the words of being for something lead to, or follow where verbs come last.
const Thing* late_work(const Scene& scene, const Clause& clause, const PhraseMatch& cue) {
  const bool is_last = clause.grammar != nullptr && clause.grammar->is_head_last;
  return is_last ? scene.before(clause, cue.first, Root::programme, kToWork) : scene.after(clause, cue.last, Root::programme, kToWork);
}

}  // namespace

bool is_given_by(const Scene& scene, const Clause& clause, const Thing& act) {
  if (clause.grammar != nullptr && clause.grammar->is_head_last) return act.role == Role::agent;
  const std::uint32_t from = act.first > clause.first + kBeside ? act.first - kBeside : clause.first;
  return scene.cue_in(clause, "funding_given", from, act.first) != nullptr;
}

const Thing* work_of_own_act(Scene& scene) {
  const Thing* own = scene.own_act();
  if (own == nullptr) return nullptr;
  std::map<MentionIndex, Root> works;
  std::map<Root, int> counts;
  for (const ExtractedRelation& relation : scene.out().relations) {
    const bool is_work = relation.type == "APPROVES" || relation.type == "ESTABLISHES";
    if (!is_work || scene.head(relation.from) != scene.head(own->mention)) continue;
    const Root root = relation.type == "APPROVES" ? Root::programme : Root::organization;
    if (works.emplace(scene.head(relation.to), root).second) ++counts[root];
  }
  const Root wanted = counts[Root::programme] > 0 ? Root::programme : Root::organization;
  if (counts[wanted] != 1) return nullptr;
  for (const Clause& clause : scene.clauses()) {
    for (const Thing& thing : clause.things) {
      const auto work = works.find(scene.head(thing.mention));
      if (work != works.end() && work->second == wanted && !clause.is_preamble) return &thing;
    }
  }
  return nullptr;
}

Things lender(const Scene& scene, const Sum& sum) {
  if (sum.kind != "loan" && sum.kind != "grant") return {};
  const Walk words = scene.walk(*sum.clause);
  const bool is_apart = words.is_sign(words.at(sum.money.last), U',') && scene.has_cue("whole_openers", sum.clause->first);  // "Of the USD 6 million, the Bank lends"
  const Thing* found = nullptr;
  for (const Thing& thing : sum.clause->things) {
    if (thing.first >= sum.to) break;
    if (thing.first < sum.from || !is_lender(scene, thing) || (is_apart && thing.first >= sum.money.last)) continue;
    if (sum.from > sum.clause->first && thing.last <= sum.money.first && has_joint(scene, *sum.clause, thing.last, sum.money.first)) continue;  // of the sum before
    if (found != nullptr && !scene.is_same(*found, thing)) return {};
    found = &thing;
  }
  return found == nullptr ? Things{} : Things{found};
}

const Thing* founded_before(const Scene& scene, const Sum& sum, const Thing& act) {
  for (const Thing& thing : Scene::from(*sum.clause, sum.clause->first)) {
    if (thing.first >= sum.money.first) return nullptr;
    if (thing.first >= sum.clause->first && thing.root == Root::organization && !thing.is_inner && scene.has_edge("ESTABLISHES", act.mention, thing.mention)) return &thing;
  }
  return nullptr;
}

bool is_possessive(const Scene& scene, const Thing& owner, std::uint32_t at) {
  const Clause& clause = scene.clause_of(owner);
  const Walk words = scene.walk(clause);
  const std::string_view last = words.text(owner.last - 1);
  const std::string_view between = owner.last < at ? scene.reading().text(scene.reading().span(owner.last, at)) : std::string_view();
  return last.ends_with("'s") || last.ends_with("’s") || last.ends_with("s’") || between.starts_with("'s") || between.starts_with("’s");
}

const Thing* paired_work(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const Thing* before = scene.before(clause, sum.money.first, Root::programme);
  const Thing* after = scene.after(clause, sum.money.last, Root::programme);
  if (before == nullptr || before->first < sum.from || after == nullptr) return nullptr;
  const auto next = std::ranges::find_if(clause.money, [&](const Literal& money) { return money.first >= sum.money.last; });
  if (next == clause.money.end() || next->first < after->last || scene.mention(next->mention).value == scene.mention(sum.money.mention).value) return nullptr;
  const Thing* further = scene.after(clause, after->last, Root::programme);
  if (further != nullptr && further->last <= next->first) return nullptr;
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = sum.money.last; i < after->first; ++i) {
    if (words.is_sign(i, U',') || words.is_sign(i, U';') || scene.has_cue("list_joints", i)) return before;
  }
  return nullptr;
}

const Thing* list_work(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = clause.first; i < sum.money.first; ++i) {
    if (words.is_sign(i, U':')) return scene.before(clause, i, Root::programme);
  }
  return nullptr;
}

const Thing* work_of_pronoun(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const std::uint32_t from = std::max(sum.from, sum.money.first > kPronoun ? sum.money.first - kPronoun : 0), to = std::min(sum.to, sum.money.last + kPronoun);
  if (scene.cue_in(clause, "work_pronouns", from, to) == nullptr) return nullptr;
  const Thing* found = nullptr;
  for (const Thing& thing : clause.things) {
    if (thing.first >= sum.money.first) break;
    if (!thing.is_inner && thing.root == Root::programme && !scene.is_quoted(thing.first)) found = &thing;
  }
  return found;
}

const Thing* body_of_pronoun(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const bool has_pronoun = scene.cue_in(clause, "body_anaphors", clause.first, std::min(clause.last, clause.first + 2)) != nullptr;
  return has_pronoun ? scene.topic(clause, Root::organization | Root::programme, 1, true) : nullptr;
}

bool goes_on_in_parts(const Scene& scene, const std::vector<Sum>& sums, const Sum& sum) {
  const Sum& last = sums.back();
  const auto told = [&](CategoryName category) { return scene.cue_in(*sum.clause, category, last.money.last, sum.money.first) != nullptr; };
  if (last.clause != sum.clause || last.whole == kNoMention || scene.is_broken(*sum.clause, last.money.last, sum.money.first)) return false;
  if (told("finite_verbs") || told("funding_verbs")) return false;
  const auto value = [&](const Sum& one, const char* name) -> const Value& { return scene.mention(one.money.mention).value.as_map().find(name)->second; };
  const auto whole = std::find_if(sums.rbegin(), sums.rend(), [&](const Sum& other) { return other.funding == last.whole; });
  if (whole == sums.rend() || value(*whole, "currency") != value(sum, "currency") || !is_plain(value(*whole, "amount").as_decimal())) return false;
  Decimal together(0);
  for (std::size_t i = sums.size() + 1, parts = 0; i-- > 0;) {
    const Sum& part = i == sums.size() ? sum : sums[i];
    if (i < sums.size() && part.whole != last.whole) break;
    const Decimal amount = value(part, "amount").as_decimal();
    if (++parts > kMostParts || !is_plain(amount)) return false;
    together = together + amount;
  }
  return together <= value(*whole, "amount").as_decimal();
}

void take_charter(const Scene& scene, Sum& sum) {
  const Clause& clause = *sum.clause;
  for (const PhraseMatch& cue : scene.reading().matches_in("funding_cues", sum.from, sum.to)) {
    if (scene.reading().entry(cue).field("charter").empty()) continue;
    const bool is_verb_last = clause.grammar != nullptr && clause.grammar->is_head_last;
    const Thing* body = is_verb_last ? scene.before(clause, cue.first, Root::organization, 1) : scene.after(clause, cue.last, Root::organization, 2);
    if (is_verb_last && (body == nullptr || body->role != Role::owner)) body = scene.after(clause, sum.money.last, Root::organization, 3);
    if (body == nullptr) continue;
    std::erase_if(sum.providers, [&](const Thing* giver) { return scene.is_same(*giver, *body); });
    sum.targets = {body};
    sum.is_weak_target = false;
    return;
  }
}

void share_targets(const Scene& scene, std::vector<Sum>& sums) {
  share_closing(scene, sums);
  for (std::size_t i = 1; i < sums.size(); ++i) {
    const bool is_joined = sums[i].clause == sums[i - 1].clause && sums[i].providers.empty() && !sums[i - 1].providers.empty() && sums[i].modality == sums[i - 1].modality;
    if (is_joined && is_pair(scene, sums[i - 1], sums[i])) sums[i].providers = sums[i - 1].providers;
  }
  for (std::size_t i = sums.size(); i-- > 1;) {
    if (may_share(sums[i - 1], sums[i]) && serves_both(scene, sums[i - 1], sums[i])) take_targets(sums[i - 1], sums[i]);
  }
  for (std::size_t i = 1; i < sums.size(); ++i) {
    if (may_share(sums[i], sums[i - 1]) && serves_next(scene, sums[i - 1], sums[i])) take_targets(sums[i], sums[i - 1]);
  }
}

void find_late_works(const Scene& scene, std::vector<Sum>& sums) {
  for (Sum& sum : sums) {
    const std::uint32_t next = sum.clause->sentence + 1;
    if ((!sum.targets.empty() && !sum.is_weak_target) || next >= scene.clauses().size()) continue;
    const Clause& clause = scene.clauses()[next];
    if (clause.block != sum.clause->block || !clause.money.empty()) continue;
    if (scene.cue_in(clause, "late_sums", clause.first, std::min(clause.last, clause.first + kLateOpener)) == nullptr) continue;
    const PhraseMatch* cue = scene.cue_in(clause, "late_works", clause.first, clause.last);
    const Thing* work = cue == nullptr ? nullptr : late_work(scene, clause, *cue);
    if (work == nullptr) continue;
    sum.targets = {work};
    sum.is_weak_target = false;
  }
}

void find_late_givers(const Scene& scene, std::vector<Sum>& sums) {
  for (Sum& sum : sums) {
    if (!sum.providers.empty()) continue;
    for (std::uint32_t i = sum.clause->sentence + 1; i <= sum.clause->sentence + kLateWithin && i < scene.clauses().size(); ++i) {
      const Clause& clause = scene.clauses()[i];
      if (clause.block != sum.clause->block || !clause.money.empty()) break;
      if (scene.cue_in(clause, "late_sums", clause.first, std::min(clause.last, clause.first + kLateOpener)) == nullptr) continue;
      sum.providers = giver_in(scene, clause);
      break;
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
