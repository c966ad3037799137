#include "graph/adjacency.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::graph {
namespace {

std::size_t count_runs(const CountedStarts& counted) noexcept {
  std::size_t runs = 0;
  for (std::size_t i = 1; i < counted.starts.size(); ++i) runs += counted.starts[i] != counted.starts[i - 1];
  return runs;
}

// Whether a start for each node costs no more than 2.5 bytes an edge, or no more than bits, their counts and a start for
// each node that has edges.
bool is_dense_best(std::size_t width, std::size_t runs, std::size_t edges) noexcept {
  const auto dense = 4 * width;
  return dense <= edges * 5 / 2 || dense <= 4 * runs + width * 3 / 16;
}

// Counting by target keeps the order of sources.
void fill(Adjacency& all, TypeEdges& type, std::span<const Ends> edges) {
  NumberRange range;
  for (std::uint32_t i = 0; i < type.count; ++i) {
    all.targets[type.first + i] = NodeRow{edges[i].to};
    range.take(edges[i].to);
  }
  NumberCounts by_from({edges.front().from, edges.back().from}), by_to(range);
  for (const auto& edge : edges) {
    by_from.add(edge.from);
    by_to.add(edge.to);
  }
  auto counted = std::move(by_from).sum();
  type.out = Starts(counted);
  type.degrees.out = spread_of(counted);
  counted = std::move(by_to).sum();
  type.in = Starts(counted);
  type.degrees.in = spread_of(counted);
  for (std::uint32_t i = 0; i < type.count; ++i) {
    const auto place = type.first + counted.starts[edges[i].to - counted.least]++;
    all.sources[place] = NodeRow{edges[i].from};
    all.positions[place] = EdgeRow{type.first + i};
  }
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) noexcept {
  return values.capacity() * sizeof(T);
}

}  // namespace

DegreeSpread spread_of(const CountedStarts& counted) noexcept {
  DegreeSpread spread;
  for (std::size_t i = 1; i < counted.starts.size(); ++i) {
    const auto degree = counted.starts[i] - counted.starts[i - 1];
    if (degree == 0) continue;
    ++spread.nodes;
    ++spread.histogram[static_cast<std::size_t>(std::bit_width(degree / 2))];
    spread.most = std::max(spread.most, degree);
    spread.squares += static_cast<double>(degree) * degree;
  }
  return spread;
}

Starts::Starts(const CountedStarts& counted) {
  const auto& starts = counted.starts;
  if (starts.back() == 0) return;
  first_ = counted.least;
  width_ = static_cast<std::uint32_t>(starts.size() - 1);
  const auto runs = count_runs(counted);
  const bool is_single = runs == starts.back();
  const bool is_dense = is_single ? runs == width_ : is_dense_best(width_, runs, starts.back());
  if (!is_dense) mark(counted);
  if (is_single) return;
  if (is_dense) {
    starts_ = starts;
    return;
  }
  starts_.reserve(runs + 1);
  for (std::size_t i = 1; i < starts.size(); ++i) {
    if (starts[i] != starts[i - 1]) starts_.push_back(starts[i - 1]);
  }
  starts_.push_back(starts.back());
}

void Starts::mark(const CountedStarts& counted) {
  bits_.resize((std::size_t{width_} + 63) / 64);
  for (std::size_t at = 0; at < width_; ++at) {
    if (counted.starts[at + 1] != counted.starts[at]) bits_[at / 64] |= std::uint64_t{1} << (at % 64);
  }
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
    type.degrees.edges = type.count;
    fill(all, type, std::span(edges).subspan(type.first, type.count));
  }
  return all;
}

}  // namespace policygraph::inline v0::detail::graph
