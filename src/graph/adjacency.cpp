#include "graph/adjacency.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::graph {
namespace {

std::size_t count_runs(std::span<const std::uint32_t> nodes) noexcept {
  std::size_t runs = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) runs += i == 0 || nodes[i] != nodes[i - 1];
  return runs;
}

// `nodes`: the node of each edge, ascending.
DegreeSpread spread_of(std::span<const std::uint32_t> nodes) noexcept {
  DegreeSpread spread;
  for (std::size_t first = 0; first < nodes.size();) {
    auto end = first + 1;
    while (end < nodes.size() && nodes[end] == nodes[first]) ++end;
    const auto degree = static_cast<std::uint32_t>(end - first);
    ++spread.nodes;
    ++spread.histogram[static_cast<std::size_t>(std::bit_width(degree / 2))];
    spread.most = std::max(spread.most, degree);
    spread.squares += static_cast<double>(degree) * degree;
    first = end;
  }
  return spread;
}

// Fills the backward half of one type: a counting sort by target keeps the order of sources.
void fill_backward(Adjacency& all, TypeEdges& type, const std::vector<Ends>& edges) {
  const auto* begin = edges.data() + type.first;
  std::uint32_t least = begin->to;
  std::uint32_t most = begin->to;
  for (std::uint32_t i = 0; i < type.count; ++i) {
    least = std::min(least, begin[i].to);
    most = std::max(most, begin[i].to);
  }
  std::vector<std::uint32_t> next(std::size_t{most} - least + 2, 0);
  for (std::uint32_t i = 0; i < type.count; ++i) ++next[begin[i].to - least + 1];
  for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  std::vector<std::uint32_t> nodes(type.count);
  for (std::uint32_t i = 0; i < type.count; ++i) {
    const auto place = next[begin[i].to - least]++;
    nodes[place] = begin[i].to;
    all.sources[type.first + place] = NodeRow{begin[i].from};
    all.positions[type.first + place] = EdgeRow{type.first + i};
  }
  type.in = Starts(nodes);
  type.degrees.in = spread_of(nodes);
}

void fill_forward(Adjacency& all, TypeEdges& type, const std::vector<Ends>& edges) {
  std::vector<std::uint32_t> nodes(type.count);
  for (std::uint32_t i = 0; i < type.count; ++i) {
    nodes[i] = edges[type.first + i].from;
    all.targets[type.first + i] = NodeRow{edges[type.first + i].to};
  }
  type.out = Starts(nodes);
  type.degrees.out = spread_of(nodes);
  type.degrees.edges = type.count;
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) noexcept {
  return values.capacity() * sizeof(T);
}

}  // namespace

Starts::Starts(std::span<const std::uint32_t> nodes) {
  if (nodes.empty()) return;
  first_ = nodes.front();
  width_ = nodes.back() - nodes.front() + 1;
  const auto runs = count_runs(nodes);
  const bool is_single = runs == nodes.size();
  const bool is_dense = is_single ? runs == width_
                                  : std::size_t{4} * width_ <= std::size_t{4} * runs + std::size_t{width_} * 3 / 16;
  if (!is_dense) mark(nodes);
  if (is_single) return;
  starts_.reserve((is_dense ? width_ : runs) + 1);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0 && nodes[i] == nodes[i - 1]) continue;
    if (is_dense) starts_.resize(nodes[i] - first_, static_cast<std::uint32_t>(i));
    starts_.push_back(static_cast<std::uint32_t>(i));
  }
  starts_.push_back(static_cast<std::uint32_t>(nodes.size()));
}

void Starts::mark(std::span<const std::uint32_t> nodes) {
  bits_.resize((std::size_t{width_} + 63) / 64);
  for (const auto node : nodes) bits_[(node - first_) / 64] |= std::uint64_t{1} << ((node - first_) % 64);
  std::uint32_t before = 0;
  before_.reserve(bits_.size());
  for (const auto word : bits_) {
    before_.push_back(before);
    before += static_cast<std::uint32_t>(std::popcount(word));
  }
}

std::uint32_t Starts::node_at(std::uint32_t place) const noexcept {
  auto run = place;
  if (!starts_.empty()) {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), place);
    run = static_cast<std::uint32_t>(after - starts_.begin()) - 1;
  }
  if (bits_.empty()) return first_ + run;
  const auto word_after = std::upper_bound(before_.begin(), before_.end(), run);
  const auto word = static_cast<std::size_t>(word_after - before_.begin()) - 1;
  auto bits = bits_[word];
  for (auto skip = run - before_[word]; skip > 0; --skip) bits &= bits - 1;
  return first_ + static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
}

std::size_t Starts::memory_bytes() const noexcept { return bytes_of(bits_) + bytes_of(before_) + bytes_of(starts_); }

std::size_t Adjacency::type_of(std::uint32_t edge) const noexcept {
  const auto after = std::upper_bound(types.begin(), types.end(), edge,
                                      [](std::uint32_t row, const TypeEdges& type) { return row < type.first; });
  return static_cast<std::size_t>(after - types.begin()) - 1;
}

std::size_t Adjacency::memory_bytes() const noexcept {
  auto bytes = bytes_of(types) + bytes_of(targets) + bytes_of(sources) + bytes_of(positions);
  for (const auto& type : types) bytes += type.out.memory_bytes() + type.in.memory_bytes();
  return bytes;
}

Adjacency make_adjacency(const std::vector<Ends>& edges, std::size_t type_count) {
  Adjacency all;
  all.targets.resize(edges.size());
  all.sources.resize(edges.size());
  all.positions.resize(edges.size());
  all.types.resize(type_count);
  std::uint32_t place = 0;
  for (std::uint32_t number = 0; number < type_count; ++number) {
    auto& type = all.types[number];
    type.first = place;
    while (place < edges.size() && edges[place].type == number) ++place;
    type.count = place - type.first;
    if (type.count == 0) continue;
    fill_forward(all, type, edges);
    fill_backward(all, type, edges);
  }
  return all;
}

}  // namespace policygraph::inline v0::detail::graph
