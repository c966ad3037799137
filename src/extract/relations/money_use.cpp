#include <algorithm>
#include <cstdlib>

#include "extract/recognizers/tables.hpp"
#include "extract/relations/funding.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kAfter = 10;  // tokens behind a sum in which a cue still speaks of it
constexpr std::uint32_t kAfterVerbLast = 40;  // the same where the verb closes the clause
constexpr std::uint32_t kNever = 1000;
constexpr std::uint32_t kToWork = 5;   // tokens of "is for the" between a sum and what it is for
constexpr std::uint32_t kToGiver = 4;  // tokens of ", and the" in front of the next giver of a list

bool closes_with_verb(const Clause& clause) { return clause.grammar != nullptr && clause.grammar->is_head_last; }

bool is_in_name(const Clause& clause, const PhraseMatch& cue) {
  for (const Thing& thing : Scene::from(clause, cue.first)) {
    if (thing.first > cue.first) return false;
    const bool is_name = has(Root::organization | Root::act | Root::place | Root::person, thing.root);
    if (is_name && cue.last <= thing.last && thing.last - thing.first > cue.last - cue.first) return true;
  }
  return false;
}

// Tokens between the nearest cue of the category in the window and the sum; a cue behind it counts as further away.
std::uint32_t nearest(const Scene& scene, const Clause& clause, CategoryName category, std::uint32_t from, std::uint32_t to, const Literal& money) {
  std::uint32_t best = kNever;
  for (const PhraseMatch& cue : scene.reading().matches_in(category, from, to)) {
    if (is_in_name(clause, cue)) continue;
    const std::uint32_t far = cue.last <= money.first ? money.first - cue.last : cue.first >= money.last ? cue.first - money.last + 2 : 0;
    if (cue.first >= money.last && far > (closes_with_verb(clause) ? kAfterVerbLast : kAfter)) continue;
    best = std::min(best, far);
  }
  return best;
}

bool is_currency_same(const Scene& scene, const Literal& a, const Literal& b) {
  const auto currency = [&](const Literal& money) { return scene.mention(money.mention).value.as_map().find("currency")->second.as_string(); };
  return currency(a) == currency(b);
}

// "EUR 32.5 million (about USD 34.8 million)": in brackets behind a sum, and of another currency.
bool says_again(const Scene& scene, const Clause& clause, const Literal& money) {
  const auto at = std::ranges::find(clause.money, money.first, &Literal::first);
  if (at == clause.money.end() || at == clause.money.begin()) return false;
  const Literal& before = *(at - 1);
  const Walk words = scene.walk(clause);
  if (before.last > money.first || !words.is_sign(words.at(before.last), U'(') || is_currency_same(scene, before, money)) return false;
  for (std::uint32_t i = words.at(before.last) + 1; i < money.first; ++i) {
    if (!scene.has_cue("comparators", i) && !scene.has_cue("equal_words", i) && !words.is_sign(i, U'.')) return false;
  }
  return words.is_sign(words.at(money.last), U')');
}

// "UZS 500 billion for the X Programme", "500 mlrd so‘m «X» dasturiga": what it is for stands right beside.
bool is_for_work(const Scene& scene, const Clause& clause, const Literal& money) {
  const Thing* after = scene.after(clause, money.last, Root::programme, kToWork);
  if (after != nullptr && clause.grammar == nullptr) return scene.word_before(clause, after->first, "funding_purposes") != Walk::kNone;
  const auto takes = [](const Thing* work) { return work != nullptr && (work->role == Role::goal || work->role == Role::purpose || work->role == Role::recipient); };
  if (takes(after)) return true;
  return clause.grammar != nullptr && clause.grammar->is_head_last && takes(scene.before(clause, money.first, Root::programme, kToWork));
}

// "USD 6 million from the OPEC Fund", "KOICA's USD 8 million": who gives stands right beside, and no word is needed.
bool is_given(const Scene& scene, const Clause& clause, const Literal& money) {
  const Walk words = scene.walk(clause);
  if (scene.reading().match_at("donor_labels", clause.first) != nullptr) return true;
  const Thing* owner = scene.before(clause, money.first, Root::organization, 1);
  if (owner != nullptr && is_possessive(scene, *owner, money.first)) return true;
  const std::uint32_t from = words.at(money.last);
  const Thing* giver = words.folded(from) == "from" ? scene.after(clause, from + 1, Root::organization, 2) : nullptr;
  if (giver != nullptr || is_for_work(scene, clause, money)) return true;
  const std::uint32_t dash = words.before(money.first);  // "the ADB — 70 million"
  const Thing* lender = words.is_dash(dash) ? scene.before(clause, dash, Root::organization, 0) : nullptr;
  const std::string kind = lender == nullptr ? std::string() : scene.property(lender->mention, "kind");
  return kind == "multilateral" || kind == "foreign_government";
}

// "(A) and the Bank (": nothing between two sums but a body, the next one's giver, and what joins it.
bool is_listed_before(const Scene& scene, const Clause& clause, const Literal& money, const Literal& next) {
  const Walk words = scene.walk(clause);
  const std::uint32_t close = words.at(money.last);
  if (!words.is_sign(close, U')') && !words.is_sign(close, U',')) return false;
  const Thing* giver = scene.after(clause, close + 1, Root::organization | Root::place, kToGiver);
  if (giver == nullptr || giver->last >= next.first) return false;
  for (std::uint32_t i = close + 1; i < giver->first; ++i) {
    if (!words.is_sign(i, U',') && !scene.has_cue("list_joints", i) && !scene.has_cue("determiners", i)) return false;
  }
  const std::uint32_t open = words.at(giver->last);
  if (!words.is_sign(open, U'(') && !words.is_dash(open)) return false;
  for (std::uint32_t i = open + 1; i < next.first; ++i) {
    if (!scene.has_cue("comparators", i)) return false;
  }
  return true;
}

}  // namespace

const Literal& last_of_list(const Scene& scene, const Clause& clause, const Literal& money) {
  auto last = std::ranges::find(clause.money, money.first, &Literal::first);
  if (last == clause.money.end()) return money;
  while (last + 1 != clause.money.end() && is_listed_before(scene, clause, *last, *(last + 1))) ++last;
  return *last;
}

std::pair<std::uint32_t, std::uint32_t> money_window(const Scene& scene, const Clause& clause, const Literal& money) {
  std::uint32_t from = clause.first, to = clause.last;
  for (const Literal& other : clause.money) {
    if (other.last <= money.first) from = std::max(from, other.last);
    if (other.first >= money.last) to = std::min(to, other.first);
  }
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = money.first; i-- > from;) {
    if (words.is_sign(i, U';')) from = i + 1;
  }
  for (std::uint32_t i = money.last; i < to; ++i) {
    if (words.is_sign(i, U';')) to = i;
  }
  const bool is_followed = to < clause.last && std::ranges::find(clause.money, to, &Literal::first) != clause.money.end();
  if (const PhraseMatch* part = is_followed ? scene.cue_in(clause, "funding_components", money.last, to) : nullptr) to = part->first;  // "including a loan of"
  return {from, to};
}

MoneyUse use_of_money(const Scene& scene, const Clause& clause, const Literal& money) {
  if (scene.mention(money.mention).extractor == kTableExtractor) return MoneyUse::nothing;  // table_sums.cpp
  if (clause.zone == Zone::reference || clause.zone == Zone::keywords || scene.is_quoted(money.first)) return MoneyUse::nothing;
  if (says_again(scene, clause, money)) return MoneyUse::nothing;
  auto [from, to] = money_window(scene, clause, money);
  std::uint32_t funding = nearest(scene, clause, "funding_cues", from, to, money);
  std::uint32_t measure = nearest(scene, clause, "money_measures", from, to, money);
  std::uint32_t nothing = nearest(scene, clause, "money_nothing", from, to, money);
  if (std::min({funding, measure, nothing}) == kNever && from > clause.first) {  // "contributes 40 million, of which 26 million ..."
    funding = nearest(scene, clause, "funding_cues", clause.first, to, money);
    measure = nearest(scene, clause, "money_measures", clause.first, to, money);
    nothing = nearest(scene, clause, "money_nothing", clause.first, to, money);
  }
  if (std::min({funding, measure, nothing}) == kNever && closes_with_verb(clause)) {  // "A so‘m, B so‘m ajratilsin"
    funding = nearest(scene, clause, "funding_cues", from, clause.last, money);
    measure = nearest(scene, clause, "money_measures", from, clause.last, money);
  }
  if (std::min({funding, measure, nothing}) == kNever && is_given(scene, clause, money)) return MoneyUse::funding;
  const Clause* lead = scene.lead(clause);
  if (lead != nullptr && scene.cue_in(*lead, "target_leads", lead->first, lead->last) != nullptr) return MoneyUse::measure;
  if (lead != nullptr && funding == kNever && measure == kNever) {
    funding = scene.cue_in(*lead, "funding_cues", lead->first, lead->last) != nullptr ? 50 : kNever;
  }
  if (std::min({funding, measure, nothing}) == kNever) {
    const Literal& last = last_of_list(scene, clause, money);
    return last.first == money.first ? MoneyUse::nothing : use_of_money(scene, clause, last);
  }
  if (nothing < kNever && nothing <= std::min(funding, measure)) return MoneyUse::nothing;
  if (measure < kNever && measure < funding) return MoneyUse::measure;
  return funding < kNever ? MoneyUse::funding : MoneyUse::nothing;
}

}  // namespace policygraph::inline v0::detail::extract
