#include "model/suggestion.hpp"

#include <algorithm>
#include <array>

namespace policygraph::inline v0::detail::model {
namespace {

// Longer names get no suggestion: what a user mistyped is shorter, and hostile input must not cost its square.
constexpr std::size_t kLongestName = 64;

char lower(char letter) noexcept {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  const auto gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit || a.size() > kLongestName || b.size() > kLongestName) return limit + 1;
  std::array<std::array<std::size_t, kLongestName + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool is_same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (is_same ? 0U : 1U)});
      const bool is_swap = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (is_swap) row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
    }
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

Suggestion::Suggestion(std::string_view name_view)
    : name_view_(name_view), limit_(std::max<std::size_t>(1, name_view.size() / 4)) {}

void Suggestion::offer(std::string_view candidate) {
  const auto distance = edit_distance(name_view_, candidate, limit_);
  if (distance > limit_) return;
  if (!nearest_.empty()) {
    const auto best = edit_distance(name_view_, nearest_, limit_);
    if (distance > best || (distance == best && candidate >= nearest_)) return;
  }
  nearest_ = candidate;
}

std::string Suggestion::text() const { return nearest_.empty() ? "" : "; did you mean '" + nearest_ + "'?"; }

}  // namespace policygraph::inline v0::detail::model
