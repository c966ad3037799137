#include "policygraph/graph/graph.hpp"

#include <gtest/gtest.h>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

TEST(Graph, HandMadeNodesReadBack) {
  auto graph = open_in_memory();
  auto transaction = graph.begin("by:anna");
  const auto act = transaction.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-1"}, {"date", "2020-10"}});
  const auto programme = transaction.create_node({"Programme"}, {{"name", "Clean Water"}, {"kind", "programme"}});
  const auto edge = transaction.create_edge(act, "APPROVES", programme);
  EXPECT_EQ(transaction.commit(), CommitId{1});

  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.node_count(), 2U);
  ASSERT_EQ(snapshot.edge_count(), 1U);
  const auto row = snapshot.nodes("LegalAct").front();
  EXPECT_EQ(snapshot.key(row), act);
  EXPECT_EQ(snapshot.value(row, "number"), Value("PF-1"));
  EXPECT_EQ(snapshot.value(row, "date"), Value(PartialDate::parse("2020-10")));
  EXPECT_EQ(snapshot.label_names(row), (std::vector<std::string_view>{"LegalAct", "Decree"}));
  const auto type = snapshot.edge_type("APPROVES");
  ASSERT_TRUE(type);
  const auto out = snapshot.out_edges(row, *type);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(snapshot.key(out.first), edge);
  EXPECT_EQ(snapshot.key(out.targets[0]), programme);
  EXPECT_EQ(snapshot.source(out.first), row);
  EXPECT_EQ(snapshot.caption(out.targets[0]), "Clean Water");
  EXPECT_EQ(snapshot.find_name("Programme", "clean WATER"), std::vector{out.targets[0]});
  const auto citation = snapshot.cite(snapshot.evidence(row).front());
  EXPECT_EQ(citation.quote, "by:anna");
  EXPECT_EQ(citation.line, 1U);
}

}  // namespace
}  // namespace policygraph
