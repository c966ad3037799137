#pragma once

#include <functional>
#include <ranges>
#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::model {

// Collects the candidates for "did you mean" and keeps the nearest: least edits (letters' case apart), then the first
// by name.
class Suggestion {
 public:
  // `name_view` must outlive the suggestion.
  explicit Suggestion(std::string_view name_view);

  void offer(std::string_view candidate);
  std::string_view nearest() const noexcept { return nearest_; }
  // "; did you mean 'LegalAct'?" or "".
  std::string text() const;

 private:
  std::string_view name_view_;
  std::size_t limit_;
  std::string nearest_;
};

// "; did you mean 'LegalAct'?" for the nearest of the candidates, or "". `name_of` says how one of them is called.
template <std::ranges::input_range Candidates, class NameOf = std::identity>
std::string did_you_mean(std::string_view name, const Candidates& candidates, NameOf name_of = {}) {
  Suggestion out(name);
  for (const auto& one : candidates) out.offer(std::invoke(name_of, one));
  return out.text();
}

// Optimal string alignment distance in bytes, ASCII case apart; limit + 1 when it is more. O(length × length).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace policygraph::inline v0::detail::model
