#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "graph/documents.hpp"
#include "graph/pages.hpp"
#include "graph/part.hpp"

namespace policygraph::inline v0::detail::graph {

/// No row, no class.
inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;
/// A set of ids as a bitmap in blocks, which copies share until they are written to.
class IdSet {
 public:
  void insert(std::uint64_t id, Edition edition = 0) {
    words_.set(id / 64, words_[id / 64] | std::uint64_t{1} << (id % 64), edition);
    size_ = std::max(size_, id / 64 + 1);
  }
  bool has(std::uint64_t id) const noexcept { return id / 64 < size_ && ((words_[id / 64] >> (id % 64)) & 1U) != 0; }
  bool is_empty() const noexcept { return size_ == 0; }
  std::size_t memory_bytes() const noexcept { return words_.memory_bytes(); }
  void write(ImageOut& out) const;
  void read(ImageIn& in);

 private:
  Paged<std::uint64_t> words_;
  std::uint64_t size_ = 0;  // in words
};

/// Tables of one kind, in order of what they hold, each sealed. Small ones are joined as they come, so that there are
/// few however many commits there were.
template <class Table>
class Tables {
 public:
  void push(std::shared_ptr<Table> table) {
    auto kept = tables_.size();
    for (auto size = table->size(); kept > 0 && size < kLarge && tables_[kept - 1]->size() < 2 * size;
         size += tables_[kept]->size())
      --kept;
    if (kept < tables_.size()) table = joined(kept, *table);
    tables_.resize(kept);
    firsts_.resize(kept);
    firsts_.push_back(size_of_all());
    table->seal();
    tables_.push_back(std::move(table));
  }
  std::uint32_t size_of_all() const noexcept { return tables_.empty() ? 0 : firsts_.back() + tables_.back()->size(); }
  /// By its number among all: the table, and the place there. Requires: number < size_of_all().
  std::pair<const Table&, std::uint32_t> at(std::uint32_t number) const noexcept {
    const auto table = static_cast<std::size_t>(std::ranges::upper_bound(firsts_, number) - firsts_.begin()) - 1;
    tables_[table]->need();
    return {*tables_[table], number - firsts_[table]};
  }
  /// The table that holds what has that id, if any does; null: none can.
  template <class IdType>
  const Table* with(IdType id) const noexcept {
    const auto after = std::ranges::upper_bound(tables_, id, {}, [](const auto& table) { return table->first_id(); });
    if (after == tables_.begin()) return nullptr;
    const auto* table = std::prev(after)->get();
    table->need();
    return table;
  }
  /// `visit(table)` for each.
  template <class Visit>
  void visit(Visit visit) const {
    for (const auto& table : tables_) {
      table->need();
      visit(*table);
    }
  }
  std::size_t memory_bytes() const noexcept {
    std::size_t bytes = 0;
    for (const auto& table : tables_) bytes += table->memory_bytes();
    return bytes;
  }
  void write(ImageOut& out) const {
    out.number(std::uint64_t{tables_.size()});
    for (const auto& table : tables_) table->write(out);
  }
  void read(ImageIn& in, const std::shared_ptr<StringTable>& strings) {
    for (auto left = in.count(); left > 0; --left) {
      firsts_.push_back(size_of_all());
      tables_.push_back(Table::read(in, strings));
    }
  }

 private:
  static constexpr std::uint32_t kLarge = 1U << 16;
  // Those from there on, and one that comes after them.
  std::shared_ptr<Table> joined(std::size_t first, const Table& last) const {
    auto all = std::make_shared<Table>(last.strings());
    for (auto at = first; at < tables_.size(); ++at) {
      tables_[at]->need();
      all->add(*tables_[at]);
    }
    all->add(last);
    return all;
  }

  std::vector<std::shared_ptr<const Table>> tables_;
  std::vector<std::uint32_t> firsts_;  // the number of the first of each
};

/// All records up to some commit, packed, and which of them are withdrawn. A value: each snapshot has its own, the
/// tables are shared. Texts are not held here.
class History {
 public:
  using Source = DocumentVersion;
  /// What else a part brought; only parts that brought some of it have one.
  struct Log {
    std::size_t part;
    std::uint64_t first_judgement;                             ///< the lowest id that it may bring
    std::shared_ptr<const std::vector<Judgement>> judgements;  ///< the part's own
    std::vector<Finding> findings;
    std::vector<Run> runs;
  };

  History() = default;
  explicit History(std::shared_ptr<StringTable> strings) noexcept : strings_(std::move(strings)) {}

  /// Takes the next part; its tables are sealed and shared.
  void push(const Part& part);
  /// The same where the highest ids after it are known.
  void push(const Part& part, const Counters& after);
  /// The same of a batch from elsewhere. Throws Error(format) when ids do not count up, Error(limit) when there are too
  /// many; the history is as it was then.
  void push(const Batch& batch) { push(packed(batch, counters_, strings_, static_cast<std::uint32_t>(part_count_))); }
  /// Where what comes next is packed.
  const std::shared_ptr<StringTable>& strings() const noexcept { return strings_; }
  /// The numbers of the strings that all records are made of, each once, in an order that follows from what the records
  /// say alone: not from their tables or from how strings are numbered.
  std::vector<std::uint32_t> strings_in_order() const;

  /// How many parts there are; they are numbered from 0.
  std::size_t part_count() const noexcept { return part_count_; }
  const Counters& counters() const noexcept { return counters_; }

  /// Withdrawn ones included; empty: unknown.
  std::optional<Claim> find_claim(AssertionId id) const noexcept {
    const auto* table = claims_.with(id);
    return table == nullptr ? std::nullopt : table->find(id);
  }
  /// Requires: there is one of that id.
  Claim claim(std::uint32_t id) const noexcept { return *find_claim(AssertionId{id}); }
  /// All in force, rejections included, in order of id.
  template <class Visit>
  void visit_claims(Visit visit) const {
    claims_.visit([&](const ClaimTable& table) {
      table.visit([&](Claim claim) {
        if (withdrawn_.is_empty() || !is_withdrawn(claim.id())) visit(claim);
      });
    });
  }
  /// Whether a claim says when it holds, or who says so; withdrawn ones included.
  bool has_details() const {
    bool has_some = false;
    claims_.visit([&](const ClaimTable& table) { has_some = has_some || table.has_details(); });
    return has_some;
  }

  std::optional<Evidence> evidence(EvidenceId id) const;
  /// The document that evidence lies in; none where there is no such evidence.
  DocumentId document_of(EvidenceId id) const noexcept;
  /// `visit(id, document)` for each evidence, in order of id.
  template <class Visit>
  void visit_evidence(Visit visit) const {
    evidence_.visit([&](const EvidenceTable& table) {
      for (std::uint32_t place = 0, end = table.size(); place < end; ++place)
        visit(table.id(place), table.document(place));
    });
  }

  /// Mentions are numbered from 0 in the order they came. Requires: there is one of that number.
  KeptMention mention(std::uint32_t number) const noexcept {
    const auto [table, place] = mentions_.at(number);
    return table[place];
  }
  std::uint32_t mention_count() const noexcept { return mentions_.size_of_all(); }
  /// Claims, mentions and evidence, withdrawn ones included.
  std::size_t record_count() const noexcept {
    return std::size_t{claims_.size_of_all()} + mentions_.size_of_all() + evidence_.size_of_all();
  }
  /// `visit(number, mention)` for all that still hold, in the order they came; a later one of a key stands for the
  /// earlier ones.
  template <class Visit>
  void visit_mentions(Visit visit) const {
    std::uint32_t number = 0;
    mentions_.visit([&](const MentionTable& table) {
      for (std::uint32_t place = 0, end = table.size(); place < end; ++place, ++number) {
        if (holds(table[place])) visit(number, table[place]);
      }
    });
  }

  const std::vector<std::shared_ptr<const Log>>& logs() const noexcept { return logs_; }
  const Judgement* judgement(JudgementId id) const noexcept;
  /// In force, in order of id.
  template <class Visit>
  void visit_judgements(Visit visit) const {
    for (const auto& log : logs_) {
      for (const auto& judgement : *log->judgements) {
        if (!is_withdrawn(judgement.id)) visit(judgement);
      }
    }
  }
  bool is_withdrawn(AssertionId id) const noexcept { return withdrawn_.has(id.value); }
  bool is_withdrawn(JudgementId id) const noexcept { return withdrawn_judgements_.has(id.value); }

  const Documents& documents() const noexcept { return documents_; }
  /// Null: there is none in force.
  const Source* document(DocumentId id) const noexcept { return documents_.find(id); }
  /// `visit(source)` for each in force, in order of id.
  template <class Visit>
  void visit_documents(Visit visit) const {
    documents_.visit(visit);
  }
  /// Whether what part number `part` says about `document` still stands.
  bool holds(DocumentId document, std::size_t part) const noexcept;
  bool holds(KeptMention mention) const noexcept { return holds(document_of(mention.evidence()), mention.part()); }

  std::size_t memory_bytes() const noexcept;

  void write(ImageOut& out) const;
  static History read(ImageIn& in);

 private:
  template <class Table>
  static void take(Tables<Table>& tables, const std::shared_ptr<Table>& table);
  void take_records(const Part& part);
  void count(const Part& part);

  std::shared_ptr<StringTable> strings_ = std::make_shared<StringTable>();
  Tables<ClaimTable> claims_;
  Tables<EvidenceTable> evidence_;
  Tables<MentionTable> mentions_;
  std::vector<std::shared_ptr<const Log>> logs_;
  std::size_t part_count_ = 0;
  Documents documents_;
  IdSet withdrawn_;
  IdSet withdrawn_judgements_;
  Counters counters_;
};

}  // namespace policygraph::inline v0::detail::graph
