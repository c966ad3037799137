#include "extract/relations/absence.hpp"

#include <algorithm>
#include <array>

#include "extract/relations/denial.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kReported = 7;  // tokens between "denied" and the verb of what was denied
constexpr std::array<std::string_view, 14> kNegative{"madi", "madilar", "maydi", "maydilar", "magan", "maganlar", "mayapti", "masdan",
                                                     "мади", "мадилар", "майди", "майдилар", "маган", "маяпти"};

bool is_negative(std::string_view verb) {
  return std::ranges::any_of(kNegative, [&](std::string_view ending) { return verb.ends_with(ending); });
}

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
  return is_negative(scene.reading().folded(verb.last - 1));
}

bool is_left_out(const Scene& scene, const Clause& clause, const Thing& thing) {
  if (scene.word_before(clause, thing.first, "denials_of_all") != Walk::kNone) return true;
  return scene.word_before(clause, thing.first, "leaving_out") != Walk::kNone;
}

bool holds_denial(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last) {
  const Walk words = scene.walk(clause);
  const bool is_verb_last = clause.grammar != nullptr && clause.grammar->is_head_last;
  for (std::uint32_t i = first; i < std::min(last, clause.last); ++i) {
    if (!words.is_word(i)) continue;
    const bool is_number_sign = words.folded(i) == "no" && !words.is_word(words.next(i));
    if (scene.has_cue("denials", i) && !scene.has_cue("denies_nothing", i) && !is_number_sign) return true;
    if (is_verb_last && words.is_lower(i) && is_negative(words.folded(i))) return true;
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::extract
