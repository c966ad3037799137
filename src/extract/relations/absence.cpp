#include "extract/relations/absence.hpp"

#include <algorithm>
#include <array>

#include "extract/relations/denial.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kReported = 7;  // tokens between "denied" and the verb of what was denied
constexpr std::array<std::string_view, 14> kNegative{"madi", "madilar", "maydi", "maydilar", "magan", "maganlar", "mayapti", "masdan",
                                                     "мади", "мадилар", "майди", "майдилар", "маган", "маяпти"};

// "USAID denied that it funds", "опровергли, что финансируют"
bool is_reported_denied(const Scene& scene, const Clause& clause, const PhraseMatch& verb) {
  const std::uint32_t from = verb.first > clause.first + kReported ? verb.first - kReported : clause.first;
  const PhraseMatch* refusal = scene.cue_in(clause, "refusals", from, verb.first);
  if (refusal == nullptr) return false;
  const Walk words = scene.walk(clause);
  for (std::uint32_t i = refusal->last; i < verb.first; ++i) {
    if (words.folded(i) == "that" || words.folded(i) == "что") return true;
  }
  return false;
}

}  // namespace

bool is_absent(const Scene& scene, const Clause& clause, const PhraseMatch& verb) {
  if (is_denied(scene, clause, verb) || is_reported_denied(scene, clause, verb)) return true;
  if (clause.grammar == nullptr || !clause.grammar->is_head_last) return false;
  const std::string_view last = scene.reading().folded(verb.last - 1);
  return std::ranges::any_of(kNegative, [&](std::string_view ending) { return last.ends_with(ending); });
}

bool is_left_out(const Scene& scene, const Clause& clause, const Thing& thing) {
  if (scene.word_before(clause, thing.first, "denials_of_all") != Walk::kNone) return true;
  return scene.word_before(clause, thing.first, "leaving_out") != Walk::kNone;
}

}  // namespace policygraph::inline v0::detail::extract
