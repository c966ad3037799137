#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/text/tokens.hpp"

namespace policygraph::inline v0::detail::extract {

// Bytes of "'s" or "’s" at the end of a word of three letters or more, or of two capitals ("EU’s", not "it’s"): what folding
// leaves out; 0 for none.
std::size_t genitive_size(std::string_view word);

// A word as recognition compares it: case folded, apostrophes left out, and the English genitive too: "O‘RQ" and "orq" are one
// word, and so are "Kazakhstan’s" and "kazakhstan", "партнёр" and "партнер".
// Appends to `out`.
void fold_word(std::string_view word, std::string& out);
std::string fold_word(std::string_view word);

// A text with its capitals of ASCII and of U+0410 to U+042F made small, byte by byte; and whether that is how a word of it folds.
std::string lowered(std::string_view text);
bool folds_in_place(std::string_view word) noexcept;
// The same of a word of a text, which is quicker to tell.
bool folds_in_place(std::string_view text, Span word) noexcept;

// Every letter is a capital, the English genitive apart: "KOICA", "KOICA’s".
bool is_in_capitals(std::string_view word, const Token& token);

// The words and numbers of a name, folded; and such words [first, last) with a blank between.
std::vector<std::string> folded_words(std::string_view text);
// The same words with a blank between; `words` are where they stand in what is returned.
std::string folded_line(std::string_view text, std::vector<Span>& words);
std::string join_words(const std::vector<std::string>& words, std::size_t first, std::size_t last);

}  // namespace policygraph::inline v0::detail::extract
