#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/reading.hpp"
#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// A name taken apart for comparing: "Ministry of Justice of the Republic of Uzbekistan" is {ministry, of, justice} of UZ.
struct NameForm {
  std::string text;                 // as written
  std::string folded;               // words with a blank between, without "the"
  std::vector<std::string> words;   // of `folded`, without the country at the end
  std::string base;                 // those joined
  std::string country;              // code; "" when the name ends with none
};
// The folded words of a name, without "the" at its start.
std::vector<std::string> words_of_name(std::string_view name);
NameForm form_of(std::string_view name, const CountryNames& countries);

// The forms of one document's names, each made once, and what persons are looked up by.
class NameForms {
 public:
  explicit NameForms(const CountryNames& countries) : countries_(countries) {}
  // Stays where it is.
  const NameForm& of(std::string_view name);
  // policygraph::name_key, likewise.
  const std::string& key_of(std::string_view name);

 private:
  const CountryNames& countries_;
  std::unordered_map<std::string, NameForm, ViewHash, std::equal_to<>> forms_;
  std::unordered_map<std::string, std::string, ViewHash, std::equal_to<>> keys_;
};

// The value of a mention's property, or "".
std::string_view text_of(const ExtractedMention& mention, std::string_view property);
// The names of a mention: name and aliases, else its description. They view the mention.
std::vector<std::string_view> names_of(const ExtractedMention& mention);

// Whether `part` is `whole` cut short: the same head and each further word of it begins like one of the whole's, in order.
bool is_shortened(const NameForm& part, const NameForm& whole);

}  // namespace policygraph::inline v0::detail::extract
