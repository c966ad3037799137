#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "hand_csr.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace bench {

/// A claim as one would read it from a file: names by number, one piece of evidence.
struct PlainClaim {
  policygraph::ClaimKind kind;
  std::uint32_t name, subject, object, edge, evidence;
  policygraph::Value value;
};
struct PlainClaims {
  std::vector<std::string> names;
  std::vector<PlainClaim> all;
};
/// Requires: no rejections, one label a node, no properties of edges, values that are strings, decimals or partial dates.
PlainClaims plain_claims(const policygraph::Snapshot& snapshot);

/// What one would write by hand for the same: rows by key and keys by row, nodes ordered by label, a typed array a property,
/// strings by number, edges with the same ends as one, both ways, and the evidence of each row. No schema is checked, no
/// two mentions are one node, nothing can be rejected, undone, or seen as of another commit.
struct HandGraph {
  struct Column {
    std::vector<std::uint64_t> present;  // a bit a row
    std::variant<std::monostate, std::vector<std::uint32_t>, std::vector<policygraph::Decimal>, std::vector<policygraph::PartialDate>> values;
    std::vector<std::string> strings;
  };
  struct Evidence {
    std::vector<std::uint32_t> starts, ids;
  };
  std::vector<std::uint32_t> row_of_node, row_of_edge;  // by key
  std::vector<std::uint32_t> node_keys, edge_keys;      // by row
  std::vector<std::uint32_t> labels;                    // by row: a name
  std::vector<Column> columns;                          // by name
  HandCsr adjacency;                                    // types by name
  Evidence of_nodes, of_edges;
};
HandGraph make_hand_graph(const PlainClaims& claims);

/// How much of a snapshot's keys, labels, values, edges and evidence the graph made by hand has otherwise.
std::size_t differences(const policygraph::Snapshot& snapshot, const PlainClaims& claims, const HandGraph& graph);

}  // namespace bench
