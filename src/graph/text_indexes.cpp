#include "graph/text_indexes.hpp"

#include <algorithm>
#include <string_view>

#include "graph/snapshot_data.hpp"
#include "graph/word_table_builder.hpp"
#include "graph/text_visit.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

bool is_searched(const SourceDocument* document) noexcept {
  return document != nullptr && document->kind == SourceDocument::Kind::read && document->has_text && !document->is_redacted;
}

/// What a base's documents are in a later state: marks those that are gone, counts the others, and says which those are.
std::vector<DocumentId> take_base(const Snapshot::Data& data, DocumentTexts& out) {
  const auto& base = document_texts(*data.base);
  std::vector<DocumentId> kept;
  out.is_gone.resize(base.documents.size());
  for (std::uint32_t unit = 0; unit < base.documents.size(); ++unit) {
    const auto id = base.documents[unit];
    const auto* now = data.sources().find(id);
    const auto* then = data.base->sources().find(id);
    out.is_gone[unit] = !is_searched(now) || then == nullptr || now->sha256 != then->sha256 || now->language != then->language;
    if (out.is_gone[unit]) continue;
    kept.push_back(id);
    ++out.count;
    out.word_count += base.table.length(unit);
  }
  return kept;
}

}  // namespace

DocumentTexts DocumentTexts::read(const Snapshot::Data& data) {
  DocumentTexts out;
  std::vector<DocumentId> kept;
  if (data.base != nullptr) kept = take_base(data, out);
  WordTableBuilder builder;
  for (const auto& document : data.sources().documents()) {
    if (!is_searched(&document) || std::ranges::binary_search(kept, document.id)) continue;
    const auto text = data.sources().text(document.id);
    if (text == nullptr) continue;
    builder.set_language(document.language);
    out.word_count += builder.add(static_cast<std::uint32_t>(out.documents.size()), *text);
    out.documents.push_back(document.id);
    ++out.count;
  }
  out.table = builder.finish();
  return out;
}

NodeTexts NodeTexts::read(const Snapshot::Data& data) {
  NodeTexts out;
  if (data.base != nullptr) {
    const auto& base = node_texts(*data.base);
    out.count = base.count;
    out.word_count = base.word_count;
    data.changed_nodes.visit([&](std::uint32_t row) {
      const auto length = base.table.length(row);
      out.count -= length == 0 ? 0 : 1;
      out.word_count -= length;
    });
  }
  WordTableBuilder builder;
  visit_indexed_nodes(data, [&](std::uint32_t row) {
    std::uint32_t word = 0;
    visit_texts(data, row, [&](std::size_t, std::string_view text) { word = builder.add(row, text, word) + 1; });
  });
  out.table = builder.finish();
  for (std::uint32_t row = 0; row < out.table.unit_limit(); ++row) {
    out.count += out.table.length(row) == 0 ? 0 : 1;
    out.word_count += out.table.length(row);
  }
  return out;
}

const DocumentTexts& document_texts(const Snapshot::Data& data) {
  return data.document_texts.get([&] { return DocumentTexts::read(data); });
}
const NodeTexts& node_texts(const Snapshot::Data& data) {
  return data.node_texts.get([&] { return NodeTexts::read(data); });
}

}  // namespace policygraph::inline v0::detail::graph
