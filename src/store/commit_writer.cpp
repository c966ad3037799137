#include <algorithm>
#include <chrono>
#include <span>
#include <utility>

#include "policygraph/base/error.hpp"
#include "store/claim_batch.hpp"
#include "store/columns.hpp"
#include "store/commit_rows.hpp"
#include "store/layout.hpp"
#include "store/packed_claims.hpp"
#include "store/row_digests.hpp"
#include "store/small_commits.hpp"
#include "store/value_bytes.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20;  // about, of the strings of a batch
constexpr std::size_t kEvidenceLot = 32;                   // rows of a statement
constexpr std::size_t kManyEvidence = 1024;                // from which on it is worth making one
constexpr std::size_t kMostOfSmall = 2048;  // bytes of a small commit's strings and lists, so that few lie in pages of their own

std::string repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (; count > 0; --count) all += text;
  return all;
}

std::uint64_t now_in_microseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

template <class Ids>
std::string json_list(const Ids& ids) {
  std::string text = "[";
  for (const auto id : ids) text += (text.size() > 1 ? "," : "") + std::to_string(id.value);
  return text + "]";
}

std::size_t size_of(const Assertion& claim) {
  return claim.name.size() + (claim.value.kind() == ValueKind::string ? claim.value.as_string().size() : 0);
}
std::size_t size_of(const Mention& mention) { return mention.type.size() + mention.surface.size(); }
std::size_t size_of(graph::Claim claim) {
  return claim.name().size() + (claim.shape().form == graph::ValueForm::string ? claim.text().size() : 0);
}
std::size_t size_of(graph::KeptMention mention) { return mention.type().size() + mention.surface().size(); }
std::size_t evidence_of(graph::Claim claim) { return claim.shape().has_list ? claim.evidence().size() : 1; }
std::size_t evidence_of(graph::KeptMention) { return 1; }
std::size_t evidence_of(const Assertion& claim) { return claim.evidence.size(); }
std::size_t evidence_of(const Mention&) { return 1; }

template <class Visit>
void visit_records(const graph::ClaimTable& table, Visit visit) {
  table.visit(visit);
}
template <class Visit>
void visit_records(const graph::MentionTable& table, Visit visit) {
  for (std::uint32_t i = 0; i < table.size(); ++i) visit(table[i]);
}

std::size_t whole_size_of(graph::Claim claim) {
  return size_of(claim) + (claim.shape().form == graph::ValueForm::other ? value_bytes(claim.value()).size() : 0);
}
std::size_t whole_size_of(graph::KeptMention mention) { return size_of(mention); }
std::size_t whole_size_of(const SourceDocument& document) {
  return document.title.size() + document.uri.size() + document.publisher.size() + document.language.size() + document.sha256.size();
}

void check_evidence(std::size_t count) {
  if (count > kMostEvidenceOfBatch) throw Error(ErrorCode::limit, "a claim rests on more than 1,048,576 pieces of evidence");
}

/// Calls `write` with pieces that make batches of a bounded size.
template <class Record, class Write>
void in_pieces(const std::vector<Record>& records, Write write) {
  const std::span<const Record> all(records);
  std::size_t from = 0, bytes = 0, evidence = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto more = evidence_of(all[i]);
    check_evidence(more);
    if (i - from == kMostRows || bytes > kMostBytes || evidence + more > kMostEvidenceOfBatch) {
      write(all.subspan(from, i - from));
      from = i, bytes = 0, evidence = 0;
    }
    bytes += size_of(all[i]);
    evidence += more;
  }
  if (from < all.size()) write(all.subspan(from));
}

template <class Ids, class Write>
void withdrawn_in_pieces(const Ids& ids, Write write) {
  std::vector<std::uint64_t> numbers;
  for (const auto id : ids) {
    numbers.push_back(id.value);
    if (numbers.size() < kMostRows) continue;
    write(std::span<const std::uint64_t>(numbers));
    numbers.clear();
  }
  if (!numbers.empty()) write(std::span<const std::uint64_t>(numbers));
}

}  // namespace

RowDigest begin_digest(const CommitRow& row) {
  RowDigest digest;
  digest.number(row.id);
  digest.number(row.time);
  digest.text(row.author);
  return digest;
}

CommitWriter::CommitWriter(const Database& database)
    : database_(database),
      document_(database, "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      text_(database, "INSERT INTO texts VALUES (?, ?)"),
      finder_(database, "INSERT INTO finders VALUES (?, ?, ?)"),
      evidence_(database, "INSERT INTO evidence VALUES (?, ?, ?, ?, ?)"),
      judgement_(database, "INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
      run_(database, "INSERT INTO runs VALUES (?, ?, ?, ?)"),
      finding_(database, "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)"),
      batch_(database, "INSERT INTO batches VALUES (?, ?, ?, ?, ?)"),
      commit_(database, "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      new_finders_(database, "SELECT id, extractor, confidence FROM finders WHERE id > ?") {
  if (has_small_commits(database)) small_ = std::make_unique<SmallCommit>(database);
}

CommitWriter::~CommitWriter() = default;

// Nothing that is looked for in its table alone, and no more than a few rows and some hundred bytes.
bool CommitWriter::is_small(const Batch& rest, graph::PackedJournal::Parts parts, std::string_view author) const {
  if (small_ == nullptr || parts.size() != 1 || !rest.removed_documents.empty()) return false;
  const auto& part = *parts.front();
  if (!part.judgements->empty() || !part.runs.empty() || !part.findings.empty()) return false;
  const auto is_few = [](std::size_t count) { return count <= SmallCommit::kMostRows; };
  if (!is_few(rest.documents.size()) || !is_few(part.evidence->size()) || !is_few(part.claims->size()) ||
      !is_few(part.mentions->size()))
    return false;
  if (!is_few(part.withdrawn.size()) || !is_few(part.withdrawn_judgements.size())) return false;
  std::size_t bytes = author.size();
  for (const auto& item : rest.documents) {
    if (item.document.is_redacted) return false;
    bytes += whole_size_of(item.document) + (item.text == nullptr ? 0 : item.text->size());
  }
  const auto add = [&](auto record) { bytes += whole_size_of(record) + evidence_of(record); };
  visit_records(*part.claims, add);
  visit_records(*part.mentions, add);
  return bytes <= kMostOfSmall;
}

CommitRow CommitWriter::write(const Batch& batch, const CommitRow& before, std::string_view author) {
  auto row = begin(before, author);
  load_finders(before.id);
  for (const auto id : batch.removed_documents) write_removal(id, row.id);
  for (const auto& item : batch.documents) write_document(item, row.id);
  for (const auto& item : batch.evidence) write_evidence(item.id, item.evidence);
  for (const auto& judgement : batch.judgements) write_judgement(judgement, row.id);
  for (const auto& run : batch.runs) write_run(run, row.id);
  for (const auto& finding : batch.findings) write_finding(finding, row.id);
  write_batches(batch);
  return finish(std::move(row));
}

// In the order of `write` above, so that the rows and their digest are the same.
CommitRow CommitWriter::write(const Batch& rest, graph::PackedJournal::Parts parts, const CommitRow& before,
                              std::string_view author) {
  const bool small = is_small(rest, parts, author);
  auto row = begin(before, author);
  is_writing_small_ = row.is_small = small;
  load_finders(before.id);
  for (const auto id : rest.removed_documents) write_removal(id, row.id);
  for (const auto& item : rest.documents) write_document(item, row.id);
  for (const auto& part : parts)
    write_evidence(*part->evidence);
  for (const auto& part : parts)
    for (const auto& judgement : *part->judgements) write_judgement(judgement, row.id);
  for (const auto& part : parts)
    for (const auto& run : part->runs) write_run(run, row.id);
  for (const auto& part : parts)
    for (const auto& finding : part->findings) write_finding(finding, row.id);
  write_mentions(parts, row.id);
  write_claims(parts, row.id);
  std::vector<AssertionId> claims;
  std::vector<JudgementId> judgements;
  for (const auto& part : parts) {
    claims.insert(claims.end(), part->withdrawn.begin(), part->withdrawn.end());
    judgements.insert(judgements.end(), part->withdrawn_judgements.begin(), part->withdrawn_judgements.end());
  }
  write_withdrawn("withdrawn assertions", claims, row.id);
  write_withdrawn("withdrawn judgements", judgements, row.id);
  return finish(std::move(row));
}

CommitRow CommitWriter::begin(const CommitRow& before, std::string_view author) {
  CommitRow row{before.id + 1, std::max(now_in_microseconds(), before.time), std::string(author), {}, {}, false};
  ends_ = before.ends;
  is_writing_small_ = false;
  if (small_ != nullptr) small_->clear();
  digest_.emplace(begin_digest(row));
  return row;
}

CommitRow CommitWriter::finish(CommitRow row) {
  row.ends = ends_;
  for (const auto end : {ends_.document, ends_.evidence, ends_.judgement, ends_.run, ends_.finding, ends_.batch}) digest_->number(end);
  row.digest = digest_->take();
  if (is_writing_small_) {
    small_->write(row);
    return row;
  }
  commit_.bind(1, row.id).bind(2, row.time).bind(3, row.author).bind(4, ends_.document).bind(5, ends_.evidence);
  commit_.bind(6, ends_.judgement).bind(7, ends_.run).bind(8, ends_.finding).bind(9, ends_.batch);
  commit_.bind_blob(10, bytes_of(row.digest)).run();
  return row;
}

void CommitWriter::write_document_row(const SourceDocument& document, std::string_view state, std::string_view text_digest,
                                      std::uint64_t commit) {
  const auto published = document.published.to_string();
  document_.bind(1, ++ends_.document).bind(2, document.id.value).bind(3, commit).bind(4, state);
  document_.bind(5, document.kind == SourceDocument::Kind::edit ? std::string_view("edit") : std::string_view("read"));
  document_.bind(6, document.title).bind(7, document.uri).bind(8, document.publisher).bind(9, published);
  document_.bind(10, document.language).bind(11, tier_name(document.tier)).bind(12, document.sha256);
  document_.bind(13, std::uint64_t{document.has_text}).bind(14, std::uint64_t{document.is_redacted}).bind_blob(15, text_digest).run();
  add_document(*digest_, ends_.document, state, document, text_digest);
}

void CommitWriter::write_document(const Batch::NewDocument& item, std::uint64_t commit) {
  const auto digest = item.text == nullptr ? Digest() : digest_of(*item.text);
  if (is_writing_small_) {
    small_->add_document(++ends_.document, item.document, digest, item.text.get());
    return add_document(*digest_, ends_.document, "present", item.document,
                        item.text == nullptr ? std::string_view() : bytes_of(digest));
  }
  if (item.text == nullptr) return write_document_row(item.document, "present", {}, commit);
  write_document_row(item.document, "present", bytes_of(digest), commit);
  text_.bind(1, ends_.document).bind(2, *item.text).run();
}

CommitRow CommitWriter::write_redaction(SourceDocument document, std::string_view state, const CommitRow& before, std::string_view author) {
  auto row = begin(before, author);
  document.is_redacted = true;
  document.has_text = false;
  Statement erase(database_, "DELETE FROM texts WHERE version IN (SELECT version FROM documents WHERE document = ?)");
  erase.bind(1, document.id.value).run();
  if (small_ != nullptr)
    Statement(database_, "UPDATE small_commits SET text = NULL WHERE document = ?").bind(1, document.id.value).run();
  write_document_row(document, state, {}, row.id);
  return finish(std::move(row));
}

void CommitWriter::write_removal(DocumentId document, std::uint64_t commit) {
  SourceDocument gone;
  gone.id = document;
  gone.has_text = false;
  write_document_row(gone, "removed", {}, commit);
}

// Others may have added some since.
void CommitWriter::load_finders(std::uint64_t newest) {
  const bool are_known = std::exchange(last_, newest + 1) == newest;
  if (are_known) return;
  auto& rows = new_finders_.bind(1, std::uint64_t{finders_.size()});
  while (rows.step()) finders_.emplace(std::pair(std::string(rows.text(1)), rows.real(2)), rows.number(0));
}

std::uint64_t CommitWriter::finder(const std::string& extractor, float confidence) {
  if (last_finder_ != nullptr && last_finder_->first.first == extractor && last_finder_->first.second == double{confidence}) return last_finder_->second;
  const auto [place, is_new] = finders_.try_emplace({extractor, double{confidence}}, finders_.size() + 1);
  if (is_new) finder_.bind(1, place->second).bind(2, extractor).bind(3, double{confidence}).run();
  last_finder_ = &*place;
  return place->second;
}

// A statement of many rows takes SQLite half the time of as many statements, and less where it counts up the ids itself.
// It counts from the last of the table, which small commits do not reach: so the first is written with its id.
void CommitWriter::write_evidence(const graph::EvidenceTable& all) {
  std::size_t i = 0;
  if (!evidence_lot_ && all.size() >= kManyEvidence) {
    evidence_lot_.emplace(database_, "INSERT INTO evidence (document, start, \"end\", finder) VALUES (?, ?, ?, ?)" +
                                         repeated(", (?, ?, ?, ?)", kEvidenceLot - 1));
  }
  while (i < all.size()) {
    const bool is_lot = evidence_lot_ && i > 0 && i + kEvidenceLot <= all.size() && all.id(i).value == ends_.evidence + 1 &&
                        all.id(i + kEvidenceLot - 1).value == ends_.evidence + kEvidenceLot;
    if (is_lot) write_evidence_lot(all, i);
    else write_evidence(all.id(i), all[i]);
    i += is_lot ? kEvidenceLot : 1;
  }
}

void CommitWriter::write_evidence_lot(const graph::EvidenceTable& all, std::size_t first) {
  for (std::size_t k = 0; k < kEvidenceLot; ++k) put_evidence(*evidence_lot_, 4 * k, all.id(first + k), all[first + k]);
  evidence_lot_->run();
  if (database_.last_row() != ends_.evidence) throw Error(ErrorCode::format, "'" + database_.name() + "' is damaged: it has evidence of no commit");
}

void CommitWriter::write_evidence(EvidenceId id, const Evidence& evidence) {
  if (is_writing_small_) {
    small_->add_evidence(id.value, evidence.document, evidence.span, finder(evidence.extractor, evidence.confidence));
    return say_evidence(id, evidence);
  }
  evidence_.bind(1, id.value);
  put_evidence(evidence_, 1, id, evidence);
  evidence_.run();
}

void CommitWriter::put_evidence(Statement& row, std::size_t bound, EvidenceId id, const Evidence& evidence) {
  const auto by = finder(evidence.extractor, evidence.confidence);
  const auto first = static_cast<int>(bound);
  row.bind(first + 1, evidence.document.value).bind(first + 2, std::uint64_t{evidence.span.start});
  row.bind(first + 3, std::uint64_t{evidence.span.end}).bind(first + 4, by);
  say_evidence(id, evidence);
}

void CommitWriter::say_evidence(EvidenceId id, const Evidence& evidence) {
  ends_.evidence = id.value;
  add_evidence(*digest_, id.value, evidence.document.value, evidence.span.start, evidence.span.end, evidence.extractor,
               double{evidence.confidence});
}

void CommitWriter::write_judgement(const Judgement& judgement, std::uint64_t commit) {
  ends_.judgement = judgement.id.value;
  judgement_.bind(1, judgement.id.value).bind(2, commit).bind(3, judgement_name(judgement.kind)).bind(4, judgement.a.value);
  judgement_.bind(5, judgement.b.value).bind(6, judgement.by).bind(7, judgement.score).bind(8, judgement.reason).run();
  add_judgement(*digest_, judgement);
}

void CommitWriter::write_run(const Run& run, std::uint64_t commit) {
  ends_.run = run.id.value;
  run_.bind(1, run.id.value).bind(2, commit).bind(3, run.program).bind(4, run.options).run();
  add_run(*digest_, run);
}

void CommitWriter::write_finding(const Finding& finding, std::uint64_t commit) {
  const auto nodes = json_list(finding.nodes), evidence = json_list(finding.evidence);
  const auto severity = severity_name(finding.severity);
  finding_.bind(1, ++ends_.finding).bind(2, commit).bind(3, finding.code).bind(4, severity);
  finding_.bind(5, finding.explanation).bind(6, nodes).bind(7, evidence).run();
  add_finding(*digest_, ends_.finding, finding.code, severity, finding.explanation, nodes, evidence);
}

void CommitWriter::write_batch(std::string_view kind, std::size_t rows, std::string data, std::uint64_t commit) {
  add_batch(*digest_, ++ends_.batch, kind, rows, data);
  if (is_writing_small_) return small_->add_batch(ends_.batch, kind, rows, std::move(data));
  batch_.bind(1, ends_.batch).bind(2, commit).bind(3, kind).bind(4, std::uint64_t{rows}).bind_blob(5, data).run();
}

// In pieces as `in_pieces` makes them of records.
template <class Packed, class TableOf>
void CommitWriter::write_packed(graph::PackedJournal::Parts parts, const char* kind, std::uint64_t commit, TableOf table_of) {
  if (parts.empty()) return;
  Packed piece(*table_of(*parts.front()).strings());
  std::size_t bytes = 0, evidence = 0;
  const auto flush = [&] {
    const auto rows = piece.size();
    if (rows > 0) write_batch(kind, rows, piece.take(), commit);
    bytes = evidence = 0;
  };
  for (const auto& part : parts) {
    visit_records(table_of(*part), [&](auto record) {
      const auto more = evidence_of(record);
      check_evidence(more);
      if (piece.size() == kMostRows || bytes > kMostBytes || evidence + more > kMostEvidenceOfBatch) flush();
      bytes += size_of(record);
      evidence += more;
      piece.add(record);
    });
  }
  flush();
}

template <class Ids>
void CommitWriter::write_withdrawn(const char* kind, const Ids& ids, std::uint64_t commit) {
  withdrawn_in_pieces(ids, [&](auto piece) { write_batch(kind, piece.size(), withdrawn_batch(piece), commit); });
}

void CommitWriter::write_batches(const Batch& batch) {
  const auto commit = batch.commit.value;
  in_pieces(batch.mentions, [&](auto piece) { write_batch("mentions", piece.size(), mention_batch(piece), commit); });
  in_pieces(batch.assertions, [&](auto piece) { write_batch("assertions", piece.size(), claim_batch(piece), commit); });
  write_withdrawn("withdrawn assertions", batch.withdrawn, commit);
  write_withdrawn("withdrawn judgements", batch.withdrawn_judgements, commit);
}

void CommitWriter::write_mentions(graph::PackedJournal::Parts parts, std::uint64_t commit) {
  write_packed<PackedMentions>(parts, "mentions", commit, [](const graph::Part& part) -> const graph::MentionTable& { return *part.mentions; });
}

void CommitWriter::write_claims(graph::PackedJournal::Parts parts, std::uint64_t commit) {
  write_packed<PackedClaims>(parts, "assertions", commit, [](const graph::Part& part) -> const graph::ClaimTable& { return *part.claims; });
}

}  // namespace policygraph::inline v0::detail::store
