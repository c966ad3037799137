#pragma once

#include <string_view>

#include "policygraph/model/judgement.hpp"
#include "policygraph/model/sources.hpp"
#include "store/digest.hpp"

namespace policygraph::inline v0::detail::store {

// What of a row goes into the digest of its commit: said once, for writing and for reading. docs/store_format.md,
// "Digests".

inline void add_document(RowDigest& digest, std::uint64_t version, std::string_view state, const SourceDocument& document,
                         std::string_view text_digest) {
  digest.number(version);
  digest.number(document.id.value);
  digest.text(state);
  digest.text(document.kind == SourceDocument::Kind::edit ? "edit" : "read");
  digest.text(document.title);
  digest.text(document.uri);
  digest.text(document.publisher);
  digest.text(document.published.to_string());
  digest.text(document.language);
  digest.text(tier_name(document.tier));
  digest.text(document.sha256);
  digest.number(document.has_text ? 1 : 0);
  digest.number(document.is_redacted ? 1 : 0);
  digest.text(text_digest);
}

inline void add_evidence(RowDigest& digest, std::uint64_t id, std::uint64_t document, std::uint64_t start, std::uint64_t end,
                         std::string_view extractor, double confidence) {
  digest.number(id);
  digest.number(document);
  digest.number(start);
  digest.number(end);
  digest.text(extractor);
  digest.real(confidence);
}

inline void add_judgement(RowDigest& digest, const Judgement& judgement) {
  digest.number(judgement.id.value);
  digest.text(judgement_name(judgement.kind));
  digest.number(judgement.a.value);
  digest.number(judgement.b.value);
  digest.text(judgement.by);
  digest.real(judgement.score);
  digest.text(judgement.reason);
}

inline void add_run(RowDigest& digest, const Run& run) {
  digest.number(run.id.value);
  digest.text(run.program);
  digest.text(run.options);
}

inline void add_finding(RowDigest& digest, std::uint64_t id, std::string_view code, std::string_view severity,
                        std::string_view explanation, std::string_view nodes, std::string_view evidence) {
  digest.number(id);
  for (const auto text : {code, severity, explanation, nodes, evidence}) digest.text(text);
}

inline void add_batch(RowDigest& digest, std::uint64_t id, std::string_view kind, std::uint64_t rows, std::string_view data) {
  digest.number(id);
  digest.text(kind);
  digest.number(rows);
  digest.text(data);
}

}  // namespace policygraph::inline v0::detail::store
