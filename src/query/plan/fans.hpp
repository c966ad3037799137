#pragma once

#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "query/bind/bound.hpp"

namespace policygraph::inline v0::detail::query {

// How many edges leave one node of a pattern on the average, by how those of each type are spread over the nodes at either end
// (graph/statistics.hpp, as of the last compaction; a type most of whose edges came since is spread over all that may have one).
class Fans {
 public:
  Fans(const Snapshot& snapshot, const BoundQuery& query, const BoundPattern& pattern);

  // What walking edges of the pattern tells of its nodes.
  struct Walked {
    struct Arrival {
      std::uint32_t type;
      bool at_start;
      bool operator==(const Arrival&) const = default;
    };
    std::vector<double> population;               // by node: how many it may be
    std::vector<std::vector<Arrival>> arrivals;   // by node: by which types it was come to, and at which of their ends
  };
  Walked nothing_walked() const;
  void walk(std::size_t edge, Walked& walked) const;

  // Of the edge, at its end `from`; O(its types, and those that led there).
  double of(std::size_t edge, std::size_t from, const Walked& walked) const;

 private:
  struct Spread {
    std::uint32_t type = kNone;  // any
    double edges = 0;
    double starts = 0, ends = 0;          // nodes that have one; 0: not known
    double met_starts = 0, met_ends = 0;  // more edges at the node of an edge picked by chance
  };

  Spread spread_of(std::uint32_t type) const;
  bool begins_at(std::size_t edge, std::size_t node) const;
  bool ends_at(std::size_t edge, std::size_t node) const;
  double reached(std::size_t edge, std::size_t node) const;
  void arrive(std::size_t edge, std::size_t node, Walked& walked) const;

  const Snapshot& snapshot_;
  const BoundQuery& query_;
  const BoundPattern& pattern_;
  std::vector<std::vector<Spread>> spreads_;  // by edge
};

}  // namespace policygraph::inline v0::detail::query
