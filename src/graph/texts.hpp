#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/history.hpp"
#include "policygraph/graph/journal.hpp"

namespace policygraph::inline v0::detail::graph {

/// A journal that nobody replays: of a batch it takes the documents alone.
class RecordlessJournal : public Journal {};

/// The journal, and the texts it does not have: those of a transaction under way, and those that were replaced or
/// removed while older snapshots may still want to quote them.
class Texts {
 public:
  explicit Texts(std::unique_ptr<Journal> journal) noexcept
      : journal_(std::move(journal)), keeps_records_(dynamic_cast<const RecordlessJournal*>(journal_.get()) == nullptr) {}

  Journal& journal() noexcept { return *journal_; }
  /// Whether the journal takes more of a batch than its documents.
  bool keeps_records() const noexcept { return keeps_records_; }
  /// The text of that version of the document; null when it is not held.
  std::shared_ptr<const std::string> fetch(DocumentId document, const std::string& sha256) const;
  void hold(DocumentId document, const std::string& sha256, std::shared_ptr<const std::string> text);
  /// Needs no memory: transactions end with it, whatever ended them.
  void release(DocumentId document, std::string_view sha256) noexcept;
  /// Nobody changes what is held between the two.
  void rest() const { mutex_.lock(); }
  void go_on() const { mutex_.unlock(); }

 private:
  std::unique_ptr<Journal> journal_;
  bool keeps_records_;
  using Version = std::pair<DocumentId, std::string>;
  struct Earlier {
    using is_transparent = void;
    template <class A, class B>
    bool operator()(const A& a, const B& b) const noexcept {
      return a.first != b.first ? a.first < b.first : a.second < b.second;
    }
  };
  mutable std::mutex mutex_;
  std::map<Version, std::shared_ptr<const std::string>, Earlier> held_;
};

/// How a snapshot of that history gets its texts.
Sources::FetchText fetch_for(std::shared_ptr<const Texts> texts, const History& history);

}  // namespace policygraph::inline v0::detail::graph
