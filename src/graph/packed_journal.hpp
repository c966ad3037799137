#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "graph/part.hpp"
#include "policygraph/graph/journal.hpp"

namespace policygraph::inline v0::detail::graph {

/// A journal that writes the many records of a commit as they are packed: nothing of a large commit is unpacked for it, and it
/// is written while the snapshot is derived. `append` of what the parts hold together writes the same bytes.
class PackedJournal : public Journal {
 public:
  using Parts = std::span<const std::shared_ptr<Part>>;

  /// Writes all of a commit: of `rest` the documents, which bring their texts, and its number; of the parts what else there is.
  /// Nothing lasts before `finish`. Requires: the parts are sealed. Any thread, one at a time.
  virtual void write(const Batch& rest, Parts parts) = 0;
  /// Makes last what was written; throws and keeps nothing of it otherwise.
  virtual void finish() = 0;
  /// Lets go of what was written and is not finished.
  virtual void drop() noexcept = 0;
  /// Throws Error(closed) in a child of the process that opened it.
  virtual void refuse_if_forked() const {}
  /// Whether the image of a graph of that many records is worth deriving it anew: this one wrote to it.
  virtual bool wants_image(std::uint64_t) const noexcept { return false; }
  /// Whether no commit came after that one; cheaper to ask than `has_news`. Requires: the lock.
  virtual bool is_newest(CommitId) { return false; }
  /// Of the time of whoever reads, the share that deriving what others commit may take at most; 1: all of it.
  virtual double share_for_news() const noexcept { return 1; }
};

}  // namespace policygraph::inline v0::detail::graph
