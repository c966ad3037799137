#include <algorithm>
#include <array>

#include "extract/relations/funding.hpp"

// Who gives or takes a sum where its own words do not say it in full: a verb that is said of the sum in front, a participle, "with".
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kToAct = 16;     // tokens between a sum and "under Resolution No. 5"
constexpr std::uint32_t kToRelative = 4;  // tokens of "loan" between a sum and "that will help"
constexpr std::uint32_t kHeldWithin = 6;  // tokens behind a sum in which it is told who holds it
constexpr std::uint32_t kBeforeSum = 3;  // tokens of "an additional" between "with" and a sum
constexpr std::array<std::string_view, 5> kParticiples{"вш", "ющ", "ящ", "ащ", "ущ"};

bool is_among(const Scene& scene, const Things& things, const Thing& one) {
  return std::ranges::any_of(things, [&](const Thing* thing) { return scene.is_same(*thing, one); });
}

}  // namespace

bool is_with_sum(const Scene& scene, const Sum& sum, const Thing& body) {
  const Walk words = scene.walk(*sum.clause);
  const std::uint32_t with = words.at(body.last);
  if (words.folded(with) != "with" || with >= sum.money.first || sum.money.first - with > kBeforeSum + 1) return false;
  for (std::uint32_t i = with + 1; i < sum.money.first; ++i) {
    if (!words.is_word(i) || scene.has_cue("prepositions", i) || scene.has_cue("finite_verbs", i)) return false;
  }
  return true;
}

void take_act_behind(const Scene& scene, Sum& sum) {
  const Clause& clause = *sum.clause;
  if (scene.own_act() != nullptr) return;
  const Thing* act = scene.after(clause, sum.money.last, Root::act, kToAct);
  if (act == nullptr || act->first >= sum.to || scene.is_quoted(act->first) || scene.word_before(clause, act->first, "cue_under_act") == Walk::kNone) return;
  sum.acts = {act};
  sum.act_clause = &clause;
}

bool is_held(const Scene& scene, const Sum& sum) {
  return scene.cue_in(*sum.clause, "money_held", sum.money.last, std::min(sum.to, sum.money.last + kHeldWithin)) !=
         nullptr;
}

bool is_told_apart(const Scene& scene, const Sum& sum, const Thing& act) {
  const std::uint32_t first = act.last, last = sum.money.first;
  if (&scene.clause_of(act) != sum.clause || first >= last) return false;
  const Walk words = scene.walk(*sum.clause);
  std::uint32_t which = first;
  while (which < last && words.folded(which) != "which" && words.folded(which) != "whom") ++which;
  return std::ranges::any_of(sum.providers,
                             [&](const Thing* giver) { return giver->first > which && giver->last <= last; });
}

bool is_end_of(const Scene& scene, const Sum& sum, const Thing& thing) {
  return is_among(scene, sum.providers, thing) || is_among(scene, sum.targets, thing);
}

void take_gapped(const Scene& scene, Sum& sum, const Sum& before) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  const std::uint32_t mark = words.at(sum.money.last);
  if (clause.grammar == nullptr || clause.grammar->is_head_last || before.clause != &clause || !words.is_dash(mark)) return;
  const Thing* body = scene.after(clause, mark + 1, Root::organization | Root::place, 1);
  if (body == nullptr || body->first >= sum.to || body->role != Role::none || scene.is_quoted(body->first)) return;
  const bool takes = before.providers.empty() && scene.cue_in(clause, "taking_verbs", before.money.last, sum.money.first) != nullptr;
  if (takes && !before.targets.empty() && body->root == Root::organization) {
    sum.targets = {body};
  } else if (!before.providers.empty()) {
    sum.providers = {body};
  }
}

const Thing* giver_of_participle(const Scene& scene, const Clause& clause, const PhraseMatch& verb) {
  const std::string_view word = scene.reading().folded(verb.first);
  const bool is_participle = std::ranges::any_of(kParticiples, [&](std::string_view part) { return word.find(part) != std::string_view::npos; });
  const Walk words = scene.walk(clause);
  const std::uint32_t comma = words.before(verb.first);
  if (!is_participle || !words.is_sign(comma, U',')) return nullptr;
  const Thing* body = scene.before(clause, comma, Root::organization | Root::place, 1);
  const bool may_give = body != nullptr && (body->root == Root::organization || scene.property(body->mention, "kind") == "country");
  return may_give && !scene.is_quoted(body->first) ? body : nullptr;
}

bool has_clause_behind(const Scene& scene, const Sum& sum) {
  const Walk words = scene.walk(*sum.clause);
  for (std::uint32_t i = sum.money.last; i < std::min(sum.to, sum.money.last + kToRelative); ++i) {
    if (words.folded(i) == "that" || words.folded(i) == "which") return true;
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::extract
