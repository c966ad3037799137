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

}  // namespace
}  // namespace policygraph
