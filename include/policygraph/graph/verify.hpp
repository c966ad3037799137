#pragma once

#include <cstddef>
#include <stop_token>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

struct VerifyOptions {
  /// Only counts what is wrong past so many diagnostics.
  std::size_t max_diagnostics = 100;
  std::stop_token stop;  ///< Error(interrupted)
};

/// What was looked at and what was found.
struct VerifyResult {
  std::size_t documents = 0;     ///< whose text is held and was hashed
  std::size_t without_text = 0;  ///< redacted, or read from an export without texts: their quotes cannot be checked
  std::size_t quotes = 0;        ///< pieces of evidence whose words were found at their place
  std::size_t unchecked = 0;     ///< pieces of evidence in documents without text
  std::size_t nodes = 0;
  std::size_t edges = 0;
  std::size_t false_documents = 0;   ///< the text is not the one its sha256 was taken of
  std::size_t false_quotes = 0;      ///< the place lies outside the text, or cuts a character in two
  std::size_t without_evidence = 0;  ///< nodes and edges that name no words
  std::vector<Diagnostic> diagnostics;

  bool is_sound() const noexcept { return false_documents == 0 && false_quotes == 0 && without_evidence == 0; }
};

/// Checks that a graph can show its words: every document's text has its digest, every piece of evidence in use (of
/// nodes, edges and all assertions in force) is a place in its document's text, every node and edge has evidence.
/// Linear in evidence and text.
///
///     auto result = policygraph::verify(graph.snapshot());
///     if (!result.is_sound()) for (const auto& trouble : result.diagnostics) std::cerr << trouble.text << '\n';
POLICYGRAPH_EXPORT VerifyResult verify(const Snapshot& snapshot, const VerifyOptions& options = {});

}  // namespace policygraph::inline v0
