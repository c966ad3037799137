#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/text/line_index.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::graph {

/// A document's text with the indexes that turn bytes into code points and lines.
struct IndexedText {
  std::shared_ptr<const std::string> text;
  CodePointIndex code_points;
  LineIndex lines;
  std::vector<std::uint32_t> page_ends;  ///< its form feeds
  explicit IndexedText(std::shared_ptr<const std::string> held);
  /// From 1; 0: the text has no pages. O(log pages).
  std::uint32_t page(std::size_t offset) const noexcept;
};

/// The texts that citations of one snapshot were cut from. Any thread may ask. A copy starts empty.
class Quotes {
 public:
  Quotes() = default;
  Quotes(const Quotes&) noexcept : Quotes() {}
  Quotes& operator=(const Quotes&) = delete;

  /// Null when the text is not held or redacted.
  std::shared_ptr<const IndexedText> text(const Sources& sources, DocumentId document) const;
  std::size_t memory_bytes() const;

 private:
  mutable std::mutex mutex_;
  mutable std::map<DocumentId, std::shared_ptr<const IndexedText>> texts_;
};

Citation cite(const Snapshot::Data& data, EvidenceId id, const Evidence& evidence);

}  // namespace policygraph::inline v0::detail::graph
