#pragma once

#include <iosfwd>
#include <stop_token>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

/// The graph as GraphML (graphml.graphdrawing.org, UTF-8), which Gephi, yEd, Cytoscape, igraph and networkx read: nodes `n17` with `label` (the
/// caption), `labels` (the most general first, joined by ";"), `modality`; edges `e9` with `label` (the type), `modality`, `valid_from`,
/// `valid_to`; and their properties by name, one that has a name of those as "property label". Integers are `long`, floats and
/// decimals `double` (their digits are all written), truths `boolean`, all else text; a property of several kinds is text.
/// Characters that XML cannot hold are left out. Nodes and edges in order of key: equal graphs give equal bytes. The words it rests
/// on are not in it: `write_json` keeps them.
///
///     std::ofstream out("graph.graphml", std::ios::binary);
///     policygraph::write_graphml(graph.snapshot(), out);
///
/// Throws Error(interrupted) once `stop` is requested; what was written is not a whole file then.
POLICYGRAPH_EXPORT void write_graphml(const Snapshot& snapshot, std::ostream& out, const std::stop_token& stop = {});

/// The graph in the DOT language of Graphviz: nodes with their captions and labels, edges with their types, no properties.
POLICYGRAPH_EXPORT void write_dot(const Snapshot& snapshot, std::ostream& out, const std::stop_token& stop = {});

}  // namespace policygraph::inline v0
