#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

struct PageOptions {
  std::string title = "Policy graph";
  std::size_t max_nodes = 300;  ///< in the picture, those with most edges first; the tables hold all (up to 5,000 rows each)
  bool loose_nodes = false;     ///< draw nodes too that no drawn edge meets
};

/// One self-contained HTML page of a graph: a static SVG picture, tables of nodes by label and of edges by type, each row opening to
/// its quotes and sources. No script, no request to any host. All text from documents is escaped.
POLICYGRAPH_EXPORT void write_page(const Snapshot& snapshot, std::ostream& out, const PageOptions& options = {});
POLICYGRAPH_EXPORT void write_page(const Snapshot& snapshot, const std::string& path, const PageOptions& options = {});

/// The picture alone.
POLICYGRAPH_EXPORT std::string to_svg(const Snapshot& snapshot, const PageOptions& options = {});

}  // namespace policygraph::inline v0
