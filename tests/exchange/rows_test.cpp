#include <gtest/gtest.h>

#include "policygraph/exchange/csv.hpp"

namespace policygraph {
namespace {

class RowsOut : public ::testing::Test {
 protected:
  void SetUp() override {
    query(graph_, "CREATE (:Act {name: 'First'})-[:AMENDS {year: 2020}]->(:Act {name: 'Second'})<-[:CITES]-(:Act {name: 'Third'})");
  }
  Rows rows(std::string_view text) const { return query(graph_.snapshot(), text); }
  Graph graph_ = open_in_memory(Schema::open());
};

TEST_F(RowsOut, APathIsSaidAlongItsEdgesAsTheyPoint) {
  const auto found = rows("MATCH p = ({name: 'First'})-[*]-({name: 'Third'}) RETURN p");
  EXPECT_EQ(to_csv(found), "p\r\nFirst -[AMENDS]-> Second <-[CITES]- Third\r\n");
  EXPECT_EQ(to_csv(rows("MATCH p = ({name: 'First'}) RETURN p")), "p\r\nFirst\r\n");
}

TEST_F(RowsOut, JsonHoldsWhatAPathIsMadeOf) {
  const auto found = to_rows_json(rows("MATCH p = ({name: 'First'})-[:AMENDS]->() RETURN p, nodes(p) AS ns, {of: last(nodes(p))} AS m"));
  const std::string first = R"({"id":"n1","caption":"First","properties":{"name":"First"}})";
  const std::string second = R"({"id":"n2","caption":"Second","properties":{"name":"Second"}})";
  const std::string edge = R"({"id":"e1","caption":"AMENDS","properties":{"year":2020}})";
  EXPECT_EQ(found, "[\n{\"p\":{\"caption\":\"First -[AMENDS]-> Second\",\"nodes\":[" + first + "," + second + "],\"edges\":[" + edge + "]},\"ns\":[" + first + "," +
                       second + "],\"m\":{\"of\":" + second + "}}\n]\n");
}

}  // namespace
}  // namespace policygraph
