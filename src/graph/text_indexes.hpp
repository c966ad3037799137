#pragma once

#include <cstdint>
#include <vector>

#include "graph/word_table.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// The words of documents. Of a base it has all whose text is held, of a delta those that are new or changed, and it knows which of
/// the base's are gone or replaced.
struct DocumentTexts {
  static DocumentTexts read(const Snapshot::Data& data);

  std::vector<DocumentId> documents;  // by unit
  WordTable table;
  std::vector<bool> is_gone;      // of a delta: by unit of the base
  std::size_t count = 0;          // documents that are searched, those of the base included
  std::uint64_t word_count = 0;
};

/// The words of nodes; a unit is a row. Of a delta: those of the nodes that changed.
struct NodeTexts {
  static NodeTexts read(const Snapshot::Data& data);

  WordTable table;
  std::size_t count = 0;  // nodes with words, those of the base included
  std::uint64_t word_count = 0;
};

const DocumentTexts& document_texts(const Snapshot::Data& data);
const NodeTexts& node_texts(const Snapshot::Data& data);

}  // namespace policygraph::inline v0::detail::graph
