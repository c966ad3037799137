#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "policygraph/base/id.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// Whether two mentions are one thing. `different` forbids; it wins over any chain of `same` made by a rule.
enum class JudgementKind : std::uint8_t { same, different };
POLICYGRAPH_EXPORT std::string_view judgement_name(JudgementKind kind) noexcept;

/// A logged, reversible decision of identity: who ("rule:acronym/1", "by:anna"), how sure, and why.
/// Nodes are the classes of mentions under the judgements in force; withdrawing one recomputes them.
struct Judgement {
  JudgementId id;
  JudgementKind kind = JudgementKind::same;
  NodeKey a;  ///< mention
  NodeKey b;  ///< mention
  std::string by;
  double score = 1.0;
  std::string reason;
  CommitId recorded_from;
  CommitId recorded_to;  ///< none while in force
  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// One ingestion or edit, for the history: what ran, with which version and options.
struct Run {
  RunId id;
  std::string program;  ///< "policygraph 0.1.0 ingest", "cypher", "by:anna"
  std::string options;
  CommitId commit;
  friend bool operator==(const Run&, const Run&) = default;
};

}  // namespace policygraph::inline v0
