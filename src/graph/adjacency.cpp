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
struct Lists {
  std::vector<NodeRow> targets, sources;
  std::vector<EdgeRow> positions;
};

void fill(Lists& all, TypeEdges& type, std::span<const Ends> edges) {
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

void write_spread(ImageOut& out, const DegreeSpread& spread) {
  out.number(spread.nodes);
  out.number(spread.most);
  for (const auto count : spread.histogram) out.number(count);
  out.number(spread.squares);
}

DegreeSpread read_spread(ImageIn& in) {
  DegreeSpread spread;
  spread.nodes = in.small();
  spread.most = in.small();
  for (auto& count : spread.histogram) count = in.small();
  spread.squares = in.number<double>();
  return spread;
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
  std::vector<std::uint32_t> of_runs;
  of_runs.reserve(runs + 1);
  for (std::size_t i = 1; i < starts.size(); ++i) {
    if (starts[i] != starts[i - 1]) of_runs.push_back(starts[i - 1]);
  }
  of_runs.push_back(starts.back());
  starts_ = std::move(of_runs);
}

void Starts::mark(const CountedStarts& counted) {
  std::vector<std::uint64_t> bits((std::size_t{width_} + 63) / 64);
  for (std::size_t at = 0; at < width_; ++at) {
    if (counted.starts[at + 1] != counted.starts[at]) bits[at / 64] |= std::uint64_t{1} << (at % 64);
  }
  std::uint32_t sum = 0;
  std::vector<std::uint32_t> before;
  before.reserve(bits.size());
  for (const auto word : bits) {
    before.push_back(sum);
    sum += static_cast<std::uint32_t>(std::popcount(word));
  }
  bits_ = std::move(bits);
  before_ = std::move(before);
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

std::size_t Starts::memory_bytes() const noexcept { return bits_.memory_bytes() + before_.memory_bytes() + starts_.memory_bytes(); }

void Starts::write(ImageOut& out) const {
  out.number(first_);
  out.number(width_);
  out.array(bits_.all());
  out.array(before_.all());
  out.array(starts_.all());
}

void Starts::read(ImageIn& in) {
  first_ = in.small();
  width_ = in.small();
  bits_ = Stored(in.array<std::uint64_t>());
  before_ = Stored(in.array<std::uint32_t>());
  starts_ = Stored(in.array<std::uint32_t>());
}

void Starts::need(const Image& image) const {
  image.need(bits_.all());
  image.need(before_.all());
  image.need(starts_.all());
}

void Adjacency::write(ImageOut& out) const {
  out.number(std::uint64_t{types.size()});
  for (const auto& type : types) {
    out.number(type.first);
    out.number(type.count);
    type.out.write(out);
    type.in.write(out);
    out.number(type.degrees.edges);
    write_spread(out, type.degrees.out);
    write_spread(out, type.degrees.in);
  }
  out.array(targets.all());
  out.array(sources.all());
  out.array(positions.all());
}

Adjacency Adjacency::read(ImageIn& in) {
  Adjacency all;
  all.types.resize(in.count());
  for (auto& type : all.types) {
    type.first = in.small();
    type.count = in.small();
    type.out.read(in);
    type.in.read(in);
    type.degrees.edges = in.number<std::uint64_t>();
    type.degrees.out = read_spread(in);
    type.degrees.in = read_spread(in);
  }
  all.targets = Stored(in.array<NodeRow>());
  all.sources = Stored(in.array<NodeRow>());
  all.positions = Stored(in.array<EdgeRow>());
  all.image = in.image();
  all.is_sound = std::make_unique<std::atomic<bool>[]>(2 * all.types.size());
  return all;
}

void Adjacency::need_side(std::size_t number, bool is_out) const {
  const auto& type = types[number];
  const auto part = [&](auto all) { image->need(all.subspan(type.first, type.count)); };
  (is_out ? type.out : type.in).need(*image);
  if (is_out) {
    part(targets.all());
  } else {
    part(sources.all());
    part(positions.all());
  }
  is_sound[2 * number + (is_out ? 1U : 0U)].store(true, std::memory_order_release);
}

std::size_t Adjacency::type_of(std::uint32_t edge) const noexcept {
  const auto after = std::upper_bound(types.begin(), types.end(), edge,
                                      [](std::uint32_t row, const TypeEdges& type) { return row < type.first; });
  return static_cast<std::size_t>(after - types.begin()) - 1;
}

std::size_t Adjacency::memory_bytes() const noexcept {
  auto bytes = types.capacity() * sizeof(TypeEdges) + targets.memory_bytes() + sources.memory_bytes() + positions.memory_bytes();
  for (const auto& type : types) bytes += type.out.memory_bytes() + type.in.memory_bytes();
  return bytes;
}

Adjacency make_adjacency(const std::vector<Ends>& edges, std::size_t type_count) {
  Adjacency all;
  Lists lists{std::vector<NodeRow>(edges.size()), std::vector<NodeRow>(edges.size()), std::vector<EdgeRow>(edges.size())};
  all.types.resize(type_count);
  std::uint32_t place = 0;
  for (std::uint32_t number = 0; number < type_count; ++number) {
    auto& type = all.types[number];
    type.first = place;
    while (place < edges.size() && edges[place].type == number) ++place;
    type.count = place - type.first;
    if (type.count == 0) continue;
    type.degrees.edges = type.count;
    fill(lists, type, std::span(edges).subspan(type.first, type.count));
  }
  all.targets = std::move(lists.targets);
  all.sources = std::move(lists.sources);
  all.positions = std::move(lists.positions);
  return all;
}

}  // namespace policygraph::inline v0::detail::graph
