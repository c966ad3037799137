#include <algorithm>
#include <utility>

#include "extract/relations/funding.hpp"

// A limit or a price that is told of one taker or one thing hands out no money.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kInFront = 10;  // tokens between "one grant" and its limit
constexpr std::uint32_t kAdjectives = 2;  // words from "one" to its noun, that one too
constexpr std::uint32_t kBehind = 6;    // tokens between a limit and "to one cluster"

bool is_limit(const Scene& scene, const Literal& money) {
  const ValueMap& value = scene.mention(money.mention).value.as_map();
  const auto comparator = value.find("comparator");
  return comparator != value.end() && comparator->second.as_string().starts_with("<");
}

// "to one of the banks" is no single taker.
bool is_choice(const Walk& words, const PhraseMatch& one) {
  const std::string_view next = words.folded(words.at(one.last));
  return next == "of" || next == "из";
}

// "one family", "each low-income household", "bir nafar talaba"; not "one loan", "each year".
bool is_taker(const Scene& scene, const Walk& words, const PhraseMatch& one) {
  if (scene.has_cue("taker_nouns", one.last - 1)) return true;
  std::uint32_t at = words.at(one.last);
  for (std::uint32_t steps = 0; steps < kAdjectives && words.is_word(at); ++steps, at = words.next(at)) {
    if (scene.has_cue("taker_nouns", at)) return true;
    if (scene.has_cue("prepositions", at) || scene.has_cue("per_year", at)) return false;
  }
  return false;
}

// "The Bank gave EUR 5 million per project": a giver hands it out all the same.
bool is_handed_out(const Scene& scene, const Clause& clause, const Literal& money, std::uint32_t per) {
  const Walk words = scene.walk(clause);
  if (!words.folded(words.next(per)).starts_with("project") || is_limit(scene, money)) return false;
  const Thing* giver = scene.before(clause, money.first, Root::organization, kInFront);
  return giver != nullptr && scene.cue_in(clause, "funding_verbs", giver->last, money.first) != nullptr;
}

}  // namespace

bool is_of_one(const Scene& scene, const Clause& clause, const Literal& money) {
  const Walk words = scene.walk(clause);
  const std::uint32_t next = words.at(money.last);
  if (words.folded(next) == "per") return !scene.has_cue("per_year", next) && !is_handed_out(scene, clause, money, next);
  const auto [from, to] = money_window(scene, clause, money);
  const std::uint32_t first = std::max(from, money.first > kInFront ? money.first - kInFront : 0), last = std::min(to, money.last + kBehind);
  for (const auto& [begin, end] : {std::pair(first, money.first), std::pair(money.last, last)}) {
    if (begin >= end) continue;
    for (const PhraseMatch& one : scene.reading().matches_in("single_takers", begin, end)) {
      if (is_choice(words, one)) continue;
      if ((is_limit(scene, money) && is_taker(scene, words, one)) || (one.last <= money.first && scene.cue_in(clause, "unit_costs", one.last, money.first) != nullptr)) return true;
    }
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::extract
