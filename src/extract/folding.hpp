#pragma once

#include <string>
#include <string_view>

namespace policygraph::detail::extract {

// A word as recognition compares it: case folded, apostrophes left out. "O‘RQ" and "orq" are one word.
// Appends to `out`.
void fold_word(std::string_view word, std::string& out);
std::string fold_word(std::string_view word);

}  // namespace policygraph::detail::extract
