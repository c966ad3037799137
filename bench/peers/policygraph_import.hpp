#pragma once

#include <string>

#include "policygraph/graph/graph.hpp"

namespace bench::peers {

/// The CSV set of the folder as one transaction: keys of nodes are the set's ids; mentions and authorisations rest on
/// the words they state, all else on a document that stands for the set.
void import_into(policygraph::Graph& graph, const std::string& folder);
/// increment/ on top, as one transaction.
void import_more_into(policygraph::Graph& graph, const std::string& folder);

}  // namespace bench::peers
