#include "graph/alike_words.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>

#include "policygraph/text/utf8.hpp"
#include "text/name_words.hpp"

// Jaro's similarity of words of a and b letters, m of which match, is at most (m/a + m/b + 1) / 3, and m is at most the number of
// letters they have in common. Winkler adds a tenth of what is missing for each of the first letters they share, up to four. So a
// pair that reaches kLeastAlike with p such letters has m/a + m/b >= 3 (kLeastAlike - p/10) / (1 - p/10) - 1.
namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::size_t kMostLetters = 256;  // that jaro_winkler reads
constexpr double kSlack = 1e-9;            // for rounding

std::uint32_t ones(std::uint64_t bits) noexcept {
  bits -= (bits >> 1U) & 0x5555555555555555U;
  bits = (bits & 0x3333333333333333U) + ((bits >> 2U) & 0x3333333333333333U);
  bits = (bits + (bits >> 4U)) & 0x0F0F0F0F0F0F0F0FU;
  return static_cast<std::uint32_t>((bits * 0x0101010101010101U) >> 56U);
}

}  // namespace

AlikeWords::Sketch AlikeWords::sketch_of(std::string_view word) {
  Sketch out;
  for (std::size_t at = 0; at < word.size() && out.length < kMostLetters; ++out.length) {
    const CodePoint point = code_point_at(word, at);
    at += point.size;
    const auto bit = point.value >= U'a' && point.value <= U'z' ? std::uint64_t{1} << (2 * (point.value - U'a')) : 0;
    if (bit != 0 && (out.letters & bit) == 0) {
      out.letters |= bit;
    } else if (bit != 0 && (out.letters & (bit << 1U)) == 0) {
      out.letters |= bit << 1U;
    } else {
      ++out.more;
    }
  }
  std::array<char, 4> start{};
  std::memcpy(start.data(), word.data(), std::min<std::size_t>(word.size(), 4));
  for (std::size_t i = 0; i < 4; ++i) out.start |= std::uint32_t{static_cast<std::uint8_t>(start[i])} << (8 * i);
  return out;
}

AlikeWords::AlikeWords(std::vector<std::string> words) : words_(std::move(words)), by_length_(words_.size()) {
  std::vector<Sketch> sketches;
  sketches.reserve(words_.size());
  for (const auto& word : words_) sketches.push_back(sketch_of(word));
  std::iota(by_length_.begin(), by_length_.end(), 0U);
  std::ranges::stable_sort(by_length_, {}, [&](std::uint32_t word) { return sketches[word].length; });
  sketches_.reserve(words_.size());
  for (std::uint32_t i = 0; i < by_length_.size(); ++i) {
    sketches_.push_back(sketches[by_length_[i]]);
    const auto length = sketches_.back().length;
    if (groups_.empty() || groups_.back().length != length) groups_.push_back({length, i, i});
    groups_.back().last = i + 1;
  }
}

// By the number of first letters that they share: how many letters they must have in common.
std::array<double, 5> AlikeWords::least_common(double a, double b) {
  std::array<double, 5> out{};
  for (std::size_t p = 0; p < out.size(); ++p) {
    const double scale = 0.1 * static_cast<double>(p);
    const double needed = 3 * (text::kLeastAlike - scale) / (1 - scale) - 1;
    out[p] = needed / (1 / a + 1 / b) - kSlack;
  }
  return out;
}

void AlikeWords::compare(std::string_view word, std::uint32_t with, std::vector<Found>& out) const {
  const auto alike = text::word_similarity(word, words_[with]);
  if (alike > 0) out.push_back({with, alike});
}

// The words that it may stand for, and those that may stand for it.
void AlikeWords::find_initials(std::string_view word, std::vector<Found>& out) const {
  for (const std::size_t size : {1U, 2U}) {
    if (word.size() <= size || !text::is_initial(word.substr(0, size))) continue;
    const auto found = std::ranges::lower_bound(words_, word.substr(0, size));
    if (found != words_.end() && *found == word.substr(0, size)) out.push_back({static_cast<std::uint32_t>(found - words_.begin()), text::kInitialAlike});
  }
  if (!text::is_initial(word)) return;
  for (auto at = std::ranges::lower_bound(words_, word); at != words_.end() && at->starts_with(word); ++at) {
    compare(word, static_cast<std::uint32_t>(at - words_.begin()), out);
  }
}

std::vector<AlikeWords::Found> AlikeWords::find(std::string_view word) const {
  std::vector<Found> out;
  find_initials(word, out);
  const auto sketch = sketch_of(word);
  for (const auto& group : groups_) {
    const auto least = least_common(sketch.length, group.length);
    if (least[4] > std::min(sketch.length, group.length)) continue;
    for (auto i = group.first; i < group.last; ++i) {
      const auto& other = sketches_[i];
      const auto common = ones(other.letters & sketch.letters) + std::min(other.more, sketch.more);
      const auto shared = static_cast<std::size_t>(std::countr_zero(other.start ^ sketch.start)) / 8;
      if (common >= least[shared]) compare(word, by_length_[i], out);
    }
  }
  std::ranges::sort(out, {}, &Found::word);
  out.erase(std::unique(out.begin(), out.end(), [](const Found& a, const Found& b) { return a.word == b.word; }), out.end());
  std::ranges::stable_sort(out, std::ranges::greater(), &Found::alike);
  return out;
}

std::size_t AlikeWords::memory_bytes() const noexcept {
  std::size_t bytes = words_.capacity() * sizeof(std::string) + sketches_.capacity() * sizeof(Sketch) + by_length_.capacity() * sizeof(std::uint32_t);
  for (const auto& word : words_) bytes += word.size() < sizeof(std::string) / 2 ? 0 : word.capacity();
  return bytes;
}

}  // namespace policygraph::inline v0::detail::graph
