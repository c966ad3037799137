#include <algorithm>
#include <array>

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

// It is the first of the point: "ensure that banks allocate" and "просить выделить" order something else.
bool is_first_verb(const Scene& scene, const Clause& clause, const PhraseMatch& verb) {
  const Walk words = scene.walk(clause);
  const auto is_infinitive = [&](std::uint32_t at) {
    const std::string_view word = words.folded(at);
    const bool is_cut = word.size() > 6 && (word.ends_with("ть") || word.ends_with("ти"));
    return is_cut && !std::ranges::any_of(clause.things,
                                          [&](const Thing& thing) { return thing.first <= at && at < thing.last; });
  };
  std::uint32_t first = clause.first;
  while (first < verb.first && (!words.is_word(first) || words.is_sign(first + 1, U')'))) ++first;
  if (clause.grammar != nullptr) {
    for (std::uint32_t at = first; at < verb.first; ++at) {
      if (is_infinitive(at) || scene.has_cue("pronouns", at)) return false;
    }
    return true;
  }
  if (first == verb.first) return true;
  if (!scene.has_cue("ordering_times", first)) return false;
  for (std::uint32_t at = first; at < verb.first; ++at) {
    const std::string_view word = words.folded(at);
    if (word == "to" || word == "that" || scene.has_cue("pronouns", at) || scene.has_cue("denials", at)) return false;
  }
  return true;
}

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
    return opens && is_first_verb(scene, clause, verb) && !names_own_subject(scene, clause, verb.first) &&
           scene.cue_in(clause, "finite_verbs", clause.first, verb.first) == nullptr;
  });
}

// The words that tell nothing of their own: articles, numbers and signs of a point, a place within a name.
bool is_filling(const Scene& scene, const Clause& lead, const Walk& words, std::uint32_t at) {
  if (!words.is_word(at) || scene.has_cue("articles", at)) return true;
  return std::ranges::any_of(lead.things, [&](const Thing& thing) {
    return thing.root == Root::place && thing.role != Role::place && !thing.is_adjunct && thing.first <= at &&
           at < thing.last;
  });
}

bool is_in(const Things& bodies, std::uint32_t at) {
  return std::ranges::any_of(bodies, [&](const Thing* body) { return body->first <= at && at < body->last; });
}

// ", within the parameters of the State budget": a limit, and no more.
bool is_limit(const Scene& scene, const Clause& lead, const Walk& words, std::uint32_t at) {
  if (!words.is_sign(at, U',') || words.folded(words.next(at)) != "within") return false;
  static constexpr std::array<CategoryName, 5> kMore{"finite_verbs", "pronouns", "denials", "conditions",
                                                     "ordering_words"};
  if (std::ranges::any_of(
          kMore, [&](const CategoryName category) { return scene.cue_in(lead, category, at, lead.last) != nullptr; }))
    return false;
  return scene.after(lead, at, Root::organization | Root::person) == nullptr;
}

// Nothing but the order stands behind the bodies: "shall also", and where cases tell it nothing at all.
bool is_order_alone(const Scene& scene, const Clause& lead, const Things& bodies) {
  const Walk words = scene.walk(lead);
  std::uint32_t at = bodies.back()->last;
  if (lead.grammar == nullptr) {
    const PhraseMatch* order = scene.reading().match_at("ordering_words", at);
    if (order == nullptr) return false;
    at = order->last;
    if (is_limit(scene, lead, words, at)) return true;
  }
  for (; at + 1 < lead.last; ++at) {
    if (!scene.has_cue("ordering_adverbs", at) && (lead.grammar == nullptr || !is_filling(scene, lead, words, at)))
      return false;
  }
  return true;
}

// Nothing stands in front of the bodies but "Поручить", and between them but what joins them.
bool opens_lead(const Scene& scene, const Clause& lead, const Things& bodies) {
  const Walk words = scene.walk(lead);
  std::uint32_t told = 0;
  for (std::uint32_t at = lead.first; at < bodies.back()->last; ++at) {
    if (is_in(bodies, at) || is_filling(scene, lead, words, at)) continue;
    if (at > bodies.front()->first ? scene.has_cue("list_joints", at)
                                   : (scene.has_cue("ordering_openers", at) && ++told == 1))
      continue;
    return false;
  }
  return true;
}

// The body that the lead orders, with those joined to it; the lead says nothing else.
Things ordered(const Scene& scene, const Clause& lead) {
  for (const Thing& thing : lead.things) {
    if (thing.is_inner || thing.root != Root::organization || scene.is_quoted(thing.first)) continue;
    if (thing.first > lead.first + kOpening || (thing.is_adjunct && thing.role != Role::recipient)) return {};
    const bool is_first_headed = lead.grammar != nullptr && !is_verb_last(lead);
    if (lead.grammar != nullptr && thing.role != (is_first_headed ? Role::recipient : Role::none)) return {};
    Things bodies = scene.list_after(lead, thing.first, Root::organization, 0);
    const bool is_told = !bodies.empty() && opens_lead(scene, lead, bodies) && is_order_alone(scene, lead, bodies);
    return is_told ? bodies : Things{};
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
