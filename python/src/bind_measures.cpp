// Views of snapshots, and measures of them: tables by key.
#include <algorithm>
#include <cmath>

#include "core.hpp"
#include "policygraph/graph/measures.hpp"

namespace policygraph::python {
namespace {

Certainty certainty_by_name(const std::string& name) {
  if (name == "possibly") return Certainty::possibly;
  if (name == "definitely") return Certainty::definitely;
  throw Error(ErrorCode::invalid_argument, "unknown certainty '" + name + "'; there are 'possibly' and 'definitely'");
}

Snapshot view_as_of(const Snapshot& self, const PartialDate& date, const std::string& certainty) {
  const auto sure = certainty_by_name(certainty);
  return run_by_size(size_of(self), [self, date, sure](const std::stop_token&) { return as_of(self, date, sure); });
}

Snapshot view_of_reviews(const Snapshot& self, const std::vector<std::string>& names) {
  std::vector<Review> reviews;
  for (const auto& name : names) {
    const auto review = review_by_name(name);
    if (!review) throw Error(ErrorCode::invalid_argument, "unknown review '" + name + "'; there are 'proposed', 'accepted', 'rejected' and 'disputed'");
    reviews.push_back(*review);
  }
  return run_by_size(size_of(self), [self, reviews](const std::stop_token&) { return with_review(self, reviews); });
}

using View = Snapshot (*)(const Snapshot&, const std::vector<std::string>&);

template <View view>
Snapshot view_of_names(const Snapshot& self, const std::vector<std::string>& names) {
  return run_by_size(size_of(self), [self, names](const std::stop_token&) { return view(self, names); });
}

/// Calls work(view) for the direction named.
template <class Work>
auto in_direction(const Snapshot& snapshot, const std::string& direction, Work work) {
  if (direction == "out") return work(GraphView(snapshot));
  if (direction == "in") return work(GraphView(reverse(snapshot)));
  if (direction == "both") return work(GraphView(undirected(snapshot)));
  throw Error(ErrorCode::invalid_argument, "unknown direction '" + direction + "'; there are 'out', 'in' and 'both'");
}

NodeRow row_of(const Snapshot& snapshot, py::handle node) {
  const auto key = py::isinstance<HeldNode>(node) ? node.cast<const HeldNode&>().key : NodeKey{node.cast<std::uint64_t>()};
  if (const auto row = snapshot.find(key)) return *row;
  throw Error(ErrorCode::not_found, "the graph has no node " + std::to_string(key.value));
}

/// The values of the nodes that are alive and for which `is_shown`, by key.
template <class T, class IsShown>
py::dict by_key(const Snapshot& snapshot, const std::vector<T>& of_row, IsShown is_shown) {
  py::dict result;
  for (const auto row : snapshot.nodes()) {
    hear(row.value);
    if (is_shown(of_row[row.value])) result[py::int_(snapshot.key(row).value)] = of_row[row.value];
  }
  return result;
}
constexpr auto kAll = [](const auto&) { return true; };
constexpr auto kReached = [](std::uint32_t number) { return number != kNowhere; };

/// The keys of each part, the largest part first, then that of the least key.
py::list parts_by_key(const Snapshot& snapshot, const Components& parts) {
  std::vector<std::vector<std::uint64_t>> keys(parts.count);
  for (const auto row : snapshot.nodes()) keys[parts.of_row[row.value]].push_back(snapshot.key(row).value);
  for (auto& part : keys) std::ranges::sort(part);
  std::ranges::sort(keys, [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
  return py::cast(keys);
}

py::dict rank(const Snapshot& self, double damping, double tolerance, unsigned max_iterations, unsigned threads) {
  PageRankOptions options;
  options.damping = damping;
  options.tolerance = tolerance;
  options.max_iterations = max_iterations;
  options.threads = threads;
  const auto ranks = run_interruptibly([&](const std::stop_token& stop) {
    options.stop = stop;
    return page_rank(self, options);
  });
  return by_key(self, ranks.of_row, kAll);
}

py::list components(const Snapshot& self, bool is_strong, unsigned threads) {
  MeasureOptions options;
  options.threads = threads;
  const auto parts = run_interruptibly([&](const std::stop_token& stop) {
    options.stop = stop;
    return is_strong ? strong_components(self, options) : weak_components(self, options);
  });
  return parts_by_key(self, parts);
}

py::dict levels_from(const Snapshot& self, py::handle start, const std::string& direction, unsigned threads) {
  const auto from = row_of(self, start);
  MeasureOptions options;
  options.threads = threads;
  const auto found = run_interruptibly([&](const std::stop_token& stop) {
    options.stop = stop;
    return in_direction(self, direction, [&](const GraphView& graph) { return levels(graph, from, options); });
  });
  return by_key(self, found, kReached);
}

PathOptions path_options(const std::string& weight, double missing, unsigned threads) {
  PathOptions options;
  options.weight = weight;
  options.missing = missing;
  options.threads = threads;
  return options;
}

py::dict distances_from(const Snapshot& self, py::handle start, const std::string& weight, double missing, const std::string& direction, unsigned threads) {
  const auto from = row_of(self, start);
  auto options = path_options(weight, missing, threads);
  const auto found = run_interruptibly([&](const std::stop_token& stop) {
    options.stop = stop;
    return in_direction(self, direction, [&](const GraphView& graph) { return distances(graph, from, options); });
  });
  return by_key(self, found, [](double length) { return std::isfinite(length); });
}

/// (length, keys of nodes, keys of edges), or None.
py::object path_between(const Snapshot& self, py::handle start, py::handle end, const std::string& weight, double missing, const std::string& direction) {
  const auto from = row_of(self, start);
  const auto to = row_of(self, end);
  auto options = path_options(weight, missing, 1);
  const auto path = run_interruptibly([&](const std::stop_token& stop) {
    options.stop = stop;
    return in_direction(self, direction, [&](const GraphView& graph) { return shortest_path(graph, from, to, options); });
  });
  if (!path) return py::none();
  std::vector<std::uint64_t> nodes, edges;
  for (const auto row : path->nodes) nodes.push_back(self.key(row).value);
  for (const auto row : path->edges) edges.push_back(self.key(row).value);
  return py::make_tuple(path->length, nodes, edges);
}

std::vector<std::uint64_t> cuts(const Snapshot& self) {
  const auto rows = run_interruptibly([&](const std::stop_token& stop) { return articulation_points(undirected(self), {0, stop}); });
  std::vector<std::uint64_t> keys;
  for (const auto row : rows) keys.push_back(self.key(row).value);
  std::ranges::sort(keys);
  return keys;
}

py::dict cores(const Snapshot& self) {
  const auto found = run_interruptibly([&](const std::stop_token& stop) { return core_numbers(undirected(self), {0, stop}); });
  return by_key(self, found, kAll);
}

}  // namespace

void bind_measures(py::module_& core) {
  core.def("as_of", &view_as_of);
  core.def("with_labels", &view_of_names<&with_labels>);
  core.def("with_types", &view_of_names<&with_types>);
  core.def("with_review", &view_of_reviews);
  core.def("page_rank", &rank);
  core.def("components", &components);
  core.def("levels", &levels_from);
  core.def("distances", &distances_from);
  core.def("shortest_path", &path_between);
  core.def("articulation_points", &cuts);
  core.def("core_numbers", &cores);
}

}  // namespace policygraph::python
