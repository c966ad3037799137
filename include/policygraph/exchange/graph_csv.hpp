#pragma once

#include <iosfwd>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

/// The nodes of a graph as CSV (RFC 4180, UTF-8), a row a node in order of key: `id`, `labels` (the most general first, joined by ";"),
/// `caption`, `modality`, then a column for each property that some node has, by name. Text that a spreadsheet would run as a formula
/// gets a ' in front. The words it rests on are not in it: `write_json` keeps them.
POLICYGRAPH_EXPORT void write_nodes_csv(const Snapshot& snapshot, std::ostream& out);

/// The edges, a row an edge in order of key: `id`, `type`, `from`, `to` (ids of nodes), `modality`, `valid_from`, `valid_to`, then the
/// properties.
///
///     std::ofstream out("edges.csv", std::ios::binary);
///     policygraph::write_edges_csv(graph.snapshot(), out);
POLICYGRAPH_EXPORT void write_edges_csv(const Snapshot& snapshot, std::ostream& out);

}  // namespace policygraph::inline v0
