#include "extract/recognizers/countries.hpp"

#include <map>

namespace policygraph::inline v0::detail::extract {

namespace {

constexpr int kManyTimes = 3;

}  // namespace

std::string home_country(const Reading& reading) {
  std::map<std::string_view, int> counts;
  std::string_view best;
  for (const PhraseMatch& match : reading.matches("countries")) {
    if (reading.match_over("currencies", match.first) != nullptr) continue;
    const std::string_view code = reading.entry(match).id;
    ++counts[code];
    if (best.empty()) best = code;
  }
  std::string_view most = best;
  for (const auto& [code, count] : counts) {
    if (count > counts[most]) most = code;
  }
  return std::string(counts[most] > kManyTimes * counts[best] ? most : best);
}

std::string country_in(const Words& words, Range range) {
  std::string out;
  for (std::uint32_t i = range.first; i < range.last; ++i) {
    for (const CategoryName category : std::initializer_list<CategoryName>{"countries", "demonyms"}) {
      if (const auto found = words.match(category, i); found && found->range.last <= range.last) out = found->entry->id;
    }
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::extract
