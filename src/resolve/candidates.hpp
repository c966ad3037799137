#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/node_preview.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::resolve {

/// A name with what comparing asks of it, computed once.
struct CandidateName {
  std::string text;      ///< as written
  std::string folded;    ///< fold_name
  std::string key;       ///< name_key; of persons only
  bool is_proper = false;
};

/// What identity looks at in a node, read once.
struct Candidate {
  NodeRow row;
  NodeKey key;
  std::string root;                  ///< the most general label
  std::vector<CandidateName> names;  ///< name or title, then aliases
  std::string kind, country, code, jurisdiction, number;
  PartialDate date;
};

/// A reason to think that two nodes are one: they share `block`. Nodes are compared within a block only.
struct BlockKey {
  std::string block;
  std::string_view rule;  ///< "rule:act-key/1"
};

/// The labels and the properties that candidates are read from.
graph::WantedValues wanted_of_candidates();

/// Nodes of labels that can be the same across documents, in order of key.
std::vector<Candidate> candidates(const Snapshot& snapshot);
std::vector<BlockKey> block_keys(const Candidate& candidate);

/// How sure it is that two nodes of one block are one thing, and why; empty: they are not, or it cannot be told.
struct Match {
  double score = 0;
  std::string reason;
};
/// A reason that nobody wants may be left empty.
std::optional<Match> match(const Candidate& a, const Candidate& b, std::string_view rule, bool wants_reason);

}  // namespace policygraph::inline v0::detail::resolve
