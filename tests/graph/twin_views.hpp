#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/twin.hpp"
#include "policygraph/graph/views.hpp"

namespace policygraph::testing {

// A view as data, so that a snapshot and its twin can be seen through the same one.
struct Lens {
  enum class Kind : std::uint8_t { as_of, labels, types, review, where };
  Kind kind = Kind::as_of;
  PartialDate date;
  Certainty certainty = Certainty::possibly;
  std::vector<std::string> names;  // of labels or types
  std::vector<Review> reviews;
  std::uint64_t divisor = 2;  // where: keys of nodes and edges that it does not divide
};

Snapshot seen(const Snapshot& snapshot, const Lens& lens);
TwinGraph seen(TwinGraph twin, const Lens& lens);

// The edges at each node with the arrows turned round, and without arrows.
std::string turned(const Snapshot& view);
std::string turned(const TwinGraph& twin);

}  // namespace policygraph::testing
