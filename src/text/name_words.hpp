#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::text {

inline constexpr std::size_t kMostNameWords = 16;    ///< further words of a name are not aligned
inline constexpr std::size_t kMostNameBytes = 1024;  ///< of a name that are read
inline constexpr double kInitialAlike = 0.9;         ///< an initial beside a full word
inline constexpr double kLeastAlike = 0.8;           ///< words less alike are no partners

/// The words of a name key, views into it.
std::vector<std::string_view> name_words(std::string_view key);
/// What a word counts for in a name.
double word_weight(std::string_view word) noexcept;
/// "a", "sh", "ch", "ts": a word that may stand for one it begins.
bool is_initial(std::string_view word) noexcept;
/// How well two words of keys fit: 1 for the same, else kInitialAlike, Jaro–Winkler from kLeastAlike on, or 0.
double word_similarity(std::string_view a, std::string_view b);
/// name_similarity of two names by the words of their keys.
double words_similarity(std::span<const std::string_view> left, std::span<const std::string_view> right);

}  // namespace policygraph::inline v0::detail::text
