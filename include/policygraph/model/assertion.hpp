#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/export.hpp"
#include "policygraph/model/value.hpp"

namespace policygraph::inline v0 {

/// How far along the claimed thing is, by the words of the source (ONTOLOGY, "On every assertion").
enum class Modality : std::uint8_t {
  unknown, discussed, intended, announced, planned, agreed, approved, committed, ongoing, completed, cancelled, suspended, denied,
};
enum class Rank : std::uint8_t { preferred, normal, deprecated };
enum class Review : std::uint8_t { proposed, accepted, rejected, disputed };

POLICYGRAPH_EXPORT std::string_view modality_name(Modality modality) noexcept;
POLICYGRAPH_EXPORT std::optional<Modality> modality_by_name(std::string_view name) noexcept;
POLICYGRAPH_EXPORT std::string_view rank_name(Rank rank) noexcept;
POLICYGRAPH_EXPORT std::optional<Rank> rank_by_name(std::string_view name) noexcept;
POLICYGRAPH_EXPORT std::string_view review_name(Review review) noexcept;
POLICYGRAPH_EXPORT std::optional<Review> review_by_name(std::string_view name) noexcept;

/// What is claimed.
enum class ClaimKind : std::uint8_t {
  node,           ///< the thing mentioned exists and has the label `name` (or none: "")
  property,       ///< property `name` of the node is `value`
  edge,           ///< an edge of type `name` leads from `subject` to `object`
  edge_property,  ///< property `name` of `edge` is `value`
};

/// One claim with all that is known about it. Assertions are the truth; the graph is derived from them.
/// Ends are mentions, never nodes, so that undoing a merge needs no rewriting.
/// A claim with review `rejected` is a rejection: it removes from the view every claim of the same content, also ones that a
/// later reading of the document brings again.
struct Assertion {
  AssertionId id;                ///< given by the transaction
  ClaimKind kind = ClaimKind::node;
  NodeKey subject;               ///< mention; of an edge its start; none for an edge property
  NodeKey object;                ///< mention at the end of an edge; none otherwise
  EdgeKey edge;                  ///< of an edge and its properties: the claim's own edge key; several may be one edge in the view
  std::string name;              ///< label, property or relation type
  Value value;                   ///< of a property
  Modality modality = Modality::unknown;
  Rank rank = Rank::normal;
  Review review = Review::proposed;
  float confidence = 1.0F;
  PartialDate valid_from;        ///< unknown: not stated
  PartialDate valid_to;
  NodeKey attributed_to;         ///< mention of the speaker, when it is reported speech
  std::vector<EvidenceId> evidence;  ///< at least one
  CommitId recorded_from;        ///< the commit that brought it
  CommitId recorded_to;          ///< the commit that withdrew it; none while it holds
  friend bool operator==(const Assertion&, const Assertion&) = default;
};

}  // namespace policygraph::inline v0
