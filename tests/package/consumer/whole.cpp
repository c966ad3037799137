#include <iostream>
#include <string>

#include <policygraph/graph/graph.hpp>
#include <policygraph/query/query.hpp>

int main() {
  auto graph = policygraph::open_in_memory();
  auto transaction = graph.begin("by:consumer");
  transaction.create_node({"Decree"}, {{"jurisdiction", "GB"}, {"kind", "decree"}, {"number", "7"}});
  transaction.commit();
  auto rows = policygraph::query(graph, "MATCH (a:LegalAct) RETURN a.number AS number");
  for (const auto& row : rows) std::cout << row["number"].to_string() << '\n';
  return rows.size() == 1 ? 0 : 1;
}
