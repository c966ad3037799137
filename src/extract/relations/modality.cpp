#include "extract/relations/modality.hpp"

#include <algorithm>

namespace policygraph::detail::extract {
namespace {

constexpr std::uint32_t kReach = 14;  // tokens from the words to their cue

int strength(Modality modality) {
  switch (modality) {
    case Modality::denied:
    case Modality::cancelled:
    case Modality::suspended: return 3;
    case Modality::unknown: return 0;
    case Modality::completed:
    case Modality::ongoing: return 1;
    default: return 2;
  }
}

std::uint32_t distance(const PhraseMatch& cue, std::uint32_t first, std::uint32_t last) {
  if (cue.last <= first) return first - cue.last;
  return cue.first >= last ? cue.first - last + 3 : 0;  // what stands before weighs more
}

}  // namespace

Modality modality_at(const Scene& scene, const Clause& clause, std::uint32_t first, std::uint32_t last) {
  Modality best = Modality::unknown;
  std::uint32_t nearest = kReach + 1;
  for (const PhraseMatch* cue : scene.cues(clause, "modality")) {
    const auto modality = modality_by_name(scene.reading().entry(*cue).id);
    const std::uint32_t far = distance(*cue, first, last);
    if (!modality || far > kReach || scene.is_broken(clause, std::min(first, cue->first), std::max(last, cue->last))) continue;
    if (strength(*modality) > strength(best) || (strength(*modality) == strength(best) && far < nearest)) {
      best = *modality;
      nearest = far;
    }
  }
  return best;
}

}  // namespace policygraph::detail::extract
