#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/derivation.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/judgement.hpp"

// One sum told by several documents is one Funding: nothing names a sum, so it is known by how much it is and by the act, the giver and
// the use that they tell of it. Two sums of one document are two.
namespace policygraph::inline v0::detail::resolve {

inline constexpr std::string_view kSumOfAct = "rule:sum-of-act/1", kSumOfGiver = "rule:sum-of-giver/1", kSameSum = "rule:same-sum/1";

enum class SumRole : std::uint8_t { act, giver, use };

/// An end of an edge of a sum, as a document tells it.
struct SumEnd {
  NodeKey sum, end;
  DocumentId document;
  SumRole role = SumRole::act;
};

/// The part that the other end of a relation plays for a Funding, and which end is the Funding; empty for other relations.
struct SumRelation {
  SumRole role;
  bool sum_is_source;
};
std::optional<SumRelation> sum_relation(std::string_view type) noexcept;

/// What is compared, read once. Lists are sorted.
struct Sum {
  NodeKey key;
  std::string amount, currency, comparator, kind, status;
  PartialDate from, to;
  std::array<std::vector<NodeKey>, 3> ends;  ///< by role
  std::vector<DocumentId> documents;
};

graph::WantedValues wanted_of_sums();
/// The ends of all sums of a snapshot that are stated and neither denied nor cancelled.
std::vector<SumEnd> sum_ends(const Snapshot& snapshot);
/// The sums that `ends` tell of, their values read from `snapshot`, as if those that `same` names were one node already; in order of key.
std::vector<Sum> read_sums(const Snapshot& snapshot, const std::vector<SumEnd>& ends, const std::vector<Judgement>& same);

/// Judgements that sums of different documents are one: the same amount, currency, kind and status, periods that agree, and the same act,
/// or the same giver and use, with nothing else told against it. One that fits two sums of one document joins neither. O(sums log sums)
/// where no amount is that of more than 64 sums.
std::vector<Judgement> same_sums(const std::vector<Sum>& sums, double threshold);
/// Pairs that may be one: the same amount and currency and an act, a giver or a use in common.
std::vector<Judgement> alike_sums(const std::vector<Sum>& sums, double least);

}  // namespace policygraph::inline v0::detail::resolve
