// Queries as of a date: the same text, the same engine, on a view.
#include <gtest/gtest.h>

#include <memory>

#include "policygraph/graph/views.hpp"
#include "policygraph/query/questions.hpp"

namespace policygraph {
namespace {

class Maker {
 public:
  Maker() : transaction_(graph_.begin()) {
    SourceDocument source;
    source.uri = "a.txt";
    const auto document = transaction_.add_document(source, std::make_shared<const std::string>("words"));
    evidence_ = transaction_.add_evidence({document, {0, 5}, "rule:test/1", 1.0F});
  }
  NodeKey node(std::string_view label, std::string_view name) {
    const auto key = transaction_.add_mention({{}, std::string(label), std::string(name), evidence_});
    Assertion claim = bare();
    claim.subject = key;
    claim.name = label;
    transaction_.add_assertion(claim);
    claim.kind = ClaimKind::property;
    claim.name = "name";
    claim.value = Value(name);
    transaction_.add_assertion(claim);
    return key;
  }
  void edge(NodeKey from, std::string_view type, NodeKey to, std::string_view since, std::string_view until) {
    Assertion claim = bare();
    claim.kind = ClaimKind::edge;
    claim.subject = from;
    claim.object = to;
    claim.name = type;
    claim.edge = transaction_.new_edge_key();
    claim.valid_from = PartialDate::parse(since);
    claim.valid_to = PartialDate::parse(until);
    transaction_.add_assertion(claim);
  }
  Graph done() {
    transaction_.commit();
    return graph_;
  }

 private:
  Assertion bare() const {
    Assertion claim;
    claim.evidence = {evidence_};
    return claim;
  }
  Graph graph_ = open_in_memory(Schema::open());
  Transaction transaction_;
  EvidenceId evidence_;
};

Graph ministers() {
  Maker maker;
  const auto ann = maker.node("Person", "Ann");
  const auto bob = maker.node("Person", "Bob");
  const auto water = maker.node("Ministry", "Water");
  const auto energy = maker.node("Ministry", "Energy");
  maker.edge(ann, "HEADS", water, "2018-01-01", "2020-12-31");
  maker.edge(bob, "HEADS", water, "2021-01-01", "");
  maker.edge(ann, "HEADS", energy, "2021-01-01", "2023-06-30");
  maker.edge(water, "NEAR", energy, "", "");
  return maker.done();
}

std::string shown(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ", ") + row[i].to_string();
    out += '\n';
  }
  return out;
}

QueryOptions on(const char* date) {
  QueryOptions options;
  options.as_of = PartialDate::parse(date);
  return options;
}

constexpr auto kHeads = "MATCH (p:Person)-[:HEADS]->(m) RETURN p.name AS who, m.name AS what ORDER BY what, who";

TEST(AsOf, AnswersOfADateAreThoseOfItsView) {
  auto graph = ministers();
  EXPECT_EQ(shown(query(graph, kHeads)), "'Ann', 'Energy'\n'Ann', 'Water'\n'Bob', 'Water'\n");
  EXPECT_EQ(shown(query(graph, kHeads, {}, on("2019"))), "'Ann', 'Water'\n");
  EXPECT_EQ(shown(query(graph, kHeads, {}, on("2022-05"))), "'Ann', 'Energy'\n'Bob', 'Water'\n");
  EXPECT_EQ(shown(query(graph.snapshot(), kHeads, {}, on("2024-01-01"))), "'Bob', 'Water'\n");
  EXPECT_EQ(shown(prepare(graph.snapshot(), kHeads, on("2019")).run()), "'Ann', 'Water'\n");
  const auto sure = as_of(graph.snapshot(), PartialDate::parse("2024-01-01"), Certainty::definitely);
  EXPECT_TRUE(query(sure, kHeads).empty());
}

TEST(AsOf, EveryStepOfAPlanKeepsToTheView) {
  const auto graph = ministers();
  const auto view = as_of(graph.snapshot(), PartialDate::parse("2019-01-01"));
  EXPECT_EQ(shown(query(view, "MATCH (a)-[r]-(b) RETURN count(r) AS n")), "4\n");  // HEADS and NEAR, from both ends
  EXPECT_EQ(shown(query(view, "MATCH (:Person {name: 'Ann'})-[*1..3]-(m:Ministry) RETURN m.name AS n ORDER BY n")), "'Energy'\n'Water'\n");
  EXPECT_EQ(shown(query(view, "MATCH (b:Person {name: 'Bob'}) OPTIONAL MATCH (b)-->(m) RETURN m.name")), "null\n");
  EXPECT_EQ(shown(query(view, "MATCH (p:Person), (m:Ministry) WHERE (p)-[:HEADS]->(m) RETURN count(*) AS n")), "1\n");
  const auto people = with_labels(graph.snapshot(), {"Person"});
  EXPECT_EQ(shown(query(people, "MATCH (n) RETURN count(n) AS n")), "2\n");
  EXPECT_EQ(shown(query(people, "MATCH (m:Ministry) RETURN count(m) AS n")), "0\n");
  EXPECT_EQ(shown(query(people, "MATCH ()-->() RETURN count(*) AS n")), "0\n");
}

TEST(AsOf, NothingIsWrittenAsOfADate) {
  auto graph = ministers();
  EXPECT_THROW(query(graph, "CREATE (:Person)", {}, on("2022")), Error);
  EXPECT_EQ(shown(query(graph, "MATCH (p:Person) RETURN count(p) AS n")), "2\n");
}

}  // namespace
}  // namespace policygraph
