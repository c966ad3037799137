#include "extract/recognizers/expansion.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kMostLetters = 32;
constexpr std::size_t kMostWords = 64;
constexpr std::size_t kMostBytes = 2048;

// The letters of each word; of "in-country", of both its parts.
std::vector<std::u32string> words_of(std::string_view text) {
  std::vector<std::u32string> words;
  bool is_in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    at += point.size;
    if (!is_letter(point.value) && !is_digit(point.value)) {
      is_in_word = false;
      continue;
    }
    if (!is_in_word) words.emplace_back();
    is_in_word = true;
    words.back().push_back(point.value);
  }
  return words;
}

}  // namespace

LettersTold letters_told(std::string_view acronym, std::string_view name) {
  if (acronym.size() > kMostBytes || name.size() > kMostBytes) return {};
  std::u32string letters;
  for (const std::u32string& word : words_of(fold_case(acronym))) letters += word;
  const auto words = words_of(fold_case(name));
  if (letters.size() > kMostLetters || words.size() > kMostWords) return {};
  // best[j]: the most of the first j letters that the words so far tell.
  std::array<std::size_t, kMostLetters + 1> best{};
  for (const std::u32string& word : words) {
    auto next = best;
    for (std::size_t j = 0; j < letters.size(); ++j) {
      for (std::size_t k = 0; k < word.size() && j + k < letters.size() && word[k] == letters[j + k]; ++k) {
        next[j + k + 1] = std::max(next[j + k + 1], best[j] + k + 1);
      }
    }
    for (std::size_t j = 1; j <= letters.size(); ++j) next[j] = std::max(next[j], next[j - 1]);
    best = next;
  }
  return {best[letters.size()], letters.size()};
}

}  // namespace policygraph::inline v0::detail::extract
