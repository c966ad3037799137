#include "policygraph/text/language.hpp"

#include <algorithm>

#include "language_data.hpp"
#include "policygraph/text/utf8.hpp"
#include "word_key.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::text::WordKey;
using detail::text::WordMap;

constexpr std::size_t kShortestStem = 3;  ///< letters

template <typename Value>
std::optional<Value> find_in(const WordMap<Value>& words, std::string_view key) {
  const auto found = words.find(key);
  return found == words.end() ? std::nullopt : std::optional<Value>(found->second);
}

bool starts_letter(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<std::uint8_t>(text[at]) & 0xC0U) != 0x80U;
}

/// Calls `try_stem` with the word less each known ending, longest ending first, until it says true.
template <typename Try>
bool each_stem(const Language::Data& data, std::string_view key, Try try_stem) {
  for (std::size_t size = std::min(data.longest_suffix, key.size()); size > 0; --size) {
    const std::size_t cut = key.size() - size;
    if (!starts_letter(key, cut) || !data.suffixes.contains(key.substr(cut))) continue;
    if (try_stem(key.substr(0, cut))) return true;
  }
  return false;
}

/// The value of the word, else of the word less an ending.
template <typename Value>
std::optional<Value> find_inflected(const Language::Data& data, const WordMap<Value>& words, std::string_view word) {
  const WordKey key(word);
  std::optional<Value> found = find_in(words, key.view());
  if (found) return found;
  each_stem(data, key.view(), [&](std::string_view stem) {
    found = find_in(words, stem);
    return found.has_value();
  });
  return found;
}

/// Letters of ASCII and from U+0400 to U+047F alone: no blank, no stop.
bool is_of_plain_letters(std::string_view word) {
  return std::ranges::all_of(word, [](char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte < 0x80 ? (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z' : byte < 0xC0 || byte == 0xD0 || byte == 0xD1;
  });
}

/// Asks `is_known` of the key of what may be an abbreviation: of one word, as most are, it is that of any word.
template <typename IsKnown>
bool with_abbreviation_key(std::string_view word, IsKnown is_known) {
  if (word.size() > WordKey::kMostBytes) return false;
  if (is_of_plain_letters(word)) return is_known(WordKey(word).view());
  return is_known(detail::text::abbreviation_key(word));
}

}  // namespace

Language::Language(std::shared_ptr<const Data> data) : data_(std::move(data)) {}

const std::string& Language::code() const noexcept { return data_->code; }
const std::string& Language::name() const noexcept { return data_->name; }
Script Language::script() const noexcept { return data_->script; }

std::optional<int> Language::month(std::string_view word) const {
  if (word.empty() || !data_->of_months.may_begin(word)) return std::nullopt;
  return find_inflected(*data_, data_->months, word);
}

std::optional<Decimal> Language::number_word(std::string_view word) const {
  const WordKey key(word);
  if (const auto found = find_in(data_->numbers, key.view())) return found;
  // "twenty-five": a ten and a unit.
  const std::size_t hyphen = key.view().find('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  const auto ten = find_in(data_->numbers, key.view().substr(0, hyphen));
  const auto unit = find_in(data_->numbers, key.view().substr(hyphen + 1));
  if (!ten || !unit || *ten < Decimal(20) || *ten > Decimal(90) || *unit > Decimal(9) || *unit < Decimal(1)) return std::nullopt;
  return *ten + *unit;
}

std::optional<Decimal> Language::magnitude(std::string_view word) const {
  if (word.empty() || !data_->of_magnitudes.may_begin(word)) return std::nullopt;
  return find_inflected(*data_, data_->magnitudes, word);
}

bool Language::is_abbreviation(std::string_view word) const {
  return with_abbreviation_key(word, [&](std::string_view key) { return data_->abbreviations.contains(key) || data_->final_abbreviations.contains(key); });
}

bool Language::is_final_abbreviation(std::string_view word) const {
  return with_abbreviation_key(word, [&](std::string_view key) { return data_->final_abbreviations.contains(key); });
}

std::string Language::stem(std::string_view word) const {
  std::string key = detail::text::word_key(word);
  std::size_t kept = key.size();
  each_stem(*data_, key, [&](std::string_view stem) {
    if (stem.size() < kShortestStem || count_code_points(stem) < kShortestStem) return false;
    kept = stem.size();
    return true;
  });
  key.resize(kept);
  return key;
}

bool Language::is_stop_word(std::string_view word) const {
  return !word.empty() && data_->of_stop_words.may_begin(word) && data_->stop_words.contains(WordKey(word).view());
}

}  // namespace policygraph::inline v0
