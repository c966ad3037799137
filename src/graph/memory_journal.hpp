#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "policygraph/graph/journal.hpp"

namespace policygraph::inline v0::detail::graph {

/// The newest texts of the documents of all batches so far; readers ask while a writer appends.
class TextTable {
 public:
  void take(const Batch& batch);
  std::shared_ptr<const std::string> find(DocumentId document) const;

 private:
  mutable std::mutex mutex_;
  std::map<DocumentId, std::shared_ptr<const std::string>> texts_;
};

/// Keeps texts alone and replays nothing.
std::unique_ptr<Journal> make_text_journal();

}  // namespace policygraph::inline v0::detail::graph
