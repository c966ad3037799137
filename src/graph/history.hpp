#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "graph/pages.hpp"
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

/// One claim where the history keeps it: a light view, passed by value, that reads fields one by one. Lives as long as the
/// history it is of.
class Claim {
 public:
  explicit Claim(const Assertion& record) noexcept : record_(&record) {}

  AssertionId id() const noexcept { return record_->id; }
  ClaimKind kind() const noexcept { return record_->kind; }
  NodeKey subject() const noexcept { return record_->subject; }
  NodeKey object() const noexcept { return record_->object; }
  EdgeKey edge() const noexcept { return record_->edge; }
  std::string_view name() const noexcept { return record_->name; }
  const Value& value() const noexcept { return record_->value; }
  Modality modality() const noexcept { return record_->modality; }
  Rank rank() const noexcept { return record_->rank; }
  Review review() const noexcept { return record_->review; }
  const PartialDate& valid_from() const noexcept { return record_->valid_from; }
  const PartialDate& valid_to() const noexcept { return record_->valid_to; }
  std::span<const EvidenceId> evidence() const noexcept { return record_->evidence; }
  Assertion record() const { return *record_; }

  bool is_rejection() const noexcept { return review() == Review::rejected; }
  /// Of a node or one of its properties, not of an edge.
  bool is_of_node() const noexcept { return kind() == ClaimKind::node || kind() == ClaimKind::property; }
  /// That a node or an edge exists, not what it is like.
  bool is_existence() const noexcept { return kind() == ClaimKind::node || kind() == ClaimKind::edge; }

 private:
  const Assertion* record_;
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

  /// Withdrawn ones included; empty: unknown.
  std::optional<Claim> find_claim(AssertionId id) const noexcept;
  /// Requires: there is one of that id.
  Claim claim(std::uint32_t id) const noexcept { return *find_claim(AssertionId{id}); }
  /// All in force, rejections included, in order of id.
  template <class Visit>
  void visit_claims(Visit visit) const {
    for (const auto& part : parts_) {
      for (const auto& record : part->assertions) {
        if (!is_withdrawn(record.id)) visit(Claim(record));
      }
    }
  }
  const Evidence* evidence(EvidenceId id) const noexcept;
  const Judgement* judgement(JudgementId id) const noexcept;
  bool is_withdrawn(AssertionId id) const noexcept { return withdrawn_.has(id.value); }
  bool is_withdrawn(JudgementId id) const noexcept { return withdrawn_judgements_.has(id.value); }

  using Documents = Paged<std::shared_ptr<const Source>>;  ///< by id
  const Documents& documents() const noexcept { return documents_; }
  /// Null: there is none in force.
  const Source* document(DocumentId id) const noexcept {
    const auto* held = documents_.find(id.value);
    return held == nullptr ? nullptr : held->get();
  }
  /// `visit(source)` for each in force, in order of id.
  template <class Visit>
  void visit_documents(Visit visit) const {
    documents_.visit([&](const std::shared_ptr<const Source>& source) {
      if (source != nullptr) visit(*source);
    });
  }
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
  Documents documents_;
  IdSet withdrawn_;
  IdSet withdrawn_judgements_;
  Counters counters_;
};

}  // namespace policygraph::inline v0::detail::graph
