#pragma once

#include <string>
#include <string_view>

namespace policygraph::detail::extract {

// A word as recognition compares it: case folded, apostrophes left out, and the English genitive too: "O‘RQ" and "orq" are one
// word, and so are "Kazakhstan’s" and "kazakhstan".
// Appends to `out`.
void fold_word(std::string_view word, std::string& out);
std::string fold_word(std::string_view word);

}  // namespace policygraph::detail::extract
