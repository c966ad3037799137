#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/name_table.hpp"
#include "first_letters.hpp"
#include "policygraph/text/language.hpp"

namespace policygraph::inline v0 {

namespace detail::text {

struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return base::name_hash(text); }
};
struct ViewEqual {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const noexcept { return a == b; }
};
template <typename Value>
using WordMap = std::unordered_map<std::string, Value, ViewHash, ViewEqual>;
using WordSet = std::unordered_set<std::string, ViewHash, ViewEqual>;

}  // namespace detail::text

/// One language file, read. Words are keys of WordKey.
struct Language::Data {
  std::string code;
  std::string name;
  Script script = Script::latin;
  detail::text::WordMap<int> months;
  detail::text::WordMap<Decimal> numbers;
  detail::text::WordMap<Decimal> magnitudes;
  bool has_teens = false;     ///< eleven is one word, so ten takes no unit
  bool has_hundreds = false;  ///< two hundred is one word, so a hundred takes no unit in front
  detail::text::WordSet number_joints;    ///< between hundreds or a power of ten and what follows: "one hundred and two"
  detail::text::WordSet half_joints;      ///< before a half: "two and a half", "два с половиной"
  detail::text::WordSet number_articles;  ///< a one of a hundred and a power of ten: "a million"
  detail::text::WordSet abbreviations;
  detail::text::WordSet final_abbreviations;
  detail::text::WordSet suffixes;
  std::size_t longest_suffix = 0;  ///< in bytes
  detail::text::WordSet stop_words;
  detail::text::WordSet frequent;    ///< further words that tell the language, though they carry meaning
  std::vector<std::string> typical;  ///< letters and letter groups of this language and not of its neighbours; "$": at the end
  std::vector<std::string> foreign;  ///< letters that it does not have
  detail::text::FirstLetters of_months, of_magnitudes, of_stop_words;
  detail::text::FirstLetters of_numbers;  ///< of all words that numbers are made of
};

namespace detail::text {

/// Reads one language file. Throws Error(format) with the place; `name` is the document of the place.
std::shared_ptr<const Language::Data> read_language(std::string_view json, std::string_view name);

}  // namespace detail::text
}  // namespace policygraph::inline v0
