#include "graph/memory_journal.hpp"

#include <utility>
#include <vector>

#include "graph/texts.hpp"

namespace policygraph::inline v0 {
namespace {

class MemoryJournal final : public Journal {
 public:
  void append(const Batch& batch) override {
    Batch copy = batch;
    texts_.take(batch);
    batches_.push_back(std::move(copy));
  }
  void replay(const std::function<void(const Batch&)>& visit) const override {
    for (const auto& batch : batches_) visit(batch);
  }
  bool keeps_history() const noexcept override { return true; }
  std::shared_ptr<const std::string> text(DocumentId document) const override { return texts_.find(document); }

 private:
  detail::graph::TextTable texts_;
  std::vector<Batch> batches_;
};

// What `open_in_memory` uses: nobody replays it, and the graph holds the records already.
class TextJournal final : public detail::graph::RecordlessJournal {
 public:
  void append(const Batch& batch) override { texts_.take(batch); }
  void replay(const std::function<void(const Batch&)>&) const override {}
  std::shared_ptr<const std::string> text(DocumentId document) const override { return texts_.find(document); }

 private:
  detail::graph::TextTable texts_;
};

}  // namespace

std::shared_ptr<const std::string> Journal::text_version(DocumentId document, const std::string&) const {
  return text(document);
}
void Journal::lock(std::string_view, std::chrono::milliseconds) {}
void Journal::replay_after(CommitId last, const Visit& visit) const {
  replay([&](const Batch& batch) {
    if (batch.commit > last) visit(batch);
  });
}

void Journal::replay_until(CommitId last, const Visit& visit) const {
  replay([&](const Batch& batch) {
    if (batch.commit <= last) visit(batch);
  });
}

std::unique_ptr<Journal> make_memory_journal() { return std::make_unique<MemoryJournal>(); }

namespace detail::graph {

void TextTable::take(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  for (const auto id : batch.removed_documents) texts_.erase(id);
  for (const auto& item : batch.documents) texts_[item.document.id] = item.text;
}

std::shared_ptr<const std::string> TextTable::find(DocumentId document) const {
  const std::lock_guard lock(mutex_);
  const auto found = texts_.find(document);
  return found == texts_.end() ? nullptr : found->second;
}

std::unique_ptr<Journal> make_text_journal() { return std::make_unique<TextJournal>(); }

}  // namespace detail::graph

}  // namespace policygraph::inline v0
