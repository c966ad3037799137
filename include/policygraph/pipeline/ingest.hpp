#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/document/corpus.hpp"
#include "policygraph/export.hpp"
#include "policygraph/extract/extractor.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::inline v0 {

struct IngestProgress {
  std::size_t documents_done = 0, documents_total = 0;
  std::string document;  ///< the one just finished
  std::size_t commits = 0;  ///< that are done: what they hold is in the graph whatever happens
};

struct IngestOptions {
  DocumentOptions document;                                   ///< defaults for every document
  unsigned threads = 0;                                       ///< 0: as many as there are cores; the result is the same for any
  std::shared_ptr<const Extractor> extractor;                 ///< null: the built-in one
  std::vector<std::shared_ptr<const Recognizer>> recognizers; ///< added to the extractor
  std::size_t max_mentions = ExtractOptions().max_mentions;   ///< of one document, see there; 0: no bound
  /// Commits after so many documents, or so many bytes of their files, in order of path; 0: in one commit at the end. Then no more than a
  /// step's texts are held, and who is stopped or killed and called again goes on behind the last commit.
  std::size_t documents_per_commit = 0, bytes_per_commit = 0;
  std::function<void(const IngestProgress&)> progress;        ///< called from one thread at a time
  std::stop_token stop;                                       ///< Error(interrupted); nothing is committed, or what earlier steps held
};

/// `failed` counts the documents, and the folders, that could not be read: each has a diagnostic of severity error. So has one that
/// was not read to its end (`max_mentions`), which is not counted.
struct IngestResult {
  std::size_t documents = 0, unchanged = 0, replaced = 0, failed = 0, mentions = 0, assertions = 0, judgements = 0;
  std::size_t bytes = 0;
  std::vector<Diagnostic> diagnostics;
};

/// Reads documents and folders into the graph in one commit, or in steps (`documents_per_commit`). Trouble with one document is a diagnostic; the others go on.
/// Memory: the texts, and what is extracted of a few documents at a time. A document that the graph holds unchanged is
/// read and not extracted, whatever `max_mentions` was then. Another writer waits from when the texts are read until the commit.
/// The same files give the same graph, whatever their order and the number of threads. In steps it has the same documents, claims and
/// evidence, under other keys, and identity is judged at each step by what is there then, as if the files of each had come on a day of
/// their own: a name that fits one node in an early step and two in the end stays merged with the first; `find_review` lists such
/// pairs. Throws Error(not_found) for a path that does
/// not exist, Error(busy), Error(interrupted).
///
///     auto result = policygraph::ingest(graph, {"documents/"});
POLICYGRAPH_EXPORT IngestResult ingest(Graph& graph, const std::vector<std::string>& paths, const IngestOptions& options = {});

}  // namespace policygraph::inline v0
