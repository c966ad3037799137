#include "query/plan/fans.hpp"

#include <algorithm>

#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::query {

Fans::Fans(const Snapshot& snapshot, const BoundQuery& query, const BoundPattern& pattern) : snapshot_(snapshot), query_(query), pattern_(pattern) {
  for (const auto& edge : pattern.edges) {
    auto& spreads = spreads_.emplace_back();
    if (edge.types.empty()) spreads.push_back(spread_of(kNone));
    for (const auto type : edge.types) spreads.push_back(spread_of(type));
  }
}

Fans::Spread Fans::spread_of(std::uint32_t type) const {
  if (type == kNone) return {type, static_cast<double>(snapshot_.edge_count()), 0, 0, 0, 0};
  const auto number = snapshot_.edge_type(query_.types[type]);
  if (!number) return {type, 0, 0, 0, 0, 0};
  const auto edges = snapshot_.edge_count(*number);
  const auto& known = snapshot_.data().topology.degrees(static_cast<std::size_t>(*number));
  if (2 * known.edges < edges) return {type, static_cast<double>(edges), 0, 0, 0, 0};
  return {type, static_cast<double>(edges), static_cast<double>(known.out.nodes), static_cast<double>(known.in.nodes), known.walk_out() - 1, known.walk_in() - 1};
}

Fans::Walked Fans::nothing_walked() const {
  Walked walked;
  walked.arrivals.resize(pattern_.nodes.size());
  for (const auto& node : pattern_.nodes) {
    auto least = static_cast<double>(snapshot_.node_count());
    for (const auto label : node.labels) least = std::min(least, static_cast<double>(snapshot_.nodes(query_.labels[label]).size()));
    walked.population.push_back(least);
  }
  return walked;
}

void Fans::walk(std::size_t edge, Walked& walked) const {
  arrive(edge, pattern_.edges[edge].from, walked);
  if (pattern_.edges[edge].from != pattern_.edges[edge].to) arrive(edge, pattern_.edges[edge].to, walked);
}

void Fans::arrive(std::size_t edge, std::size_t node, Walked& walked) const {
  walked.population[node] = std::min(walked.population[node], reached(edge, node));
  if (pattern_.edges[edge].is_path) return;
  auto& arrivals = walked.arrivals[node];
  for (const auto type : pattern_.edges[edge].types) {
    for (const bool at_start : {true, false}) {
      const Walked::Arrival arrival{type, at_start};
      if (!(at_start ? begins_at(edge, node) : ends_at(edge, node)) || std::ranges::find(arrivals, arrival) != arrivals.end()) continue;
      arrivals.push_back(arrival);
    }
  }
}

// How many nodes the edges lead to, or come from; of types nobody has counted, any.
double Fans::reached(std::size_t edge, std::size_t node) const {
  double out = 0;
  for (const auto& spread : spreads_[edge]) {
    if (spread.starts == 0 && spread.edges > 0) return static_cast<double>(snapshot_.node_count());
    if (begins_at(edge, node)) out += spread.starts;
    if (ends_at(edge, node)) out += spread.ends;
  }
  return out;
}

// A node that was come to by an edge of the type, at the same end, is by chance one of many such edges.
double Fans::of(std::size_t edge, std::size_t from, const Walked& walked) const {
  double out = 0;
  for (const auto& spread : spreads_[edge]) {
    for (const bool at_start : {true, false}) {
      if (!(at_start ? begins_at(edge, from) : ends_at(edge, from))) continue;
      const auto mean = spread.edges / std::max({1.0, walked.population[from], at_start ? spread.starts : spread.ends});
      const bool is_met = std::ranges::find(walked.arrivals[from], Walked::Arrival{spread.type, at_start}) != walked.arrivals[from].end();
      out += is_met ? std::max(mean, at_start ? spread.met_starts : spread.met_ends) : mean;
    }
  }
  return out;
}

bool Fans::begins_at(std::size_t edge, std::size_t node) const {
  const auto& one = pattern_.edges[edge];
  return (one.from == node && one.direction != Direction::in) || (one.to == node && one.direction != Direction::out);
}

bool Fans::ends_at(std::size_t edge, std::size_t node) const {
  const auto& one = pattern_.edges[edge];
  return (one.from == node && one.direction != Direction::out) || (one.to == node && one.direction != Direction::in);
}

}  // namespace policygraph::inline v0::detail::query
