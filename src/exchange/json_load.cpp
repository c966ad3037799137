#include "exchange/json_load.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "exchange/json_format.hpp"
#include "exchange/json_out.hpp"
#include "exchange/json_references.hpp"
#include "policygraph/base/sha256.hpp"
#include "policygraph/base/version.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

[[noreturn]] void fail(const RecordPlace& place, std::string_view field, std::string text) {
  throw JsonFault{std::move(text), place.pointer + "/" + std::string(field), place.offset};
}

/// One reading: numbers of the file to ids of the graph.
class Loader {
 public:
  Loader(Graph& graph, const JsonTables& tables, std::string_view name, base::Steps& steps)
      : tables_(tables), name_(name), steps_(steps), transaction_(graph.begin("read_json")), schema_(graph.schema()) {}

  ReadJsonResult load() {
    load_documents();
    load_evidence();
    tables_.assertions.empty() ? load_view() : load_claims();
    load_judgements();
    load_findings();
    tell();
    load_runs();
    steps_.check();
    transaction_.commit();
    return std::move(result_);
  }

 private:
  // ---- documents and evidence

  void load_documents() {
    std::map<std::string, DocumentId> known;
    const auto before = transaction_.snapshot();
    for (const auto& document : before.sources().documents()) known.emplace(document.uri + '\n' + document.sha256, document.id);
    for (const auto& document : tables_.documents) load_document(document, known);
    result_.documents = tables_.documents.size();
  }

  void load_document(const JsonDocument& read, const std::map<std::string, DocumentId>& known) {
    steps_.check();
    auto source = read.document;
    if (read.text && !source.sha256.empty() && sha256_hex(*read.text) != source.sha256)
      fail(read.place, "sha256", "the text does not have this digest; was it edited?");
    if (read.text && source.sha256.empty()) source.sha256 = sha256_hex(*read.text);
    source.id = {read.id};
    if (const auto at = known.find(source.uri + '\n' + source.sha256); at != known.end()) {
      documents_.emplace(read.id, at->second);
      met_again_.insert(read.id);
    } else {
      documents_.emplace(read.id, transaction_.add_document(source, read.text));
    }
    texts_.emplace(read.id, read.text);
  }

  void load_evidence() {
    for (const auto& read : tables_.evidence) {
      steps_.step();
      const auto document = documents_.find(read.document);
      if (document == documents_.end()) fail(read.place, "document", "no document has the id 'd" + std::to_string(read.document) + "'");
      evidence_.push_back(transaction_.add_evidence({document->second, span_of(read), read.extractor, read.confidence}));
      evidence_document_.push_back(read.document);
    }
  }

  /// Code points to bytes, and the quote against the text.
  Span span_of(const JsonEvidence& read) {
    const auto& text = texts_.at(read.document);
    if (!text) return {narrow(read, read.start), narrow(read, read.end)};
    auto& index = indexes_.try_emplace(read.document, *text).first->second;
    if (read.end > index.size()) fail(read.place, "end", "past the end of the document's text (" + std::to_string(index.size()) + " code points)");
    const Span span{static_cast<std::uint32_t>(index.byte_of(read.start)), static_cast<std::uint32_t>(index.byte_of(read.end))};
    if (text->compare(span.start, span.size(), read.quote) != 0) fail(read.place, "quote", "the quote is not what stands there");
    return span;
  }

  static std::uint32_t narrow(const JsonEvidence& read, std::uint64_t offset) {
    if (offset > (std::uint64_t{256} << 20U)) fail(read.place, "end", "past the size a document may have");
    return static_cast<std::uint32_t>(offset);
  }

  EvidenceId evidence_at(const RecordPlace& place, std::uint64_t index) const {
    if (index >= evidence_.size()) fail(place, "evidence", "no evidence has the number " + std::to_string(index));
    return evidence_[index];
  }

  std::vector<EvidenceId> evidence_list(const RecordPlace& place, const std::vector<std::uint64_t>& indexes) {
    std::vector<EvidenceId> ids;
    for (const auto index : indexes) ids.push_back(evidence_at(place, index));
    if (ids.empty()) ids.push_back(the_file());
    return ids;
  }

  /// What rests on nothing in the file rests on the file itself: an edit whose text names it.
  EvidenceId the_file() {
    if (file_evidence_) return file_evidence_;
    const auto text = std::make_shared<const std::string>("stated in " + std::string(name_));
    SourceDocument edit;
    edit.kind = SourceDocument::Kind::edit;
    edit.title = std::string(name_);
    edit.sha256 = sha256_hex(*text);
    const auto document = transaction_.add_document(edit, text);
    file_evidence_ = transaction_.add_evidence({document, {0, static_cast<std::uint32_t>(text->size())}, "read_json/1", 1.0F});
    return file_evidence_;
  }

  // ---- claims

  void load_claims() {
    for (const auto& read : tables_.mentions) load_mention(read);
    for (const auto& read : tables_.assertions) count_edges(read);
    for (const auto& read : tables_.assertions) load_assertion(read);
    result_.nodes = tables_.nodes.size();
    result_.edges = tables_.edges.size();
    result_.assertions = tables_.assertions.size();
    result_.diagnostics = stray_references(tables_, name_);
  }

  void load_mention(const JsonMention& read) {
    Mention mention;
    mention.key = {read.id};
    mention.type = read.type;
    mention.surface = read.surface;
    mention.evidence = read.evidence ? evidence_at(read.place, *read.evidence) : the_file();
    if (is_met_again({read.evidence.value_or(evidence_.size())})) return skipped_.insert(read.id), void();
    mentions_.emplace(read.id, add_mention(read.place, std::move(mention)));
    if (read.entity != 0) by_entity_.try_emplace(read.entity, read.id);
  }

  /// All of it rests on documents that the graph holds already, with the same text.
  bool is_met_again(const std::vector<std::uint64_t>& indexes) const {
    return !indexes.empty() && std::ranges::all_of(indexes, [&](auto index) {
      return index < evidence_document_.size() && met_again_.contains(evidence_document_[index]);
    });
  }

  void count_edges(const JsonAssertion& read) {
    if (read.assertion.kind == ClaimKind::edge) edge_claims_.insert(read.assertion.edge.value);
  }

  void load_assertion(const JsonAssertion& read) {
    std::vector<std::uint64_t> indexes;
    for (const auto id : read.assertion.evidence) indexes.push_back(id.value);
    if (is_met_again(indexes)) return;
    auto assertion = read.assertion;
    assertion.evidence = evidence_list(read.place, indexes);
    if (assertion.attributed_to) assertion.attributed_to = mention_at(read.place, "attributed_to", assertion.attributed_to.value);
    if (assertion.kind != ClaimKind::edge_property) assertion.subject = subject_of(read);
    if (assertion.kind == ClaimKind::edge) assertion.object = mention_at(read.place, "to", assertion.object.value);
    if (assertion.edge) assertion.edge = edge_at(read);
    if (assertion.kind == ClaimKind::property) coerce(read, assertion);
    add(read.place, std::move(assertion));
  }

  NodeKey subject_of(const JsonAssertion& read) {
    const bool is_edge = read.assertion.kind == ClaimKind::edge;
    if (read.assertion.subject) return mention_at(read.place, is_edge ? "from" : "mention", read.assertion.subject.value);
    const auto mention = by_entity_.find(read.node);
    if (mention == by_entity_.end()) fail(read.place, "mention", "the claim names no mention, and its subject has none");
    return mention_at(read.place, "subject", mention->second);
  }

  NodeKey mention_at(const RecordPlace& place, std::string_view field, std::uint64_t id) const {
    const auto at = mentions_.find(id);
    if (at == mentions_.end()) fail(place, field, "no mention has the id 'm" + std::to_string(id) + "'");
    return at->second;
  }

  EdgeKey edge_at(const JsonAssertion& read) {
    const auto id = read.assertion.edge.value;
    if (!edge_claims_.contains(id)) fail(read.place, "edge", "no claim says that edge 'e" + std::to_string(id) + "' holds");
    const auto at = edges_.find(id);
    return at != edges_.end() ? at->second : edges_.emplace(id, transaction_.new_edge_key({id})).first->second;
  }

  void coerce(const JsonAssertion& read, Assertion& assertion) {
    const auto& labels = labels_of(read);
    assertion.value = schema_.coerced(labels, assertion.name, std::move(assertion.value));
  }

  /// The labels of the node a claim is about, as the view lists them, else its mention's type.
  const std::vector<std::string>& labels_of(const JsonAssertion& read) {
    if (labels_.empty())
      for (const auto& node : tables_.nodes) labels_.emplace(node.id, node.labels);
    if (types_.empty())
      for (const auto& mention : tables_.mentions) types_.emplace(mention.id, std::pair(mention.entity, schema_.chain(mention.type)));
    const auto mention = types_.find(read.assertion.subject.value);
    const auto entity = read.node != 0 ? read.node : mention != types_.end() ? mention->second.first : 0;
    if (const auto at = labels_.find(entity); at != labels_.end()) return at->second;
    static const std::vector<std::string> none;
    return mention != types_.end() ? mention->second.second : none;
  }

  void add(const RecordPlace& place, Assertion assertion) {
    steps_.step();
    at(place, [&] { return transaction_.add_assertion(std::move(assertion)); });
  }

  NodeKey add_mention(const RecordPlace& place, Mention mention) {
    steps_.step();
    return at(place, [&] { return transaction_.add_mention(std::move(mention)); });
  }

  /// What the graph refuses is told with the place of the record.
  template <class Act>
  static std::invoke_result_t<Act> at(const RecordPlace& place, Act act) {
    try {
      return act();
    } catch (const Error& error) {
      throw JsonFault{error.text(), place.pointer, place.offset, error.code()};
    }
  }

  // ---- a file with a view alone

  void load_view() {
    for (const auto& node : tables_.nodes) load_node(node);
    for (const auto& edge : tables_.edges) load_edge(edge);
    result_.nodes = tables_.nodes.size();
    result_.edges = tables_.edges.size();
  }

  void load_node(const JsonNode& node) {
    const auto evidence = evidence_list(node.place, node.evidence);
    Mention mention;
    mention.key = {node.id};
    mention.type = node.labels.empty() ? "" : node.labels.back();
    mention.surface = surface_of(node);
    mention.evidence = evidence.front();
    const auto key = add_mention(node.place, std::move(mention));
    mentions_.emplace(node.id, key);
    for (const auto& label : leaves(node)) {
      Assertion existence;
      existence.subject = key;
      existence.name = label;
      existence.evidence = evidence;
      add_view(node.place, std::move(existence));
    }
    for (const auto& [property, value] : node.properties) {
      Assertion claim;
      claim.kind = ClaimKind::property;
      claim.subject = key;
      claim.name = property;
      claim.value = schema_.coerced(node.labels, property, value);
      claim.evidence = evidence;
      add_view(node.place, std::move(claim));
    }
  }

  void add_view(const RecordPlace& place, Assertion assertion) {
    add(place, std::move(assertion));
    ++result_.assertions;
  }

  static std::string surface_of(const JsonNode& node) {
    for (const auto* property : {"name", "title", "number", "description"})
      if (const auto at = node.properties.find(property); at != node.properties.end() && at->second.kind() == ValueKind::string)
        return at->second.as_string();
    return {};
  }

  /// Labels that no other label of the list implies; one empty label where there is none.
  std::vector<std::string> leaves(const JsonNode& node) const {
    std::vector<std::string> out;
    for (const auto& label : node.labels) {
      const bool is_implied = std::ranges::any_of(node.labels, [&](const auto& other) { return other != label && schema_.is_a(other, label); });
      if (!is_implied) out.push_back(label);
    }
    if (out.empty()) out.emplace_back();
    return out;
  }

  void load_edge(const JsonEdge& edge) {
    const auto evidence = evidence_list(edge.place, edge.evidence);
    Assertion claim;
    claim.kind = ClaimKind::edge;
    claim.name = edge.type;
    claim.subject = node_at(edge.place, "from", edge.from);
    claim.object = node_at(edge.place, "to", edge.to);
    claim.edge = transaction_.new_edge_key({edge.id});
    claim.modality = edge.modality;
    claim.valid_from = edge.valid_from;
    claim.valid_to = edge.valid_to;
    claim.evidence = evidence;
    const auto key = claim.edge;
    add_view(edge.place, std::move(claim));
    for (const auto& [property, value] : edge.properties) {
      Assertion set;
      set.kind = ClaimKind::edge_property;
      set.edge = key;
      set.name = property;
      set.value = value;
      set.evidence = evidence;
      add_view(edge.place, std::move(set));
    }
  }

  NodeKey node_at(const RecordPlace& place, std::string_view field, std::uint64_t id) const {
    const auto at = mentions_.find(id);
    if (at == mentions_.end()) fail(place, field, "no node has the id 'n" + std::to_string(id) + "'");
    return at->second;
  }

  // ---- the rest

  void load_judgements() {
    for (const auto& read : tables_.judgements) {
      auto judgement = read.judgement;
      if (skipped_.contains(judgement.a.value) || skipped_.contains(judgement.b.value)) continue;
      judgement.a = judged(read.place, "a", judgement.a.value, read.a_is_node);
      judgement.b = judged(read.place, "b", judgement.b.value, read.b_is_node);
      transaction_.add_judgement(std::move(judgement));
    }
  }

  NodeKey judged(const RecordPlace& place, std::string_view field, std::uint64_t id, bool is_node) const {
    if (!is_node) return mention_at(place, field, id);
    const auto mention = by_entity_.find(id);
    return mention == by_entity_.end() ? node_at(place, field, id) : mention_at(place, field, mention->second);
  }

  void load_findings() {
    for (const auto& read : tables_.findings) {
      if (is_met_again(read.evidence)) continue;
      Finding finding{read.code, read.severity, read.explanation, {}, {}};
      for (const auto id : read.nodes)
        if (!skipped_.contains(id)) finding.nodes.push_back(mention_at(read.place, "nodes", id));
      for (const auto index : read.evidence) finding.evidence.push_back(evidence_at(read.place, index));
      transaction_.add_finding(std::move(finding));
    }
  }

  void tell() {
    for (const auto& document : tables_.documents)
      if (!document.text && !document.document.is_redacted)
        result_.diagnostics.push_back({Severity::note, ErrorCode::not_found, "the file holds no text of this document; its quotes cannot be verified",
                                       document.document.uri.empty() ? "d" + std::to_string(document.id) : document.document.uri, std::nullopt});
    for (const auto& [pointer, value] : tables_.unknown)
      result_.diagnostics.push_back({Severity::warning, ErrorCode::format, "unknown key at " + pointer + "; kept with the run that read it",
                                     std::string(name_), std::nullopt});
  }

  void load_runs() {
    for (auto run : tables_.runs) transaction_.add_run(std::move(run));
    if (tables_.unknown.empty()) return;
    transaction_.add_run({{}, "policygraph " + std::string(kVersion) + " read_json", value_text(tables_.unknown), {}});
  }

  const JsonTables& tables_;
  std::string_view name_;
  base::Steps& steps_;
  Transaction transaction_;
  Schema schema_;
  ReadJsonResult result_;
  std::unordered_map<std::uint64_t, DocumentId> documents_;
  std::unordered_map<std::uint64_t, std::shared_ptr<const std::string>> texts_;
  std::unordered_map<std::uint64_t, CodePointIndex> indexes_;
  std::unordered_set<std::uint64_t> met_again_, skipped_, edge_claims_;
  std::vector<EvidenceId> evidence_;
  std::vector<std::uint64_t> evidence_document_;
  EvidenceId file_evidence_;
  std::unordered_map<std::uint64_t, NodeKey> mentions_;
  std::unordered_map<std::uint64_t, std::uint64_t> by_entity_;
  std::unordered_map<std::uint64_t, EdgeKey> edges_;
  std::unordered_map<std::uint64_t, std::vector<std::string>> labels_;
  std::unordered_map<std::uint64_t, std::pair<std::uint64_t, std::vector<std::string>>> types_;
};

}  // namespace

ReadJsonResult load_tables(Graph& graph, const JsonTables& tables, std::string_view name, base::Steps& steps) {
  return Loader(graph, tables, name, steps).load();
}

}  // namespace policygraph::inline v0::detail::exchange
