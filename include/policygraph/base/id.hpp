#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace policygraph::inline v0 {

/// An identifier that is a type of its own: a NodeKey never fits where an EdgeKey is wanted. 0 is "none".
template <class Tag>
struct Id {
  std::uint64_t value = 0;

  constexpr explicit operator bool() const noexcept { return value != 0; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

/// Keys are assigned once, by a commit, and never reused. They are what leaves the library: exports, citations, Cypher `id()`.
///
/// A mention is one document's talk of one thing; a node is the class of mentions that judgements hold to be the same.
/// The key of a node is the smallest key of its mentions, so a merge and its undoing give back the same keys.
/// In the same way an edge is the class of edge claims that agree on type, ends and key properties.
using NodeKey = Id<struct NodeTag>;
using EdgeKey = Id<struct EdgeTag>;
using DocumentId = Id<struct DocumentTag>;
using EvidenceId = Id<struct EvidenceTag>;
using AssertionId = Id<struct AssertionTag>;
using JudgementId = Id<struct JudgementTag>;
using RunId = Id<struct RunTag>;
/// Commits count from 1; commit 0 is the empty graph.
using CommitId = Id<struct CommitTag>;

}  // namespace policygraph::inline v0

template <class Tag>
struct std::hash<policygraph::Id<Tag>> {
  std::size_t operator()(policygraph::Id<Tag> id) const noexcept { return std::hash<std::uint64_t>{}(id.value); }
};
