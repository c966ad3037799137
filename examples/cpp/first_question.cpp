// Reads documents and asks which act funds which programme; each row says where it is written.
#include <iostream>

#include <policygraph/policygraph.hpp>

int main(int argc, char** argv) {
  auto graph = policygraph::open_in_memory();
  policygraph::ingest(graph, {argc > 1 ? argv[1] : "examples/documents"});

  const auto rows = policygraph::query(graph,
                                       "MATCH (act:LegalAct)-[:AUTHORISES]->(f:Funding)-[:FUNDS]->(p:Programme) "
                                       "WHERE f.currency = $currency "
                                       "RETURN act.number, f.amount, p.name ORDER BY act.number, f.amount LIMIT 3",
                                       {{"currency", "UZS"}});
  for (const auto row : rows) {
    std::cout << row["act.number"].as_string() << " gives " << row["f.amount"].as_decimal().to_string() << " UZS to "
              << row["p.name"].as_string() << '\n';
    std::cout << "  “" << row.evidence().front().quote << "” (" << row.evidence().front().title << ")\n";
  }
}
