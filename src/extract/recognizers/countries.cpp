#include "extract/recognizers/countries.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace policygraph::inline v0::detail::extract {

namespace {

constexpr int kManyTimes = 3;

// The state whose currency the text counts in; "" for none or several. Dollars and euros tell nothing.
std::string state_of_currency(const Reading& reading) {
  constexpr std::array<std::string_view, 4> kLocal{"UZS", "KZT", "KGS", "TJS"};
  std::string found;
  for (const PhraseMatch& match : reading.matches("currencies")) {
    const std::string& code = reading.entry(match).id;
    if (std::ranges::find(kLocal, code) == kLocal.end()) continue;
    if (!found.empty() && !code.starts_with(found)) return {};
    found = code.substr(0, 2);
  }
  return found;
}

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
  if (const std::string state = state_of_currency(reading); !state.empty() && counts[best] < kManyTimes) return state;
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
