#include "resolve/name_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/sip_hash.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"
#include "text/name_spelling.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr std::size_t kShortestStem = 4;
constexpr std::size_t kMostWords = 64;

/// Endings of keys: Uzbek cases and possession, Russian adjectives and cases; longer ones first.
constexpr std::array<std::string_view, 31> kEndings{
    "sining", "skaya", "skogo", "skomu", "sidan", "ining", "skoy", "skim", "skiy", "skie", "ning", "sida", "idan", "aya", "iya", "ogo",
    "ski",    "ida",   "dan",   "oy",    "iy",    "ga",    "ni",   "da",   "si",   "om",   "em",   "i",    "a",    "u",   "e"};

std::string without_ending(std::string_view key) {
  for (const auto ending : kEndings)
    if (key.size() >= kShortestStem + ending.size() && key.ends_with(ending)) return std::string(key.substr(0, key.size() - ending.size()));
  return std::string(key);
}

bool is_roman(std::string_view text) {
  return !text.empty() && text.size() <= 5 && text.find_first_not_of("IVX") == std::string_view::npos;
}

int roman_value(std::string_view text) {
  int total = 0, last = 0;
  for (std::size_t i = text.size(); i-- > 0;) {
    const int value = text[i] == 'I' ? 1 : text[i] == 'V' ? 5 : 10;
    total += value < last ? -value : value;
    last = std::max(last, value);
  }
  return total;
}

std::string number_of(std::string_view text) {
  if (is_roman(text)) return std::to_string(roman_value(text));
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return {};
  const auto first = std::min(text.find_first_not_of('0'), text.size() - 1);
  return std::string(text.substr(first));
}

/// "ё" is mostly written "е", so packs write that.
std::string with_plain_e(std::string_view written) {
  std::string out(written);
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"ё", "е"}, {"Ё", "Е"}})
    for (auto at = out.find(from); at != std::string::npos; at = out.find(from, at)) out.replace(at, from.size(), to);
  return out;
}

bool is_inside(char32_t point) { return is_letter(point) || is_digit(point); }

}  // namespace

std::size_t NameWords::Hash::operator()(std::string_view text) const {
  return static_cast<std::size_t>(base::SipHash(base::random_hash_key())(text));
}

const NameWords::Word& NameWords::of(std::string_view written) {
  if (const auto found = known_.find(written); found != known_.end()) return found->second;
  Word word;
  word.number = number_of(written);
  word.key = text::latin_word(written);
  word.spelling = text::spelling_key(written);
  word.stem = without_ending(word.spelling);
  word.stems = lexicon_.stems_of(word.key);
  if (word.stems.empty()) word.stems = lexicon_.stems_of(text::latin_word(with_plain_e(written)));
  if (word.stems.empty()) word.stems = lexicon_.stems_of(without_ending(word.key));
  return known_.emplace(written, std::move(word)).first->second;
}

std::vector<WrittenWord> written_words(std::string_view name) {
  std::vector<WrittenWord> words;
  std::size_t start = 0, end = 0;  // of the word at hand; none: they are the same
  bool is_joined = false;          // an apostrophe stands behind it
  const auto close = [&](bool is_cut) {
    if (start != end && words.size() < kMostWords) words.push_back({name.substr(start, end - start), is_cut});
    start = end = 0;
    is_joined = false;
  };
  for (std::size_t at = 0; at < name.size();) {
    const auto point = code_point_at(name, at);
    if (is_inside(point.value)) {
      if (start == end) start = at;
      end = at + point.size;
      is_joined = false;
    } else if (start != end && !is_joined && is_apostrophe(point.value)) {
      is_joined = true;
    } else {
      close(point.value == U'.');
    }
    at += point.size;
  }
  close(false);
  return words;
}

std::size_t count_letters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = code_point_at(text, at);
    count += is_inside(point.value) ? 1U : 0U;
    at += point.size;
  }
  return count;
}

bool is_in_capitals(std::string_view text) {
  std::size_t capitals = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = code_point_at(text, at);
    if (is_lower(point.value)) return false;
    capitals += is_upper(point.value) ? 1U : 0U;
    at += point.size;
  }
  return capitals >= 2;
}

}  // namespace policygraph::inline v0::detail::resolve
