#include "policygraph/graph/views.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "dump.hpp"
#include "policygraph/base/error.hpp"
#include "records.hpp"
#include "support/graph_text.hpp"

namespace policygraph {
namespace {

PartialDate date(const char* text) { return PartialDate::parse(text); }

// One edge a pair of dates, from node to node.
Snapshot with_validity(const std::vector<std::pair<PartialDate, PartialDate>>& stated) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  testing::Reading reading(transaction, "a.txt", "words");
  const auto from = reading.node("Person", "words");
  for (const auto& [since, until] : stated) {
    Assertion claim;
    claim.kind = ClaimKind::edge;
    claim.subject = from;
    claim.object = reading.node("Body", "words");
    claim.name = "HOLDS";
    claim.edge = transaction.new_edge_key();
    claim.evidence = {reading.quote("words")};
    claim.valid_from = since;
    claim.valid_to = until;
    transaction.add_assertion(claim);
  }
  transaction.commit();
  return graph.snapshot();
}

struct Stated {
  const char *from, *to, *date;
  bool possibly, definitely;
};

TEST(AsOf, KeepsWhatIsPossiblyOrDefinitelyValid) {
  static constexpr Stated kCases[] = {
      {"", "", "2022-01-01", true, true},  // states nothing
      {"2020-03-01", "2022-03-01", "2021", true, true},
      {"2020-03-01", "2022-03-01", "2020-03-01", true, true},  // both ends are days of validity
      {"2020-03-01", "2022-03-01", "2022-03-01", true, true},
      {"2020-03-01", "2022-03-01", "2020-02-29", false, false},
      {"2020-03-01", "2022-03-01", "2022-03-02", false, false},
      {"2020-03-01", "2022-03-01", "2022", true, false},  // some days of 2022 only
      {"2020", "2022", "2020-07-01", true, false},        // begins some day of 2020
      {"2020", "2022", "2021-07-01", true, true},
      {"2020", "2022", "2022-07-01", true, false},
      {"2020-03", "2020-03", "2020-03-15", true, false},
      {"2019-05-01", "", "2024-01-01", true, false},  // nobody says it still holds
      {"2019-05-01", "", "2019-05-01", true, true},
      {"2019-05-01", "", "2019-04-30", false, false},
      {"", "2019-05-01", "2018-01-01", true, false},
      {"", "2019-05-01", "2019-05-01", true, true},
      {"", "2019-05-01", "2019-05-02", false, false},
      {"2012-11", "2012-01", "2012", false, false},  // contradicts itself
      {"2019-05-01", "../..", "2024-01-01", true, true},  // said to be without end
  };
  for (const auto& stated : kCases) {
    SCOPED_TRACE(std::string(stated.from) + " to " + stated.to + " on " + stated.date);
    const auto snapshot = with_validity({{date(stated.from), date(stated.to)}});
    EXPECT_EQ(as_of(snapshot, date(stated.date)).edge_count(), stated.possibly ? 1U : 0U);
    EXPECT_EQ(as_of(snapshot, date(stated.date), Certainty::definitely).edge_count(), stated.definitely ? 1U : 0U);
  }
  EXPECT_THROW(as_of(with_validity({}), PartialDate()), Error);
}

TEST(Views, ShareRowsAndHideTheRest) {
  const auto graph = testing::graph_text(
      "(a:Act)-[:CITES]->(b:Act), (a)-[:FUNDS]->(p:Programme {name: 'Water'}), (b)-[:FUNDS]->(p), (p)-[:IN]->(c:Place)");
  const auto whole = graph.snapshot();
  const auto acts = with_labels(whole, {"Act", "Nothing"});
  EXPECT_TRUE(acts.is_view());
  EXPECT_FALSE(whole.is_view());
  EXPECT_FALSE(acts.whole().is_view());
  EXPECT_EQ(acts.node_count(), 2U);
  EXPECT_EQ(acts.edge_count(), 1U);
  EXPECT_EQ(acts.node_row_limit(), whole.node_row_limit());
  const auto programme = whole.nodes("Programme").front();
  EXPECT_FALSE(acts.is_alive(programme));
  EXPECT_FALSE(acts.find(whole.key(programme)).has_value());
  EXPECT_TRUE(acts.nodes("Programme").empty());
  EXPECT_TRUE(acts.find_name("Programme", "Water").empty());
  EXPECT_EQ(with_types(whole, {"FUNDS"}).edge_count(), 2U);
  EXPECT_EQ(with_types(whole, {"FUNDS"}).node_count(), 4U);
  EXPECT_EQ(with_types(whole, {}).edge_count(), 0U);
  EXPECT_EQ(with_labels(with_types(whole, {"FUNDS", "IN"}), {"Programme", "Place"}).edge_count(), 1U);
  EXPECT_EQ(testing::faults(acts), "");
}

TEST(Views, KeepWhatWasReviewed) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  testing::Reading reading(transaction, "a.txt", "words");
  const auto a = reading.node("Act", "words");
  const auto b = reading.node("Act", "words");
  reading.edge(a, "CITES", b, "words");
  Assertion claim;
  claim.kind = ClaimKind::edge;
  claim.subject = b;
  claim.object = a;
  claim.name = "CITES";
  claim.edge = transaction.new_edge_key();
  claim.review = Review::disputed;
  claim.evidence = {reading.quote("words")};
  transaction.add_assertion(claim);
  transaction.commit();
  const auto whole = graph.snapshot();
  EXPECT_EQ(with_review(whole, {Review::proposed}).edge_count(), 1U);
  EXPECT_EQ(with_review(whole, {Review::proposed, Review::disputed}).edge_count(), 2U);
  EXPECT_EQ(with_review(whole, {Review::disputed}).node_count(), 0U);
}

// A random graph whose edges state validity or not, and views of views of it, against the plain rule for each.
class Rules {
 public:
  explicit Rules(std::uint32_t seed) : random_(seed) {}

  Snapshot graph() {
    auto graph = open_in_memory(Schema::open());
    auto transaction = graph.begin();
    testing::Reading reading(transaction, "a.txt", "words");
    std::vector<NodeKey> nodes;
    for (std::uint32_t i = 0; i < 1 + below(30); ++i) nodes.push_back(reading.node("L" + std::to_string(below(4)), "words"));
    for (std::uint32_t i = 0; i < below(90); ++i) {
      Assertion claim;
      claim.kind = ClaimKind::edge;
      claim.subject = nodes[below(nodes.size())];
      claim.object = nodes[below(nodes.size())];
      claim.name = "T" + std::to_string(below(4));
      claim.edge = transaction.new_edge_key();
      claim.evidence = {reading.quote("words")};
      if (below(2) == 0) claim.valid_from = PartialDate::month(2020, 1 + static_cast<int>(below(6)));
      if (below(2) == 0) claim.valid_to = PartialDate::month(2020, 7 + static_cast<int>(below(6)));
      transaction.add_assertion(claim);
    }
    transaction.commit();
    if (below(2) == 0) write_more(graph, nodes);
    if (below(4) == 0) graph.compact();
    return graph.snapshot();
  }

  // Leaves rows that are dead, and rows behind those of the first commit.
  void write_more(Graph& graph, const std::vector<NodeKey>& nodes) {
    const auto before = graph.snapshot();
    auto transaction = graph.begin();
    for (const auto edge : before.edges())
      if (below(6) == 0) transaction.delete_edge(before.key(edge));
    for (std::uint32_t i = 0; i < 5; ++i)
      transaction.create_edge(nodes[below(nodes.size())], "T" + std::to_string(below(4)), nodes[below(nodes.size())]);
    transaction.commit();
  }

  // A view of the snapshot; what it should hide is taken out of the sets.
  Snapshot view(const Snapshot& snapshot, std::set<NodeRow>& nodes, std::set<EdgeRow>& edges) {
    switch (below(4)) {
      case 0: {
        const auto day = PartialDate::day(2020, 1 + static_cast<int>(below(12)), 15);
        std::erase_if(edges, [&](EdgeRow edge) {
          return certainly_before(day, snapshot.valid_from(edge)) || (!snapshot.valid_to(edge).is_unknown() && certainly_before(snapshot.valid_to(edge), day));
        });
        return as_of(snapshot, day);
      }
      case 1: {
        const std::vector<std::string> kept = {"L" + std::to_string(below(4)), "L" + std::to_string(below(4))};
        std::erase_if(nodes, [&](NodeRow node) {
          return std::ranges::find(kept, std::string(snapshot.label_names(node).front())) == kept.end();
        });
        return with_labels(snapshot, kept);
      }
      case 2: {
        const std::vector<std::string> kept = {"T" + std::to_string(below(4)), "T" + std::to_string(below(4)), "T0"};
        std::erase_if(edges, [&](EdgeRow edge) {
          return std::ranges::find(kept, std::string(snapshot.name(snapshot.type(edge)))) == kept.end();
        });
        return with_types(snapshot, kept);
      }
      default: {
        const auto divisor = 2 + below(5);
        std::erase_if(nodes, [&](NodeRow node) { return node.value % divisor == 1; });
        std::erase_if(edges, [&](EdgeRow edge) { return edge.value % divisor == 0; });
        return where(
            snapshot, [&](NodeRow node) { return node.value % divisor != 1; },
            [&](EdgeRow edge) { return edge.value % divisor != 0; });
      }
    }
  }

 private:
  std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  std::mt19937 random_;
};

TEST(Views, OfViewsEqualThePlainRules) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    Rules rules(seed);
    const auto whole = rules.graph();
    std::set<NodeRow> nodes;
    std::set<EdgeRow> edges;
    for (const auto row : whole.nodes()) nodes.insert(row);
    for (const auto row : whole.edges()) edges.insert(row);
    auto view = whole;
    for (int depth = 0; depth < 3; ++depth) {
      view = rules.view(view, nodes, edges);
      std::erase_if(edges, [&](EdgeRow edge) { return !nodes.contains(whole.source(edge)) || !nodes.contains(whole.target(edge)); });
      EXPECT_EQ(testing::faults(view), "");
      EXPECT_TRUE(std::ranges::equal(view.nodes(), nodes));
      EXPECT_TRUE(std::ranges::equal(view.edges(), edges));
      std::multiset<EdgeRow> left, entered;
      for (const auto node : view.nodes()) {
        for (const auto edge : view.out_edges(node).edges) left.insert(edge);
        for (const auto edge : view.in_edges(node).edges) entered.insert(edge);
      }
      EXPECT_TRUE(std::ranges::equal(left, edges));
      EXPECT_TRUE(std::ranges::equal(entered, edges));
      if (view.node_numbers().empty()) continue;
      std::uint32_t number = 0;
      for (const auto row : view.nodes()) EXPECT_EQ(view.node_numbers()[row.value], number++);
    }
    EXPECT_EQ(testing::faults(whole), "");
  }
}

}  // namespace
}  // namespace policygraph
