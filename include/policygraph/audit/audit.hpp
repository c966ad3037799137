#pragma once

#include <string>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

/// Something wrong with what is known, or worth a look, with the words it rests on.
struct AuditRow {
  std::string code;  ///< "TYPE_CONFLICT", "VALUE_CONFLICT" ...
  Severity severity = Severity::warning;
  std::string explanation;
  std::vector<NodeKey> nodes;       ///< that the snapshot has, each once, rising
  std::vector<Citation> evidence;
};

/// What reading found, as far as it concerns something that the snapshot has, and what claims disagree on:
///
/// | code | what it says |
/// |---|---|
/// | TYPE_CONFLICT | an act is cited as another kind than elsewhere, or than its number tells |
/// | NUMBER_CONFLICT, DATE_CONFLICT | with another number for the same day and title, with another date for the same number |
/// | DATE_IS_PUBLICATION | the day an act was published is given as its own |
/// | DATE_ORDER | an act amends or repeals one that is younger than itself |
/// | DATE_WITHOUT_ANCHOR | a day is told without its year, and nothing tells which year it is |
/// | DATE_IMPOSSIBLE | no month has that day |
/// | PERIOD_ORDER | something ends before it begins |
/// | EXPANSION_MISMATCH | letters do not abbreviate the name they are said to stand for |
/// | MARKER_WITHOUT_ENTRY | the references have no entry of that number ("[15]") |
/// | MARKER_MISMATCH | the entry that an act's number leads to does not name the act |
/// | ACT_WITHOUT_ENTRY | nor does any other |
/// | TOTAL_MISMATCH | sums do not add up to their total |
/// | VALUE_CONFLICT | claims of one rank, source tier and date of publication give a number, a sum or a date differing values |
///
/// Names and titles differ without being in conflict. What several places say alike is one row with the evidence of all. In order of code, first node and explanation. Nothing is changed.
/// O(assertions log) and a cut of text for each piece of evidence.
///
///     for (const auto& row : policygraph::audit(graph.snapshot())) std::cout << row.code << ": " << row.explanation << '\n';
POLICYGRAPH_EXPORT std::vector<AuditRow> audit(const Snapshot& snapshot);

}  // namespace policygraph::inline v0
