// Which acts matter most, and how one leads to another: measures of ours and an algorithm of Boost.Graph, on a graph and
// on a view of it, without a copy.
#include <cstdio>
#include <string>
#include <vector>

#include <boost/graph/topological_sort.hpp>
#include <policygraph/graph/boost.hpp>
#include <policygraph/graph/graph.hpp>
#include <policygraph/graph/measures.hpp>

int main() {
  auto graph = policygraph::open_in_memory(policygraph::Schema::open());
  auto transaction = graph.begin("by:anna");
  const auto act = [&](const char* title) { return transaction.create_node({"Act"}, {{"title", title}}); };
  const auto air = act("Clean Air Act"), health = act("Public Health Act"), smoke = act("Smoke Act"), rail = act("Rail Act");
  transaction.create_edge(air, "AMENDS", health);
  transaction.create_edge(smoke, "AMENDS", air);
  transaction.create_edge(rail, "CITES", health);
  transaction.create_edge(rail, "CITES", smoke);
  transaction.commit();

  const auto snapshot = graph.snapshot();
  const auto title = [&](policygraph::NodeRow row) { return snapshot.value(row, "title").as_string(); };
  const auto ranks = policygraph::page_rank(snapshot);
  for (const auto row : snapshot.nodes()) std::printf("%-18s %.3f\n", title(row).c_str(), ranks.of_row[row.value]);

  const auto way = policygraph::shortest_path(snapshot, *snapshot.find(rail), *snapshot.find(air));
  for (const auto row : way->nodes) std::printf("%s%s", row == way->nodes.front() ? "" : " -> ", title(row).c_str());
  std::printf("\n");

  // Only amendments: a view, which is a snapshot. Boost numbers its vertices and edges densely all the same.
  const auto amendments = policygraph::with_types(snapshot, {"AMENDS"});
  std::vector<policygraph::NodeRow> order;
  boost::topological_sort(amendments, std::back_inserter(order));
  std::printf("%zu of %zu edges; what is amended comes first:", num_edges(amendments), num_edges(snapshot));
  for (const auto row : order) std::printf(" %s;", title(row).c_str());
  std::printf("\n%u parts when arrows are left out\n", connected_components(undirected(amendments)).count);
}
