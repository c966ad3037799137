#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace policygraph::inline v0::detail::extract {

// The part that a thing has in its clause, as the words around it tell in a language that marks it: a preposition ("за счет"),
// a postposition ("tomonidan") or the ending of a case.
enum class Role : std::uint8_t {
  none,       // unmarked: what the clause is about, or the object of its verb
  agent,      // "Министерством", "vazirligi tomonidan"
  object,     // "strategiyasini"
  recipient,  // "Министерству", "vazirligiga"
  owner,      // "vazirligining"
  source,     // "за счет средств X", "X mablag‘lari hisobidan"
  purpose,    // "на реализацию X", "X uchun"
  goal,       // "на X"
  within,     // "в рамках X", "X doirasida"
  partner,    // "совместно с X", "X ko‘magida"
  basis,      // "согласно X", "X ga muvofiq"
  pursued,    // "во исполнение X"
  place,      // "в X", "X da"
  under,      // "при X", "X huzuridagi"
  with,       // "с X"
  about,      // any other
};
// Role::none for a name that is none.
Role role_by_name(std::string_view name) noexcept;

// How a case changes the parts of a man's or a woman's name: what the ending "ом" becomes in the nominative, longest first.
struct PersonCase {
  struct Swap {
    std::string from, to;
  };
  std::vector<Swap> given, patronymics, surnames;
  std::vector<Swap> titled;           // of surnames that only a title in the same case tells apart
  std::vector<std::string> titles;    // endings of such a title: "министром"
  std::vector<std::string> fixed;     // endings of surnames that have no cases, beside such a title: "Антонеллой Бассани"
};

// How a language that marks cases builds names and marks their parts; what a pack says in "case_grammar", "case_endings" and
// the like. English has none.
struct CaseGrammar {
  struct Ending {
    std::string text;  // folded
    Role role = Role::none;
  };
  bool is_head_last = false;             // "Adliya vazirligi" rather than "Министерство юстиции"
  std::vector<Ending> cases;             // longest first
  std::vector<std::string> genitives;    // endings of the words that go on a name behind its head
  std::vector<std::string> modifiers;    // endings of the words that stand before its head
  std::vector<std::string> verbs;        // endings that tell a verb, whatever else they look like
  std::vector<std::string> nouns;        // endings of nouns that look like those
  std::vector<std::string> places;       // endings that make an adjective of where: "Toshkentdagi"
  std::vector<PersonCase> persons;       // in the order in which they are tried

  // The ending of a case that a folded word has; null for none, or where hardly anything of the word would be left.
  const Ending* case_of(std::string_view folded) const noexcept;
  bool goes_on(std::string_view folded) const noexcept;
  bool modifies(std::string_view folded) const noexcept;
  bool is_verb(std::string_view folded) const noexcept;
  bool is_where(std::string_view folded) const noexcept;
};

}  // namespace policygraph::inline v0::detail::extract
