#include "policygraph/exchange/from_table.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

std::string shown(const Rows& rows) {
  std::string out;
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) out += row[i].to_string() + (i + 1 == row.size() ? "\n" : ", ");
  return out;
}

class FromTable : public ::testing::Test {
 protected:
  std::vector<NodeKey> nodes(const std::vector<ValueColumn>& columns, const NodesFromTable& how) {
    auto transaction = graph_.begin("by:anna");
    auto keys = add_nodes(transaction, columns, how);
    transaction.commit();
    return keys;
  }
  std::vector<EdgeKey> edges(const std::vector<ValueColumn>& columns, const EdgesFromTable& how) {
    auto transaction = graph_.begin("by:anna");
    auto keys = add_edges(transaction, columns, how);
    transaction.commit();
    return keys;
  }
  template <class Work>
  static std::string refusal(Work work) {
    try {
      work();
      return "no error";
    } catch (const Error& error) {
      return error.text();
    }
  }
  std::string cities() const { return shown(query(graph_.snapshot(), "MATCH (c:City) RETURN c.name, c.people ORDER BY c.name")); }

  Graph graph_ = open_in_memory(Schema::open());
  std::vector<ValueColumn> two_{{"name", {"Nukus", "Khiva"}}, {"people", {5, nullptr}}};
};

TEST_F(FromTable, EveryRowIsANode) {
  const auto keys = nodes(two_, {{"City", "Place"}});
  EXPECT_EQ(keys.size(), 2U);
  EXPECT_EQ(cities(), "'Khiva', null\n'Nukus', 5\n");
  nodes(two_, {{"City"}});
  EXPECT_EQ(shown(query(graph_.snapshot(), "MATCH (c:City) RETURN count(*), count(c.people)")), "4, 2\n");
}

TEST_F(FromTable, AKeyFindsTheNodeThatHasIt) {
  const auto first = nodes(two_, {{"City"}, {"name"}});
  const auto again = nodes({{"name", {"Khiva", "Urgench", "Khiva"}}, {"people", {7, 8, 9}}}, {{"City"}, {"name"}});
  EXPECT_EQ(again[0], first[1]);
  EXPECT_EQ(again[2], first[1]);
  EXPECT_EQ(cities(), "'Khiva', 9\n'Nukus', 5\n'Urgench', 8\n");
  nodes({{"name", {"Khiva", "Khiva"}}, {"people", {7, 9}}}, {{"City"}, {"name"}});  // to 7 and back
  EXPECT_EQ(cities(), "'Khiva', 9\n'Nukus', 5\n'Urgench', 8\n");
}

TEST_F(FromTable, AKeyMayBeSeveralColumns) {
  const auto first = nodes({{"name", {"A", "A"}}, {"year", {1, 2}}}, {{"City"}, {"name", "year"}});
  const auto again = nodes({{"name", {"A", "A"}}, {"year", {2, 3}}}, {{"City"}, {"name", "year"}});
  EXPECT_NE(first[0], first[1]);
  EXPECT_EQ(again[0], first[1]);
  EXPECT_EQ(graph_.snapshot().node_count(), 3U);
}

TEST_F(FromTable, EdgesJoinNodesByKeyOrByProperty) {
  const auto keys = nodes(two_, {{"City"}});
  const ValueColumn from{"from", {static_cast<std::int64_t>(keys[0].value)}}, to{"to", {"Khiva"}}, km{"km", {7}};
  EXPECT_EQ(edges({from, to, km}, {"ROAD", {"from"}, {"to", "City", "name"}}).size(), 1U);
  EXPECT_EQ(shown(query(graph_.snapshot(), "MATCH (a)-[r:ROAD]->(b) RETURN a.name, r.km, b.name, keys(r)")), "'Nukus', 7, 'Khiva', ['km']\n");
}

TEST_F(FromTable, RefusesByColumnAndRow) {
  nodes(two_, {{"City"}});
  EXPECT_EQ(refusal([&] { nodes({{"a", {1, 2}}, {"b", {1}}}, {{"City"}}); }), "column 'b' has 1 rows, column 'a' has 2 rows");
  EXPECT_EQ(refusal([&] { nodes({{"a", {1}}, {"", {1}}}, {{"City"}}); }), "column 1 has no name; a property needs one");
  EXPECT_EQ(refusal([&] { nodes(two_, {{""}}); }), "nodes need a label");
  EXPECT_EQ(refusal([&] { nodes(two_, {{"City"}, {"name", "name"}}); }), "the key names column 'name' twice");
  EXPECT_EQ(refusal([&] { nodes({{"a", {1}}, {"a", {1}}}, {{"City"}}); }), "two columns are named 'a'");
  EXPECT_EQ(refusal([&] { nodes(two_, {{"City"}, {"nam"}}); }), "no column 'nam'; there are: name, people");
  EXPECT_EQ(refusal([&] { nodes(two_, {{"City"}, {"people"}}); }), "row 1 of the table: column 'people' is null in row 1; it says which node is meant");
  EXPECT_EQ(refusal([&] { edges({{"a", {"x"}}, {"b", {1}}}, {"ROAD", {"a"}, {"b"}}); }).substr(0, 48), "row 0 of the table: column 'a' holds String, not");
  EXPECT_EQ(refusal([&] { edges({{"a", {999}}, {"b", {1}}}, {"ROAD", {"a"}, {"b"}}); }), "row 0 of the table: no node has the key 999, which column 'a' names");
  EXPECT_EQ(refusal([&] { edges({{"a", {"Samarkand"}}}, {"ROAD", {"a", "City", "name"}, {"a", "City", "name"}}); }),
            "row 0 of the table: no City has name 'Samarkand', which column 'a' names");
  nodes({{"name", {"Nukus"}}}, {{"City"}});
  EXPECT_EQ(refusal([&] { nodes({{"name", {"Nukus"}}}, {{"City"}, {"name"}}); }),
            "row 0 of the table: 2 nodes have the key ['Nukus']; merge them first, or name them by another property");
  EXPECT_EQ(graph_.snapshot().node_count(), 3U);
}

TEST_F(FromTable, TheSchemaSpeaksOfTheRow) {
  auto strict = open_in_memory();
  auto transaction = strict.begin("by:anna");
  const std::vector<ValueColumn> columns{{"name", {"Clean Water", "Roads"}}, {"kind", {"programme", "programme"}}, {"colour", {nullptr, "red"}}};
  const auto said = refusal([&] { add_nodes(transaction, columns, {{"Programme"}}); });
  EXPECT_EQ(said.substr(0, 20), "row 1 of the table: ");
  EXPECT_NE(said.find("colour"), std::string::npos);
}

}  // namespace
}  // namespace policygraph
