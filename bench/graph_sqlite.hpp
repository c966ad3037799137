#pragma once

#include <cstddef>
#include <string>

#include "policygraph/graph/snapshot.hpp"

namespace bench {

/// Sizes of SQLite files that hold what a snapshot holds. Names (labels, types, properties, extractors) are numbers into
/// a table, whole amounts are integers, one commit's number is left out, and each file is vacuumed: as small as one
/// would sensibly make them. Indexes are those without which the graph's questions read whole tables.
struct SqliteSizes {
  /// Nodes with their labels, properties by node and name, edges with indexes by source and by target.
  std::size_t graph = 0;
  /// Nodes and edges as before; mentions; claims, which hold the values once, with an index by what they are about;
  /// evidence. Texts of the documents are in neither.
  std::size_t with_claims = 0;
};
SqliteSizes sqlite_sizes(const policygraph::Snapshot& snapshot, const std::string& folder);

}  // namespace bench
