#include "graph/preference.hpp"

#include <algorithm>
#include <compare>
#include <ranges>
#include <utility>

namespace policygraph::inline v0::detail::graph {
namespace {

// Smaller is better.
struct Standing {
  int tier = static_cast<int>(SourceTier::unknown);  // -1: by hand, which stands above what documents say
  std::int64_t published = 1;  // minus the day of publication; 1: unknown, after all the known ones
  bool is_known = false;
};

bool better(const Standing& a, const Standing& b) noexcept {
  if (a.tier != b.tier) return a.tier < b.tier;
  if (a.is_known != b.is_known) return a.is_known;
  return a.is_known && a.published < b.published;
}

Standing standing_of(const History& history, Claim claim) noexcept {
  Standing best;
  for (const auto id : claim.evidence()) {
    const auto* source = history.document(history.document_of(id));
    if (source == nullptr) continue;
    const auto& document = source->document;
    const bool is_known = !document.published.is_unknown();
    const int tier = document.kind == SourceDocument::Kind::edit ? -1 : static_cast<int>(document.tier);
    const Standing standing{tier, is_known ? -document.published.latest().days : 1, is_known};
    if (better(standing, best)) best = standing;
  }
  return best;
}

bool is_preferred(Claim a, const Standing& of_a, Claim b, const Standing& of_b) noexcept {
  if (a.rank() != b.rank()) return a.rank() < b.rank();
  if (better(of_a, of_b)) return true;
  if (better(of_b, of_a)) return false;
  return a.id() < b.id();
}

}  // namespace

void sort_by_preference(const History& history, std::vector<Claim>& claims) {
  std::vector<std::pair<Claim, Standing>> standing;
  standing.reserve(claims.size());
  for (const auto claim : claims) standing.emplace_back(claim, standing_of(history, claim));
  std::ranges::sort(standing, [](const auto& a, const auto& b) { return is_preferred(a.first, a.second, b.first, b.second); });
  std::ranges::copy(standing | std::views::keys, claims.begin());
}

Claim preferred_of(const History& history, std::span<const Claim> claims) noexcept {
  auto best = claims.front();
  if (claims.size() == 1) return best;
  auto standing = standing_of(history, best);
  for (const auto claim : claims.subspan(1)) {
    const auto other = standing_of(history, claim);
    if (!is_preferred(claim, other, best, standing)) continue;
    best = claim;
    standing = other;
  }
  return best;
}

Modality strongest_modality(std::span<const Claim> claims) noexcept {
  auto best_rank = Rank::deprecated;
  for (const auto claim : claims) best_rank = std::min(best_rank, claim.rank());
  auto strongest = Modality::unknown;
  bool is_denied = false;
  for (const auto claim : claims) {
    if (claim.rank() != best_rank) continue;
    if (claim.modality() == Modality::denied)
      is_denied = true;
    else
      strongest = std::max(strongest, claim.modality());
  }
  return strongest == Modality::unknown && is_denied ? Modality::denied : strongest;
}

}  // namespace policygraph::inline v0::detail::graph
