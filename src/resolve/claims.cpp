#include "resolve/claims.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "graph/transaction_state.hpp"
#include "resolve/names.hpp"

namespace policygraph::inline v0::detail::resolve {
namespace {

constexpr std::string_view kDocumentRule = "reader/1";
constexpr std::string_view kDefaultRule = "rule:default/1";
constexpr float kDefaultConfidence = 0.1F;

/// One document being written; lives for one call of `write_claims`.
class Writer {
 public:
  Writer(Transaction& transaction, const Schema& schema, DocumentId id, std::string_view text, Extraction& extraction)
      : state_(transaction.open_state()),
        transaction_(transaction),
        schema_(schema),
        document_(id),
        text_(text),
        extraction_(extraction),
        classes_(classes_of(extraction)),
        keys_(extraction_.mentions.size()),
        evidence_(extraction_.mentions.size()) {}

  WrittenClaims write(const SourceDocument& source, std::optional<Span> title) {
    uri_ = source.uri;
    const auto gaps = find_gaps(extraction_, classes_, schema_);
    const auto names = gather_names(extraction_, classes_, schema_, text_);
    leave_out_incomplete(gaps);
    for (MentionIndex i = 0; i < extraction_.mentions.size(); ++i) write_mention(i);
    for (const auto& one : names) write_names(one);
    write_defaults(gaps);
    write_coreference();
    for (auto& relation : extraction_.relations) write_relation(relation);
    write_document(source, title);
    for (const auto& finding : extraction_.findings) write_finding(finding);
    return counts_;
  }

 private:
  EvidenceId evidence(Span span, std::string_view extractor, float confidence) {
    return state_.add_evidence({document_, span, extractor, confidence});
  }

  void claim(Assertion& assertion) {
    state_.add_assertion(assertion);
    ++counts_.assertions;
  }

  void write_mention(MentionIndex i) {
    auto& mention = extraction_.mentions[i];
    if (mention.label.empty() || left_out_.contains(classes_.heads[i])) return;
    evidence_[i] = evidence(mention.span, mention.extractor, mention.confidence);
    mention_.key = {};
    mention_.type = mention.label;
    mention_.surface = text_.substr(mention.span.start, mention.span.size());
    mention_.evidence = evidence_[i];
    keys_[i] = state_.add_mention(mention_);
    ++counts_.mentions;
    existence_.id = {};
    existence_.subject = keys_[i];
    existence_.name = mention.label;
    existence_.modality = mention.modality;
    existence_.confidence = mention.confidence;
    existence_.evidence.assign(1, evidence_[i]);
    claim(existence_);
    for (auto& property : mention.properties) write_property(i, property);
  }

  /// The value is taken out of the property: nothing asks for it any more.
  void write_property(MentionIndex i, ExtractedProperty& property) {
    const auto& mention = extraction_.mentions[i];
    if (is_name_list(property.name)) return;  // gathered over the whole class by write_names
    const auto& extractor = property.extractor.empty() ? mention.extractor : property.extractor;
    put_property(keys_[i], property.name, std::move(property.value), mention.modality, property.confidence,
                 evidence(property.span, extractor, property.confidence));
  }

  /// The transaction brings the value to the type its schema wants.
  void put_property(NodeKey key, std::string_view name, Value value, Modality modality, float confidence,
                    EvidenceId evidence) {
    property_.id = {};
    property_.kind = ClaimKind::property;
    property_.subject = key;
    property_.name = name;
    property_.value = std::move(value);
    property_.modality = modality;
    property_.confidence = confidence;
    property_.evidence.assign(1, evidence);
    claim(property_);
  }

  /// The other names of each class of coreference, as one list on its head.
  void write_names(const ClassNames& names) {
    if (!keys_[names.head]) return;
    const auto& head = extraction_.mentions[names.head];
    if (names.needs_name)
      put_property(keys_[names.head], "name", names.name, head.modality, head.confidence, evidence_[names.head]);
    if (!names.aliases.empty())
      put_property(keys_[names.head], "aliases", ValueList(names.aliases.begin(), names.aliases.end()), head.modality,
                   head.confidence, evidence_[names.head]);
  }

  /// A class that lacks what nothing can stand in for (a sum without an amount) is no node; the reader is told.
  void leave_out_incomplete(const std::vector<Gap>& gaps) {
    for (const auto& gap : gaps) {
      if (!gap.value.is_null() || !left_out_.insert(gap.head).second) continue;
      const auto& head = extraction_.mentions[gap.head];
      counts_.diagnostics.push_back({Severity::warning, ErrorCode::schema,
                                     head.label + " left out: " + head.extractor + " states no " + gap.property, uri_, head.span});
    }
  }

  /// Required properties that nothing in a class states get the schema's catch-all, with little confidence, so that the node
  /// exists and can be corrected.
  void write_defaults(const std::vector<Gap>& gaps) {
    for (const auto& gap : gaps) {
      if (!keys_[gap.head]) continue;
      const auto& head = extraction_.mentions[gap.head];
      put_property(keys_[gap.head], gap.property, gap.value, head.modality, kDefaultConfidence,
                   evidence(head.span, kDefaultRule, kDefaultConfidence));
    }
  }

  void write_coreference() {
    for (MentionIndex i = 0; i < extraction_.mentions.size(); ++i) {
      auto& mention = extraction_.mentions[i];
      if (mention.same_as == kNoMention || !keys_[i] || !keys_[mention.same_as]) continue;
      Judgement judgement;
      judgement.a = keys_[mention.same_as];
      judgement.b = keys_[i];
      judgement.by = std::move(mention.same_by);
      judgement.score = mention.same_score;
      judgement.reason = std::move(mention.same_reason);
      transaction_.add_judgement(std::move(judgement));
      ++counts_.judgements;
    }
  }

  void write_relation(ExtractedRelation& relation) {
    const auto from = keys_[relation.from];
    const auto to = keys_[relation.to];
    if (!from || !to) return;
    Assertion edge;
    edge.kind = ClaimKind::edge;
    edge.subject = from;
    edge.object = to;
    edge.edge = state_.new_edge_key();
    edge.name = relation.type;
    edge.modality = relation.modality;
    edge.confidence = relation.confidence;
    edge.valid_from = relation.valid_from;
    edge.valid_to = relation.valid_to;
    if (relation.attributed_to != kNoMention) edge.attributed_to = keys_[relation.attributed_to];
    edge.evidence = {evidence(relation.span, relation.extractor, relation.confidence)};
    const auto key = edge.edge;
    claim(edge);
    note_sum(relation, from, to);
    for (auto& property : relation.properties) write_edge_property(key, relation, property);
  }

  void note_sum(const ExtractedRelation& relation, NodeKey from, NodeKey to) {
    const auto told = sum_relation(relation.type);
    if (!told || relation.modality == Modality::denied || relation.modality == Modality::cancelled) return;
    counts_.sum_ends.push_back({told->sum_is_source ? from : to, told->sum_is_source ? to : from, document_, told->role});
  }

  void write_edge_property(EdgeKey key, const ExtractedRelation& relation, ExtractedProperty& property) {
    Assertion assertion;
    assertion.kind = ClaimKind::edge_property;
    assertion.edge = key;
    assertion.name = property.name;
    assertion.value = std::move(property.value);
    assertion.modality = relation.modality;
    assertion.confidence = property.confidence;
    const auto& extractor = property.extractor.empty() ? relation.extractor : property.extractor;
    assertion.evidence = {evidence(property.span, extractor, property.confidence)};
    claim(assertion);
  }

  /// The document itself as a node, and what it mentions: one edge an entity, resting on all its mentions here.
  void write_document(const SourceDocument& source, std::optional<Span> title) {
    const auto span = title.value_or(first_words());
    if (span.empty() || schema_.label("Document") == nullptr) return;
    const auto shown = evidence(span, kDocumentRule, 1.0F);
    const auto node = transaction_.add_mention({{}, "Document", surface(span), shown});
    ++counts_.mentions;
    Assertion existence;
    existence.subject = node;
    existence.name = "Document";
    existence.evidence = {shown};
    claim(existence);
    write_document_properties(node, source, shown);
    for (const auto& one : classes_.all)
      if (keys_[one.head]) write_mentions_edge(node, one);
  }

  void write_document_properties(NodeKey node, const SourceDocument& source, EvidenceId shown) {
    const auto put = [&](std::string_view name, const Value& value) {
      put_property(node, name, value, Modality::unknown, 1.0F, shown);
    };
    put("sha256", source.sha256);
    if (!source.title.empty()) put("title", source.title);
    if (!source.uri.empty()) put("uri", source.uri);
    if (!source.publisher.empty()) put("publisher", source.publisher);
    if (!source.published.is_unknown()) put("published", source.published);
    if (!source.language.empty()) put("language", source.language);
    if (source.tier != SourceTier::unknown) put("source_tier", tier_name(source.tier));
  }

  void write_mentions_edge(NodeKey node, const MentionClass& mentioned) {
    edge_.id = {};
    edge_.kind = ClaimKind::edge;
    edge_.subject = node;
    edge_.object = keys_[mentioned.head];
    edge_.edge = state_.new_edge_key();
    edge_.name = "MENTIONS";
    counts_.namings.push_back({node, keys_[mentioned.head]});
    auto& quotes = edge_.evidence;
    quotes.clear();
    for (const auto member : mentioned.members) quotes.push_back(evidence_[member]);
    std::ranges::sort(quotes);
    quotes.erase(std::ranges::unique(quotes).begin(), quotes.end());
    claim(edge_);
  }

  void write_finding(const ExtractedFinding& found) {
    Finding finding;
    finding.code = found.code;
    finding.severity = found.severity;
    finding.explanation = found.explanation;
    for (const auto mention : found.mentions)
      if (keys_[mention]) finding.nodes.push_back(keys_[mention]);
    if (!found.span.empty()) finding.evidence.push_back(evidence(found.span, "finding/1", 1.0F));
    transaction_.add_finding(std::move(finding));
    ++counts_.findings;
  }

  std::string surface(Span span) const { return std::string(text_.substr(span.start, span.size())); }

  /// The first line that is not blank: what stands for a document without a title.
  Span first_words() const {
    const auto start = text_.find_first_not_of(" \t\n");
    if (start == std::string_view::npos) return {};
    const auto end = std::min(text_.find('\n', start), text_.size());
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
  }

  Transaction::State& state_;  // what is written most often goes there at once
  Transaction& transaction_;
  const Schema& schema_;
  DocumentId document_;
  std::string_view text_;
  Extraction& extraction_;
  MentionClasses classes_;
  std::vector<NodeKey> keys_;
  std::vector<EvidenceId> evidence_;
  std::string uri_;
  std::set<MentionIndex> left_out_;
  Mention mention_;  // these are used again and again: their room is asked for once
  Assertion existence_, property_, edge_;
  WrittenClaims counts_;
};

}  // namespace

WrittenClaims write_claims(Transaction& transaction, const Schema& schema, DocumentId id, const SourceDocument& source,
                           const Document& document, Extraction extraction) {
  return Writer(transaction, schema, id, document.text(), extraction).write(source, document.title_span());
}

}  // namespace policygraph::inline v0::detail::resolve
