#include "hand_csr.hpp"

namespace bench {
namespace {

struct Pair {
  std::uint32_t from, to;
};

std::vector<std::uint32_t> starts_of(const std::vector<Pair>& edges, std::uint32_t nodes, std::uint32_t Pair::*end) {
  std::vector<std::uint32_t> starts(std::size_t{nodes} + 1, 0);
  for (const auto& edge : edges) ++starts[edge.*end + 1];
  for (std::size_t i = 1; i <= nodes; ++i) starts[i] += starts[i - 1];
  return starts;
}

HandCsr::Type make_type(const std::vector<Pair>& edges, std::uint32_t nodes) {
  HandCsr::Type type;
  type.in_starts = starts_of(edges, nodes, &Pair::to);
  type.out_starts = starts_of(edges, nodes, &Pair::from);
  std::vector<Pair> by_target(edges.size());
  auto next = type.in_starts;
  for (const auto& edge : edges) by_target[next[edge.to]++] = edge;
  type.targets.resize(edges.size());
  next = type.out_starts;
  for (const auto& edge : by_target) type.targets[next[edge.from]++] = edge.to;
  type.sources.resize(edges.size());
  type.places.resize(edges.size());
  next = type.in_starts;
  for (std::uint32_t from = 0; from < nodes; ++from) {
    for (auto place = type.out_starts[from]; place < type.out_starts[from + 1]; ++place) {
      const auto at = next[type.targets[place]]++;
      type.sources[at] = from;
      type.places[at] = place;
    }
  }
  return type;
}

}  // namespace

HandCsr make_hand_csr(const std::vector<PlainEdge>& edges, std::uint32_t nodes, std::uint32_t types) {
  std::vector<std::vector<Pair>> of_type(types);
  std::vector<std::size_t> counts(types, 0);
  for (const auto& edge : edges) ++counts[edge.type];
  for (std::uint32_t type = 0; type < types; ++type) of_type[type].reserve(counts[type]);
  for (const auto& edge : edges) of_type[edge.type].push_back({edge.from, edge.to});
  HandCsr csr;
  for (const auto& pairs : of_type) csr.types.push_back(make_type(pairs, nodes));
  return csr;
}

}  // namespace bench
