#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "extract/coreference/text_numbers.hpp"
#include "extract/reading.hpp"
#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// A name taken apart for comparing: "Ministry of Justice of the Republic of Uzbekistan" is {ministry, of, justice} of UZ. Stays where
// it is, for it views itself; its numbers are those of NameForms.
struct NameForm {
  std::string_view text_view;           // as written; of who gave the name
  std::string folded;                   // words with a blank between, without "the"
  std::vector<std::string_view> words;  // of `folded`, without the country at the end
  std::string_view base;                // those with a blank between: what `folded` begins with
  std::string_view country;             // code, of the packs; "" when the name ends with none
  TextNumber folded_number = kNoText, base_number = kNoText;
  TextNumber head_number = kNoText;     // of the first word
};

// The forms of one document's names, each made once, and what persons are looked up by.
class NameForms {
 public:
  explicit NameForms(const CountryNames& countries) : countries_(countries) {}
  // Stays where it is. The name must outlive it.
  const NameForm& of(std::string_view name);
  // The number of a text as it stands.
  TextNumber number(std::string_view text) { return numbers_.add(text); }
  // The number of its policygraph::name_key.
  TextNumber key_number(std::string_view name);

 private:
  void read(std::string_view name, NameForm& out);
  void cut_country(NameForm& form) const;

  const CountryNames& countries_;
  TextNumbers numbers_;
  TextNumbers names_, keyed_;          // as written: those that have a form, and those that have a key
  std::deque<NameForm> forms_;         // by number of the name
  std::vector<TextNumber> keys_;       // by number in keyed_
  std::vector<Span> spans_;            // of the words of one name
};

// The value of a mention's property, or "".
std::string_view text_of(const ExtractedMention& mention, std::string_view property);
// The names of a mention: name and aliases, else its description. They view the mention.
void read_names(const ExtractedMention& mention, std::vector<std::string_view>& out);

// Whether `part` is `whole` cut short ("OPEC Fund" of "OPEC Fund for International Development"), or the same words in other endings
// or with other small words between ("Ministry for Digital Technology", "Ministry of Digital Technologies").
bool is_shortened(const NameForm& part, const NameForm& whole);

// A name and the first of the years that it closes with, "… for 2025–2028", "… на 2025–2028 годы", or the code, "… (P181234)"; both
// empty where it closes otherwise.
struct DatedName {
  std::string_view name;
  std::string_view years;
};
DatedName split_years(std::string_view name) noexcept;

// Whether two names are of two persons, by initials that differ ("Karimov A.B." and "Karimov A.S."; letters of two scripts differ by
// themselves and say nothing) or by the ending that a woman's surname has in Latin letters (in Cyrillic ones it may be a case).
bool are_two_persons(const NameForm& a, const NameForm& b);

// A surname in Cyrillic letters without the ending of a Russian case: "Акматовым", "Акматова" are of "акматов".
std::string_view surname_stem(std::string_view folded) noexcept;
// Whether two names of one stem of a surname may be of one person in two cases: "Эрнисом Акматовым" and "Э. Акматов". A bare stem and
// one that ends in "а" are rather a man and a woman.
bool are_one_in_cases(const NameForm& a, const NameForm& b);

}  // namespace policygraph::inline v0::detail::extract
