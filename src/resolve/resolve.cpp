#include "policygraph/resolve/resolve.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "graph/node_preview.hpp"
#include "resolve/candidates.hpp"
#include "resolve/claims.hpp"
#include "resolve/identity.hpp"
#include "resolve/unique.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::resolve::WrittenClaims;

void sort_documents(std::vector<ExtractedDocument>& documents) {
  std::ranges::sort(documents, [](const auto& a, const auto& b) {
    const auto& x = a.document.source();
    const auto& y = b.document.source();
    return std::tie(x.uri, x.sha256) < std::tie(y.uri, y.sha256);
  });
}

/// Documents met so far, by address: those of the graph, then those of this call.
using Known = std::map<std::string, SourceDocument, std::less<>>;

Known known_documents(const Snapshot& snapshot) {
  Known known;
  for (const auto& document : snapshot.sources().documents())
    if (document.kind == SourceDocument::Kind::read) known.emplace(document.uri, document);
  return known;
}

void add_counts(ResolveCounts& counts, WrittenClaims written) {
  counts.mentions += written.mentions;
  counts.assertions += written.assertions;
  counts.judgements += written.judgements;
  counts.findings += written.findings;
  std::ranges::move(written.diagnostics, std::back_inserter(counts.diagnostics));
}

/// The record under which a document is kept: new, or in the place of the one with the same address.
DocumentId place_document(Transaction& transaction, const Known& known, const SourceDocument& source, std::string_view text,
                          ResolveCounts& counts) {
  auto shared = std::make_shared<const std::string>(text);
  const auto old = known.find(source.uri);
  if (old == known.end()) return transaction.add_document(source, std::move(shared));
  transaction.replace_document(old->second.id, source, std::move(shared));
  ++counts.replaced;
  return old->second.id;
}

/// Two different documents of one call under one address: the later one gets an address of its own, so that none is lost.
SourceDocument apart(SourceDocument source, const std::map<std::string, std::string>& met) {
  if (const auto at = met.find(source.uri); at != met.end() && at->second != source.sha256)
    source.uri += "#sha256-" + source.sha256.substr(0, 12);
  return source;
}

void add_document(Transaction& transaction, const Schema& schema, const Known& known, std::map<std::string, std::string>& met,
                  const ExtractedDocument& extracted, ResolveCounts& counts) {
  const auto source = apart(extracted.document.source(), met);
  const auto old = known.find(source.uri);
  const bool is_known = old != known.end() && old->second.sha256 == source.sha256;
  if (is_known || !met.emplace(source.uri, source.sha256).second) {
    ++counts.unchanged;
    return;
  }
  const auto id = place_document(transaction, known, source, extracted.document.text(), counts);
  ++counts.documents;
  add_counts(counts, detail::resolve::write_claims(transaction, schema, id, source, extracted));
}

/// What identity is judged by.
detail::graph::WantedValues wanted_values(const Schema& schema) {
  auto wanted = detail::resolve::wanted_of_candidates();
  for (const auto& label : schema.labels()) {
    for (const auto& property : label.properties) {
      if (!property.is_unique) continue;
      wanted.labels.push_back(label.name);
      wanted.properties.push_back(property.name);
    }
  }
  return wanted;
}

}  // namespace

ResolveCounts add_documents(Transaction& transaction, std::vector<ExtractedDocument> documents, const ResolveOptions& options) {
  ResolveCounts counts;
  sort_documents(documents);
  const auto before = transaction.snapshot();
  const auto known = known_documents(before);
  std::map<std::string, std::string> met;
  for (auto& document : documents) {
    const ExtractedDocument taken = std::move(document);  // its memory serves the next ones
    add_document(transaction, before.schema(), known, met, taken, counts);
  }
  if (counts.documents == 0) return counts;
  const auto written = detail::graph::preview_nodes(transaction, wanted_values(before.schema()));
  for (auto judgements : {detail::resolve::same_nodes(written, options.same_threshold), detail::resolve::same_by_unique(written)}) {
    for (auto& judgement : judgements) transaction.add_judgement(std::move(judgement));
    counts.judgements += judgements.size();
  }
  return counts;
}

}  // namespace policygraph::inline v0
