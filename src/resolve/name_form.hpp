#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "resolve/name_words.hpp"

namespace policygraph::inline v0::detail::resolve {

/// What a name is the name of, as far as reading it goes: whose country goes without saying, which words it may do without.
enum class FormKind : std::uint8_t { body, work, place };

/// A name by what its words mean, in whatever language and order. `signature` is the same for names that say the same.
struct NameForm {
  std::vector<std::string> meanings;   ///< of words that packs know, sorted
  std::vector<std::string> numbers;    ///< sorted; of years, phases, schools
  std::vector<std::string> countries;  ///< codes in order; of bodies they are no part of the signature
  std::vector<std::string> legal;      ///< "llc", sorted
  std::vector<std::string> kinds;      ///< "strategy": words that the name of a work may do without
  std::vector<std::string> unknown;    ///< stems of words that no pack knows, sorted
  std::vector<std::string> spellings;  ///< of the same words, each whole, sorted
  std::vector<std::string> order;      ///< words and meanings as the name has them, its noun last
  std::size_t words = 0;               ///< that count
  bool has_head = false;               ///< a word such as "ministry"
  bool is_of_state = false;            ///< of a body that a state has one of: a ministry, the supreme court
  bool is_acronym = false;             ///< one word in capitals
  std::string signature;               ///< of all but countries of bodies, and kinds
  std::string block;                   ///< the signature with skeletons of unknown words: alike names share it

  std::string signature_with_country() const;
};

NameForm form_of(std::string_view name, FormKind kind, NameWords& words);

/// What two forms say of their names.
struct FormMatch {
  double score = 0;    ///< 0: another thing, or it cannot be told
  std::string reason;  ///< of a match, or what differs
};
FormMatch compare_forms(const NameForm& a, const NameForm& b, FormKind kind);

}  // namespace policygraph::inline v0::detail::resolve
