#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  std::string_view root;                    ///< the most general label
  std::vector<const CandidateName*> names;  ///< name or title, then aliases
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

/// Names as they are compared, each folded once: documents name the same things.
class CandidateNames {
 public:
  const CandidateName& of(std::string_view text, bool is_person);

 private:
  /// Keyed: the names come from documents.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const;
  };
  using Known = std::unordered_map<std::string, CandidateName, Hash, std::equal_to<>>;
  Known of_persons_, others_;
};

/// Nodes of labels that can be the same across documents, in order of key. Their names live in `names`.
std::vector<Candidate> candidates(const Snapshot& snapshot, CandidateNames& names);
std::vector<BlockKey> block_keys(const Candidate& candidate);

/// How sure it is that two nodes of one block are one thing, and why; empty: they are not, or it cannot be told.
struct Match {
  double score = 0;
  std::string reason;
};
/// A reason that nobody wants may be left empty.
std::optional<Match> match(const Candidate& a, const Candidate& b, std::string_view rule, bool wants_reason);

}  // namespace policygraph::inline v0::detail::resolve
