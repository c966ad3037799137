#include "graph/text_search.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr double kSaturation = 1.2;  // k1
constexpr double kLengthShare = 0.75;  // b
constexpr std::size_t kMostTerms = 4096;

template <class Place>
void sort_each_once(std::vector<Place>& places) {
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
}

/// Where both begin, the second `distance` words after the first.
WordPlaces followed(const WordPlaces& first, const WordPlaces& second, std::uint32_t distance) {
  WordPlaces out;
  auto at = second.begin();
  for (const auto& place : first) {
    const WordPlace wanted{place.unit, place.word + distance};
    at = std::lower_bound(at, second.end(), wanted);
    if (at == second.end()) break;
    if (*at == wanted) out.push_back(place);
  }
  return out;
}

bool is_before(const FoundUnit& a, const FoundUnit& b) { return std::pair(a.part, a.unit) < std::pair(b.part, b.unit); }
bool is_same(const FoundUnit& a, const FoundUnit& b) { return a.part == b.part && a.unit == b.unit; }

std::vector<FoundUnit> in_either(const std::vector<FoundUnit>& a, const std::vector<FoundUnit>& b) {
  std::vector<FoundUnit> out;
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out), is_before);
  std::size_t kept = 0;
  for (const auto& unit : out) {
    if (kept > 0 && is_same(out[kept - 1], unit)) {
      out[kept - 1].score += unit.score;
    } else {
      out[kept++] = unit;
    }
  }
  out.resize(kept);
  return out;
}

std::vector<FoundUnit> in_both(const std::vector<FoundUnit>& a, const std::vector<FoundUnit>& b) {
  std::vector<FoundUnit> out;
  auto at = b.begin();
  for (auto unit : a) {
    at = std::lower_bound(at, b.end(), unit, is_before);
    if (at == b.end()) break;
    if (!is_same(*at, unit)) continue;
    unit.score += at->score;
    out.push_back(unit);
  }
  return out;
}

std::vector<FoundUnit> without(const std::vector<FoundUnit>& a, const std::vector<FoundUnit>& b) {
  std::vector<FoundUnit> out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out), is_before);
  return out;
}

}  // namespace

WordPlaces TextSearch::places_of(const WantedWord& word, const WordTable& table) const {
  WordPlaces out;
  for (const auto& term : word.terms) table.add_places(term, out);
  for (const auto& beginning : word.beginnings) {
    const auto count = table.count_beginning(beginning);
    if (count > kMostTerms) {
      throw Error(ErrorCode::limit, "'" + word.text + "*' fits " + std::to_string(count) + " words, at most 4,096; give more letters");
    }
    table.add_places_beginning(beginning, out);
  }
  sort_each_once(out);
  return out;
}

TextSearch::Sought TextSearch::seek(const Phrase& phrase) const {
  Sought out{static_cast<std::uint32_t>(phrase.words.size()), {}, 0};
  double count = 0;
  for (const auto& part : texts_.parts) {
    auto places = places_of(phrase.words[0], *part.table);
    for (std::uint32_t i = 1; i < out.size && !places.empty(); ++i) places = followed(places, places_of(phrase.words[i], *part.table), i);
    std::erase_if(places, [&](const WordPlace& place) { return !part.is_current(place.unit); });
    for (std::size_t i = 0; i < places.size(); ++i) count += i == 0 || places[i].unit != places[i - 1].unit ? 1 : 0;
    out.places.push_back(std::move(places));
  }
  const auto all = static_cast<double>(texts_.count);
  out.weight = std::log(1 + (all - count + 0.5) / (count + 0.5));
  return out;
}

TextSearch::Scores TextSearch::scores_of(const Sought& sought) const {
  Scores out;
  const auto average = static_cast<double>(texts_.word_count) / static_cast<double>(std::max<std::size_t>(texts_.count, 1));
  for (std::uint32_t part = 0; part < sought.places.size(); ++part) {
    const auto& places = sought.places[part];
    for (std::size_t i = 0; i < places.size();) {
      const auto unit = places[i].unit;
      double often = 0;
      for (; i < places.size() && places[i].unit == unit; ++i) ++often;
      const auto length = static_cast<double>(texts_.parts[part].table->length(unit)) / average;
      const auto score = often * (kSaturation + 1) / (often + kSaturation * (1 - kLengthShare + kLengthShare * length));
      out.push_back({part, unit, sought.weight * score});
    }
  }
  return out;
}

TextSearch::TextSearch(const TextQuery& query, SearchedTexts texts) : texts_(std::move(texts)) {
  for (std::size_t i = 0; i < query.groups.size(); ++i) {
    Scores group;
    for (const auto& phrase : query.groups[i]) {
      sought_.push_back(seek(phrase));
      group = in_either(group, scores_of(sought_.back()));
    }
    found_ = i == 0 ? std::move(group) : in_both(found_, group);
  }
  for (const auto& phrase : query.left_out) found_ = without(found_, scores_of(seek(phrase)));
}

std::vector<FittingWord> TextSearch::fitting_words(const FoundUnit& found) const {
  std::vector<FittingWord> out;
  for (std::uint32_t i = 0; i < sought_.size(); ++i) {
    const auto& places = sought_[i].places[found.part];
    for (auto at = std::lower_bound(places.begin(), places.end(), WordPlace{found.unit, 0}); at != places.end() && at->unit == found.unit; ++at) {
      for (std::uint32_t word = 0; word < sought_[i].size; ++word) out.push_back({at->word + word, i, sought_[i].weight});
    }
  }
  std::ranges::sort(out, [](const FittingWord& a, const FittingWord& b) { return std::pair(a.word, a.phrase) < std::pair(b.word, b.phrase); });
  return out;
}

}  // namespace policygraph::inline v0::detail::graph
