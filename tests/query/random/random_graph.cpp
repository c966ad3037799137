#include "random/random_graph.hpp"

#include "policygraph/query/query.hpp"

namespace policygraph::testing {
namespace {

std::string properties(Random& random) {
  std::string out;
  const auto add = [&](const char* name, const std::string& value) { out += std::string(out.empty() ? "" : ", ") + name + ": " + value; };
  if (random.chance(75)) add("i", std::to_string(random.between(-2, 3)));
  if (random.chance(40)) add("f", random.pick({"-1.25", "0.5", "0.75", "1.5", "2.5"}));
  if (random.chance(60)) add("s", random.pick({"''", "'a'", "'b'", "'ab'", "'B'", "'ba'"}));
  if (random.chance(40)) add("b", random.pick({"true", "false"}));
  if (random.chance(30)) add("l", random.pick({"[1]", "[1, 2]", "[3, 1, 1]", "[0, -1]"}));
  if (random.chance(50)) add("m", random.pick({"1", "2", "1.5", "'a'", "'b'", "true", "false", "[1]", "[1, 2]"}));
  if (random.chance(30)) add("d", random.pick({"decimal('1')", "decimal('0.50')", "decimal('-2.5')", "decimal('10')"}));
  if (random.chance(25)) add("t", random.pick({"date('2024-02-29')", "date('2023-12-31')", "date('2024-05-06')"}));
  if (random.chance(30)) add("p", random.pick({"partial_date('2024')", "partial_date('2024-02')", "partial_date('2024-02-29')", "partial_date('2024-02-28')", "partial_date('2023/2024-02')", "partial_date('2024/..')"}));
  if (random.chance(15)) add("o", random.pick({"localdatetime('2024-01-31T10:00')", "datetime('2024-05-06T10:00+05:00')", "localdatetime('2024-05-06T10:00:00.5')"}));
  if (random.chance(15)) add("w", random.pick({"duration('P1M')", "duration('P40D')", "duration('PT12H')"}));
  return out;
}

std::string node(Random& random, std::size_t number) {
  std::string out = "CREATE (";
  for (const char* label : {":A", ":B", ":C"}) {
    if (random.chance(40)) out += label;
  }
  const auto rest = properties(random);
  return out + " {k: " + std::to_string(number) + (rest.empty() ? "" : ", ") + rest + "})";
}

std::string edge(Random& random, std::size_t from, std::size_t to) {
  const auto list = random.chance(60) ? properties(random) : std::string();
  return "MATCH (a {k: " + std::to_string(from) + "}), (b {k: " + std::to_string(to) + "}) CREATE (a)-[:" + random.pick({"R", "R", "S", "T"}) +
         (list.empty() ? "" : " {" + list + "}") + "]->(b)";
}

}  // namespace

std::vector<std::string> random_graph(Random& random) {
  std::vector<std::string> out;
  const auto nodes = random.chance(4) ? 0 : 1 + random.below(7);
  for (std::size_t i = 0; i < nodes; ++i) out.push_back(node(random, i));
  if (nodes == 0) return out;
  const auto edges = random.below(10);
  std::size_t from = 0, to = 0;
  for (std::size_t i = 0; i < edges; ++i) {
    if (i == 0 || !random.chance(20)) {  // else one more between the same two
      from = random.below(nodes);
      to = random.chance(10) ? from : random.below(nodes);
    }
    out.push_back(edge(random, from, to));
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    if (random.chance(15)) out.push_back("MATCH (n {k: " + std::to_string(i) + "}) SET n.i = " + std::to_string(random.between(-2, 3)));
    if (random.chance(8)) out.push_back("MATCH (n {k: " + std::to_string(i) + "}) REMOVE n.s");
    if (random.chance(4)) out.push_back("MATCH (n {k: " + std::to_string(i) + "})-[r]->() DELETE r");
  }
  return out;
}

Graph graph_of(const std::vector<std::string>& statements) {
  auto graph = open_in_memory(Schema::open());
  for (const auto& statement : statements) query(graph, statement);
  return graph;
}

}  // namespace policygraph::testing
