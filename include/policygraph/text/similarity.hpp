#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// Damerau–Levenshtein distance (optimal string alignment) in code points, stopping at `limit` (then limit + 1).
/// O(length × limit).
POLICYGRAPH_EXPORT std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);
/// Jaro–Winkler similarity of code points, 0 to 1 (Winkler 1990; prefix scale 0.1, four letters). Reads the first 256 of each.
POLICYGRAPH_EXPORT double jaro_winkler(std::string_view a, std::string_view b);
/// Similarity of two names of persons or bodies over scripts, 0 to 1: words are aligned by `name_key`, initials match full words,
/// word order is free, a word without a partner costs its share. Reads the first KiB and 16 words of each.
POLICYGRAPH_EXPORT double name_similarity(std::string_view a, std::string_view b);
/// Whether `acronym` ("UNDP") can stand for `name` by its initials; "of", "and", "for" may be passed over.
POLICYGRAPH_EXPORT bool is_acronym_of(std::string_view acronym, std::string_view name);
/// The nearest candidate within an edit distance of max(1, length / 4), else empty: "did you mean".
/// Case counts for nothing.
POLICYGRAPH_EXPORT std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace policygraph::inline v0
