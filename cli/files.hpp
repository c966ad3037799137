#pragma once

#include <string>

#include "policygraph/graph/graph.hpp"

namespace policygraph::cli {

/// The graph a file holds; what reading it had to say goes to standard error. Throws Error(not_found) when there is no such file.
Graph read_graph(const std::string& path);
/// Throws Error(not_found) when the folder that `path` lies in does not exist: said before an hour of work, not after it.
void check_output(const std::string& path);

}  // namespace policygraph::cli
