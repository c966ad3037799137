// Without Cypher: nodes and edges said piece by piece, loops that read as sentences, what lies around a node, paths.
#include <iostream>

#include <policygraph/graph/routes.hpp>

using policygraph::Decimal;

int main() {
  auto graph = policygraph::open_in_memory();
  auto edit = graph.begin("by:anna");
  const auto decree = edit.node("Decree").set("jurisdiction", "UZ").set("kind", "decree").set("number", "PF-1").add();
  const auto law = edit.node("Law").set("jurisdiction", "UZ").set("kind", "law").set("number", "ZRU-2").add();
  const auto water = edit.node("Programme").set("name", "Clean Water").set("kind", "programme").add();
  for (const auto* amount : {"4900000", "250000"}) {
    const auto sum = edit.node("Funding").set("kind", "grant").set("amount", Decimal::parse(amount)).set("currency", "EUR").add();
    edit.edge(decree, "AUTHORISES", sum).quote("The decree sets aside " + std::string(amount) + " euro.").add();
    edit.edge(sum, "FUNDS", water).add();
  }
  edit.edge(law, "AMENDS", decree).valid(policygraph::PartialDate::parse("2025")).add();
  edit.commit();

  const policygraph::Walk walk(graph);
  const auto is_large = [](auto sum) { return sum.template get<Decimal>("amount") > Decimal(1'000'000); };
  for (const auto act : walk.nodes("LegalAct"))
    for (const auto grant : act.out_edges("AUTHORISES").where([&](auto edge) { return is_large(edge.target()); }))
      for (const auto programme : grant.target().out("FUNDS").labelled("Programme"))
        std::cout << act.text("number") << " gives " << grant.target().get<Decimal>("amount").to_string() << " EUR to "
                  << programme.text("name") << ": “" << grant.evidence().front().quote << "”\n";

  const auto act = *walk.find("LegalAct", "number", "PF-1");
  for (const auto amendment : act.in_edges("AMENDS"))
    std::cout << amendment.source().text("number") << " amends it from " << amendment.valid_from().to_string() << '\n';
  std::cout << act.around(1).nodes.size() << " nodes within one step, " << act.around(2).nodes.size() << " within two\n";

  const auto programme = *walk.named("Programme", "clean water");
  const auto route = policygraph::shortest_route(walk.node(law), programme);
  for (const auto edge : route->edges) std::cout << edge.source().caption() << ' ' << edge.type() << ' ' << edge.target().caption() << '\n';

  try {
    for (const auto sum : act.out("AUTHORIZES")) std::cout << sum.caption() << '\n';
  } catch (const policygraph::Error& error) {
    std::cout << error.text() << '\n';
  }
}
