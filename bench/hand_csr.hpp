#pragma once

#include <cstdint>
#include <vector>

namespace bench {

struct PlainEdge {
  std::uint32_t type, from, to;
};

/// What one would write by hand for a graph with typed edges: for each type dense offsets over all nodes, both ways,
/// lists sorted, and with each backward edge its forward place.
struct HandCsr {
  struct Type {
    std::vector<std::uint32_t> out_starts, targets;
    std::vector<std::uint32_t> in_starts, sources, places;
  };
  std::vector<Type> types;
};

/// By counting sorts: edges as they came are ordered by target, then by source, which sorts the lists; then backward.
HandCsr make_hand_csr(const std::vector<PlainEdge>& edges, std::uint32_t nodes, std::uint32_t types);

}  // namespace bench
