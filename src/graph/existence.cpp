#include "graph/existence.hpp"

#include <algorithm>

#include "graph/preference.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

bool states_validity(Claim claim) noexcept {
  return claim.kind() == ClaimKind::edge && (!claim.valid_from().is_unknown() || !claim.valid_to().is_unknown());
}

template <class IsWanted>
std::vector<Claim> claims_that(const History& history, std::span<const std::uint32_t> ids, IsWanted is_wanted) {
  std::vector<Claim> claims;
  for (const auto id : ids) {
    if (const auto claim = history.claim(id); is_wanted(claim)) claims.push_back(claim);
  }
  return claims;
}

}  // namespace

Existence read_existence(const History& history, std::span<const std::uint32_t> claims) {
  const auto existing = claims_that(history, claims, [](Claim claim) { return claim.is_existence(); });
  Existence read;
  read.modality = strongest_modality(existing);
  for (const auto& claim : existing) {
    for (const auto id : claim.evidence()) read.evidence.push_back(static_cast<std::uint32_t>(id.value));
  }
  std::ranges::sort(read.evidence);
  read.evidence.erase(std::unique(read.evidence.begin(), read.evidence.end()), read.evidence.end());
  return read;
}

std::optional<std::pair<PartialDate, PartialDate>> read_validity(const History& history,
                                                                 std::span<const std::uint32_t> claims) {
  const auto dated = claims_that(history, claims, states_validity);
  if (dated.empty()) return std::nullopt;
  const auto read = preferred_of(history, dated);
  return std::pair{read.valid_from(), read.valid_to()};
}

}  // namespace policygraph::inline v0::detail::graph
