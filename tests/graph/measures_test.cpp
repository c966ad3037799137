#include "policygraph/graph/measures.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "algorithms.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

using testing::by_node;
using testing::Form;
using testing::is_near;
using testing::Made;
using testing::make;
using testing::Told;

// Numbers as a table of doubles: what is nowhere is infinitely far.
std::vector<double> far(const std::vector<std::uint32_t>& numbers) {
  std::vector<double> result;
  for (const auto number : numbers)
    result.push_back(number == kNowhere ? std::numeric_limits<double>::infinity() : static_cast<double>(number));
  return result;
}

// Each told graph: plain, as a masked view, and as the reversed view of its opposite.
void on_all(const std::function<void(const Told&, const Made&, const GraphView&)>& check) {
  for (const auto& told : testing::read_told()) {
    for (const auto form : {Form::plain, Form::masked, Form::turned}) {
      SCOPED_TRACE(told.name + (form == Form::masked ? " masked" : form == Form::turned ? " reversed" : ""));
      const auto made = make(told, form);
      const auto reversed = reverse(made.snapshot);
      check(told, made, form == Form::turned ? GraphView(reversed) : GraphView(made.snapshot));
    }
  }
}

TEST(Measures, AnswerAsNetworkxAndIgraphDo) {
  on_all([](const Told& told, const Made& made, const GraphView& graph) {
    PageRankOptions ranks;
    ranks.tolerance = 1e-14;
    ranks.max_iterations = 1000;
    PathOptions weighted;
    weighted.weight = "weight";
    const auto start = made.row[0];
    EXPECT_TRUE(is_near(by_node(made, page_rank(graph, ranks).of_row), told.answer("page_rank")));
    EXPECT_EQ(testing::renumbered(by_node(made, weak_components(graph).of_row)), told.answer("weak"));
    EXPECT_EQ(testing::renumbered(by_node(made, strong_components(graph).of_row)), told.answer("strong"));
    EXPECT_EQ(by_node(made, far(levels(graph, start))), told.answer("levels"));
    EXPECT_TRUE(is_near(by_node(made, distances(graph, start, weighted)), told.answer("distances")));
  });
}

TEST(Measures, AnswerAsNetworkxAndIgraphDoWithoutArrows) {
  on_all([](const Told& told, const Made& made, const GraphView&) {
    const auto plain = undirected(made.snapshot);
    EXPECT_EQ(by_node(made, far(levels(plain, made.row[0]))), told.answer("levels_undirected"));
    EXPECT_EQ(testing::renumbered(by_node(made, connected_components(plain).of_row)), told.answer("weak"));
    std::vector<double> cuts;
    for (const auto row : articulation_points(plain))
      cuts.push_back(static_cast<double>(std::ranges::find(made.row, row) - made.row.begin()));
    std::ranges::sort(cuts);
    EXPECT_EQ(cuts, told.answer("cuts"));
    if (told.has("core")) {
      EXPECT_EQ(by_node(made, core_numbers(plain)), told.answer("core"));
    }
    if (!told.has("biconnected")) return;
    std::vector<double> parts;
    const auto biconnected = biconnected_components(plain);
    for (const auto edge : made.edge) parts.push_back(biconnected.part_of_edge[edge.value]);
    EXPECT_EQ(testing::renumbered(parts), told.answer("biconnected"));
  });
}

TEST(Measures, ShortestPathsHaveTheLengthToldAndHoldTogether) {
  on_all([](const Told& told, const Made& made, const GraphView& graph) {
    PathOptions weighted;
    weighted.weight = "weight";
    for (std::uint32_t node = 0; node < told.nodes; ++node) {
      const auto path = shortest_path(graph, made.row[0], made.row[node], weighted);
      ASSERT_EQ(path.has_value(), told.answer("distances")[node] != std::numeric_limits<double>::infinity());
      if (!path) continue;
      EXPECT_NEAR(path->length, told.answer("distances")[node], 1e-9);
      ASSERT_EQ(path->nodes.size(), path->edges.size() + 1);
      double sum = 0;
      for (std::size_t i = 0; i < path->edges.size(); ++i) {
        const bool is_turned = graph.direction() == GraphView::Direction::backward;
        EXPECT_EQ(made.snapshot.source(path->edges[i]), path->nodes[is_turned ? i + 1 : i]);
        EXPECT_EQ(made.snapshot.target(path->edges[i]), path->nodes[is_turned ? i : i + 1]);
        sum += made.snapshot.value(path->edges[i], "weight").as_double();
      }
      EXPECT_NEAR(sum, path->length, 1e-9);
    }
  });
}

Snapshot large(std::uint32_t nodes, std::uint32_t edges) {
  std::mt19937 random(11);
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  std::vector<NodeKey> keys;
  for (std::uint32_t i = 0; i < nodes; ++i) keys.push_back(transaction.create_node({"Node"}));
  for (std::uint32_t i = 0; i < edges; ++i)
    transaction.create_edge(keys[random() % nodes], "TO", keys[random() % nodes], {{"weight", static_cast<double>(random() % 1000) / 64}});
  transaction.commit();
  return graph.snapshot();
}

// By how much, all rows together, the ranks miss what one round of leaps and steps makes of them.
double rank_trouble(const Snapshot& snapshot, const std::vector<double>& rank) {
  std::vector<double> next(rank.size());
  double leaps = 0.15;
  for (const auto node : snapshot.nodes()) {
    const auto ends = snapshot.outgoing()[node].ends;
    if (ends.empty()) leaps += 0.85 * rank[node.value];
    for (const auto end : ends) next[end.value] += 0.85 * rank[node.value] / static_cast<double>(ends.size());
  }
  double trouble = 0;
  for (const auto node : snapshot.nodes()) trouble += std::abs(next[node.value] + leaps / static_cast<double>(snapshot.node_count()) - rank[node.value]);
  return trouble;
}

TEST(Measures, AreTheSameToTheBitOnAnyNumberOfThreads) {
  const auto snapshot = large(40'000, 110'000);
  const auto plain = undirected(snapshot);
  const NodeRow start{17};
  PathOptions weighted;
  PageRankOptions ranks;
  weighted.weight = "weight";
  weighted.threads = ranks.threads = 1;
  const auto rank = page_rank(snapshot, ranks);
  const auto parts = weak_components(snapshot, weighted);
  const auto steps = levels(plain, start, weighted);
  const auto lengths = distances(plain, start, weighted);
  EXPECT_TRUE(rank.is_converged);
  ranks.tolerance = 1e-13 / 40'000;
  ranks.max_iterations = 300;
  EXPECT_LT(rank_trouble(snapshot, page_rank(snapshot, ranks).of_row), 1e-12);
  ranks = {};
  EXPECT_GT(parts.count, 100U);
  for (const unsigned threads : {2U, 3U, 8U}) {
    weighted.threads = ranks.threads = threads;
    EXPECT_EQ(page_rank(snapshot, ranks).of_row, rank.of_row);
    EXPECT_EQ(weak_components(snapshot, weighted).of_row, parts.of_row);
    EXPECT_EQ(levels(plain, start, weighted), steps);
    EXPECT_EQ(distances(plain, start, weighted), lengths);
  }
}

ErrorCode code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::run;
}

TEST(Measures, RefuseWhatTheyCannotDo) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  const auto a = transaction.create_node({"Node"});
  transaction.create_edge(a, "TO", a, {{"weight", -1}});
  transaction.commit();
  const auto snapshot = graph.snapshot();
  const NodeRow node{0};
  PathOptions weighted;
  weighted.weight = "weight";
  PageRankOptions ranks;
  ranks.damping = 1;
  MeasureOptions stopped;
  std::stop_source stop;
  stop.request_stop();
  stopped.stop = stop.get_token();
  EXPECT_EQ(code_of([&] { distances(snapshot, node, weighted); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([&] { levels(snapshot, NodeRow{9}); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([&] { page_rank(snapshot, ranks); }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of([&] { levels(snapshot, node, stopped); }), ErrorCode::interrupted);
  EXPECT_EQ(code_of([&] { strong_components(snapshot, stopped); }), ErrorCode::interrupted);
  EXPECT_EQ(code_of([&] { weak_components(snapshot, stopped); }), ErrorCode::interrupted);
  EXPECT_TRUE(page_rank(open_in_memory().snapshot()).of_row.empty());
}

}  // namespace
}  // namespace policygraph
