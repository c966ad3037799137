#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0 {

/// A question with a name: data (query/questions/NAME.cypher with a head of comments), not code.
struct Question {
  struct Parameter {
    std::string name;
    std::string description;
    bool is_required = true;
  };
  std::string name;         ///< "acts_that_fund"
  std::string title;        ///< "Which decree funds which programme, through whom, how much, until when?"
  std::vector<Parameter> parameters;
  std::string answer;       ///< Cypher: the rows that the documents state
  std::string candidates;   ///< Cypher: what comes near, each with a column `why` that says why it does not suffice
  std::string sentence;     ///< a row as a sentence: "{act} authorises {amount} {currency} for {programme}"
};

/// Those compiled in, sorted by name: acts_that_fund, amended_by, established_by, funding_of, partners_of, targets_and_results,
/// timeline_of, who_implements.
POLICYGRAPH_EXPORT const std::vector<Question>& questions();
/// Throws Error(not_found) with "did you mean".
POLICYGRAPH_EXPORT const Question& question(std::string_view name);
/// One question from its file's text; throws Error(format) with line and column.
POLICYGRAPH_EXPORT Question parse_question(std::string_view name, std::string_view text);

/// A question's query as it is asked with these parameters: where it asks whether one IS NULL, `true` or `false` stands in its place, so
/// that its plan begins at what is given. All else stays where it is. A parameter that is not there, or null, is not given.
///
///     explain(snapshot, fitted(question("acts_that_fund").answer, {{"act", "PF-60"}}));  // begins at the act
POLICYGRAPH_EXPORT std::string fitted(std::string_view query, const Parameters& given);

/// What the graph says to a question. Where the documents state nothing, `rows` is empty and `candidates` names what comes near.
struct Answer {
  const Question* question = nullptr;
  Rows rows;
  Rows candidates;                     ///< asked only when `rows` is empty
  bool has_evidence() const noexcept { return !rows.empty(); }
  std::vector<std::string> sentences;  ///< one a row
};
POLICYGRAPH_EXPORT Answer ask(const Snapshot& snapshot, std::string_view name, const Parameters& parameters = {}, const QueryOptions& options = {});

}  // namespace policygraph::inline v0
