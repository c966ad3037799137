#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "resolve/name_form.hpp"
#include "resolve/person_name.hpp"

namespace policygraph::inline v0::detail::resolve {

/// A name with what comparing asks of it, computed once.
struct ComparedName {
  std::string text;                             ///< as written
  std::string folded;                           ///< fold_name
  std::variant<NameForm, PersonName> parts;     ///< of persons the latter
  const std::string* body = nullptr;            ///< the body of the pack that it is a name of
  bool is_placed = false;                       ///< the pack says of which state that body is
  bool is_proper = false;                       ///< by its capitals

  const NameForm& form() const { return std::get<NameForm>(parts); }
  const PersonName& person() const { return std::get<PersonName>(parts); }
  /// A name of one thing rather than of a kind of things: a body's that is known or proper, or has a head such as "ministry".
  bool is_particular() const;
};

/// `root` is the most general label of what is named.
ComparedName read_name(std::string_view text, std::string_view root, NameWords& words);

struct NameMatch {
  double score = 0;       ///< 0: two things, or it cannot be told
  std::string_view rule;  ///< "rule:known-body/1"
  bool is_other = false;  ///< they say that it is two things
  std::string reason;
};
/// A reason that nobody wants may be left empty; nor is a name held against initials where it is not asked.
NameMatch match_names(const ComparedName& a, const ComparedName& b, std::string_view root, bool wants_reason, bool by_initials = true);

/// Folded first letters of a name's words, or the name itself where it is an acronym; empty where they say too little.
std::string initials_of(const ComparedName& name);

}  // namespace policygraph::inline v0::detail::resolve
