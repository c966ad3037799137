#include "policygraph/graph/verify.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "policygraph/base/sha256.hpp"

namespace policygraph::inline v0 {
namespace {

/// A byte at which no character begins.
bool is_inside_character(std::string_view text, std::size_t offset) {
  return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U;
}

class Verification {
 public:
  Verification(const Snapshot& snapshot, const VerifyOptions& options) : snapshot_(snapshot), options_(options) {}

  VerifyResult run() {
    collect_evidence();
    check_rows();
    for (const auto& document : snapshot_.sources().documents()) check_document(document);
    return std::move(result_);
  }

 private:
  void collect_evidence() {
    std::vector<EvidenceId> ids;
    for (const auto& assertion : snapshot_.assertions())
      ids.insert(ids.end(), assertion.evidence.begin(), assertion.evidence.end());
    for (const auto& mention : snapshot_.mentions()) ids.push_back(mention.evidence);
    std::ranges::sort(ids);
    const auto [first, last] = std::ranges::unique(ids);
    ids.erase(first, last);
    for (const auto id : ids) {
      const auto document = snapshot_.evidence(id).document;
      if (snapshot_.sources().find(document) != nullptr)
        by_document_[document].push_back(id);
      else
        lacks_document(id, document);
    }
  }

  void lacks_document(EvidenceId id, DocumentId document) {
    ++result_.false_quotes;
    tell(ErrorCode::not_found,
         "evidence " + std::to_string(id.value) + " stands in document " + std::to_string(document.value) +
             ", which the graph does not have",
         {}, std::nullopt);
  }

  void check_rows() {
    result_.nodes = snapshot_.node_count();
    result_.edges = snapshot_.edge_count();
    for (const auto row : snapshot_.nodes())
      if (snapshot_.evidence(row).empty()) lacks_evidence("node", snapshot_.key(row).value);
    for (const auto row : snapshot_.edges())
      if (snapshot_.evidence(row).empty()) lacks_evidence("edge", snapshot_.key(row).value);
  }

  void lacks_evidence(const char* what, std::uint64_t key) {
    ++result_.without_evidence;
    tell(ErrorCode::not_found, std::string(what) + " " + std::to_string(key) + " names no words it rests on", {},
         std::nullopt);
  }

  void check_document(const SourceDocument& document) {
    if (options_.stop.stop_requested()) throw Error(ErrorCode::interrupted, "verification was stopped");
    const auto& evidence = by_document_[document.id];
    const auto text = snapshot_.sources().text(document.id);
    if (text == nullptr) {
      ++result_.without_text;
      result_.unchecked += evidence.size();
      return;
    }
    ++result_.documents;
    if (!document.sha256.empty() && sha256_hex(*text) != document.sha256) {
      ++result_.false_documents;
      tell(ErrorCode::conflict, "the text is not the one its digest was taken of", name(document), std::nullopt);
    }
    for (const auto id : evidence) check_quote(document, *text, snapshot_.evidence(id).span);
  }

  void check_quote(const SourceDocument& document, std::string_view text, Span span) {
    const bool is_place = span.start <= span.end && span.end <= text.size() && !is_inside_character(text, span.start) &&
                          !is_inside_character(text, span.end);
    if (is_place) {
      ++result_.quotes;
      return;
    }
    ++result_.false_quotes;
    tell(ErrorCode::conflict,
         "evidence names bytes " + std::to_string(span.start) + " to " + std::to_string(span.end) +
             ", which are no place in the text",
         name(document), span);
  }

  static std::string name(const SourceDocument& document) {
    return document.uri.empty() ? document.title : document.uri;
  }

  void tell(ErrorCode code, std::string text, std::string document, std::optional<Span> span) {
    if (result_.diagnostics.size() < options_.max_diagnostics)
      result_.diagnostics.push_back({Severity::error, code, std::move(text), std::move(document), span});
  }

  const Snapshot& snapshot_;
  const VerifyOptions& options_;
  VerifyResult result_;
  std::map<DocumentId, std::vector<EvidenceId>> by_document_;
};

}  // namespace

VerifyResult verify(const Snapshot& snapshot, const VerifyOptions& options) {
  return Verification(snapshot, options).run();
}

}  // namespace policygraph::inline v0
