#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "policygraph/graph/journal.hpp"

namespace policygraph::inline v0::detail::graph {

/// Small commits of others as few batches: deriving costs a commit of two records as much as ten of them. A batch that replaces
/// or removes documents begins another one, as what was said before of their earlier versions ends with it.
class JoinedNews {
 public:
  /// `last_document` is the highest id that is known.
  explicit JoinedNews(std::uint64_t last_document) noexcept : last_document_(last_document) {}

  /// Calls `take(batch)` for what was added before, when it is time.
  template <class Take>
  void add(const Batch& batch, Take take) {
    const auto more = record_count(batch);
    if (ends_versions(batch) || records_ + more > kMost) flush(take);
    for (const auto& item : batch.documents) last_document_ = std::max(last_document_, item.document.id.value);
    if (more > kMost) return take(batch);
    join(batch);
    records_ += more;
    is_empty_ = false;
  }
  template <class Take>
  void flush(Take take) {
    if (is_empty_) return;
    const auto batch = std::exchange(joined_, {});
    records_ = 0;
    is_empty_ = true;
    take(batch);
  }

  static std::size_t record_count(const Batch& batch) noexcept {
    return batch.assertions.size() + batch.mentions.size() + batch.evidence.size();
  }

 private:
  static constexpr std::size_t kMost = 512;  // records; half of what is always derived on top (change_identity.cpp)

  bool ends_versions(const Batch& batch) const noexcept {
    return !batch.removed_documents.empty() ||
           std::ranges::any_of(batch.documents, [&](const auto& item) { return item.document.id.value <= last_document_; });
  }
  template <class T>
  static void append(std::vector<T>& to, const std::vector<T>& from) {
    to.insert(to.end(), from.begin(), from.end());
  }
  void join(const Batch& batch) {
    joined_.commit = batch.commit;
    append(joined_.documents, batch.documents);
    append(joined_.removed_documents, batch.removed_documents);
    append(joined_.evidence, batch.evidence);
    append(joined_.mentions, batch.mentions);
    append(joined_.assertions, batch.assertions);
    append(joined_.withdrawn, batch.withdrawn);
    append(joined_.judgements, batch.judgements);
    append(joined_.withdrawn_judgements, batch.withdrawn_judgements);
    append(joined_.runs, batch.runs);
    append(joined_.findings, batch.findings);
  }

  std::uint64_t last_document_;
  Batch joined_;
  std::size_t records_ = 0;
  bool is_empty_ = true;
};

}  // namespace policygraph::inline v0::detail::graph
