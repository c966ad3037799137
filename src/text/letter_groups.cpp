#include "letter_groups.hpp"

#include <bit>

namespace policygraph::inline v0::detail::text {

LetterGroups::LetterGroups(const std::vector<Group>& groups) {
  for (const Group& group : groups) {
    for (const char byte : group.text) {
      std::uint16_t& column = columns_[static_cast<std::uint8_t>(byte)];
      if (column == 0) column = width_++;
    }
  }
  shift_ = static_cast<std::uint16_t>(std::bit_width(width_ - 1U));
  next_.assign(std::size_t{1} << shift_, 0);
  for (const Group& group : groups) add(group);
  link();
  for (std::uint32_t& to : next_) to <<= shift_;
  take_capitals();
}

/// Words come folded, or in letters of ASCII alone: no group has a capital.
void LetterGroups::take_capitals() {
  for (char c = 'a'; c <= 'z'; ++c) {
    std::uint16_t& capital = columns_[static_cast<std::size_t>(c - 'a' + 'A')];
    if (capital == 0) capital = columns_[static_cast<std::size_t>(c)];
  }
}

std::uint32_t& LetterGroups::next(std::uint32_t state, char byte) noexcept {
  return next_[(std::size_t{state} << shift_) + columns_[static_cast<std::uint8_t>(byte)]];
}

void LetterGroups::add(Group group) {
  const bool is_ending = group.text.ends_with('$');
  if (is_ending) group.text.remove_suffix(1);
  std::uint32_t state = 0;
  for (const char byte : group.text) {
    if (next(state, byte) == 0) {
      next(state, byte) = static_cast<std::uint32_t>(states_.size());
      states_.emplace_back();
      next_.resize(next_.size() + (std::size_t{1} << shift_), 0);
    }
    state = next(state, byte);
  }
  (is_ending ? states_[state].at_end : states_[state].inside) |= group.marks;
}

/// Breadth first: a state that has no way on for a byte goes where the longest ending of what led to it that is a state
/// goes.
void LetterGroups::link() {
  std::vector<std::uint32_t> fallback(states_.size(), 0);
  std::vector<std::uint32_t> queue{0};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint32_t state = queue[i];
    const State& shorter = states_[fallback[state]];
    states_[state].inside |= shorter.inside;
    states_[state].at_end |= shorter.at_end;
    for (std::size_t column = 1; column < width_; ++column) {
      std::uint32_t& to = next_[(std::size_t{state} << shift_) + column];
      const std::uint32_t else_to = state == 0 ? 0 : next_[(std::size_t{fallback[state]} << shift_) + column];
      if (to == 0) {
        to = else_to;
      } else {
        fallback[to] = else_to;
        queue.push_back(to);
      }
    }
  }
}

std::uint64_t LetterGroups::marks(std::string_view word) const noexcept {
  std::size_t row = 0;
  std::uint64_t found = states_[0].inside;
  for (const char byte : word) {
    row = next_[row + columns_[static_cast<std::uint8_t>(byte)]];
    found |= states_[row >> shift_].inside;
  }
  return found | states_[row >> shift_].at_end;
}

}  // namespace policygraph::inline v0::detail::text
