#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

/// policygraph-json 1 (docs/json.md): one document a graph, or JSON Lines with one record a line. Sorted keys and ids, so the same
/// graph gives the same bytes; reading gives the same graph back.
struct WriteJsonOptions {
  bool texts = true;    ///< false: without the documents' texts; their quotes cannot be verified later
  bool lines = false;   ///< JSON Lines
  std::stop_token stop{};  ///< Error(interrupted); a file is then as it was
};
/// Streams: memory is bounded by one record and the tables of ids. Of a view (graph/views.hpp) it writes what the view
/// shows: its nodes and edges, the claims about them, and the mentions, judgements, findings, evidence and documents that
/// these rest on; reading gives those nodes and edges under the same keys. Documents come whole. The speaker of a claim is
/// left out where the view hides him. Throws Error(io).
///
///     write_json(with_labels(as_of(snapshot, PartialDate::year(2022)), {"LegalAct"}), "acts-2022.json");
POLICYGRAPH_EXPORT void write_json(const Snapshot& snapshot, std::ostream& out, const WriteJsonOptions& options = {});
POLICYGRAPH_EXPORT void write_json(const Snapshot& snapshot, const std::string& path, const WriteJsonOptions& options = {});  ///< by rename: whole or not at all
POLICYGRAPH_EXPORT std::string to_json(const Snapshot& snapshot, const WriteJsonOptions& options = {});

struct ReadJsonOptions {
  std::stop_token stop{};  ///< Error(interrupted); the graph is then as it was. A commit that has begun is finished
};
struct ReadJsonResult {
  std::size_t documents = 0, nodes = 0, edges = 0, assertions = 0;
  std::vector<Diagnostic> diagnostics;  ///< unknown keys (kept), texts left out, ...
};
/// Adds the content of a file to a graph in one commit (documents that are there already with the same text are met again, not doubled).
/// Either form is recognised. Throws Error(format) with JSON pointer, line and column, Error(schema), Error(io);
/// then the graph is as it was. Streaming, no DOM; nesting, numbers and strings are bounded.
POLICYGRAPH_EXPORT ReadJsonResult read_json(Graph& graph, const std::string& path, const ReadJsonOptions& options = {});
POLICYGRAPH_EXPORT ReadJsonResult read_json_text(Graph& graph, std::string_view json, std::string_view name = "text");
/// A new in-memory graph with the schema the file names ("policy" or "open") or brings along.
POLICYGRAPH_EXPORT Graph open_json(const std::string& path, ReadJsonResult* result = nullptr, const ReadJsonOptions& options = {});

}  // namespace policygraph::inline v0
