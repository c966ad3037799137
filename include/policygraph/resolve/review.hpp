#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/export.hpp"
#include "policygraph/extract/extractor.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/resolve/names.hpp"

namespace policygraph::inline v0 {

/// Two nodes that may be one thing, for a person to decide.
struct Proposal {
  NodeKey a;
  NodeKey b;
  std::string label;           ///< the most general: Person, Organization, Programme, Place, LegalAct
  std::string a_name, b_name;  ///< as the nodes are shown
  double score = 0;
  std::string rule;    ///< "rule:person-initials/1"
  std::string reason;  ///< what is alike
};

struct ReviewOptions {
  double least = kProposed;            ///< the lowest score that is shown
  std::size_t limit = 0;               ///< 0: all
  std::shared_ptr<const Packs> packs;  ///< null: those that are compiled in
};

/// What resolving found alike and did not merge: below the operating point, a name that fits several, or made by hand. The likest first, ties
/// by key; the same graph gives the same list. Nodes that a person said to be different are never proposed again.
///
/// Nothing is stored: a decision is a judgement, made by `Transaction::merge` and `separate`. It is logged with who and why, can be
/// withdrawn, stands above every rule's, and outlasts later ingestion: where a document is read again without the words that it was made on,
/// it passes to what is left of the same nodes.
///
///     for (const auto& proposal : policygraph::proposals(graph.snapshot()))
///       std::cout << proposal.score << ' ' << proposal.a_name << " = " << proposal.b_name << "? " << proposal.reason << '\n';
///     auto transaction = graph.begin("by:anna");
///     transaction.merge(proposal.a, proposal.b, "the same signature");      // or separate(…)
///     transaction.commit();
///
/// Linear in the nodes plus the sizes of groups that share a block; in a block a node is compared with at most 64 others, and one that is
/// like more than four of them is not shown with any.
POLICYGRAPH_EXPORT std::vector<Proposal> proposals(const Snapshot& snapshot, const ReviewOptions& options = {});

}  // namespace policygraph::inline v0
