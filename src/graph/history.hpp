#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "policygraph/graph/journal.hpp"

namespace policygraph::inline v0::detail::graph {

/// No row, no class.
inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;
/// Rows and keys are kept in 32 bits inside a snapshot; more is a checked error.
inline constexpr std::uint64_t kMostKeys = 0xFFFFFFF0U;

/// A set of ids as a bitmap.
class IdSet {
 public:
  void insert(std::uint64_t id);
  bool has(std::uint64_t id) const noexcept {
    return id / 64 < words_.size() && ((words_[id / 64] >> (id % 64)) & 1U) != 0;
  }
  std::size_t memory_bytes() const noexcept { return words_.capacity() * sizeof(std::uint64_t); }

 private:
  std::vector<std::uint64_t> words_;
};

/// The highest id of each kind given so far.
struct Counters {
  std::uint64_t commit = 0, document = 0, evidence = 0, node = 0, edge = 0, assertion = 0, judgement = 0, run = 0;
};

/// All records up to some commit, in the parts they came in, and which of them are withdrawn. A value: each snapshot
/// has its own, the parts are shared. Texts are not held here.
class History {
 public:
  struct Source {
    SourceDocument document;
    std::size_t since = 0;  ///< the part that brought this version; what earlier parts say of it is gone
  };

  /// Throws Error(format) when ids do not count up, Error(limit) when there are too many.
  void push(std::shared_ptr<const Batch> part);

  const std::vector<std::shared_ptr<const Batch>>& parts() const noexcept { return parts_; }
  const Counters& counters() const noexcept { return counters_; }
  void set_counters(const Counters& counters) noexcept { counters_ = counters; }

  const Assertion* assertion(AssertionId id) const noexcept;  ///< withdrawn ones included; null: unknown
  const Evidence* evidence(EvidenceId id) const noexcept;
  const Judgement* judgement(JudgementId id) const noexcept;
  bool is_withdrawn(AssertionId id) const noexcept { return withdrawn_.has(id.value); }
  bool is_withdrawn(JudgementId id) const noexcept { return withdrawn_judgements_.has(id.value); }

  const std::map<DocumentId, Source>& documents() const noexcept { return documents_; }
  /// Whether what part number `part` says about `document` still stands.
  bool holds(DocumentId document, std::size_t part) const noexcept;
  bool holds(const Mention& mention, std::size_t part) const noexcept;

  std::size_t memory_bytes() const noexcept;

 private:
  struct First {
    std::uint64_t assertion, evidence, judgement;
  };
  void check(const Batch& part) const;
  void count(const Batch& part);

  std::vector<std::shared_ptr<const Batch>> parts_;
  std::vector<First> first_;  // the lowest id that a part may bring
  std::map<DocumentId, Source> documents_;
  IdSet withdrawn_;
  IdSet withdrawn_judgements_;
  Counters counters_;
};

/// The document an assertion rests on; none when it has no known evidence.
DocumentId document_of(const History& history, const Assertion& assertion) noexcept;
/// Whether all its evidence lies in edits by hand.
bool is_by_hand(const History& history, const Assertion& assertion) noexcept;

}  // namespace policygraph::inline v0::detail::graph
