// A graph without documents: nodes and edges by hand, checked against the schema, read through the snapshot.
#include <iostream>

#include <policygraph/graph/graph.hpp>

int main() {
  auto graph = policygraph::open_in_memory();
  auto transaction = graph.begin("by:anna");
  transaction.set_note("Clean Air Act 1956, long title");
  const auto act = transaction.create_node({"Law"}, {{"jurisdiction", "GB"}, {"kind", "law"}, {"title", "Clean Air Act"}});
  const auto older = transaction.create_node({"Law"}, {{"jurisdiction", "GB"}, {"kind", "law"}, {"title", "Public Health Act"}});
  transaction.create_edge(act, "AMENDS", older);
  transaction.commit();

  const auto snapshot = graph.snapshot();
  const auto amends = *snapshot.edge_type("AMENDS");
  for (const auto row : snapshot.nodes("LegalAct"))
    for (const auto target : snapshot.out_edges(row, amends).targets)
      std::cout << snapshot.value(row, "title").as_string() << " amends " << snapshot.value(target, "title").as_string() << ", as "
                << snapshot.evidence(snapshot.evidence(row).front()).extractor << " says: "
                << snapshot.cite(snapshot.evidence(row).front()).quote << '\n';

  try {
    auto mistake = graph.begin("by:anna");
    mistake.create_node({"LegalAkt"});
  } catch (const policygraph::Error& error) {
    std::cout << error.text() << '\n';
  }
}
