#include "graph/text_search.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

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

// Goes through places in order of unit, as often as asked.
class Cursor {
 public:
  explicit Cursor(const WordPlaces& places) noexcept : at_(places.data()), end_(places.data() + places.size()) {}

  /// To the first place that is not before that unit: a few one by one, then in steps that double, then by halves, so that it
  /// costs the logarithm of what is passed over.
  bool reaches(std::uint32_t unit) noexcept {
    for (int i = 0; i < kNear && at_ != end_ && at_->unit < unit; ++i) ++at_;
    if (at_ != end_ && at_->unit < unit) {
      std::ptrdiff_t step = 1;
      while (step < end_ - at_ && at_[step].unit < unit) at_ += step, step *= 2;
      at_ = std::lower_bound(at_, at_ + std::min(step + 1, end_ - at_), WordPlace{unit, 0});
    }
    return at_ != end_ && at_->unit == unit;
  }
  /// How many places the unit has.
  double count(std::uint32_t unit) noexcept {
    double count = 0;
    for (reaches(unit); at_ != end_ && at_->unit == unit; ++at_) ++count;
    return count;
  }

 private:
  static constexpr int kNear = 6;
  const WordPlace *at_, *end_;
};

std::size_t size_of(std::span<const TextSearch::Sought> group, std::size_t part) {
  std::size_t size = 0;
  for (const auto& phrase : group) size += phrase.places[part].size();
  return size;
}

}  // namespace

WordPlaces TextSearch::places_of(const WantedWord& word, const WordTable& table) const {
  WordPlaces out;
  bool is_merged = false;
  for (const auto& term : word.terms) {  // each in order
    const auto before = static_cast<std::ptrdiff_t>(out.size());
    table.add_places(term, out);
    if (before == 0 || std::ssize(out) == before) continue;
    std::inplace_merge(out.begin(), out.begin() + before, out.end());
    is_merged = true;
  }
  if (word.beginnings.empty()) {
    if (is_merged) out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
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
  std::size_t units = 0;
  for (const auto& part : texts_.parts) {
    auto places = places_of(phrase.words[0], *part.table);
    for (std::uint32_t i = 1; i < out.size && !places.empty(); ++i) places = followed(places, places_of(phrase.words[i], *part.table), i);
    if (part.is_current) std::erase_if(places, [&](const WordPlace& place) { return !part.is_current(place.unit); });
    for (std::size_t i = 0; i < places.size(); ++i) units += i == 0 || places[i].unit != places[i - 1].unit ? 1U : 0U;
    out.places.push_back(std::move(places));
  }
  const auto all = static_cast<double>(texts_.count), count = static_cast<double>(units);
  out.weight = std::log(1 + (all - count + 0.5) / (count + 0.5));
  return out;
}

TextSearch::Units TextSearch::units_of(std::span<const Sought> group, std::size_t part) const {
  Units out;
  out.reserve(size_of(group, part));
  for (const auto& phrase : group) {
    for (const auto& place : phrase.places[part])
      if (out.empty() || out.back() != place.unit) out.push_back(place.unit);
  }
  if (group.size() > 1) sort_each_once(out);
  return out;
}

void TextSearch::keep(Units& units, std::span<const Sought> group, std::size_t part, bool has_it) {
  std::vector<Cursor> cursors;
  for (const auto& phrase : group) cursors.emplace_back(phrase.places[part]);
  std::erase_if(units, [&](std::uint32_t unit) {
    return std::ranges::any_of(cursors, [&](Cursor& cursor) { return cursor.reaches(unit); }) != has_it;
  });
}

// From the rarest group on, so that the others are only looked up in.
TextSearch::Units TextSearch::fitting_units(const std::vector<Group>& groups, std::span<const Sought> left_out, std::size_t part) const {
  if (groups.empty()) return {};
  const auto rarest = std::ranges::min_element(groups, {}, [&](const Group& group) { return size_of(group, part); });
  auto units = units_of(*rarest, part);
  for (auto group = groups.begin(); group != groups.end(); ++group)
    if (group != rarest) keep(units, *group, part, true);
  for (const auto& phrase : left_out) keep(units, {&phrase, 1}, part, false);
  return units;
}

void TextSearch::score(const std::vector<Group>& groups, std::uint32_t part, const Units& units) {
  const auto average = static_cast<double>(texts_.word_count) / static_cast<double>(std::max<std::size_t>(texts_.count, 1));
  std::vector<std::vector<Cursor>> cursors(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (const auto& phrase : groups[i]) cursors[i].emplace_back(phrase.places[part]);
  for (const auto unit : units) {
    const auto length = static_cast<double>(texts_.parts[part].table->length(unit)) / average;
    double score = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      double of_group = 0;
      for (std::size_t k = 0; k < groups[i].size(); ++k) {
        const auto often = cursors[i][k].count(unit);
        if (often == 0) continue;
        of_group += groups[i][k].weight * (often * (kSaturation + 1) / (often + kSaturation * (1 - kLengthShare + kLengthShare * length)));
      }
      score += of_group;
    }
    found_.push_back({part, unit, score});
  }
}

TextSearch::TextSearch(const TextQuery& query, SearchedTexts texts) : texts_(std::move(texts)) {
  std::vector<Group> groups;
  for (const auto& wanted : query.groups) {
    auto& group = groups.emplace_back();
    for (const auto& phrase : wanted) group.push_back(seek(phrase));
  }
  Group left_out;
  for (const auto& phrase : query.left_out) left_out.push_back(seek(phrase));
  for (std::uint32_t part = 0; part < texts_.parts.size(); ++part) score(groups, part, fitting_units(groups, left_out, part));
  for (auto& group : groups) std::ranges::move(group, std::back_inserter(sought_));
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
