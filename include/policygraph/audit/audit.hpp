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
/// | TYPE_CONFLICT, DATE_CONFLICT | an act is cited as another kind, or with another date, than elsewhere |
/// | DATE_IS_PUBLICATION | the day an act was published is given as its own |
/// | EXPANSION_MISMATCH | letters do not abbreviate the name they are said to stand for |
/// | TOTAL_MISMATCH | sums do not add up to their total |
/// | VALUE_CONFLICT | claims of one rank, source tier and date of publication give a number, a sum or a date differing values |
///
/// Names and titles differ without being in conflict. In order of code, first node and explanation. Nothing is changed.
/// O(assertions log) and a cut of text for each piece of evidence.
///
///     for (const auto& row : policygraph::audit(graph.snapshot())) std::cout << row.code << ": " << row.explanation << '\n';
POLICYGRAPH_EXPORT std::vector<AuditRow> audit(const Snapshot& snapshot);

}  // namespace policygraph::inline v0
