#include <algorithm>
#include <utility>

#include "extract/relations/funding.hpp"

// A limit or a price that is told of one taker or one thing hands out no money.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kInFront = 10;  // tokens between "one grant" and its limit
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

}  // namespace

bool is_of_one(const Scene& scene, const Clause& clause, const Literal& money) {
  const Walk words = scene.walk(clause);
  const std::uint32_t next = words.at(money.last);
  if (words.folded(next) == "per") return !scene.has_cue("per_year", next);
  const auto [from, to] = money_window(scene, clause, money);
  const std::uint32_t first = std::max(from, money.first > kInFront ? money.first - kInFront : 0), last = std::min(to, money.last + kBehind);
  for (const auto& [begin, end] : {std::pair(first, money.first), std::pair(money.last, last)}) {
    if (begin >= end) continue;
    for (const PhraseMatch& one : scene.reading().matches_in("single_takers", begin, end)) {
      if (is_choice(words, one)) continue;
      if (is_limit(scene, money) || (one.last <= money.first && scene.cue_in(clause, "unit_costs", one.last, money.first) != nullptr)) return true;
    }
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::extract
