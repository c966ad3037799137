#include "policygraph/graph/routes.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/steps.hpp"
#include "graph/hops.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::Hops;

constexpr const char* kSearching = "searching paths";

[[noreturn]] void refuse_size(std::size_t most, const char* what) {
  throw Error(ErrorCode::limit, "the search met more than " + std::to_string(most) + " " + what +
                                    "; ask for fewer hops or types, or raise the bound");
}

EdgeView edge_between(const Snapshot& snapshot, EdgeRow edge, NodeRow near, NodeRow far) {
  const bool is_forward = snapshot.target(edge) == far;
  return is_forward ? EdgeView(snapshot, edge, near, far) : EdgeView(snapshot, edge, far, near);
}

// How a breadth-first search came to a node: from which place in the order of coming, by which edge.
struct Arrival {
  NodeRow node;
  EdgeRow edge;
  std::uint32_t from = 0;
  std::uint32_t hops = 0;
};

// Nodes in the order of coming, the start first; ends at `goal` where there is one, which is the last then.
std::vector<Arrival> search(NodeView from, std::uint32_t hops, const HopOptions& options, const NodeView* goal) {
  const Hops edges(from.snapshot(), options);
  std::vector<Arrival> arrivals = {{from.row(), {}, 0, 0}};
  std::unordered_map<std::uint32_t, bool> seen = {{from.row().value, true}};
  detail::base::Steps steps(options.stop, kSearching);
  if (goal != nullptr && *goal == from) return arrivals;
  for (std::uint32_t i = 0; i < arrivals.size() && arrivals[i].hops < hops; ++i) {
    const auto at = arrivals[i];
    const bool goes_on = edges.visit(at.node, [&](EdgeRow edge, NodeRow far) {
      steps.step();
      if (!seen.emplace(far.value, true).second) return true;
      if (arrivals.size() > options.max_nodes) refuse_size(options.max_nodes, "nodes");
      arrivals.push_back({far, edge, i, at.hops + 1});
      return goal == nullptr || goal->row() != far;
    });
    if (!goes_on) break;
  }
  return arrivals;
}

Route route_to(const Snapshot& snapshot, const std::vector<Arrival>& arrivals, std::size_t last) {
  Route route;
  auto at = last;
  for (; at != 0; at = arrivals[at].from) {
    const auto& arrival = arrivals[at];
    route.nodes.emplace_back(snapshot, arrival.node);
    route.edges.push_back(edge_between(snapshot, arrival.edge, arrivals[arrival.from].node, arrival.node));
  }
  route.nodes.emplace_back(snapshot, arrivals[0].node);
  std::ranges::reverse(route.nodes);
  std::ranges::reverse(route.edges);
  return route;
}

// Paths that meet no node twice, as a tree whose every place knows the one before it.
class PathTree {
 public:
  PathTree(NodeView from, NodeView to, const HopOptions& options, std::size_t max_routes)
      : snapshot_(from.snapshot()), edges_(snapshot_, options), to_(to.row()), max_routes_(max_routes),
        max_steps_(options.max_nodes * max_routes), steps_(options.stop, kSearching), places_{{from.row(), {}, 0, 0}} {}

  std::vector<Route> grow(std::uint32_t hops) {
    if (places_[0].node == to_) routes_.push_back(route_to(snapshot_, places_, 0));
    for (std::uint32_t i = 0; i < places_.size() && places_[i].hops < hops; ++i) {
      if (places_[i].node == to_) continue;
      const auto at = places_[i];
      edges_.visit(at.node, [&](EdgeRow edge, NodeRow far) { return step(i, at.hops + 1, edge, far); });
    }
    return std::move(routes_);
  }

 private:
  bool step(std::uint32_t from, std::uint32_t hops, EdgeRow edge, NodeRow far) {
    steps_.step();
    if (meets(from, far)) return true;
    if (places_.size() > max_steps_) refuse_size(max_steps_, "steps");
    places_.push_back({far, edge, from, hops});
    if (far != to_) return true;
    if (routes_.size() == max_routes_) refuse_size(max_routes_, "paths");
    routes_.push_back(route_to(snapshot_, places_, places_.size() - 1));
    return true;
  }
  bool meets(std::uint32_t place, NodeRow node) const {
    for (; place != 0; place = places_[place].from)
      if (places_[place].node == node) return true;
    return places_[0].node == node;
  }

  const Snapshot& snapshot_;
  Hops edges_;
  NodeRow to_;
  std::size_t max_routes_, max_steps_;
  detail::base::Steps steps_;
  std::vector<Arrival> places_;
  std::vector<Route> routes_;
};

}  // namespace

std::vector<Reached> reach(NodeView from, std::uint32_t hops, const HopOptions& options) {
  const auto arrivals = search(from, hops, options, nullptr);
  std::vector<Reached> reached;
  reached.reserve(arrivals.size() - 1);
  for (std::size_t i = 1; i < arrivals.size(); ++i) {
    const auto& arrival = arrivals[i];
    const auto edge = edge_between(from.snapshot(), arrival.edge, arrivals[arrival.from].node, arrival.node);
    reached.push_back({NodeView(from.snapshot(), arrival.node), edge, arrival.hops});
  }
  return reached;
}

std::optional<Route> shortest_route(NodeView from, NodeView to, std::uint32_t hops, const HopOptions& options) {
  const auto arrivals = search(from, hops, options, &to);
  if (arrivals.back().node != to.row()) return std::nullopt;
  return route_to(from.snapshot(), arrivals, arrivals.size() - 1);
}

std::vector<Route> routes(NodeView from, NodeView to, std::uint32_t hops, const HopOptions& options,
                          std::size_t max_routes) {
  return PathTree(from, to, options, max_routes).grow(hops);
}

}  // namespace policygraph::inline v0
