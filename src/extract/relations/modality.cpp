#include "extract/relations/modality.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kVoidReach = 4;   // a denial speaks only of what it stands at
constexpr std::uint32_t kPlanBonus = 3;   // "will be provided" is a plan
constexpr std::uint32_t kBehind = 3;      // what stands before weighs more

bool is_void(Modality modality) {
  return modality == Modality::denied || modality == Modality::cancelled || modality == Modality::suspended;
}

bool is_fact(Modality modality) { return modality == Modality::completed || modality == Modality::ongoing; }

std::uint32_t distance(const PhraseMatch& cue, std::uint32_t first, std::uint32_t last) {
  if (cue.last <= first) return first - cue.last;
  return cue.first >= last ? cue.first - last + kBehind : 0;
}

}  // namespace

Modality modality_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last, std::uint32_t reach) {
  Modality best = Modality::unknown;
  std::uint32_t nearest = reach + kPlanBonus + 1;
  for (const PhraseMatch* cue : scene.cues(clause, "modality")) {
    const auto modality = modality_by_name(scene.reading().entry(*cue).id);
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

}  // namespace policygraph::inline v0::detail::extract
