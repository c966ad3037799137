#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/history.hpp"
#include "policygraph/graph/journal.hpp"

// A graph that was written to holds its records in the parts that its transactions made and numbers strings as they came;
// one that is replayed does otherwise. What it takes to tell the commits again as they were told first: then what is derived
// is the same to the byte (docs/store_format.md, "The snapshot file").
namespace policygraph::inline v0::detail::store {

/// How many records of each kind one part of a history brought.
struct PartSizes {
  enum Kind : std::size_t { documents, removed, evidence, mentions, claims, withdrawn, judgements, withdrawn_judgements, runs, findings, kinds };
  std::uint64_t commit = 0;
  std::array<std::uint64_t, kinds> count{};
};
PartSizes sizes_of(const Batch& batch);
PartSizes sizes_of(const graph::Part& part);

/// So many parts are retold, and no more.
inline constexpr std::size_t kMostParts = 4096;

/// Of a history and of its parts. Empty: it would take more than it is worth.
std::string retelling_bytes(const graph::History& history, std::span<const PartSizes> parts);

/// Replays the commits that a retelling speaks of, in order, to what it is given.
using Replay = std::function<void(const Journal::Visit& visit)>;

/// The history as it was. Throws Error(format) where the commits are not those it was told of.
graph::History retold(std::string_view retelling, const graph::StringTable::HashKey& key, const Replay& replay);

}  // namespace policygraph::inline v0::detail::store
