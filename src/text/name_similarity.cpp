#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/similarity.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/transliterate.hpp"
#include "policygraph/text/utf8.hpp"
#include "text/name_words.hpp"

namespace policygraph::inline v0::detail::text {
namespace {

struct Pair {
  double alike;
  std::size_t left, right;
};

/// Possible partners, the likest first; ties by place, so that the outcome does not depend on anything else.
std::vector<Pair> pairs_of(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      const double alike = word_similarity(a[i], b[j]);
      if (alike > 0) pairs.push_back({alike, i, j});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
    if (x.alike != y.alike) return x.alike > y.alike;
    return std::pair(x.left, x.right) < std::pair(y.left, y.right);
  });
  return pairs;
}

bool is_initial_of(std::string_view initial, std::string_view word) {
  return is_initial(initial) && word.size() > initial.size() && word.starts_with(initial);
}

}  // namespace

std::vector<std::string_view> name_words(std::string_view key) {
  std::vector<std::string_view> words;
  for (std::size_t start = 0; start < key.size() && words.size() < kMostNameWords;) {
    const std::size_t end = std::min(key.find(' ', start), key.size());
    words.push_back(key.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

double word_weight(std::string_view word) noexcept { return static_cast<double>(std::min<std::size_t>(word.size(), 8)); }

bool is_initial(std::string_view word) noexcept { return word.size() == 1 || word == "sh" || word == "ch" || word == "ts"; }

double word_similarity(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (is_initial_of(a, b) || is_initial_of(b, a)) return kInitialAlike;
  if (a.size() < 3 || b.size() < 3) return 0;
  const double alike = jaro_winkler(a, b);
  return alike >= kLeastAlike ? alike : 0;
}

double words_similarity(std::span<const std::string_view> left, std::span<const std::string_view> right) {
  double total = 0;
  for (const std::string_view word : left) total += word_weight(word);
  for (const std::string_view word : right) total += word_weight(word);
  if (left.empty() || right.empty()) return 0;
  std::array<bool, kMostNameWords> left_used{};
  std::array<bool, kMostNameWords> right_used{};
  double found = 0;
  for (const Pair& pair : pairs_of(left, right)) {
    if (left_used[pair.left] || right_used[pair.right]) continue;
    left_used[pair.left] = right_used[pair.right] = true;
    found += pair.alike * (word_weight(left[pair.left]) + word_weight(right[pair.right]));
  }
  return found / total;
}

}  // namespace policygraph::inline v0::detail::text

namespace policygraph::inline v0 {
namespace {

bool is_passable(std::string_view word) {
  static constexpr std::array<std::string_view, 24> kPassable{"of", "and", "for", "the", "in", "on", "to", "at", "by", "a", "an", "with",
                                                              "и", "по", "в", "на", "о", "об", "для", "при", "с", "va", "ва", "және"};
  return std::find(kPassable.begin(), kPassable.end(), word) != kPassable.end();
}

/// The letters of an acronym, folded; "U.N." is "un".
std::u32string letters_of(std::string_view acronym) {
  std::u32string letters;
  const std::string folded = fold_case(acronym);
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = code_point_at(folded, at);
    if (is_letter(point.value) || is_digit(point.value)) letters.push_back(point.value);
    at += point.size;
  }
  return letters;
}

/// Bit j of the result: the first j letters of the acronym may be the initials so far.
std::uint64_t step(std::uint64_t reached, const std::u32string& acronym, char32_t initial, bool may_pass) {
  std::uint64_t next = may_pass ? reached : 0;
  for (std::size_t j = 0; j < acronym.size(); ++j) {
    if (((reached >> j) & 1U) != 0 && acronym[j] == initial) next |= std::uint64_t{1} << (j + 1);
  }
  return next;
}

}  // namespace

double name_similarity(std::string_view a, std::string_view b) {
  using namespace detail::text;  // NOLINT: one function
  const std::string left = name_key(a.substr(0, kMostNameBytes));
  const std::string right = name_key(b.substr(0, kMostNameBytes));
  return words_similarity(name_words(left), name_words(right));
}

bool is_acronym_of(std::string_view acronym, std::string_view name) {
  if (acronym.size() > 128 || name.size() > 4096) return false;
  const std::u32string letters = letters_of(acronym);
  if (letters.size() < 2 || letters.size() > 32) return false;
  const std::string folded = fold_case(name);
  std::uint64_t reached = 1;
  for (const Token& token : tokenize(folded)) {
    if (token.kind != TokenKind::word) continue;
    std::string_view word = std::string_view(folded).substr(token.span.start, token.span.size());
    reached = step(reached, letters, code_point_at(word, 0).value, is_passable(word));
    // A part after a hyphen may give its initial or not.
    for (std::size_t hyphen = word.find('-'); hyphen != std::string_view::npos; hyphen = word.find('-')) {
      word.remove_prefix(hyphen + 1);
      if (!word.empty()) reached = step(reached, letters, code_point_at(word, 0).value, true);
    }
  }
  return ((reached >> letters.size()) & 1U) != 0;
}

}  // namespace policygraph::inline v0
