#include "extract/relations/modality.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kVoidReach = 4;   // a denial speaks only of what it stands at
constexpr std::uint32_t kPlanBonus = 3;   // "will be provided" is a plan
constexpr std::uint32_t kBehind = 3;      // what stands before weighs more
constexpr std::uint32_t kQuestionWord = 3;  // tokens from its start in which "who", "for what" stands

bool is_void(Modality modality) {
  return modality == Modality::denied || modality == Modality::cancelled || modality == Modality::suspended;
}

bool is_fact(Modality modality) { return modality == Modality::completed || modality == Modality::ongoing; }

std::uint32_t distance(const PhraseMatch& cue, std::uint32_t first, std::uint32_t last) {
  if (cue.last <= first) return first - cue.last;
  return cue.first >= last ? cue.first - last + kBehind : 0;
}

// "не профинансирована" is no fact.
bool is_behind_denial(const Scene& scene, const Clause& clause, const PhraseMatch& cue) {
  const std::uint32_t before = scene.walk(clause).before(cue.first);
  return scene.has_cue("denials", before) && !scene.has_cue("denies_nothing", before);
}

Modality nearest_modality(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach, bool is_given) {
  Modality best = Modality::unknown;
  std::uint32_t nearest = reach + kPlanBonus + 1;
  for (const PhraseMatch* cue : scene.cues(clause, "modality")) {
    const auto modality = modality_by_name(scene.reading().entry(*cue).id);
    if (modality == Modality::denied && (is_given || scene.has_cue("denies_nothing", cue->first))) continue;  // "not only", "не менее"
    if (is_given && modality && is_fact(*modality) && is_behind_denial(scene, clause, *cue)) continue;
    std::uint32_t far = distance(*cue, first, last);
    if (!modality || far > (is_void(*modality) ? kVoidReach : reach)) continue;
    if (scene.is_broken(clause, std::min(first, cue->first), std::max(last, cue->last))) continue;
    if (is_void(*modality)) return *modality;
    if (is_fact(*modality)) far += kPlanBonus;
    if (far >= nearest) continue;
    best = *modality;
    nearest = far;
  }
  return best;
}

}  // namespace

bool asks(const Reading& reading, const Clause& clause) {
  const Walk words(reading, clause.first, clause.last);
  std::uint32_t end = words.before(clause.last);
  while (words.has(end) && words.is_close_quote(end)) end = words.before(end);
  if (!words.is_sign(end, U'?')) return false;
  const bool is_verb_last = clause.grammar != nullptr && clause.grammar->is_head_last;
  return reading.matches_in("question_words", clause.first, is_verb_last ? clause.last : std::min(clause.last, clause.first + kQuestionWord)).empty();
}

Modality modality_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach) {
  return nearest_modality(scene, clause, first, last, reach, false);
}

Modality modality_given_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach) {
  return nearest_modality(scene, clause, first, last, reach, true);
}

}  // namespace policygraph::inline v0::detail::extract
