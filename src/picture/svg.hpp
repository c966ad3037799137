#pragma once

#include <string>

#include "picture/selection.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/picture/page.hpp"

namespace policygraph::inline v0::detail::picture {

/// The picture; in a page each node leads to its row there ("#n17").
std::string draw(const Snapshot& snapshot, const PageOptions& options, bool is_in_page);
/// The mark of a family as an SVG of its own, for legends and headings of tables.
std::string mark(std::size_t family_index);

}  // namespace policygraph::inline v0::detail::picture
