#include "policygraph/graph/boost.hpp"

#include <gtest/gtest.h>

#include <boost/graph/graph_concepts.hpp>

#include "policygraph/graph/graph.hpp"

namespace policygraph {
namespace {

template <class Graph>
void check_common() {
  BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::AdjacencyMatrixConcept<Graph>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, NodeRow, boost::vertex_index_t>));
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, WalkedEdge, boost::edge_index_t>));
}

template <class Map, class Key>
void check_map(const Map&) {
  BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<Map, Key>));
}

TEST(BoostConcepts, AreModelledBySnapshotsAndTheirViews) {
  check_common<Snapshot>();
  check_common<Reversed>();
  check_common<Undirected>();
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Snapshot>));
  BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Reversed>));
  static_assert(std::is_same_v<boost::graph_traits<Undirected>::directed_category, boost::undirected_tag>);
  static_assert(std::is_same_v<boost::graph_traits<const Snapshot>::vertex_descriptor, NodeRow>);
}

TEST(BoostConcepts, AreModelledByMaps) {
  const auto snapshot = open_in_memory(Schema::open()).snapshot();
  check_map<decltype(key_map<NodeRow>(snapshot)), NodeRow>(key_map<NodeRow>(snapshot));
  check_map<decltype(key_map<WalkedEdge>(snapshot)), WalkedEdge>(key_map<WalkedEdge>(snapshot));
}

// Calls by Boost's name find ours too, not its templates for its own graphs alone.
TEST(BoostCalls, AreFoundByTheirFullName) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("test");
  const auto from = transaction.create_node({"Act"}, {}), to = transaction.create_node({"Act"}, {});
  transaction.create_edge(from, "AMENDS", to);
  transaction.commit();
  const auto snapshot = graph.snapshot();
  const auto edge = *boost::edges(snapshot).first;
  EXPECT_EQ(boost::num_vertices(snapshot), 2U);
  EXPECT_EQ(boost::num_edges(reverse(snapshot)), 1U);
  EXPECT_EQ(boost::source(edge, snapshot), *snapshot.find(from));
  EXPECT_EQ(boost::out_degree(*snapshot.find(to), undirected(snapshot)), 1U);
  EXPECT_EQ(boost::in_degree(*snapshot.find(to), snapshot), 1U);
  EXPECT_EQ(*boost::adjacent_vertices(*snapshot.find(from), snapshot).first, *snapshot.find(to));
}

}  // namespace
}  // namespace policygraph
