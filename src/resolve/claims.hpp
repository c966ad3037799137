#pragma once

#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/document/document.hpp"
#include "policygraph/extract/extraction.hpp"
#include "policygraph/graph/transaction.hpp"
#include "resolve/home_states.hpp"
#include "resolve/sums.hpp"

namespace policygraph::inline v0::detail::resolve {

/// What writing one document's claims made.
struct WrittenClaims {
  std::size_t mentions = 0;
  std::size_t assertions = 0;
  std::size_t judgements = 0;
  std::size_t findings = 0;
  std::vector<Diagnostic> diagnostics;
  std::vector<SumEnd> sum_ends;  ///< what it tells of sums
  std::vector<Naming> namings;   ///< what it names
};

/// Writes an extraction as records: a mention and its claims for everything that has a label, a judgement for every link of
/// coreference, an edge claim for every relation, a Document node with its MENTIONS, findings.
WrittenClaims write_claims(Transaction& transaction, const Schema& schema, DocumentId id, const SourceDocument& source,
                           const Document& document, Extraction extraction);

}  // namespace policygraph::inline v0::detail::resolve
