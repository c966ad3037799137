#include "policygraph/graph/walk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ranges>

#include "policygraph/base/error.hpp"
#include "policygraph/graph/views.hpp"
#include "support/graph_text.hpp"

namespace policygraph::testing {
namespace {

static_assert(std::ranges::forward_range<NodeRange> && std::ranges::view<NodeRange>);
static_assert(std::ranges::forward_range<EdgeRange> && std::ranges::view<EdgeRange>);
static_assert(std::ranges::forward_range<Links<NodeView>> && std::ranges::view<Links<NodeView>>);
static_assert(std::ranges::borrowed_range<Links<EdgeView>> && std::ranges::borrowed_range<NodeRange>);
static_assert(std::forward_iterator<std::ranges::iterator_t<Links<EdgeView>>>);
static_assert(std::is_trivially_copyable_v<NodeView> && sizeof(NodeView) == 16);
template <class T>
concept GivesNodes = requires(T&& walk) { std::forward<T>(walk).nodes("A"); };
static_assert(GivesNodes<Walk&> && GivesNodes<const Walk&> && !GivesNodes<Walk> && !GivesNodes<const Walk>);

Graph policy() {
  auto graph = open_in_memory();
  auto edit = graph.begin("by:anna");
  const auto act = edit.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-1"}, {"date", "2024-10-05"}});
  const auto law = edit.create_node({"Law"}, {{"jurisdiction", "UZ"}, {"kind", "law"}, {"number", "ZRU-2"}});
  const auto water = edit.create_node({"Programme"}, {{"name", "Clean Water"}, {"kind", "programme"}, {"aliases", ValueList{"Water", "CW"}}});
  const auto bank = edit.create_node({"Organization"}, {{"name", "State Bank"}, {"kind", "company"}});
  for (const auto* amount : {"4.90", "100"}) {
    const auto sum = edit.create_node({"Funding"}, {{"kind", "grant"}, {"amount", Decimal::parse(amount)}, {"currency", amount[0] == '4' ? "EUR" : "UZS"}});
    edit.create_edge(act, "AUTHORISES", sum);
    edit.create_edge(sum, "FUNDS", water);
    edit.create_edge(sum, "FUNDS", bank);
  }
  edit.create_edge(law, "AMENDS", act);
  edit.commit();
  return graph;
}

template <class Act>
std::string refused(ErrorCode code, Act act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.text();
    return error.text();
  }
  return "nothing was refused";
}

TEST(Walk, LoopsReadAsSentences) {
  const auto graph = policy();
  const Walk walk(graph);
  std::string said;
  for (const auto act : walk.nodes("LegalAct"))
    for (const auto sum : act.out("AUTHORISES").where([](auto s) { return s.text("currency") == "EUR"; }))
      for (const auto programme : sum.out("FUNDS").labelled("Programme"))
        said += std::string(act.text("number")) + " gives " + std::string(programme.text("name")) + " " +
                sum.get<Decimal>("amount").to_string() + "\n";
  EXPECT_EQ(said, "PF-1 gives Clean Water 4.90\n");
}

TEST(Walk, GoesAgainstTheArrowsAndByEdges) {
  const auto graph = policy();
  const Walk walk(graph);
  const auto act = *walk.find("LegalAct", "number", "PF-1");
  EXPECT_EQ(act.in("AMENDS").first()->label(), "Law");
  EXPECT_EQ(act.out().count(), 2U);
  EXPECT_EQ(act.in_edges().count(), 1U);
  for (const auto edge : act.out_edges("AUTHORISES")) {
    EXPECT_EQ(edge.source(), act);
    EXPECT_EQ(edge.other(act), edge.target());
    EXPECT_EQ(edge.other(edge.target()), act);
    EXPECT_EQ(edge.type(), "AUTHORISES");
    EXPECT_EQ(walk.edge(edge.key()), edge);
    EXPECT_EQ(edge.evidence().front().quote, "by:anna");
  }
  for (const auto edge : act.in_edges("AMENDS")) EXPECT_EQ(edge.target(), act);
  EXPECT_EQ(walk.edges("FUNDS").count(), 4U);
  for (const auto edge : walk.edges("FUNDS")) EXPECT_TRUE(edge.source().has_label("Funding"));
  EXPECT_EQ(walk.edges().count(), graph.snapshot().edge_count());
  EXPECT_EQ(walk.nodes().count(), graph.snapshot().node_count());
}

TEST(Walk, PropertiesReadAsTheirTypes) {
  const auto graph = policy();
  const Walk walk(graph);
  const auto act = walk.node(NodeKey{1});
  EXPECT_EQ(act.get<std::string>("number"), "PF-1");
  EXPECT_EQ(act.get<PartialDate>("date"), PartialDate::parse("2024-10-05"));
  EXPECT_EQ(act.get<Value>("kind"), Value("decree"));
  EXPECT_EQ(act.text("title"), "");
  EXPECT_FALSE(act.has("title"));
  EXPECT_EQ(act.find<std::string_view>("title"), std::nullopt);
  EXPECT_EQ(act.get<std::string>("title", "untitled"), "untitled");
  const auto water = *walk.named("Programme", "CLEAN water");
  EXPECT_EQ(water.get<std::vector<std::string>>("aliases"), (std::vector<std::string>{"Water", "CW"}));
  const auto sum = *walk.nodes("Funding").first();
  EXPECT_EQ(sum.get<double>("amount"), 4.9);
  EXPECT_EQ(sum.find<Decimal>(walk.property("amount")), Decimal::parse("4.90"));
}

TEST(Walk, ErrorsNameTheThingAndTheWayOut) {
  const auto graph = policy();
  const Walk walk(graph);
  const auto sum = *walk.nodes("Funding").first();
  EXPECT_EQ(refused(ErrorCode::schema, [&] { walk.nodes("Fundin"); }), "unknown label 'Fundin'; did you mean 'Funding'?");
  EXPECT_EQ(refused(ErrorCode::schema, [&] { sum.out("FUND"); }), "unknown relation 'FUND'; did you mean 'FUNDS'?");
  EXPECT_EQ(refused(ErrorCode::schema, [&] { sum.get<Decimal>("amuont"); }), "unknown property 'amuont'; did you mean 'amount'?");
  EXPECT_EQ(refused(ErrorCode::schema, [&] { sum.out("FUNDS").labelled("Programe"); }), "unknown label 'Programe'; did you mean 'Programme'?");
  EXPECT_EQ(refused(ErrorCode::not_found, [&] { sum.get<Decimal>("amount_max"); }),
            "Funding 5 ('4.90 EUR') has no 'amount_max'; `find` gives an empty optional, `get` takes a value to give instead");
  EXPECT_EQ(refused(ErrorCode::invalid_argument, [&] { sum.get<std::int64_t>("amount"); }),
            "'amount' of Funding 5 ('4.90 EUR'): expected Integer, found Decimal decimal('4.90')");
  EXPECT_EQ(refused(ErrorCode::invalid_argument, [&] { sum.text("amount"); }),
            "'amount' of Funding 5 ('4.90 EUR'): expected String, found Decimal decimal('4.90')");
  EXPECT_EQ(refused(ErrorCode::not_found, [&] { walk.node(NodeKey{99}); }), "there is no node 99");
  // Known to the schema, absent from the graph.
  EXPECT_TRUE(walk.nodes("Person").is_empty());
  EXPECT_TRUE(sum.out("HELD_UNDER").is_empty());
  EXPECT_EQ(walk.edge_type("HELD_UNDER"), kNoEdgeType);
  EXPECT_TRUE(sum.out(walk.edge_type("HELD_UNDER")).is_empty());
  EXPECT_EQ(walk.find("Person", "name", "Ann"), std::nullopt);
}

TEST(Walk, TheOpenSchemaKnowsNoTypos) {
  const auto graph = graph_text("(a:Lake {n: 1})-[:FEEDS]->(b:Lake {n: 'x'}) (a)-[:FEEDS]->(a)");
  const Walk walk(graph);
  EXPECT_TRUE(walk.nodes("Laek").is_empty());
  EXPECT_EQ(walk.nodes("Lake").first()->find<std::int64_t>("m"), std::nullopt);
  const auto lake = *walk.find("Lake", "n", 1);
  EXPECT_EQ(lake.out("FEEDS").count(), 2U);
  EXPECT_EQ(lake.in("FEEDS").count(), 1U);
  EXPECT_EQ(lake.out_edges().where([&](auto edge) { return edge.other(lake) == lake; }).count(), 1U);
  EXPECT_EQ(walk.find("Lake", "n", "x")->text("n"), "x");
}

TEST(Walk, StandardAlgorithmsTakeItsRanges) {
  const auto graph = policy();
  const Walk walk(graph);
  const auto sums = walk.nodes("Funding");
  EXPECT_EQ(std::ranges::count_if(sums, [](auto s) { return s.has("amount"); }), 2);
  std::vector<std::string> names;
  for (auto name : sums.first()->out("FUNDS") | std::views::transform([](auto node) { return node.caption(); })) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"State Bank", "Clean Water"}));
  const auto eur = sums.where([](auto s) { return s.text("currency") == "EUR"; });
  static_assert(std::ranges::forward_range<decltype(eur)> && std::ranges::view<std::remove_const_t<decltype(eur)>>);
  auto copy = eur;
  copy = eur;
  EXPECT_EQ(std::ranges::distance(copy), 1);
  EXPECT_EQ(std::ranges::distance(eur | std::views::take(5)), 1);
}

TEST(Walk, OfAViewSeesWhatTheViewShows) {
  const auto graph = policy();
  const Walk whole(graph);
  const auto act = *whole.find("LegalAct", "number", "PF-1");
  const auto hidden = where(whole.snapshot(), [&](NodeRow row) { return row != act.row(); });
  const Walk walk(hidden);
  EXPECT_EQ(walk.nodes().count(), whole.nodes().count() - 1);
  EXPECT_EQ(walk.find("LegalAct", "number", "PF-1"), std::nullopt);
  EXPECT_EQ(walk.find("LegalAct", "number", "PF-1"), std::nullopt);  // by the index too
  EXPECT_TRUE(walk.find("LegalAct", "number", "ZRU-2")->out("AMENDS").is_empty());
  EXPECT_TRUE(walk.edges("AUTHORISES").is_empty());
  EXPECT_FALSE(walk[act.row()] == act);
  const Walk near(only(whole.snapshot(), act.around(1, {.types = {"AUTHORISES"}})));
  EXPECT_EQ(near.nodes().count(), 3U);
  EXPECT_EQ(near.edges().count(), 2U);
}

TEST(Walk, EqualsTheLoopsOverTheSnapshot) {
  const auto graph = graph_text(
      "(a:A)-[:R]->(b:B) (a)-[:R]->(b) (a)-[:S]->(b) (b)-[:S]->(c:C) (c)-[:T]->(a) (c)-[:T]->(c) (d:D)");
  const Walk walk(graph);
  const auto& snapshot = walk.snapshot();
  for (const auto node : walk.nodes()) {
    std::vector<EdgeRow> out, in;
    for (std::uint32_t type = 0; type < snapshot.edge_type_count(); ++type) {
      const auto edges = snapshot.out_edges(node.row(), EdgeType{type});
      for (std::uint32_t i = 0; i < edges.size(); ++i) out.push_back(edges.edge(i));
      for (const auto edge : snapshot.in_edges(node.row(), EdgeType{type}).edges) in.push_back(edge);
    }
    std::vector<EdgeRow> walked_out, walked_in;
    for (const auto edge : node.out_edges()) walked_out.push_back(edge.row());
    for (const auto edge : node.in_edges()) walked_in.push_back(edge.row());
    EXPECT_EQ(walked_out, out);
    EXPECT_EQ(walked_in, in);
    EXPECT_EQ(node.out().count(), snapshot.out_degree(node.row()));
    EXPECT_EQ(node.in().count(), snapshot.in_degree(node.row()));
  }
}

}  // namespace
}  // namespace policygraph::testing
