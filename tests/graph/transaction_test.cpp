#include "policygraph/graph/transaction.hpp"

#include <gtest/gtest.h>

#include "graph/dump.hpp"
#include "graph/records.hpp"
#include "policygraph/base/error.hpp"
#include "support/graph_text.hpp"

namespace policygraph::testing {
namespace {

template <class Act>
std::string refusal(ErrorCode code, Act act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.text();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

TEST(Transaction, TheSchemaIsCheckedWhenAThingIsSaid) {
  auto graph = open_in_memory();
  auto transaction = graph.begin();
  EXPECT_EQ(refusal(ErrorCode::schema, [&] { transaction.create_node({"LegalAkt"}); }),
            "unknown label 'LegalAkt'; did you mean 'LegalAct'?");
  refusal(ErrorCode::schema, [&] { transaction.create_node({"Person"}, {{"number", "7"}}); });
  refusal(ErrorCode::schema, [&] { transaction.create_node({}); });
  refusal(ErrorCode::schema, [&] { transaction.create_node({"Funding"}, {{"amount", 4.9}}); });
  EXPECT_TRUE(transaction.is_empty());
  const auto person = transaction.create_node({"Person"}, {{"name", "Ann Lee"}});
  const auto place = transaction.create_node({"Place"}, {{"name", "Riga"}, {"kind", "city"}});
  refusal(ErrorCode::schema, [&] { transaction.create_edge(person, "AMENDS", place); });
  refusal(ErrorCode::schema, [&] { transaction.create_edge(person, "HOLDS_POSITION", place, {{"tittle", "mayor"}}); });
  refusal(ErrorCode::not_found, [&] { transaction.create_edge(person, "HOLDS_POSITION", NodeKey{99}); });
  transaction.create_edge(person, "HOLDS_POSITION", place, {{"title", "mayor"}});
  transaction.commit();
  EXPECT_EQ(graph.snapshot().edge_count(), 1U);
}

TEST(Transaction, RequiredPropertiesAreAskedForAtTheEnd) {
  auto graph = open_in_memory();
  auto transaction = graph.begin();
  const auto place = transaction.create_node({"Place"}, {{"name", "Riga"}});
  EXPECT_EQ(refusal(ErrorCode::schema, [&] { transaction.commit(); }),
            "Place 1 ('Riga') lacks the required property 'kind'");
  EXPECT_EQ(graph.snapshot().node_count(), 0U);
  transaction.set_property(place, "kind", "city");
  transaction.commit();
  auto edit = graph.begin();
  edit.set_property(place, "kind", nullptr);
  refusal(ErrorCode::schema, [&] { edit.commit(); });
}

TEST(Transaction, ItReadsItsOwnWrites) {
  auto graph = graph_text("(a:Lake {name: 'Upper'})-[:FLOWS_TO]->(b:Lake)");
  auto transaction = graph.begin();
  const auto before = transaction.snapshot();
  const auto river = transaction.create_node({"River"}, {{"name", "Long"}});
  transaction.create_edge(river, "FLOWS_TO", before.key(NodeRow{0}));
  const auto now = transaction.snapshot();
  EXPECT_EQ(now.node_count(), 3U);
  EXPECT_EQ(before.node_count(), 2U);
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
  EXPECT_EQ(&now.data(), &transaction.snapshot().data());
  transaction.rollback();
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
  EXPECT_EQ(now.value(*now.find(river), "name"), Value("Long"));
  EXPECT_EQ(refusal(ErrorCode::closed, [&] { transaction.commit(); }), "the transaction is over; begin another");
}

TEST(Transaction, EveryCreateIsItsOwnEdgeInTheOpenSchema) {
  auto graph = graph_text("(a:Lake)-[:FEEDS {n: 1}]->(b:Lake) (a)-[:FEEDS {n: 2}]->(b) (b)-[:FEEDS]->(b)");
  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.edge_count(), 3U);
  const auto out = snapshot.out_edges(NodeRow{0}, *snapshot.edge_type("FEEDS"));
  ASSERT_EQ(out.size(), 2U);
  auto transaction = graph.begin();
  const auto kept = snapshot.key(out.edge(1));
  const auto value = snapshot.value(out.edge(1), "n");
  transaction.delete_edge(snapshot.key(out.edge(0)));
  transaction.commit();
  const auto after = graph.snapshot();
  EXPECT_EQ(after.edge_count(), 2U);
  EXPECT_EQ(after.value(*after.find(kept), "n"), value);
}

TEST(Transaction, OneOfParallelReadEdgesIsDeletedAlone) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("ingest");
  Reading reading(transaction, "a.txt", "a lake feeds a pond");
  const auto lake = reading.node("Lake", "lake");
  const auto pond = reading.node("Pond", "pond");
  const auto first = reading.edge(lake, "FEEDS", pond, "feeds");
  const auto second = reading.edge(lake, "FEEDS", pond, "feeds");
  transaction.commit();
  auto edit = graph.begin();
  edit.delete_edge(first);
  edit.commit();
  EXPECT_FALSE(graph.snapshot().find(first));
  EXPECT_TRUE(graph.snapshot().find(second));
}

TEST(Transaction, ANewValueIsReadAndADocumentsValueStaysBeside) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("ingest");
  Reading reading(transaction, "a.txt", "a lake, deep");
  const auto lake = reading.node("Lake", "lake");
  reading.property(lake, "depth", "deep", "deep", Rank::preferred);
  transaction.commit();
  for (const auto* depth : {"9 m", "10 m"}) {
    auto edit = graph.begin("by:anna");
    edit.set_note("measured again");
    edit.set_property(lake, "depth", depth);
    edit.commit();
  }
  const auto snapshot = graph.snapshot();
  const auto row = *snapshot.find(lake);
  EXPECT_EQ(snapshot.value(row, "depth"), Value("10 m"));
  EXPECT_EQ(snapshot.assertions(row, "depth").size(), 2U);
  const auto citation = snapshot.cite(snapshot.evidence(row, *snapshot.property("depth")).front());
  EXPECT_EQ(citation.quote, "measured again");
  EXPECT_EQ(citation.extractor, "by:anna");
}

TEST(Transaction, LabelsComeAndGoWithTheirChains) {
  auto graph = open_in_memory();
  auto transaction = graph.begin();
  const auto act = transaction.create_node({"Decree"}, {{"jurisdiction", "EU"}, {"kind", "decree"}});
  transaction.commit();
  auto edit = graph.begin();
  edit.remove_label(act, "Decree");
  const auto one = edit.snapshot();
  EXPECT_EQ(one.label_names(*one.find(act)), std::vector<std::string_view>{"LegalAct"});
  edit.add_label(act, "Law");
  refusal(ErrorCode::schema, [&] { edit.remove_label(act, "LegalAct"); });
  const auto two = edit.snapshot();
  EXPECT_EQ(two.label_names(*two.find(act)), (std::vector<std::string_view>{"LegalAct", "Law"}));
  EXPECT_TRUE(two.nodes("Decree").empty());
}

TEST(Transaction, ADeletedNodeCanBeMadeAnewButNotUsed) {
  auto graph = graph_text("(a:Lake)-[:FEEDS]->(b:Lake)");
  auto transaction = graph.begin();
  const auto a = transaction.snapshot().key(NodeRow{0});
  EXPECT_EQ(refusal(ErrorCode::conflict, [&] { transaction.delete_node(a); }),
            "node 1 still has 1 edge; delete them first, or detach");
  transaction.delete_node(a, true);
  refusal(ErrorCode::not_found, [&] { transaction.set_property(a, "name", "x"); });
  EXPECT_NE(transaction.create_node({"Lake"}), a);
  transaction.commit();
  EXPECT_EQ(graph.snapshot().node_count(), 2U);
  EXPECT_EQ(graph.snapshot().edge_count(), 0U);
}

TEST(Transaction, EditsBeforeACommitCostNoSnapshotEach) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  auto last = transaction.create_node({"N"}, {{"i", 0}});
  for (int i = 1; i < 3000; ++i) {
    const auto next = transaction.create_node({"N"}, {{"i", i}});
    transaction.create_edge(last, "NEXT", next);
    transaction.set_property(last, "i", -i);
    if (i % 3 == 0) transaction.delete_node(last, true);
    last = next;
  }
  transaction.commit();
  EXPECT_EQ(graph.snapshot().node_count(), 3000U - 999U);
  EXPECT_EQ(faults(graph.snapshot()), "");
}

TEST(Transaction, WantedKeysAreKeptWhereFree) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("ingest");
  SourceDocument source;
  source.id = DocumentId{5};
  const auto document = transaction.add_document(source, std::make_shared<const std::string>("lakes"));
  EXPECT_EQ(document, DocumentId{5});
  const auto evidence = transaction.add_evidence({document, {0, 5}, "rule:test/1", 1.0F});
  EXPECT_EQ(transaction.add_evidence({document, {0, 5}, "rule:test/1", 1.0F}), evidence);
  const auto mention = [&](std::uint64_t wanted) {
    return transaction.add_mention({NodeKey{wanted}, "Lake", "", evidence}).value;
  };
  EXPECT_EQ(mention(7), 7U);
  EXPECT_EQ(mention(3), 3U);
  EXPECT_EQ(mention(7), 8U);
  EXPECT_EQ(mention(0), 9U);
  EXPECT_EQ(mention(~std::uint64_t{0}), 10U);
  EXPECT_EQ(mention(4000000000U), 11U);
  EXPECT_EQ(transaction.new_edge_key({4}), EdgeKey{4});
  EXPECT_EQ(transaction.new_edge_key({2}), EdgeKey{2});
  EXPECT_EQ(transaction.new_edge_key({2}), EdgeKey{5});
  Assertion claim;
  claim.subject = NodeKey{5};
  claim.name = "Lake";
  claim.evidence = {evidence};
  refusal(ErrorCode::not_found, [&] { transaction.add_assertion(claim); });
  claim.subject = NodeKey{3};
  claim.id = AssertionId{20};
  EXPECT_EQ(transaction.add_assertion(claim), AssertionId{20});
  claim.id = AssertionId{4};
  EXPECT_EQ(transaction.add_assertion(claim), AssertionId{21});
  transaction.commit();
  EXPECT_TRUE(graph.snapshot().find(NodeKey{3}));
}

TEST(Transaction, RecordsThatDangleAreRefused) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("ingest");
  Reading reading(transaction, "a.txt", "Озеро is a lake");
  const auto lake = reading.node("Lake", "lake");
  refusal(ErrorCode::invalid_argument, [&] { transaction.add_evidence({reading.id(), {0, 3}, "x", 1.0F}); });
  refusal(ErrorCode::invalid_argument, [&] { transaction.add_evidence({reading.id(), {0, 300}, "x", 1.0F}); });
  refusal(ErrorCode::invalid_argument, [&] { transaction.add_evidence({reading.id(), {0, 2}, "x", 1.5F}); });
  refusal(ErrorCode::not_found, [&] { transaction.add_evidence({DocumentId{9}, {0, 2}, "x", 1.0F}); });
  Assertion claim;
  claim.subject = lake;
  claim.name = "Lake";
  refusal(ErrorCode::invalid_argument, [&] { transaction.add_assertion(claim); });
  claim.evidence = {EvidenceId{99}};
  refusal(ErrorCode::not_found, [&] { transaction.add_assertion(claim); });
  claim.kind = ClaimKind::edge_property;
  claim.value = 1;
  claim.evidence = {reading.quote("lake")};
  refusal(ErrorCode::not_found, [&] { transaction.add_assertion(claim); });
  claim.edge = EdgeKey{4};
  refusal(ErrorCode::not_found, [&] { transaction.add_assertion(claim); });
  refusal(ErrorCode::not_found, [&] { transaction.withdraw(AssertionId{50}); });
  refusal(ErrorCode::encoding, [&] { transaction.add_document({}, std::make_shared<const std::string>("\xff")); });
  const auto once = reading.property(lake, "depth", 1, "lake");
  transaction.withdraw(once);
  refusal(ErrorCode::conflict, [&] { transaction.withdraw(once); });
}

TEST(Transaction, AKeyedEdgeIsToldApartByItsKeyProperties) {
  auto graph = open_in_memory();
  const auto keys = write_text(
      graph,
      "(p:Person {name: 'Ann Lee'})-[:HOLDS_POSITION {title: 'mayor'}]->(c:Place {name: 'Riga', kind: 'city'}) "
      "(p)-[:HOLDS_POSITION {title: 'judge'}]->(c) (p)-[:HOLDS_POSITION {title: 'judge'}]->(c)");
  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.edge_count(), 2U);
  EXPECT_EQ(keys.size(), 2U);
  auto edit = graph.begin();
  refusal(ErrorCode::schema, [&] { edit.set_property(snapshot.key(EdgeRow{0}), "title", "clerk"); });
  edit.delete_edge(snapshot.key(EdgeRow{1}));
  edit.commit();
  const auto after = graph.snapshot();
  ASSERT_EQ(after.edge_count(), 1U);
  EXPECT_EQ(after.value(*after.edges().begin(), "title"), snapshot.value(EdgeRow{0}, "title"));
}

TEST(Transaction, OneRecordServesForManyClaims) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  SourceDocument document;
  document.uri = "lakes";
  const auto text = transaction.add_document(document, std::make_shared<const std::string>("Upper, Lower"));
  Assertion claim;
  for (const auto& [name, span] : {std::pair<const char*, Span>("Upper", {0, 5}), {"Lower", {7, 12}}}) {
    const auto evidence = transaction.add_evidence({text, span, "test/1", 1.0F});
    claim.evidence.assign(1, evidence);
    const auto* const room = claim.evidence.data();
    claim.subject = transaction.add_mention({{}, "Lake", name, evidence});
    claim.kind = ClaimKind::node;
    claim.name = "Lake";
    claim.value = {};
    transaction.add_assertion(std::move(claim));
    claim.id = {};
    claim.kind = ClaimKind::property;
    claim.name = "name";
    claim.value = name;
    transaction.add_assertion(std::move(claim));
    EXPECT_EQ(claim.evidence.data(), room);
    EXPECT_EQ(claim.value, Value(name));
    claim.id = {};
  }
  transaction.commit();
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(snapshot.find_nodes("Lake", "name", "Upper").size(), 1U);
  EXPECT_EQ(snapshot.find_nodes("Lake", "name", "Lower").size(), 1U);
}

}  // namespace
}  // namespace policygraph::testing
