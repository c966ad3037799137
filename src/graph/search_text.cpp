#include <algorithm>
#include <span>
#include <utility>

#include "graph/lean_search.hpp"
#include "graph/naming.hpp"
#include "graph/quotes.hpp"
#include "graph/text_indexes.hpp"
#include "graph/text_search.hpp"
#include "graph/text_visit.hpp"
#include "policygraph/graph/search.hpp"
#include "text/search_words.hpp"

namespace policygraph::inline v0 {
namespace {

using namespace detail::graph;  // NOLINT: two functions over its pieces

SearchedTexts searched_documents(const Snapshot::Data& data) {
  const auto& texts = document_texts(data);
  SearchedTexts out{{{&texts.table, nullptr}}, texts.count, texts.word_count};
  if (data.base == nullptr) return out;
  out.parts.push_back({&document_texts(*data.base).table, [&texts](std::uint32_t unit) { return !texts.is_gone[unit]; }});
  return out;
}

SearchedTexts searched_nodes(const Snapshot::Data& data) {
  const auto& texts = node_texts(data);
  SearchedTexts out{{{&texts.table, nullptr}}, texts.count, texts.word_count};
  if (data.base == nullptr) return out;
  out.parts.push_back({&node_texts(*data.base).table, [&data](std::uint32_t row) { return !data.changed_nodes.has(row); }});
  return out;
}

// The best, by score and then by key.
template <class KeyOf>
std::vector<FoundUnit> best_of(const std::vector<FoundUnit>& found, std::size_t limit, KeyOf key_of) {
  struct Placed {
    double score;
    std::uint64_t key;
    std::uint32_t number;
  };
  std::vector<Placed> placed;
  placed.reserve(found.size());
  for (std::uint32_t i = 0; i < found.size(); ++i) placed.push_back({-found[i].score, key_of(found[i]).value, i});
  const auto place = [](const Placed& one) { return std::pair(one.score, one.key); };
  const auto count = static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
  if (limit < found.size()) std::ranges::nth_element(placed, placed.begin() + count, {}, place);
  placed.resize(static_cast<std::size_t>(count));
  std::ranges::sort(placed, {}, place);
  std::vector<FoundUnit> out;
  out.reserve(placed.size());
  for (const auto& one : placed) out.push_back(found[one.number]);
  return out;
}

DocumentId document_of(const Snapshot::Data& data, const FoundUnit& unit) {
  return document_texts(unit.part == 0 ? data : *data.base).documents[unit.unit];
}

Span quote_in(const Snapshot& snapshot, DocumentId document, std::span<const FittingWord> words) {
  const auto text = snapshot.sources().text(document);
  if (text == nullptr) return {};
  const auto tokens = tokenize(*text);
  const auto& languages = Languages::built_in();
  const auto* language = languages.find(snapshot.sources().find(document)->language);
  return best_quote(*text, tokens, split_sentences(*text, tokens, language != nullptr ? *language : languages.get("en")), words);
}

std::uint32_t count_words(std::span<const Token> tokens) {
  return static_cast<std::uint32_t>(std::ranges::count_if(tokens, detail::text::is_search_word));
}

/// Fills in the text of the node that says most.
void quote_node(const Snapshot& snapshot, std::span<const FittingWord> words, NodeMatch& out) {
  std::uint32_t first = 0;
  double most = -1;
  std::size_t found = 0;
  visit_texts(snapshot.data(), out.node.value, [&](std::size_t property, std::string_view text) {
    const auto tokens = tokenize(text);
    const auto end = first + count_words(tokens);
    const auto begin = std::ranges::lower_bound(words, first, {}, &FittingWord::word);
    const auto inside = std::span(begin, std::ranges::lower_bound(words, end, {}, &FittingWord::word));
    if (!inside.empty() && weight_of(inside) > most) {
      most = weight_of(inside);
      found = property;
      const Sentence whole{{0, static_cast<std::uint32_t>(text.size())}, 0, static_cast<std::uint32_t>(tokens.size())};
      const auto quote = best_quote(text, tokens, {&whole, 1}, inside, first);
      out.quote = text.substr(quote.start, quote.size());
    }
    first = end + 1;
  });
  out.property = snapshot.name(Property{static_cast<std::uint32_t>(found)});
  out.evidence = snapshot.evidence(out.node, Property{static_cast<std::uint32_t>(found)});
}

// None: no node has it, or none is wanted.
std::optional<Label> wanted_label(const Snapshot& snapshot, std::string_view name) {
  if (!name.empty()) snapshot.schema().check_label(name);
  return snapshot.label(name);
}

std::vector<FoundUnit> best_nodes(const Snapshot& snapshot, const TextSearch& search, std::size_t limit, const std::optional<Label>& label) {
  auto found = search.found();
  const SeenNodes is_seen{snapshot, label ? &*label : nullptr, nullptr};
  std::erase_if(found, [&](const FoundUnit& unit) { return !is_seen(unit.unit); });
  return best_of(found, limit, [&](const FoundUnit& one) { return snapshot.key(NodeRow{one.unit}); });
}

}  // namespace

std::vector<DocumentMatch> search_documents(const Snapshot& snapshot, std::string_view query, std::size_t limit) {
  const auto& data = snapshot.data();
  const TextSearch search(parse_text_query(query), searched_documents(data));
  std::vector<DocumentMatch> out;
  for (const auto& unit : best_of(search.found(), limit, [&](const FoundUnit& one) { return document_of(data, one); })) {
    const auto document = document_of(data, unit);
    out.push_back({document, unit.score, quote_in(snapshot, document, search.fitting_words(unit))});
  }
  return out;
}

std::vector<NodeMatch> search_nodes(const Snapshot& snapshot, std::string_view query, std::size_t limit, std::string_view label_name) {
  const auto label = wanted_label(snapshot, label_name);
  if (!label_name.empty() && !label) return {};
  const TextSearch search(parse_text_query(query), searched_nodes(snapshot.data()));
  std::vector<NodeMatch> out;
  for (const auto& unit : best_nodes(snapshot, search, limit, label)) {
    out.push_back({NodeRow{unit.unit}, unit.score, {}, {}, {}});
    quote_node(snapshot, search.fitting_words(unit), out.back());
  }
  return out;
}

std::vector<FoundNode> detail::graph::find_nodes_by_words(const Snapshot& snapshot, std::string_view query, std::size_t limit, std::string_view label_name) {
  const auto label = wanted_label(snapshot, label_name);
  if (!label_name.empty() && !label) return {};
  const TextSearch search(parse_text_query(query), searched_nodes(snapshot.data()));
  std::vector<FoundNode> out;
  for (const auto& unit : best_nodes(snapshot, search, limit, label)) out.push_back({NodeRow{unit.unit}, unit.score});
  return out;
}

Citation cite(const Snapshot& snapshot, DocumentId document, Span words, std::string_view extractor) {
  return detail::graph::cite(snapshot.data(), EvidenceId{}, {document, words, std::string(extractor)});
}

std::optional<NodeRow> node_of(const Snapshot& snapshot, DocumentId document) {
  const auto* source = snapshot.sources().find(document);
  if (source == nullptr) return std::nullopt;
  const auto rows = snapshot.find_nodes("Document", "sha256", Value(source->sha256));
  for (const auto row : rows) {
    if (snapshot.value(row, "uri") == Value(source->uri)) return row;
  }
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

}  // namespace policygraph::inline v0
