#pragma once

#include <memory>
#include <string>
#include <vector>

#include "policygraph/graph/graph.hpp"
#include "policygraph/query/procedure.hpp"

namespace policygraph::cli {

/// Whether it is a file that lasts (x.pgraph), by its name; else policygraph-json.
bool is_stored(const std::string& path);
/// Such a file that is there already.
Graph open_stored(const std::string& path, bool read_only);
/// The graph to write to: a file that lasts is made or added to, and its schema is its own once it is there; else a graph in memory, with
/// what the file holds already where `adds` says so.
Graph open_output(const std::string& path, const std::string& schema, bool adds);
/// The graph a file holds, to read from; what reading it had to say goes to standard error. Throws Error(not_found) when there is no such file.
Graph read_graph(const std::string& path);
/// "policy" (or ""), "open", or a JSON file or folder of them that extends the policy schema. Throws what reading them throws, with a place.
Schema read_schema(const std::string& name);
/// money.convert over the rates of a file, CSV or JSON; null for no file. Throws Error(format) with the line.
std::shared_ptr<const Procedures> read_rates(const std::string& path);
/// Said before an hour of work, not after it: throws Error(not_found) when the folder that `path` lies in does not exist, and Error(invalid_argument) when
/// a graph made of `inputs` would be written over one of them, or over a file that is no JSON.
void check_output(const std::string& path, const std::vector<std::string>& inputs = {});

}  // namespace policygraph::cli
