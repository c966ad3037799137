#include <iostream>

#include <policygraph/base/version.hpp>
#include <policygraph/graph/graph.hpp>

int main() {
  auto graph = policygraph::open_in_memory();
  auto transaction = graph.begin("by:consumer");
  transaction.create_node({"Decree"}, {{"jurisdiction", "GB"}, {"kind", "decree"}, {"number", "7"}});
  transaction.commit();
  std::cout << "policygraph " << policygraph::kVersion << ", nodes: " << graph.snapshot().node_count() << '\n';
  return graph.snapshot().node_count() == 1 ? 0 : 1;
}
