#pragma once

#include <string>

#include "policygraph/graph/graph.hpp"

namespace policygraph::cli {

/// The graph a file holds; what reading it had to say goes to standard error. Throws Error(not_found) when there is no such file.
Graph read_graph(const std::string& path);
/// "policy", "open", or a JSON file or folder of them that extends the policy schema. Throws what reading them throws, with a place.
Schema read_schema(const std::string& name);
/// Throws Error(not_found) when the folder that `path` lies in does not exist: said before an hour of work, not after it.
void check_output(const std::string& path);

}  // namespace policygraph::cli
