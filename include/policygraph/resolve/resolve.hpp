#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "policygraph/document/document.hpp"
#include "policygraph/export.hpp"
#include "policygraph/extract/extraction.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/resolve/names.hpp"

namespace policygraph::inline v0 {

/// A document beside what was read out of it.
struct ExtractedDocument {
  Document document;
  Extraction extraction;
};

/// What became of documents that were added.
struct ResolveCounts {
  std::size_t documents = 0, unchanged = 0, replaced = 0, mentions = 0, assertions = 0, judgements = 0, findings = 0;
  std::vector<Diagnostic> diagnostics;  ///< mentions left out because a required property is not stated
};

/// Adds documents to a transaction: mentions, evidence, assertions, and judgements of identity, within each document (from
/// coreference) and across documents and with what the graph holds already (acts by key, names by what `NameJudge` says of them and by
/// what is known of the nodes: a state's body only where its name or the documents that name it tell the state, a person's initials only
/// where they fit one person). Each judgement says which rule, how sure and why; none below `same_threshold` is made.
/// A document whose uri is there already with the same sha256 is left alone; with another it is replaced.
/// Deterministic: the order of `documents` does not matter (they are sorted by uri, then by sha256).
struct ResolveOptions {
  double same_threshold = kMergedUnasked;
  std::shared_ptr<const Packs> packs;  ///< null: those that are compiled in
};
POLICYGRAPH_EXPORT ResolveCounts add_documents(Transaction& transaction, std::vector<ExtractedDocument> documents, const ResolveOptions& options = {});

}  // namespace policygraph::inline v0
