#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/knowledge.hpp"
#include "policygraph/model/assertion.hpp"
#include "policygraph/model/evidence.hpp"
#include "policygraph/model/finding.hpp"
#include "policygraph/model/judgement.hpp"
#include "policygraph/model/mention.hpp"
#include "policygraph/model/sources.hpp"

namespace policygraph::inline v0 {

class Snapshot;
namespace detail::graph {
class Image;  // src/graph/image.hpp
}  // namespace detail::graph

/// All that one commit brings and withdraws, with its ids already given. Plain records.
struct Batch {
  struct NewDocument {
    SourceDocument document;
    std::shared_ptr<const std::string> text;  ///< null: not held
  };
  struct NewEvidence {
    EvidenceId id;
    Evidence evidence;
  };
  CommitId commit;
  std::vector<NewDocument> documents;  ///< new, or replacing the one of the same id
  std::vector<DocumentId> removed_documents;
  std::vector<NewEvidence> evidence;  ///< ids count up without gaps over all batches
  std::vector<Mention> mentions;
  std::vector<Assertion> assertions;
  std::vector<AssertionId> withdrawn;
  std::vector<Judgement> judgements;
  std::vector<JudgementId> withdrawn_judgements;
  std::vector<Run> runs;
  std::vector<Finding> findings;  ///< what ingestion noticed; replaced with their document
};

/// Where commits go and come back from. The in-memory one is below; `store` has the durable one. One writer at a time:
/// the graph calls `append` under its own lock. Readers call the `const` functions from any thread meanwhile.
class POLICYGRAPH_EXPORT Journal {
 public:
  using Visit = std::function<void(const Batch&)>;

  virtual ~Journal() = default;
  /// Makes the batch last (durably, for a durable journal) before returning; throws and changes nothing otherwise.
  virtual void append(const Batch& batch) = 0;
  /// Every batch from the first, in order of commit. A large commit may come in several batches of its number: each
  /// refers to what it brings itself or those before it brought.
  virtual void replay(const Visit& visit) const = 0;
  /// The text of a document; null when it is not held or redacted.
  virtual std::shared_ptr<const std::string> text(DocumentId document) const = 0;

  // For a journal that keeps what was known; others say nothing of it.
  virtual bool keeps_history() const noexcept { return false; }
  /// Every batch of the commits up to `last`.
  virtual void replay_until(CommitId last, const Visit& visit) const;
  virtual std::vector<CommitInfo> commits() const { return {}; }

  // For a journal that keeps every version of a text: the one of that digest, removed documents included. Then the
  // graph holds no text for older snapshots.
  virtual bool keeps_versions() const noexcept { return false; }
  virtual std::shared_ptr<const std::string> text_version(DocumentId document, const std::string& sha256) const;

  // For a journal that other processes write to as well. The graph locks it before a transaction reads, and takes the
  // news then; `append` needs the lock.
  /// Waits up to `timeout`, then Error(busy) that names who holds it.
  virtual void lock(std::string_view author, std::chrono::milliseconds timeout);
  virtual void unlock() noexcept {}
  /// Whether there are commits after `last`; the graph asks whenever a snapshot is taken, so it must cost little.
  virtual bool has_news(CommitId) const { return false; }
  /// Every batch of the commits after `last`.
  virtual void replay_after(CommitId last, const Visit& visit) const;

  // For a journal that keeps what a graph derived of its commits beside them, so that it opens without reading them.
  /// Null: there is nothing that fits.
  virtual std::shared_ptr<const detail::graph::Image> image() const { return nullptr; }
  /// Given what was derived of all that `replay` told. Nothing depends on whether it is kept, so it throws nothing but
  /// what stands for a lack of memory.
  virtual void keep_image(const Snapshot&) const {}

  /// Lets go of what is outside; texts can still be asked for. Idempotent.
  virtual void close() {}
};

/// Keeps batches in memory, for `open_in_memory`.
POLICYGRAPH_EXPORT std::unique_ptr<Journal> make_memory_journal();

}  // namespace policygraph::inline v0
