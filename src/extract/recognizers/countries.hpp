#pragma once

#include <string>
#include <string_view>

#include "extract/recognizers/words.hpp"

namespace policygraph::detail::extract {

// The country that a document is about: the one it names most often, the first of equals; "" when it names none.
std::string home_country(const Reading& reading);
// The country that words in a range name, or whose people they name; "" for none. The last wins: "Tashkent Institute of Korea".
std::string country_in(const Words& words, Range range);

}  // namespace policygraph::detail::extract
