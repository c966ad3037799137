#include "store/small_commits.hpp"

#include <algorithm>
#include <utility>

namespace policygraph::inline v0::detail::store {

SmallCommit::SmallCommit(const Database& database)
    : insert_(database,
              "INSERT INTO small_commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
              "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

void SmallCommit::clear() noexcept {
  documents_.clear();
  evidence_.clear();
  batches_.clear();
}

void SmallCommit::add_document(std::uint64_t version, const SourceDocument& document, const Digest& text_digest,
                               const std::string* text) {
  documents_.push_back({version, &document, text_digest, text});
}
void SmallCommit::add_evidence(std::uint64_t id, DocumentId document, Span span, std::uint64_t finder) {
  evidence_.push_back({id, document, span, finder});
}
void SmallCommit::add_batch(std::uint64_t id, std::string_view kind, std::uint64_t rows, std::string data) {
  batches_.push_back({id, kind, rows, std::move(data)});
}

void SmallCommit::bind(const CommitRow& row) {
  const auto& ends = row.ends;
  insert_.bind(2, row.time).bind(3, row.author).bind(4, ends.document).bind(5, ends.evidence).bind(6, ends.judgement);
  insert_.bind(7, ends.run).bind(8, ends.finding).bind(9, ends.batch).bind_blob(10, bytes_of(row.digest));
}

void SmallCommit::bind(const DocumentRow& row, const std::string& published) {
  const auto& document = *row.document;
  insert_.bind(11, row.version).bind(12, document.id.value).bind(13, std::string_view("present"));
  insert_.bind(14, document.kind == SourceDocument::Kind::edit ? std::string_view("edit") : std::string_view("read"));
  insert_.bind(15, document.title).bind(16, document.uri).bind(17, document.publisher).bind(18, published);
  insert_.bind(19, document.language).bind(20, tier_name(document.tier)).bind(21, document.sha256);
  insert_.bind(22, std::uint64_t{document.has_text}).bind(23, std::uint64_t{document.is_redacted});
  insert_.bind_blob(24, row.text == nullptr ? std::string_view() : bytes_of(row.text_digest));
  if (row.text != nullptr) insert_.bind(25, *row.text);
}

void SmallCommit::bind(const EvidenceRow& row) {
  insert_.bind(26, row.id).bind(27, row.document.value).bind(28, std::uint64_t{row.span.start});
  insert_.bind(29, std::uint64_t{row.span.end}).bind(30, row.finder);
}

void SmallCommit::bind(const BatchRow& row) {
  insert_.bind(31, row.id).bind(32, row.kind).bind(33, row.rows).bind_blob(34, row.data);
}

void SmallCommit::write(const CommitRow& row) {
  const auto count = std::max({documents_.size(), evidence_.size(), batches_.size(), std::size_t{1}});
  for (std::size_t i = 0; i < count; ++i) {
    insert_.unbind();
    insert_.bind(1, row.id * kMostRows + i);
    if (i == 0) bind(row);
    const auto published = i < documents_.size() ? documents_[i].document->published.to_string() : std::string();
    if (i < documents_.size()) bind(documents_[i], published);
    if (i < evidence_.size()) bind(evidence_[i]);
    if (i < batches_.size()) bind(batches_[i]);
    insert_.run();
  }
}

}  // namespace policygraph::inline v0::detail::store
