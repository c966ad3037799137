#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "policygraph/base/partial_date.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::picture {

/// A line of a timeline: a date or a period of something.
struct DatedLine {
  NodeRow thing;
  std::string caption;
  std::string what;        ///< which of its dates, and how it hangs together with the thing in the middle
  PartialDate from;        ///< unknown where not stated
  PartialDate to;
  bool is_period = false;  ///< false: `from` alone says when it was

  Day first() const noexcept;  ///< that it may be about; kFirstDay or kLastDay never, for one end is stated
  Day last() const noexcept;
  /// "2024", "2024 – 2028", "from 2024", "until 2028".
  std::string dates() const;
};

/// Every date of what lies within so many hops of a node, the node included, and of the edges at the node; the earliest first.
std::vector<DatedLine> dated_lines(const Snapshot& snapshot, NodeRow thing, std::uint32_t hops);

}  // namespace policygraph::inline v0::detail::picture
