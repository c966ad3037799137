#pragma once

#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::text {

/// A word in Latin letters with groups made one, as in a name key, but with its vowels as they are.
std::string latin_word(std::string_view word);
/// The same with one way of writing "y" and "i" beside vowels and no letter doubled: Lola and Layla, which have one name key, stay
/// apart; Jo‘rayev and Жураев are one.
std::string spelling_key(std::string_view word);

/// What differs between habits of writing one name, not more: o for a.
inline constexpr double kSameSpelling = 0.15;
/// How far two words (of keys, or spelling keys) are from being spellings of one: an edit distance in which what habits of
/// transliteration change is cheap (o and a, g and h, t and d, one vowel for another, an h left out) and all else costs 1. More than
/// `limit`: limit + 1. Reads 32 letters of each. A vowel at the end costs 1: it tells a woman's name from a man's.
double spelling_cost(std::string_view a, std::string_view b, double limit);
/// What is the same for all words that spelling_cost calls alike with a limit below 1: for blocking.
std::string spelling_skeleton(std::string_view key);

}  // namespace policygraph::inline v0::detail::text
