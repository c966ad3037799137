#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "graph/packed_journal.hpp"
#include "policygraph/graph/journal.hpp"
#include "store/database.hpp"
#include "store/digest.hpp"

namespace policygraph::inline v0::detail::store {

/// The last rows of the tables after a commit; its own rows stand behind those of the commit before.
struct Ends {
  std::uint64_t document = 0, evidence = 0, judgement = 0, run = 0, finding = 0, batch = 0;
};

/// A row of `commits`, or the first of a commit in `small_commits`.
struct CommitRow {
  std::uint64_t id = 0;
  std::uint64_t time = 0;  ///< microseconds since 1970-01-01T00:00Z
  std::string author;
  Ends ends;
  Digest digest{};
  bool is_small = false;
};

class SmallCommit;

/// The digest of a commit begins with this; its rows follow, table by table.
RowDigest begin_digest(const CommitRow& row);

/// Writes commits as rows; its statements are prepared once.
class CommitWriter {
 public:
  explicit CommitWriter(const Database& database);
  ~CommitWriter();
  /// Requires: a transaction of the database; `before` is the commit before, and batch.commit the one after it.
  CommitRow write(const Batch& batch, const CommitRow& before, std::string_view author);
  /// The same of a commit whose records are packed (graph/packed_journal.hpp).
  CommitRow write(const Batch& rest, graph::PackedJournal::Parts parts, const CommitRow& before, std::string_view author);
  /// A commit that removes the texts of all versions of a document, whose newest row is that. Requires: a transaction.
  CommitRow write_redaction(SourceDocument document, std::string_view state, const CommitRow& before, std::string_view author);
  /// After a write that was rolled back.
  void forget() noexcept {
    last_finder_ = nullptr;
    finders_.clear();
    last_ = kNone;
  }

 private:
  void write_document(const Batch::NewDocument& item, std::uint64_t commit);
  bool is_small(const Batch& rest, graph::PackedJournal::Parts parts, std::string_view author) const;
  CommitRow begin(const CommitRow& before, std::string_view author);
  CommitRow finish(CommitRow row);
  void write_removal(DocumentId document, std::uint64_t commit);
  void write_document_row(const SourceDocument& document, std::string_view state, std::string_view text_digest, std::uint64_t commit);
  void write_judgement(const Judgement& judgement, std::uint64_t commit);
  void write_run(const Run& run, std::uint64_t commit);
  void write_finding(const Finding& finding, std::uint64_t commit);
  void write_batches(const Batch& batch);
  void write_evidence(EvidenceId id, const Evidence& evidence);
  void write_evidence(const graph::EvidenceTable& all);
  void write_evidence_lot(const graph::EvidenceTable& all, std::size_t first);
  void say_evidence(EvidenceId id, const Evidence& evidence);
  void put_evidence(Statement& row, std::size_t bound, EvidenceId id, const Evidence& evidence);
  void write_claims(graph::PackedJournal::Parts parts, std::uint64_t commit);
  void write_mentions(graph::PackedJournal::Parts parts, std::uint64_t commit);
  template <class Packed, class TableOf>
  void write_packed(graph::PackedJournal::Parts parts, const char* kind, std::uint64_t commit, TableOf table_of);
  template <class Ids>
  void write_withdrawn(const char* kind, const Ids& ids, std::uint64_t commit);
  void write_batch(std::string_view kind, std::size_t rows, std::string data, std::uint64_t commit);
  std::uint64_t finder(const std::string& extractor, float confidence);
  void load_finders(std::uint64_t newest);

  static constexpr auto kNone = ~std::uint64_t{0};
  const Database& database_;
  Statement document_, text_, finder_, evidence_, judgement_, run_, finding_, batch_, commit_, new_finders_;
  std::unique_ptr<SmallCommit> small_;  // null where the format has none
  bool is_writing_small_ = false;
  std::optional<Statement> evidence_lot_;  // many rows at once; made when a commit first has so many
  std::map<std::pair<std::string, double>, std::uint64_t> finders_;
  const std::pair<const std::pair<std::string, double>, std::uint64_t>* last_finder_ = nullptr;  // they come in runs
  std::uint64_t last_ = kNone;  // the commit written last; where it is the newest, nobody else added finders
  Ends ends_;
  std::optional<RowDigest> digest_;
};

/// Reads commits back. Every commit is compared with its digest before a batch of it is given away.
class CommitReader {
 public:
  explicit CommitReader(const Database& database);
  /// The row of that commit; all zeros for 0. Throws Error(format) when there is none.
  CommitRow row(std::uint64_t commit);
  std::uint64_t newest();
  /// Requires: `before` is the row of the commit before.
  void read(const CommitRow& row, const CommitRow& before, const Journal::Visit& visit);
  /// Throws Error(format) unless its rows are as they were written.
  void verify(const CommitRow& row, const CommitRow& before);
  /// Throws Error(format) where the tables do not end with the newest commit.
  void check_ends(const CommitRow& newest);
  /// Of the version of a document, which a row of `small_commits` holds, or none (0); empty: it is not kept.
  std::optional<std::string> text(std::uint64_t version, std::uint64_t small_row);
  /// The newest row of a document, and its state; empty: there never was one.
  std::optional<std::pair<SourceDocument, std::string>> newest_row(DocumentId document);

 private:
  struct Sink;
  void scan(const CommitRow& row, const CommitRow& before, Sink& sink);
  void scan_small(const CommitRow& row, const CommitRow& before, Sink& sink);
  void scan_tables(const CommitRow& row, const CommitRow& before, Sink& sink);
  // What a statement stands on: its columns from `first` on.
  static SourceDocument document_row(const Statement& found);
  void put_document(const Statement& found, Sink& sink);
  void put_evidence(const Statement& found, int first, const CommitRow& row, Sink& sink);
  void put_batch(const Statement& found, int first, const CommitRow& row, Sink& sink);
  const char* documents_name() const noexcept;
  bool is_redaction(std::uint64_t version, DocumentId document);
  void load_redactions(std::uint64_t after);
  void scan_documents(const CommitRow& row, const CommitRow& before, Sink& sink);
  void scan_evidence(const CommitRow& row, const CommitRow& before, Sink& sink);
  void scan_judgements(const CommitRow& row, const CommitRow& before, Sink& sink);
  void scan_runs(const CommitRow& row, const CommitRow& before, Sink& sink);
  void scan_findings(const CommitRow& row, const CommitRow& before, Sink& sink);
  void scan_batches(const CommitRow& row, const CommitRow& before, Sink& sink);
  const std::pair<std::string, double>& finder(std::uint64_t id);
  [[noreturn]] void refuse(const CommitRow& row, const std::string& fact) const;

  const Database& database_;
  const bool has_small_;
  Statement newest_, commit_, documents_, text_, finder_, evidence_, judgements_, runs_, findings_, batches_,
      redactions_;
  std::optional<Statement> small_, small_commit_, small_text_;  // where the format has them
  std::optional<Statement> last_rows_;                          // of the tables; prepared when first asked for
  std::map<std::uint64_t, std::pair<std::string, double>> finders_;
  std::map<DocumentId, std::uint64_t> redacted_until_;  // versions before that have no text any more
  std::uint64_t redactions_until_ = 0;                  // the version they are known until
};

}  // namespace policygraph::inline v0::detail::store
