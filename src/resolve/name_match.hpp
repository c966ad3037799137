#pragma once

#include <string>
#include <string_view>

#include "resolve/name_form.hpp"
#include "resolve/person_name.hpp"

namespace policygraph::inline v0::detail::resolve {

/// A name with what comparing asks of it, computed once.
struct ComparedName {
  std::string text;      ///< as written
  std::string folded;    ///< fold_name
  NameForm form;         ///< of all but persons
  PersonName person;     ///< of persons only
  const std::string* body = nullptr;  ///< the body of the pack that it is a name of
  bool is_proper = false;
};

/// `root` is the most general label of what is named.
ComparedName read_name(std::string_view text, std::string_view root, NameWords& words);

struct NameMatch {
  double score = 0;       ///< 0: two things, or it cannot be told
  std::string_view rule;  ///< "rule:known-body/1"
  bool is_other = false;  ///< they say that it is two things
  std::string reason;
};
/// A reason that nobody wants may be left empty.
NameMatch match_names(const ComparedName& a, const ComparedName& b, std::string_view root, bool wants_reason);

}  // namespace policygraph::inline v0::detail::resolve
