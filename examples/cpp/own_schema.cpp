// The policy schema with a label, a relation and properties of one's own, from a file; what breaks its rules is refused by name.
#include <fstream>
#include <iostream>

#include <policygraph/policygraph.hpp>

int main(int argc, char** argv) {
  const auto schema = policygraph::Schema::policy().extended(policygraph::read_schema_files(argc > 1 ? argv[1] : "examples/permits.json"));
  auto graph = policygraph::open_in_memory(schema);
  policygraph::query(graph, "CREATE (:Permit {jurisdiction: 'UZ', kind: 'other', serial: 'A-17', fee: 250000})"
                            "-[:PERMITS {since: '2024-10'}]->(:Organization {name: 'Aral Fisheries', kind: 'company'})");
  for (const auto row : policygraph::query(graph, "MATCH (p:LegalAct)-[r:PERMITS]->(o) RETURN p.serial, p.fee, o.name, r.since"))
    std::cout << row["o.name"].as_string() << " has permit " << row["p.serial"].as_string() << " for "
              << row["p.fee"].as_decimal().to_string() << " soum, since " << row["r.since"].as_partial_date().to_string() << '\n';

  for (const auto* text : {"CREATE (:Permit {jurisdiction: 'UZ', kind: 'other', serial: 'A-17'})", "MATCH (p:Permit) SET p.feee = 1"}) {
    try {
      policygraph::query(graph, text);
    } catch (const policygraph::Error& error) {
      std::cout << error.text() << '\n';
    }
  }
}
