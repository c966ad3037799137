#include "graph/rejections.hpp"

#include <functional>
#include <string_view>

namespace policygraph::inline v0::detail::graph {
namespace {

std::size_t content_hash(Claim claim, std::uint32_t place) {
  constexpr std::size_t kMultiplier = 0x9E3779B97F4A7C15U;
  auto hash = std::hash<std::string_view>{}(claim.name()) + std::size_t{place} * kMultiplier;
  hash ^= (claim.value().hash() + static_cast<std::size_t>(claim.kind())) * kMultiplier;
  return hash;
}

}  // namespace

bool is_same_content(Claim a, Claim b) {
  return a.kind() == b.kind() && a.name_number() == b.name_number() && a.has_value_of(b);
}
bool is_same_content(Claim a, const Assertion& b) {
  return a.kind() == b.kind && a.name() == b.name && a.has_value(b.value);
}

void Rejections::add(Claim rejection, std::uint32_t place) {
  if (rejection.kind() == ClaimKind::node && rejection.name().empty())
    nodes_.insert(place);
  else
    claims_.emplace(content_hash(rejection, place), std::pair{place, rejection});
}

bool Rejections::rejects(Claim claim, std::uint32_t place) const {
  if (claims_.empty()) return false;
  const auto [begin, end] = claims_.equal_range(content_hash(claim, place));
  for (auto at = begin; at != end; ++at) {
    if (at->second.first == place && is_same_content(at->second.second, claim)) return true;
  }
  return false;
}

}  // namespace policygraph::inline v0::detail::graph
