#include <algorithm>
#include <array>
#include <string>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/similarity.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/transliterate.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kMostWords = 16;       ///< further words are not aligned
constexpr std::size_t kMostKeyBytes = 1024;  ///< of a name
constexpr double kInitial = 0.9;             ///< an initial beside a full word
constexpr double kLeastAlike = 0.8;          ///< words less alike are no partners

std::vector<std::string_view> words_of(std::string_view key) {
  std::vector<std::string_view> words;
  for (std::size_t start = 0; start < key.size() && words.size() < kMostWords;) {
    const std::size_t end = std::min(key.find(' ', start), key.size());
    words.push_back(key.substr(start, end - start));
    start = end + 1;
  }
  return words;
}

bool is_initial_of(std::string_view initial, std::string_view word) {
  const bool is_short = initial.size() == 1 || initial == "sh" || initial == "ch" || initial == "ts";
  return is_short && word.size() > initial.size() && word.starts_with(initial);
}

double word_similarity(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  if (is_initial_of(a, b) || is_initial_of(b, a)) return kInitial;
  if (a.size() < 3 || b.size() < 3) return 0;
  const double alike = jaro_winkler(a, b);
  return alike >= kLeastAlike ? alike : 0;
}

struct Pair {
  double alike;
  std::size_t left, right;
};

/// Possible partners, the likest first; ties by place, so that the outcome does not depend on anything else.
std::vector<Pair> pairs_of(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
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

double weight(std::string_view word) { return static_cast<double>(std::min<std::size_t>(word.size(), 8)); }

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
  const std::string left_key = name_key(a.substr(0, kMostKeyBytes));
  const std::string right_key = name_key(b.substr(0, kMostKeyBytes));
  const auto left = words_of(left_key);
  const auto right = words_of(right_key);
  double total = 0;
  for (const std::string_view word : left) total += weight(word);
  for (const std::string_view word : right) total += weight(word);
  if (left.empty() || right.empty()) return 0;
  std::array<bool, kMostWords> left_used{};
  std::array<bool, kMostWords> right_used{};
  double found = 0;
  for (const Pair& pair : pairs_of(left, right)) {
    if (left_used[pair.left] || right_used[pair.right]) continue;
    left_used[pair.left] = right_used[pair.right] = true;
    found += pair.alike * (weight(left[pair.left]) + weight(right[pair.right]));
  }
  return found / total;
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
