#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::testing {

// What a snapshot derives, from the records in force alone, in maps by key: the twin of `derive`, as slow and plain as
// can be. The text of a node or an edge is the one that `dump` gives.
struct TwinNode {
  std::set<std::string> labels;
  std::set<Review> reviews;  // of the claims that it exists
  std::string text;
};
struct TwinEdge {
  std::string type;
  std::uint64_t from, to;
  PartialDate valid_from, valid_to;
  std::set<Review> reviews;
  std::string text;
};
struct TwinGraph {
  std::map<std::uint64_t, TwinNode> nodes;
  std::map<std::uint64_t, TwinEdge> edges;
};

TwinGraph twin_of(const Snapshot& snapshot);
std::string text_of(const TwinGraph& twin);

}  // namespace policygraph::testing
