#include "policygraph/model/assertion.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace policygraph::inline v0 {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 13> kModalities = {
    "unknown",   "discussed", "intended",  "announced", "planned",   "agreed", "approved",
    "committed", "ongoing",   "completed", "cancelled", "suspended", "denied"};
constexpr std::array<std::string_view, 3> kRanks = {"preferred", "normal", "deprecated"};
constexpr std::array<std::string_view, 4> kReviews = {"proposed", "accepted", "rejected", "disputed"};

template <class Enum, std::size_t size>
std::optional<Enum> by_name(const std::array<std::string_view, size>& names, std::string_view name) noexcept {
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(std::distance(names.begin(), found));
}

}  // namespace

std::string_view modality_name(Modality modality) noexcept { return kModalities[static_cast<std::size_t>(modality)]; }
std::optional<Modality> modality_by_name(std::string_view name) noexcept {
  return by_name<Modality>(kModalities, name);
}
std::string_view rank_name(Rank rank) noexcept { return kRanks[static_cast<std::size_t>(rank)]; }
std::optional<Rank> rank_by_name(std::string_view name) noexcept { return by_name<Rank>(kRanks, name); }
std::string_view review_name(Review review) noexcept { return kReviews[static_cast<std::size_t>(review)]; }
std::optional<Review> review_by_name(std::string_view name) noexcept { return by_name<Review>(kReviews, name); }

}  // namespace policygraph::inline v0
