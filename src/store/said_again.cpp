#include "store/said_again.hpp"

#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/graph/transaction.hpp"

namespace policygraph::inline v0::detail::store {

SaidAgain::SaidAgain(Graph& graph, const Batch& last, Text text)
    : graph_(graph),
      text_(std::move(text)),
      documents_(last.documents.empty() ? 0 : last.documents.front().document.id.value),
      evidence_(last.evidence.empty() ? 0 : last.evidence.front().id.value),
      nodes_(last.mentions.empty() ? 0 : last.mentions.front().key.value),
      edges_(last.assertions.empty() ? 0 : last.assertions.front().edge.value),
      claims_(last.assertions.empty() ? 0 : last.assertions.front().id.value),
      judgements_(last.judgements.empty() ? 0 : last.judgements.front().id.value) {}

void SaidAgain::attempt(const std::function<bool()>& say_one) {
  try {
    if (say_one()) return;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::io || error.code() == ErrorCode::busy) throw;
  }
  ++lost_;
}

void SaidAgain::say(const std::function<void(const Journal::Visit&)>& batches, const std::string& author) {
  auto transaction = graph_.begin(author);
  batches([&](const Batch& batch) { say(transaction, batch); });
  transaction.commit();
}

void SaidAgain::say(Transaction& transaction, const Batch& batch) {
  say_documents(transaction, batch);
  for (const auto& item : batch.evidence) {
    attempt([&] {
      auto evidence = item.evidence;
      evidence.document = documents_[evidence.document];
      if (evidence.document) evidence_.put(item.id, transaction.add_evidence(evidence));
      return bool(evidence.document);
    });
  }
  for (const auto& mention : batch.mentions) say_mention(transaction, mention);
  for (const auto& claim : batch.assertions) say_claim(transaction, claim);
  say_rest(transaction, batch);
}

// What a document said before goes with it, here as there.
void SaidAgain::say_documents(Transaction& transaction, const Batch& batch) {
  for (const auto id : batch.removed_documents) {
    attempt([&] { return documents_[id] ? (transaction.remove_document(documents_[id]), true) : true; });
  }
  for (const auto& item : batch.documents) {
    attempt([&] {
      const auto known = documents_[item.document.id];
      auto document = item.document;
      document.id = {};
      const auto text = document.has_text ? text_(item.document.id, document.sha256) : nullptr;
      if (known) transaction.replace_document(known, document, text);
      else documents_.put(item.document.id, transaction.add_document(document, text));
      return text != nullptr || !item.document.has_text;
    });
  }
}

void SaidAgain::say_mention(Transaction& transaction, Mention mention) {
  attempt([&] {
    const auto old = mention.key;
    mention.evidence = evidence_[mention.evidence];
    mention.key = {};
    if (mention.evidence) nodes_.put(old, transaction.add_mention(mention));
    return bool(mention.evidence);
  });
}

void SaidAgain::say_claim(Transaction& transaction, Assertion claim) {
  attempt([&] {
    const auto old = claim.id;
    const auto old_edge = claim.edge;
    const bool has_ends = (!claim.subject || nodes_[claim.subject]) && (!claim.object || nodes_[claim.object]);
    claim.id = {};
    claim.subject = nodes_[claim.subject];
    claim.object = nodes_[claim.object];
    claim.attributed_to = nodes_[claim.attributed_to];
    claim.edge = edges_[claim.edge];
    for (auto& id : claim.evidence) id = evidence_[id];
    std::erase(claim.evidence, EvidenceId{});
    if (!has_ends || claim.evidence.empty() || (claim.kind == ClaimKind::edge_property && !claim.edge)) return false;
    if (claim.kind == ClaimKind::edge && !claim.edge) claim.edge = transaction.new_edge_key();
    if (old_edge) edges_.put(old_edge, claim.edge);
    claims_.put(old, transaction.add_assertion(std::move(claim)));
    return true;
  });
}

void SaidAgain::say_judgement(Transaction& transaction, Judgement judgement) {
  attempt([&] {
    const auto old = judgement.id;
    judgement.id = {};
    judgement.a = nodes_[judgement.a];
    judgement.b = nodes_[judgement.b];
    if (!judgement.a || !judgement.b) return false;
    judgements_.put(old, transaction.add_judgement(std::move(judgement)));
    return true;
  });
}

// What is withdrawn already, with its document, stays so.
void SaidAgain::say_rest(Transaction& transaction, const Batch& batch) {
  const auto before = lost_;
  for (const auto id : batch.withdrawn) {
    if (claims_[id]) attempt([&] { return transaction.withdraw(claims_[id]), true; });
  }
  for (const auto id : batch.withdrawn_judgements) {
    if (judgements_[id]) attempt([&] { return transaction.withdraw(judgements_[id]), true; });
  }
  lost_ = before;
  for (const auto& judgement : batch.judgements) say_judgement(transaction, judgement);
  for (auto run : batch.runs) attempt([&] { return run.id = {}, transaction.add_run(run), true; });
  for (auto finding : batch.findings) {
    for (auto& node : finding.nodes) node = nodes_[node];
    for (auto& id : finding.evidence) id = evidence_[id];
    std::erase(finding.nodes, NodeKey{});
    std::erase(finding.evidence, EvidenceId{});
    attempt([&] { return transaction.add_finding(std::move(finding)), true; });
  }
}

}  // namespace policygraph::inline v0::detail::store
