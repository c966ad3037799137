#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/model/sources.hpp"
#include "store/commit_rows.hpp"
#include "store/database.hpp"
#include "store/digest.hpp"

namespace policygraph::inline v0::detail::store {

/// What a small commit brings, written as rows of `small_commits`: one page of the database changes where five would.
/// The first of each kind of record stands in the commit's first row, the second in its second.
class SmallCommit {
 public:
  static constexpr std::uint64_t kMostRows = 16;  ///< of a commit; its number times that is its first row's

  explicit SmallCommit(const Database& database);
  void clear() noexcept;
  /// `document` and `text`, which may be null, must live until `write`.
  void add_document(std::uint64_t version, const SourceDocument& document, const Digest& text_digest,
                    const std::string* text);
  void add_evidence(std::uint64_t id, DocumentId document, Span span, std::uint64_t finder);
  void add_batch(std::uint64_t id, std::string_view kind, std::uint64_t rows, std::string data);
  /// Requires: a transaction; at most kMostRows of each were added.
  void write(const CommitRow& row);

 private:
  struct DocumentRow {
    std::uint64_t version;
    const SourceDocument* document;
    Digest text_digest;
    const std::string* text;
  };
  struct EvidenceRow {
    std::uint64_t id;
    DocumentId document;
    Span span;
    std::uint64_t finder;
  };
  struct BatchRow {
    std::uint64_t id;
    std::string_view kind;
    std::uint64_t rows;
    std::string data;
  };
  void bind(const CommitRow& row);
  void bind(const DocumentRow& row, const std::string& published);
  void bind(const EvidenceRow& row);
  void bind(const BatchRow& row);

  Statement insert_;
  std::vector<DocumentRow> documents_;
  std::vector<EvidenceRow> evidence_;
  std::vector<BatchRow> batches_;
};

}  // namespace policygraph::inline v0::detail::store
