#pragma once

#include <cstddef>
#include <string_view>

namespace policygraph::inline v0::detail::extract {

struct LettersTold {
  std::size_t told = 0, all = 0;
};

// How many letters of an acronym a name can tell, in order, each word giving as many of its first letters as fit or none: all five of
// "KOICA" for "Korea International Cooperation Agency", three of four of "ICBA" for "International Center for Biodiversity in Salinity".
// No letters where either is no such thing: past 32 letters, past 64 words. O(letters^2 words).
LettersTold letters_told(std::string_view acronym, std::string_view name);

}  // namespace policygraph::inline v0::detail::extract
