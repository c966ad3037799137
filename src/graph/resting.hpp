#pragma once

#include <cstdint>

#include "graph/pages.hpp"
#include "graph/part.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// What rests on each document, by its id: claims in force by id, keys of mentions in force in the order in which they
/// came, so that the same reading finds the same keys. Made when a document is first replaced or removed, then kept up
/// from snapshot to snapshot.
struct Resting {
  using Lists = PagedLists<std::uint32_t, 8>;
  Lists claims;
  Lists mentions;
};

Resting read_resting(const Snapshot::Data& data);
/// That of a snapshot whose history has one part more, `part`. O(what rests on the documents that the part touches).
Resting changed_resting(const Resting& before, const Snapshot::Data& data, const Part& part);

}  // namespace policygraph::inline v0::detail::graph
