#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::text {

/// Which letter groups a word holds, told in one pass over its bytes (Aho and Corasick 1975). A group with "$" at its end is
/// an ending.
class LetterGroups {
 public:
  struct Group {
    std::string_view text;
    std::uint64_t marks = 0;  ///< bits
  };

  LetterGroups() = default;
  explicit LetterGroups(const std::vector<Group>& groups);
  /// The marks of all groups in the word; capitals of ASCII are taken for the small letters.
  std::uint64_t marks(std::string_view word) const noexcept;

 private:
  struct State {
    std::uint64_t inside = 0;  ///< marks of the groups that end here
    std::uint64_t at_end = 0;  ///< and of those that must end the word
  };
  void add(Group group);
  void link();
  void take_capitals();
  std::uint32_t& next(std::uint32_t state, char byte) noexcept;

  std::array<std::uint16_t, 256> columns_{};  ///< of a byte; 0: of those that no group has
  std::uint16_t width_ = 1;
  std::uint16_t shift_ = 0;  ///< a row of `next_` has that power of two of columns, so that no state needs multiplying
  std::vector<State> states_ = {{}};
  std::vector<std::uint32_t> next_ = {0};  ///< by state and column: where the row of the next state begins
};

}  // namespace policygraph::inline v0::detail::text
