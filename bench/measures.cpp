// Measures and views at 1 M edges (10 M with --large, or a number): ours beside plain Boost.Graph calls on the same
// snapshot and beside loops by hand, in one run; every pair must give the same answer before it is timed.
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/page_rank.hpp>
#include <boost/graph/strong_components.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <string_view>
#include <thread>
#include <vector>

#include "clock.hpp"
#include "generator.hpp"
#include "policygraph/graph/boost.hpp"
#include "policygraph/graph/measures.hpp"

namespace {

using namespace policygraph;

constexpr double kFar = std::numeric_limits<double>::infinity();

int repeats = 7;

// Time of processors, not of the clock on the wall: the same on a busy machine, but for what others leave of the caches.
double milliseconds(auto act) {
  double least = kFar;
  for (int i = 0; i < repeats; ++i) {
    const auto before = std::clock();
    act();
    least = std::min(least, 1e3 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
  }
  return least;
}

// On several threads: how long the caller waited, and the time of processors, which tells what working together costs.
struct Together {
  double waited, worked;
};
Together together(auto act) {
  Together least{kFar, milliseconds(act)};
  for (int i = 0; i < repeats; ++i) least.waited = std::min(least.waited, 1e3 * bench::seconds(1, act));
  return least;
}

void need(bool is_same, const char* what) {
  if (is_same) return;
  std::printf("%s: the answers differ\n", what);
  std::exit(1);
}

template <class T>
auto map_over(const auto& graph, std::vector<T>& values) {
  return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph));
}

MeasureOptions on(unsigned threads) { return {threads, {}}; }

void print(const char* name, double ours, const Together& threads, double boost, double hand) {
  std::printf("%-20s %8.1f ms %8.1f ms on %u threads (waited %8.1f ms) %8.1f ms Boost (x%.2f)", name, ours, threads.worked,
              std::thread::hardware_concurrency(), threads.waited, boost, boost / ours);
  if (hand > 0) std::printf(" %8.1f ms by hand (Boost x%.2f)", hand, boost / hand);
  std::printf("\n");
}

std::vector<std::uint32_t> levels_by_hand(const Incidence& out, const Incidence& in, NodeRow start) {
  std::vector<std::uint32_t> level(out.starts.size() - 1, kNowhere);
  std::vector<NodeRow> queue{start};
  level[start.value] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const auto* side : {&out, &in}) {
      for (const auto end : (*side)[queue[i]].ends) {
        if (level[end.value] != kNowhere) continue;
        level[end.value] = level[queue[i].value] + 1;
        queue.push_back(end);
      }
    }
  }
  return level;
}

std::vector<std::uint32_t> levels_by_boost(const Undirected& graph, NodeRow start) {
  std::vector<std::uint32_t> level(num_vertices(graph), kNowhere);
  level[get(boost::vertex_index, graph, start)] = 0;
  boost::breadth_first_search(graph, start, boost::visitor(boost::make_bfs_visitor(boost::record_distances(map_over(graph, level), boost::on_tree_edge()))));
  return level;
}

void compare_levels(const Snapshot& snapshot, NodeRow start) {
  const auto graph = undirected(snapshot);
  const auto out = snapshot.outgoing(), in = snapshot.incoming();
  const auto expected = levels_by_hand(out, in, start);
  need(levels(graph, start) == expected && levels_by_boost(graph, start) == expected, "levels");
  print("breadth first", milliseconds([&] { levels(graph, start, on(1)); }), together([&] { levels(graph, start); }),
        milliseconds([&] { levels_by_boost(graph, start); }), milliseconds([&] { levels_by_hand(out, in, start); }));
}

// The graph as Boost keeps one: what its algorithms take on it is what they take at best.
template <class Direction>
auto boost_graph(const Snapshot& snapshot, bool both_ways) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  const auto out = snapshot.outgoing();
  for (const auto node : snapshot.nodes()) {
    for (const auto end : out[node].ends) {
      edges.emplace_back(node.value, end.value);
      if (both_ways) edges.emplace_back(end.value, node.value);
    }
  }
  using Graph = boost::compressed_sparse_row_graph<Direction, boost::no_property, boost::no_property, boost::no_property, std::uint32_t, std::uint32_t>;
  return Graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), snapshot.node_row_limit());
}

void print_boost(const char* name, double ours, double called, double itself, double on_its_own) {
  std::printf("  %-18s %8.1f ms by the plain call (x%.2f) %8.1f ms Boost's own code (x%.2f) %8.1f ms that on Boost's own graph (x%.2f)\n", name, called, called / ours,
              itself, itself / ours, on_its_own, on_its_own / ours);
}

void compare_components(const Snapshot& snapshot) {
  const auto graph = undirected(snapshot);
  std::vector<std::uint32_t> part(num_vertices(graph));
  const auto called = [&] { return boost::connected_components(graph, map_over(graph, part)); };
  const auto boost_weak = [&] {
    std::vector<boost::default_color_type> colors(num_vertices(graph));
    return boost::connected_components(graph, map_over(graph, part), boost::color_map(map_over(graph, colors)));
  };
  const auto own = boost_graph<boost::directedS>(snapshot, true);
  const auto on_its_own = [&] { return boost::connected_components(own, map_over(own, part)); };
  const auto boost_strong = [&] { return boost::strong_components(snapshot, map_over(snapshot, part)); };
  const auto count = weak_components(snapshot).count;
  need(count == boost_weak() && count == on_its_own() && count == called(), "weak components");
  need(part == weak_components(snapshot).of_row, "numbers of components");
  need(strong_components(snapshot).count == boost_strong(), "strong components");
  const double weak = milliseconds([&] { weak_components(snapshot, on(1)); }), itself = milliseconds(boost_weak);
  print("weak components", weak, together([&] { weak_components(snapshot); }), itself, 0);
  print_boost("", weak, milliseconds(called), itself, milliseconds(on_its_own));
  const double strong = milliseconds([&] { strong_components(snapshot); });
  print("strong components", strong, {strong, strong}, milliseconds(boost_strong), 0);
}

// Boost leaves out what reaches a node without successors, so its ranks are not ours; the work is.
void compare_ranks(const Snapshot& snapshot) {
  std::vector<double> rank(num_vertices(snapshot)), other(rank.size()), own_rank(rank.size());
  PageRankOptions options;
  options.tolerance = 0;
  options.max_iterations = 20;
  const auto rounds = boost::graph::n_iterations(20);
  const auto ours = [&](unsigned threads) {
    options.threads = threads;
    return page_rank(snapshot, options).of_row;
  };
  const auto called = [&] { boost::graph::page_rank(snapshot, map_over(snapshot, rank), rounds); };
  const auto by_boost = [&](const auto& graph, std::vector<double>& ranks) {
    boost::graph::page_rank(graph, map_over(graph, ranks), rounds, 0.85, num_vertices(graph), map_over(graph, other));
  };
  const auto own = boost_graph<boost::bidirectionalS>(snapshot, false);
  need(ours(1) == ours(0), "page rank on threads");
  called();
  by_boost(snapshot, own_rank);
  need(rank == own_rank, "page rank by the plain call");
  const double alone = milliseconds([&] { ours(1); }), itself = milliseconds([&] { by_boost(snapshot, own_rank); });
  print("page rank, 20 rounds", alone, together([&] { ours(0); }), itself, 0);
  print_boost("", alone, milliseconds(called), itself, milliseconds([&] { by_boost(own, own_rank); }));
}

void compare_distances(const Snapshot& snapshot, NodeRow start, NodeRow end) {
  const auto graph = undirected(snapshot);
  std::vector<double> length(num_vertices(graph));
  const auto weight = number_map<WalkedEdge>(snapshot, "weight", 1);
  const auto by_boost = [&] {
    boost::dijkstra_shortest_paths(graph, start, boost::weight_map(weight).distance_map(map_over(graph, length)).distance_inf(kFar));
  };
  PathOptions options;
  options.weight = "weight";
  const auto ours = [&](unsigned threads) {
    options.threads = threads;
    return distances(graph, start, options);
  };
  by_boost();
  need(ours(1) == length && ours(0) == length, "distances");
  print("shortest distances", milliseconds([&] { ours(1); }), together([&] { ours(0); }), milliseconds(by_boost), 0);
  std::printf("%-22s %8.1f ms\n", "one shortest path", milliseconds([&] { shortest_path(graph, start, end, options); }));
}

// The typed walk over all edges that the two ways of asking for a date have in common.
template <class IsValid>
std::uint64_t walk(const Snapshot& snapshot, IsValid is_valid) {
  std::uint64_t sum = 0;
  for (const auto node : snapshot.nodes()) {
    for (std::size_t type = 0; type < snapshot.edge_type_count(); ++type) {
      const auto list = snapshot.out_edges(node, static_cast<EdgeType>(type));
      for (std::size_t i = 0; i < list.size(); ++i)
        if (is_valid(list.edge(i))) sum += list.targets[i].value;
    }
  }
  return sum;
}

void compare_dates(const Snapshot& snapshot) {
  struct Days {
    std::int32_t first, last;
  };
  std::vector<Days> valid(snapshot.edge_row_limit());
  for (const auto edge : snapshot.edges())
    valid[edge.value] = {static_cast<std::int32_t>(snapshot.valid_from(edge).earliest().days), static_cast<std::int32_t>(snapshot.valid_to(edge).latest().days)};
  const auto date = PartialDate::day(2010, 6, 15);
  const auto day = static_cast<std::int32_t>(date.earliest().days);
  const auto by_hand = [&] { return walk(snapshot, [&](EdgeRow edge) { return valid[edge.value].first <= day && day <= valid[edge.value].last; }); };
  const auto all = [](EdgeRow) { return true; };
  const auto view = as_of(snapshot, date);
  need(walk(view, all) == by_hand(), "as of");
  const double hand = milliseconds(by_hand), walked = milliseconds([&] { walk(view, all); }), made = milliseconds([&] { as_of(snapshot, date); });
  std::printf("%-22s %8zu of %zu edges, %zu bytes\n", "as of a date", view.edge_count(), snapshot.edge_count(), view.memory().mask);
  std::printf("%-22s %8.1f ms by hand, testing each edge %8.1f ms on the view (x%.2f) %8.1f ms to make it\n", "  one walk of it", hand, walked, walked / hand, made);
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_large = argc > 1 && std::string_view(argv[1]) == "--large";
  const auto edges = is_large   ? 10'000'000U
                     : argc > 1 ? static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10))
                                : 1'000'000U;
  if (edges > 3'000'000U) repeats = 3;
  const auto graph = bench::make_graph(edges, 1, true);
  const auto snapshot = graph.snapshot();
  const auto built = 1e3 * bench::seconds(1, [&] { snapshot.outgoing(); });
  std::printf("%zu nodes, %zu edges; merged adjacency built in %.1f ms, %zu bytes\n", snapshot.node_count(), snapshot.edge_count(), built, snapshot.memory().merged);
  const auto start = snapshot.nodes("Decree").front(), end = snapshot.nodes("Organization").back();
  compare_levels(snapshot, start);
  compare_components(snapshot);
  compare_ranks(snapshot);
  compare_distances(snapshot, start, end);
  compare_dates(snapshot);
}
