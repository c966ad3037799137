#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {

// What a reader of documents says, a call a claim. Quotes are found in the text; the first place counts.
class Reading {
 public:
  Reading(Transaction& transaction, std::string uri, std::string text, DocumentId replaced = {})
      : transaction_(transaction), text_(std::move(text)) {
    SourceDocument source;
    source.title = uri;
    source.uri = std::move(uri);
    auto shared = std::make_shared<const std::string>(text_);
    if (replaced)
      transaction.replace_document(id_ = replaced, source, shared);
    else
      id_ = transaction.add_document(source, shared);
  }

  DocumentId id() const { return id_; }
  EvidenceId quote(std::string_view words) {
    const auto at = static_cast<std::uint32_t>(text_.find(words));
    return transaction_.add_evidence({id_, {at, at + static_cast<std::uint32_t>(words.size())}, "rule:test/1", 1.0F});
  }
  NodeKey node(std::string_view label, std::string_view words) {
    const auto key = transaction_.add_mention({{}, std::string(label), std::string(words), quote(words)});
    Assertion claim;
    claim.subject = key;
    claim.name = label;
    claim.evidence = {quote(words)};
    transaction_.add_assertion(claim);
    return key;
  }
  AssertionId property(NodeKey node, std::string_view name, Value value, std::string_view words,
                       Rank rank = Rank::normal) {
    Assertion claim;
    claim.kind = ClaimKind::property;
    claim.subject = node;
    claim.name = name;
    claim.value = std::move(value);
    claim.rank = rank;
    claim.evidence = {quote(words)};
    return transaction_.add_assertion(claim);
  }
  EdgeKey edge(NodeKey from, std::string_view type, NodeKey to, std::string_view words) {
    Assertion claim;
    claim.kind = ClaimKind::edge;
    claim.subject = from;
    claim.object = to;
    claim.name = type;
    claim.edge = transaction_.new_edge_key();
    claim.evidence = {quote(words)};
    transaction_.add_assertion(claim);
    return claim.edge;
  }
  void edge_property(EdgeKey edge, std::string_view name, Value value, std::string_view words) {
    Assertion claim;
    claim.kind = ClaimKind::edge_property;
    claim.edge = edge;
    claim.name = name;
    claim.value = std::move(value);
    claim.evidence = {quote(words)};
    transaction_.add_assertion(claim);
  }
  JudgementId same(NodeKey a, NodeKey b, double score = 0.9) { return judge(JudgementKind::same, a, b, score); }
  JudgementId different(NodeKey a, NodeKey b) { return judge(JudgementKind::different, a, b, 1.0); }

 private:
  JudgementId judge(JudgementKind kind, NodeKey a, NodeKey b, double score) {
    Judgement judgement;
    judgement.kind = kind;
    judgement.a = a;
    judgement.b = b;
    judgement.by = "rule:name/1";
    judgement.score = score;
    return transaction_.add_judgement(judgement);
  }

  Transaction& transaction_;
  std::string text_;
  DocumentId id_;
};

}  // namespace policygraph::testing
