#include <algorithm>

#include "extract/relations/funding.hpp"

// "The Ministry of Finance shall: 1) allocate 5 million; 2) send 3 million": the line above a list names who does what
// its points say.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kOpening = 4;   // tokens of a lead in which the body that is ordered begins
constexpr std::uint32_t kToMoney = 40;  // tokens between the verb of a point and its sum
constexpr std::uint32_t kToVerb =
    10;  // tokens in front of the verb of a point: "within three months", "beginning from 1 January 2026"

bool is_verb_last(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

// What the point orders: "allocate", "выделить", "ajratsin".
bool is_order(const Scene& scene, const Clause& clause, const PhraseMatch& verb) {
  const std::string_view word = scene.reading().folded(verb.last - 1);
  if (clause.grammar == nullptr) return true;
  if (!is_verb_last(clause)) return word.ends_with("ть") || word.ends_with("ти");
  return word.ends_with("sin") || word.ends_with("син") || word.ends_with("sinlar") || word.ends_with("синлар");
}

bool names_own_subject(const Scene& scene, const Clause& clause, std::uint32_t to) {
  return std::ranges::any_of(clause.things, [&](const Thing& thing) {
    return thing.last <= to && !thing.is_inner && has(Root::organization | Root::act, thing.root) &&
           thing.role == Role::none && !thing.is_adjunct && !scene.is_quoted(thing.first);
  });
}

bool orders(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const bool is_last = is_verb_last(clause);
  const std::uint32_t money = sum.money.first;
  const std::uint32_t from = is_last ? sum.money.last : std::max(clause.first, money > kToMoney ? money - kToMoney : 0);
  const std::uint32_t to = is_last ? clause.last : money;
  if (from >= to) return false;
  const auto& verbs = scene.reading().matches_in(
      clause.grammar == nullptr ? CategoryName("ordered_giving") : CategoryName("funding_verbs"), from, to);
  return std::ranges::any_of(verbs, [&](const PhraseMatch& verb) {
    if (!is_order(scene, clause, verb) ||
        scene.is_broken(clause, std::min(verb.first, money), std::max(verb.first, money)))
      return false;
    if (is_last) return !names_own_subject(scene, clause, money);
    const bool opens = verb.first <= clause.first + kToVerb || clause.grammar != nullptr;
    return opens && !names_own_subject(scene, clause, verb.first) &&
           scene.cue_in(clause, "finite_verbs", clause.first, verb.first) == nullptr;
  });
}

// The body that the lead orders, with those joined to it.
Things ordered(const Scene& scene, const Clause& lead) {
  for (const Thing& thing : lead.things) {
    if (thing.is_inner || thing.root != Root::organization || scene.is_quoted(thing.first)) continue;
    if (thing.first > lead.first + kOpening || (thing.is_adjunct && thing.role != Role::recipient)) return {};
    const bool is_told = lead.grammar == nullptr
                             ? scene.cue_in(lead, "ordering_words", thing.last, lead.last) != nullptr
                         : is_verb_last(lead) ? thing.role == Role::none
                                              : thing.role == Role::recipient;
    return is_told ? scene.list_after(lead, thing.first, Root::organization, 0) : Things{};
  }
  return {};
}

}  // namespace

Things giver_of_lead(const Scene& scene, const Sum& sum) {
  const Clause* lead = scene.lead(*sum.clause);
  if (lead == nullptr || lead->first >= lead->last || scene.walk(*lead).sign(lead->last - 1) != U':' ||
      !orders(scene, sum))
    return {};
  return ordered(scene, *lead);
}

Things givers_elsewhere(const Scene& scene, const Sum& sum) {
  if (Things donors = page_donors(scene, *sum.clause, sum.money); !donors.empty()) return donors;
  return giver_of_lead(scene, sum);
}

const Thing* taker_in_front(const Scene& scene, const Sum& sum) {
  const Clause& clause = *sum.clause;
  const Walk words = scene.walk(clause);
  const Thing* body = scene.before(clause, sum.money.first, Root::organization, kToVerb);
  if (body == nullptr || body->first < sum.from || scene.is_quoted(body->first)) return nullptr;
  const std::uint32_t to = scene.word_before(clause, body->first, "funding_purposes");
  const std::uint32_t verb = to == Walk::kNone || words.folded(to) != "to" ? Walk::kNone : words.before(to);
  const bool is_given =
      words.has(verb) && (scene.has_cue("ordered_giving", verb) || scene.has_cue("funding_verbs", verb));
  if (!is_given || scene.cue_in(clause, "finite_verbs", body->last, sum.money.first) != nullptr) return nullptr;
  for (std::uint32_t i = body->last; i < sum.money.first; ++i) {
    if (words.is_sign(i, U',')) return nullptr;
  }
  return body;
}

}  // namespace policygraph::inline v0::detail::extract
