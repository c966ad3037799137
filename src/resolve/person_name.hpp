#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "resolve/name_words.hpp"

namespace policygraph::inline v0::detail::resolve {

/// A person's name by its parts. Without a sign of which word is the surname (an initial, an ending such as -ov) `is_ordered` is
/// false, and given name and surname may be the other way round.
struct PersonName {
  struct Part {
    std::string key;  ///< text::spelling_key; empty: not told
    bool is_initial = false;
  };
  Part surname, given;
  Part patronymic;  ///< without its ending: "botir" of "Botirovich", "Botir o‘g‘li"
  char gender = 0;  ///< 'm' or 'f' where the name tells
  std::string generation;  ///< "2" of "II", "jr"
  bool is_ordered = false;
  bool is_inflected = false;        ///< the surname stood in a case: "Karimovning", "Каримовым"
  std::vector<std::string> others;  ///< further words, in order

  /// What names of one person share, initials aside: surname and given name, in one order. Empty where one is not told in full.
  std::string block() const;
  /// Surname and first letter of the given name. Empty where one is not told.
  std::string initial_block() const;
};

PersonName person_name(std::string_view name, NameWords& words);

/// What the names of two persons say.
struct PersonMatch {
  double score = 0;
  bool is_other = false;   ///< a part that both tell differs: two persons, whatever the rest
  bool is_by_initial = false;  ///< a given name or a father's name is told by its initial alone
  std::string_view basis;  ///< "spellings of one name", "initials that fit", …
};
PersonMatch compare_persons(const PersonName& a, const PersonName& b);

}  // namespace policygraph::inline v0::detail::resolve
