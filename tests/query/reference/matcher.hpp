#pragma once

#include <vector>

#include "reference/expressions.hpp"

namespace policygraph::testing::reference {

// Finds patterns by trying every edge of the graph for every edge of the pattern, in the order written.
class Matcher {
 public:
  Matcher(const bound::BoundQuery& query, const Snapshot& snapshot, Budget& budget);
  // The row once for each way the pattern lies in the graph, its nodes and edges bound.
  std::vector<Values> matches(const bound::BoundPattern& pattern, const Values& row);
  // The edges of every path from one node to another that the edge's bounds, types and direction allow, none twice.
  std::vector<ValueList> paths(const bound::BoundEdge& edge, NodeKey from, NodeKey to);

 private:
  struct Edge {
    EdgeKey key;
    std::string_view type;
    NodeKey source, target;
  };
  struct Trail {
    NodeKey from, to;
    std::vector<EdgeKey> edges;
  };

  void match_edge(std::size_t at);
  void match_single(const bound::BoundEdge& edge, std::size_t at);
  void match_trails(const bound::BoundEdge& edge, std::size_t at);
  void match_node(std::size_t at);
  // Goes on with the edge's ends and value in place, when they agree with what is there; takes them away again.
  void with_edge(const bound::BoundEdge& edge, std::size_t at, NodeKey from, NodeKey to, Value value);
  bool put_node(std::size_t node, NodeKey key);
  bool has_labels(const bound::BoundNode& node, NodeKey key) const;
  bool has_type(const bound::BoundEdge& edge, const Edge& candidate) const;
  bool is_walked(EdgeKey key) const;

  std::vector<Trail> trails(const bound::BoundEdge& edge, const NodeKey* from);
  void extend(const bound::BoundEdge& edge, Trail& trail, std::vector<Trail>& out);

  const bound::BoundQuery& query_;
  const Snapshot& snapshot_;
  Budget& budget_;
  std::vector<NodeKey> nodes_;
  std::vector<Edge> edges_;

  // Of the pattern at hand.
  const bound::BoundPattern* pattern_ = nullptr;
  Values row_;
  std::vector<bool> is_placed_;
  std::vector<EdgeKey> walked_;
  std::vector<Values> found_;
};

}  // namespace policygraph::testing::reference
