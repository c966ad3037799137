#pragma once

#include <cstddef>
#include <vector>

#include "policygraph/base/decimal.hpp"
#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// By how much sums may be off because each was rounded: half a unit of the last figure that they all have for each of them, where
// that unit is small beside the total. Requires: sums are not negative.
Decimal rounding_of(const Decimal& total, const std::vector<Decimal>& parts);

// A total and sums that it is made of: all of them, or some.
struct Total {
  MentionIndex total = kNoMention;
  std::vector<MentionIndex> parts;
  bool are_all_told = false;
};

// TOTAL_MISMATCH for each total whose parts, all told, do not add up to it, or come to more than it. Beside those given, of
// tables, totals are looked at whose parts the relations PART_OF of sentences tell.
void check_totals(const std::vector<Total>& totals, Extraction& out);

}  // namespace policygraph::inline v0::detail::extract
