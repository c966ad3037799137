#pragma once

#include <string>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::testing {

// All that a snapshot derives, as text: nodes and edges by key, labels, values, modality, evidence, claims.
std::string dump(const Snapshot& snapshot);

// The same from the records in force alone, by the slowest and plainest way: the twin of `derive`.
std::string twin_dump(const Snapshot& snapshot);

// What is wrong within a snapshot: adjacency against edges, both ways; orders; finds; counts. Empty: nothing.
std::string faults(const Snapshot& snapshot);

}  // namespace policygraph::testing
