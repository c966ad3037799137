#pragma once

#include <string_view>

#include "extract/recognizers/act_citation.hpp"

namespace policygraph::inline v0::detail::extract {

// Which citations are acts, by what stands in them; what depends on the acts before is for the recogniser.
class ActCriteria {
 public:
  explicit ActCriteria(const Reading& reading) noexcept : reading_(reading) {}

  // Who issued it, as the packs name offices: "president", "cabinet"; "" where it does not say.
  std::string_view role(const Citation& citation) const;
  bool has_exact_date(const Citation& citation) const;  // a month or a day
  bool is_quoted(Span title) const;

  bool accepts_series(const Citation& citation) const;   // letters and a number
  bool accepts_slashed(const Citation& citation) const;  // "2021/947"
  bool accepts_noun(const Walk& walk, const Citation& citation) const;        // a noun and a bare number
  bool is_of_other(const Walk& walk, const Citation& citation) const;         // a contract's number, a register's
  bool accepts_unnumbered(const Walk& walk, const Citation& citation) const;  // a noun alone

 private:
  bool is_thing_of_letters(const Citation& citation) const;
  bool is_dated(const Walk& walk, const Citation& citation) const;
  bool is_indefinite(const Walk& walk, const Citation& citation) const;
  bool begins_as_title(Span title) const;

  const Reading& reading_;
};

}  // namespace policygraph::inline v0::detail::extract
