#include <gtest/gtest.h>

#include "policygraph/graph/graph.hpp"

// In a strict schema one edge stands for all claims that agree in type, ends and key properties.
namespace policygraph::testing {
namespace {

constexpr const char* kShares = R"({"relation": "OWNS", "ends": [{"from": ["Organization"], "to": ["Organization"]}],
  "properties": [{"name": "class", "key": true}, {"name": "rank", "type": "integer", "key": true}, {"name": "share", "type": "decimal"}]})";

class OneEdge : public ::testing::Test {
 protected:
  OneEdge() : graph_(open_in_memory(Schema::policy().extended({{"owns.json", kShares}}))), edit_(graph_.begin("ingest")) {
    owner_ = edit_.create_node({"Organization"}, {{"name", "Bank"}, {"kind", "company"}});
    owned_ = edit_.create_node({"Organization"}, {{"name", "Mill"}, {"kind", "company"}});
  }

  // A document of its own says that the bank owns shares of a class in the mill.
  void say(SourceTier tier, const Value& shares, const Value& rank, const Value& share) {
    SourceDocument source;
    source.tier = tier;
    const auto document = edit_.add_document(source, std::make_shared<const std::string>("owns"));
    const auto evidence = edit_.add_evidence({document, {0, 4}, "rule:test/1", 1.0F});
    Assertion claim;
    claim.kind = ClaimKind::edge;
    claim.subject = owner_;
    claim.object = owned_;
    claim.name = "OWNS";
    claim.edge = edit_.new_edge_key();
    claim.evidence = {evidence};
    edit_.add_assertion(claim);
    for (const auto& [name, value] : {std::pair{"class", shares}, {"rank", rank}, {"share", share}}) {
      if (value.is_null()) continue;
      Assertion property = claim;
      property.kind = ClaimKind::edge_property;
      property.subject = property.object = {};
      property.name = name;
      property.value = value;
      edit_.add_assertion(property);
    }
  }
  Snapshot committed() {
    edit_.commit();
    return graph_.snapshot();
  }

  Graph graph_;
  Transaction edit_;
  NodeKey owner_, owned_;
};

TEST_F(OneEdge, StandsForEqualKeysAndNoOthers) {
  say(SourceTier::media, "A", 1, {});
  say(SourceTier::media, "A", 1, {});
  say(SourceTier::media, "B", 1, {});
  say(SourceTier::media, "A", 2, {});
  say(SourceTier::media, {}, 1, {});
  say(SourceTier::media, {}, {}, {});
  EXPECT_EQ(committed().edge_count(), 5U);
}

TEST_F(OneEdge, KeysAreComparedAsTheSchemaTypesThem) {
  say(SourceTier::media, "A", 1, {});
  say(SourceTier::media, "A", Decimal::parse("1.0"), {});
  const auto snapshot = committed();
  ASSERT_EQ(snapshot.edge_count(), 1U);
  EXPECT_EQ(snapshot.value(EdgeRow{0}, "rank"), Value(1));
  EXPECT_EQ(snapshot.evidence(EdgeRow{0}).size(), 2U);
}

TEST_F(OneEdge, ReadsItsOtherPropertiesByTier) {
  say(SourceTier::social, "A", 1, Decimal::parse("0.5"));
  say(SourceTier::official, "A", 1, Decimal::parse("0.4"));
  say(SourceTier::media, "A", 1, Decimal::parse("0.3"));
  const auto snapshot = committed();
  ASSERT_EQ(snapshot.edge_count(), 1U);
  EXPECT_EQ(snapshot.value(EdgeRow{0}, "share"), Value(Decimal::parse("0.4")));
  EXPECT_EQ(snapshot.assertions(EdgeRow{0}, "share").size(), 3U);
}

TEST_F(OneEdge, OfAPersonsSayingAndADocumentsIsOne) {
  say(SourceTier::official, "A", 1, Decimal::parse("0.4"));
  const auto by_hand = edit_.create_edge(owner_, "OWNS", owned_, {{"class", "A"}, {"rank", 1}, {"share", 1}});
  const auto snapshot = committed();
  ASSERT_EQ(snapshot.edge_count(), 1U);
  EXPECT_EQ(snapshot.find(by_hand), EdgeRow{0});
  EXPECT_EQ(snapshot.value(EdgeRow{0}, "share"), Value(Decimal(1)));
}

}  // namespace
}  // namespace policygraph::testing
