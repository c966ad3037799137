#pragma once

#include <string>
#include <string_view>

#include "extract/recognizers/words.hpp"

namespace policygraph::inline v0::detail::extract {

// The country that a document is about: the first it names, unless it names another many times as often; "" when it names none.
std::string home_country(const Reading& reading);
// The country that words in a range name, or whose people they name; "" for none. The last wins: "Tashkent Institute of Korea".
std::string country_in(const Words& words, Range range);

}  // namespace policygraph::inline v0::detail::extract
