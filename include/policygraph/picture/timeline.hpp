#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

struct TimelineOptions {
  std::string title{};         ///< empty: "Timeline of" and the thing's name
  std::uint32_t hops = 1;      ///< how far what is shown may lie from it
  std::size_t max_lines = 60;  ///< the earliest; how many were left out is said below
};

/// What is dated about a thing and what lies around it, as an SVG picture: a line each, the earliest first, with the dates as the texts
/// state them. A day is a mark; a period is a bar; where only a month or a year is stated the bar is pale over all days it may be; an end
/// that no text states is dashed. Relations that the schema calls derived (a document mentions a thing) are not followed.
///
///     std::ofstream("timeline.svg") << policygraph::draw_timeline(snapshot, "Digital Uzbekistan");
///
/// O(what lies around it). The same each time; light or dark as its reader prefers; all text escaped.
POLICYGRAPH_EXPORT std::string draw_timeline(const Snapshot& snapshot, NodeRow thing, const TimelineOptions& options = {});
/// Of the thing whose name has these words (as `name_matches` in Cypher sees it), a programme before anything else. Throws
/// Error(not_found) when there is none, and Error(invalid_argument) naming some when there are several.
POLICYGRAPH_EXPORT std::string draw_timeline(const Snapshot& snapshot, std::string_view name, const TimelineOptions& options = {});

}  // namespace policygraph::inline v0
