#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "policygraph/exchange/arrow.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/transaction.hpp"

namespace policygraph::inline v0 {

/// What rows of a table become nodes by.
struct NodesFromTable {
  std::vector<std::string> labels;
  /// Columns whose values say which node a row is: one that has them already, or that an earlier row made, gets the row's other
  /// values as its properties instead of a new node. Empty: every row is a new node.
  std::vector<std::string> key{};
  std::stop_token stop{};
};

/// An end of edges: a column of node keys, or of the values of a property that nodes of a label have.
struct EdgeEnd {
  std::string column;
  std::string label{};     ///< empty: the column holds keys
  std::string property{};
};

/// What rows of a table become edges by; columns that are no end are properties.
struct EdgesFromTable {
  std::string type;
  EdgeEnd source, target;
  std::stop_token stop{};
};

/// Writes each row as a node, columns being properties; null says nothing. Gives the node of each row, in order. The
/// edit is the evidence, as of everything written by hand.
/// Throws Error(invalid_argument) for columns of different lengths, a column named twice, a key that is no column or is null, Error(conflict)
/// for a key that several nodes have, and what the schema says against a row (Error(schema)), all naming the column or the row (from
/// 0). Rows before it stay written in the transaction: drop it to be rid of them.
///
///     auto transaction = graph.begin("by:anna");
///     add_nodes(transaction, read_stream(&stream), {.labels = {"City"}, .key = {"name"}});
///     transaction.commit();
POLICYGRAPH_EXPORT std::vector<NodeKey> add_nodes(Transaction& transaction, std::span<const ValueColumn> columns, const NodesFromTable& how);

/// Writes each row as an edge; gives the edge of each row (the schema may make one edge of several rows). An end that is null, no node, or
/// several nodes is refused by column and row.
POLICYGRAPH_EXPORT std::vector<EdgeKey> add_edges(Transaction& transaction, std::span<const ValueColumn> columns, const EdgesFromTable& how);

}  // namespace policygraph::inline v0
