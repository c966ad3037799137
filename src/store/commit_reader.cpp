#include <charconv>
#include <cstring>

#include "policygraph/base/error.hpp"
#include "store/claim_batch.hpp"
#include "store/columns.hpp"
#include "store/commit_rows.hpp"
#include "store/layout.hpp"
#include "store/row_digests.hpp"
#include "store/small_commits.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::uint64_t kMostBatchesAtOnce = 8;

// Columns of a document, and where they begin in a row of `small_commits`.
constexpr const char* kDocument =
    "version, document, state, kind, title, uri, publisher, published, language, tier, sha256, has_text, redacted, "
    "text_digest";
constexpr std::uint64_t kNewestPossible = (std::uint64_t{1} << 63U) / SmallCommit::kMostRows - 1;
constexpr int kEvidenceOfSmall = 14, kBatchOfSmall = 19;

std::string newest_of(bool has_small) {
  const std::string in_table = "(SELECT coalesce(max(id), 0) FROM commits)";
  return has_small ? "SELECT max(" + in_table + ", (SELECT coalesce(max(id), 0) FROM small_commits) / 16)"
                   : "SELECT " + in_table;
}

template <class IdType>
std::vector<IdType> ids_of(std::string_view list) {
  std::vector<IdType> ids;
  if (!list.starts_with('[') || !list.ends_with(']')) refuse_bytes("a finding's list is none");
  const auto* at = list.data() + 1;
  const auto* const end = list.data() + list.size() - 1;
  while (at < end) {
    IdType id;
    const auto [after, error] = std::from_chars(at, end, id.value);
    if (error != std::errc() || (after < end && *after != ',')) refuse_bytes("a finding's list holds no numbers");
    ids.push_back(id);
    at = after < end ? after + 1 : end;
  }
  return ids;
}

SourceTier tier_of(std::string_view name) {
  const auto tier = tier_by_name(name);
  if (!tier) refuse_bytes("a document is of no such tier");
  return *tier;
}

Severity severity_of(std::string_view name) {
  for (const auto severity : {Severity::note, Severity::warning, Severity::error})
    if (severity_name(severity) == name) return severity;
  refuse_bytes("a finding is of no such severity");
}

std::uint32_t narrow(std::uint64_t offset) {
  if (offset > 0xFFFF'FFFFU) refuse_bytes("evidence lies past the end of every text");
  return static_cast<std::uint32_t>(offset);
}

Digest digest_from(std::string_view bytes) {
  Digest digest{};
  if (bytes.size() != digest.size()) refuse_bytes("a digest has not 16 bytes");
  std::memcpy(digest.data(), bytes.data(), digest.size());
  return digest;
}

}  // namespace

/// Where what is read goes: into the digest, into a batch, or both. With `visit` a batch that has grown large is given
/// away at once.
struct CommitReader::Sink {
  RowDigest* digest = nullptr;
  Batch* batch = nullptr;
  const Journal::Visit* visit = nullptr;

  void flush(CommitId commit) {
    if (visit == nullptr || batch->evidence.size() + batch->mentions.size() + batch->assertions.size() < 2 * kMostRows) return;
    (*visit)(*batch);
    *batch = Batch();
    batch->commit = commit;
  }
};

CommitReader::CommitReader(const Database& database)
    : database_(database),
      has_small_(has_small_commits(database)),
      newest_(database, newest_of(has_small_)),
      commit_(database,
              "SELECT time, author, last_document, last_evidence, last_judgement, last_run, last_finding, last_batch, "
              "digest FROM commits WHERE id = ?"),
      documents_(database, "SELECT " + std::string(kDocument) +
                               " FROM documents WHERE version > ? AND version <= ? ORDER BY version"),
      text_(database, "SELECT text_digest, text FROM documents JOIN texts USING (version) WHERE version = ?"),
      finder_(database, "SELECT extractor, confidence FROM finders WHERE id = ?"),
      evidence_(database, "SELECT id, document, start, \"end\", finder FROM evidence WHERE id > ? AND id <= ? ORDER BY id"),
      judgements_(database, "SELECT id, kind, a, b, \"by\", score, reason FROM judgements WHERE id > ? AND id <= ? ORDER BY id"),
      runs_(database, "SELECT id, program, options FROM runs WHERE id > ? AND id <= ? ORDER BY id"),
      findings_(database, "SELECT id, code, severity, explanation, nodes, evidence FROM findings WHERE id > ? AND id <= ? ORDER BY id"),
      batches_(database, "SELECT id, kind, rows, data FROM batches WHERE id > ? AND id <= ? ORDER BY id"),
      redactions_(database, "SELECT version, document, redacted FROM documents WHERE version > ? ORDER BY version") {
  static_assert(SmallCommit::kMostRows == 16);
  if (!has_small_) return;
  small_commit_.emplace(
      database,
      "SELECT time, author, last_document, last_evidence, last_judgement, last_run, last_finding, last_batch, digest "
      "FROM small_commits WHERE id = ? AND time IS NOT NULL");
  small_.emplace(database, "SELECT " + std::string(kDocument) +
                               ", evidence, evidence_document, start, \"end\", finder, batch, batch_kind, rows, data "
                               "FROM small_commits WHERE id >= ? AND id < ? ORDER BY id");
  small_text_.emplace(database,
                      "SELECT text_digest, text FROM small_commits WHERE id = ? AND version = ? AND text IS NOT NULL");
}

void CommitReader::refuse(const CommitRow& row, const std::string& fact) const {
  throw Error(ErrorCode::format, "'" + database_.name() + "' is damaged: commit " + std::to_string(row.id) + " " + fact +
                                     "; take a backup, or read the documents again");
}

std::uint64_t CommitReader::newest() {
  newest_.step();
  const auto id = newest_.number(0);
  newest_.reset();
  return id;
}

void CommitReader::check_ends(const CommitRow& newest) {
  if (!last_rows_)
    last_rows_.emplace(database_,
                       "SELECT (SELECT coalesce(max(version), 0) FROM documents), (SELECT coalesce(max(id), 0) FROM evidence), "
                       "(SELECT coalesce(max(id), 0) FROM judgements), (SELECT coalesce(max(id), 0) FROM runs), "
                       "(SELECT coalesce(max(id), 0) FROM findings), (SELECT coalesce(max(id), 0) FROM batches)");
  const auto& ends = newest.ends;
  auto& found = *last_rows_;
  found.step();
  int column = 0;
  bool is_as_said = true;
  for (const auto end : {ends.document, ends.evidence, ends.judgement, ends.run, ends.finding, ends.batch}) {
    const auto last = found.number(column++);
    is_as_said &= has_small_ ? last <= end : last == end;  // the last may be of a small commit
  }
  found.reset();
  if (!is_as_said) refuse(newest, "is the last, and there are rows after it, or fewer than it says");
}

CommitRow CommitReader::row(std::uint64_t commit) {
  CommitRow row;
  row.id = commit;
  if (commit == 0) return row;
  if (commit > kNewestPossible) refuse(row, "is not there");
  row.is_small = !commit_.bind(1, commit).step();
  if (row.is_small && (!has_small_ || !small_commit_->bind(1, commit * SmallCommit::kMostRows).step()))
    refuse(row, "is not there");
  auto& found = row.is_small ? *small_commit_ : commit_;
  row.time = found.number(0);
  row.author = found.text(1);
  row.ends = {found.number(2), found.number(3), found.number(4), found.number(5), found.number(6), found.number(7)};
  row.digest = digest_from(found.blob(8));
  found.reset();
  return row;
}

void CommitReader::verify(const CommitRow& row, const CommitRow& before) {
  auto digest = begin_digest(row);
  Sink sink{&digest, nullptr, nullptr};
  scan(row, before, sink);
  if (digest.take() != row.digest) refuse(row, "is not as it was written");
}

// A small commit is read once, a large one twice, so that nothing unverified is given away and little is held.
void CommitReader::read(const CommitRow& row, const CommitRow& before, const Journal::Visit& visit) {
  Batch batch;
  batch.commit.value = row.id;
  const bool is_large = row.ends.evidence - before.ends.evidence > kMostRows || row.ends.batch - before.ends.batch > kMostBatchesAtOnce;
  if (is_large) {
    verify(row, before);
    Sink sink{nullptr, &batch, &visit};
    scan(row, before, sink);
  } else {
    auto digest = begin_digest(row);
    Sink sink{&digest, &batch, nullptr};
    scan(row, before, sink);
    if (digest.take() != row.digest) refuse(row, "is not as it was written");
  }
  visit(batch);
}

void CommitReader::scan(const CommitRow& row, const CommitRow& before, Sink& sink) {
  if (row.is_small)
    scan_small(row, before, sink);
  else
    scan_tables(row, before, sink);
  const auto& ends = row.ends;
  if (sink.digest == nullptr) return;
  for (const auto end : {ends.document, ends.evidence, ends.judgement, ends.run, ends.finding, ends.batch})
    sink.digest->number(end);
}

void CommitReader::scan_tables(const CommitRow& row, const CommitRow& before, Sink& sink) {
  scan_documents(row, before, sink);
  scan_evidence(row, before, sink);
  scan_judgements(row, before, sink);
  scan_runs(row, before, sink);
  scan_findings(row, before, sink);
  scan_batches(row, before, sink);
}

// In the order of the digest: all documents, all evidence, all batches.
void CommitReader::scan_small(const CommitRow& row, const CommitRow& before, Sink& sink) {
  const auto visit = [&](int column, auto put) {
    small_->bind(1, row.id * SmallCommit::kMostRows).bind(2, (row.id + 1) * SmallCommit::kMostRows);
    while (small_->step()) {
      if (!small_->is_null(column)) put();
    }
  };
  if (sink.batch != nullptr && row.ends.document != before.ends.document) load_redactions(before.ends.document);
  visit(0, [&] { put_document(*small_, sink); });
  visit(kEvidenceOfSmall, [&] { put_evidence(*small_, kEvidenceOfSmall, row, sink); });
  visit(kBatchOfSmall, [&] { put_batch(*small_, kBatchOfSmall, row, sink); });
}

SourceDocument CommitReader::document_row(const Statement& row) {
  SourceDocument document;
  document.id.value = row.number(1);
  document.kind = row.text(3) == "edit" ? SourceDocument::Kind::edit : SourceDocument::Kind::read;
  document.title = row.text(4);
  document.uri = row.text(5);
  document.publisher = row.text(6);
  document.published = PartialDate::parse(row.text(7));
  document.language = row.text(8);
  document.tier = tier_of(row.text(9));
  document.sha256 = row.text(10);
  document.has_text = row.number(11) != 0;
  document.is_redacted = row.number(12) != 0;
  return document;
}

std::optional<std::pair<SourceDocument, std::string>> CommitReader::newest_row(DocumentId document) {
  Statement row(database_, "SELECT " + std::string(kDocument) + " FROM " + documents_name() +
                               " WHERE document = ? ORDER BY version DESC LIMIT 1");
  if (!row.bind(1, document.value).step()) return std::nullopt;
  return std::pair(document_row(row), std::string(row.text(2)));
}

const char* CommitReader::documents_name() const noexcept { return has_small_ ? "all_documents" : "documents"; }

// Those that matter for a version come after it.
void CommitReader::load_redactions(std::uint64_t after) {
  redactions_.bind(1, std::max(redactions_until_, after));
  while (redactions_.step()) {
    redactions_until_ = redactions_.number(0);
    if (redactions_.number(2) != 0) redacted_until_[DocumentId{redactions_.number(1)}] = redactions_until_;
  }
}

// A first version may be redacted from the start, as an export had it.
bool CommitReader::is_redaction(std::uint64_t version, DocumentId document) {
  return database_.number("SELECT EXISTS (SELECT 1 FROM " + std::string(documents_name()) + " WHERE document = " +
                          std::to_string(document.value) + " AND version < " + std::to_string(version) + ")") != 0;
}

// A redaction is no new version: the versions before it are told as redacted, at once.
void CommitReader::scan_documents(const CommitRow& row, const CommitRow& before, Sink& sink) {
  if (row.ends.document == before.ends.document) return;
  if (sink.batch != nullptr) load_redactions(before.ends.document);
  documents_.bind(1, before.ends.document).bind(2, row.ends.document);
  while (documents_.step()) put_document(documents_, sink);
}

void CommitReader::put_document(const Statement& row, Sink& sink) {
  Batch::NewDocument item;
  auto& document = item.document = document_row(row);
  const auto version = row.number(0);
  const auto state = row.text(2);
  if (sink.digest != nullptr) add_document(*sink.digest, version, state, document, row.blob(13));
  if (sink.batch == nullptr || (document.is_redacted && is_redaction(version, document.id))) return;
  const auto redacted = redacted_until_.find(document.id);
  if (redacted != redacted_until_.end() && redacted->second > version) {
    document.is_redacted = true;
    document.has_text = false;
  }
  if (state == "removed")
    sink.batch->removed_documents.push_back(document.id);
  else
    sink.batch->documents.push_back(std::move(item));
}

const std::pair<std::string, double>& CommitReader::finder(std::uint64_t id) {
  const auto found = finders_.find(id);
  if (found != finders_.end()) return found->second;
  if (!finder_.bind(1, id).step()) refuse_bytes("evidence was found by nobody");
  const auto& added = finders_.emplace(id, std::pair(std::string(finder_.text(0)), finder_.real(1))).first->second;
  finder_.reset();
  return added;
}

void CommitReader::scan_evidence(const CommitRow& row, const CommitRow& before, Sink& sink) {
  if (row.ends.evidence == before.ends.evidence) return;
  evidence_.bind(1, before.ends.evidence).bind(2, row.ends.evidence);
  while (evidence_.step()) put_evidence(evidence_, 0, row, sink);
}

void CommitReader::put_evidence(const Statement& found, int first, const CommitRow& row, Sink& sink) {
  const auto id = found.number(first), document = found.number(first + 1), start = found.number(first + 2),
             end = found.number(first + 3);
  const auto& [extractor, confidence] = finder(found.number(first + 4));
  if (sink.digest != nullptr) add_evidence(*sink.digest, id, document, start, end, extractor, confidence);
  if (sink.batch == nullptr) return;
  if (start > end) refuse_bytes("evidence ends before it starts");
  sink.batch->evidence.push_back(
      {{id}, {{document}, {narrow(start), narrow(end)}, extractor, static_cast<float>(confidence)}});
  sink.flush({row.id});
}

void CommitReader::scan_judgements(const CommitRow& row, const CommitRow& before, Sink& sink) {
  if (row.ends.judgement == before.ends.judgement) return;
  judgements_.bind(1, before.ends.judgement).bind(2, row.ends.judgement);
  while (judgements_.step()) {
    Judgement judgement;
    judgement.id.value = judgements_.number(0);
    judgement.kind = judgements_.text(1) == judgement_name(JudgementKind::different) ? JudgementKind::different : JudgementKind::same;
    judgement.a.value = judgements_.number(2);
    judgement.b.value = judgements_.number(3);
    judgement.by = judgements_.text(4);
    judgement.score = judgements_.real(5);
    judgement.reason = judgements_.text(6);
    judgement.recorded_from.value = row.id;
    if (sink.digest != nullptr) add_judgement(*sink.digest, judgement);
    if (sink.batch != nullptr) sink.batch->judgements.push_back(std::move(judgement));
  }
}

void CommitReader::scan_runs(const CommitRow& row, const CommitRow& before, Sink& sink) {
  if (row.ends.run == before.ends.run) return;
  runs_.bind(1, before.ends.run).bind(2, row.ends.run);
  while (runs_.step()) {
    Run run{{runs_.number(0)}, std::string(runs_.text(1)), std::string(runs_.text(2)), {row.id}};
    if (sink.digest != nullptr) add_run(*sink.digest, run);
    if (sink.batch != nullptr) sink.batch->runs.push_back(std::move(run));
  }
}

void CommitReader::scan_findings(const CommitRow& row, const CommitRow& before, Sink& sink) {
  if (row.ends.finding == before.ends.finding) return;
  findings_.bind(1, before.ends.finding).bind(2, row.ends.finding);
  while (findings_.step()) {
    const auto code = findings_.text(1), severity = findings_.text(2), explanation = findings_.text(3);
    const auto nodes = findings_.text(4), evidence = findings_.text(5);
    if (sink.digest != nullptr) add_finding(*sink.digest, findings_.number(0), code, severity, explanation, nodes, evidence);
    if (sink.batch == nullptr) continue;
    sink.batch->findings.push_back({std::string(code), severity_of(severity), std::string(explanation), ids_of<NodeKey>(nodes), ids_of<EvidenceId>(evidence)});
  }
}

void CommitReader::scan_batches(const CommitRow& row, const CommitRow& before, Sink& sink) {
  if (row.ends.batch == before.ends.batch) return;
  batches_.bind(1, before.ends.batch).bind(2, row.ends.batch);
  while (batches_.step()) put_batch(batches_, 0, row, sink);
}

void CommitReader::put_batch(const Statement& found, int first, const CommitRow& row, Sink& sink) {
  const auto kind = found.text(first + 1), data = found.blob(first + 3);
  if (sink.digest != nullptr) add_batch(*sink.digest, found.number(first), kind, found.number(first + 2), data);
  if (sink.batch == nullptr) return;
  if (kind == "mentions")
    read_mentions(data, sink.batch->mentions);
  else if (kind == "assertions")
    read_claims(data, {row.id}, sink.batch->assertions);
  else if (kind == "withdrawn assertions")
    for (const auto id : read_withdrawn(data)) sink.batch->withdrawn.push_back({id});
  else if (kind == "withdrawn judgements")
    for (const auto id : read_withdrawn(data)) sink.batch->withdrawn_judgements.push_back({id});
  else
    refuse(row, "has a batch of an unknown kind");
  sink.flush({row.id});
}

std::optional<std::string> CommitReader::text(std::uint64_t version, std::uint64_t small_row) {
  auto& found = small_row == 0 ? text_.bind(1, version) : small_text_->bind(1, small_row).bind(2, version);
  if (!found.step()) return std::nullopt;
  const std::string_view text = found.text(1);
  if (found.blob(0) != bytes_of(digest_of(text))) {
    found.reset();
    throw Error(ErrorCode::format, "'" + database_.name() + "' is damaged: the text of version " +
                                       std::to_string(version) + " is not as it was written");
  }
  std::string kept(text);
  found.reset();
  return kept;
}

}  // namespace policygraph::inline v0::detail::store
