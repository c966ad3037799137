#pragma once

#include <cstddef>
#include <iosfwd>
#include <stop_token>
#include <string>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

struct PageOptions {
  std::string title = "Policy graph";
  std::size_t max_nodes = 300;  ///< in the picture, those with most edges first; the tables hold all (up to 5,000 rows each)
  bool loose_nodes = false;     ///< draw nodes too that no drawn edge meets
  bool script = true;           ///< in a page: zoom, search, filters, quotes beside the picture; the page reads well without
  bool only_drawn = false;      ///< in a page: the tables hold what the picture shows and nothing else
  std::stop_token stop{};       ///< Error(interrupted); a file is then as it was
};

/// One self-contained HTML page of a graph: the picture (an SVG), tables of nodes by label and of edges by type, each row opening to
/// its quotes and sources. No request to any host. All text from documents is escaped; the page's policy names the digest of its one
/// script (docs/decisions/0012-a-view-of-our-own.md), so that nothing else could run even if it were not.
///
///     policygraph::write_page(graph.snapshot(), "graph.html", {.title = "Uzbekistan 2030"});
///
/// Throws Error(io) where it cannot be written: the file is then as it was.
POLICYGRAPH_EXPORT void write_page(const Snapshot& snapshot, std::ostream& out, const PageOptions& options = {});
POLICYGRAPH_EXPORT void write_page(const Snapshot& snapshot, const std::string& path, const PageOptions& options = {});

/// The picture alone, without a script: positions are worked out here (0.1 s for 300 nodes, 0.9 s for 3,000) and are the same each time; light or dark
/// as its reader prefers; a title and a description for those who do not see it. A node stands above its caption, in the colour and
/// shape of its label (Okabe and Ito's eight colours, four shapes); an edge is an arrow.
POLICYGRAPH_EXPORT std::string to_svg(const Snapshot& snapshot, const PageOptions& options = {});

}  // namespace policygraph::inline v0
