#include <tuple>

#include "graph/player.hpp"

namespace policygraph::testing {

// A document's claims: the texts differ, so that mentions come again, or not.
void Player::read_document(Transaction& transaction, std::optional<DocumentId> old) {
  SourceDocument source;
  source.title = "document";
  source.tier = static_cast<SourceTier>(below(6));
  if (one_in(2)) source.published = PartialDate::year(2000 + below(20));
  auto text = std::make_shared<const std::string>("alpha beta gamma " + std::to_string(random_()));
  DocumentId id;
  if (old)
    transaction.replace_document(id = *old, source, text);
  else
    id = transaction.add_document(source, text);
  std::vector<NodeKey> keys;
  for (int i = below(4); i >= 0; --i) keys.push_back(read_mention(transaction, id));
  for (int i = below(4); i > 0; --i) read_edge(transaction, id, one_of(keys), one_of(keys));
  for (int i = below(3); i > 0; --i) {
    judge_as(transaction, "rule:same/1", one_of(keys), one_of(keys),
             one_in(4) ? JudgementKind::different : JudgementKind::same);
  }
}

EvidenceId Player::evidence(Transaction& transaction, DocumentId id) {
  return transaction.add_evidence({id, {0, static_cast<std::uint32_t>(1 + below(16))}, "rule:test/1", 0.5F});
}

void Player::fill(Assertion& claim) {
  claim.modality = static_cast<Modality>(below(13));
  claim.rank = static_cast<Rank>(below(3));
  claim.review = one_of<std::vector<Review>>({Review::proposed, Review::proposed, Review::accepted, Review::disputed});
}

NodeKey Player::read_mention(Transaction& transaction, DocumentId id) {
  const auto name = label();
  const auto key = transaction.add_mention({{}, name, word(), evidence(transaction, id)});
  Assertion claim;
  claim.subject = key;
  claim.name = name;
  claim.evidence = {evidence(transaction, id)};
  fill(claim);
  if (!one_in(5)) transaction.add_assertion(claim);
  for (int i = below(3); i > 0; --i) {
    std::tie(claim.name, claim.value) = property();
    if (claim.name == "date" && name != "Decree" && !schema_.is_open()) continue;
    claim.kind = ClaimKind::property;
    claim.evidence = {evidence(transaction, id)};
    fill(claim);
    transaction.add_assertion(claim);
  }
  return key;
}

void Player::read_edge(Transaction& transaction, DocumentId id, NodeKey from, NodeKey to) {
  Assertion claim;
  claim.kind = ClaimKind::edge;
  claim.name = type();
  claim.subject = from;
  claim.object = to;
  claim.edge = transaction.new_edge_key();
  claim.evidence = {evidence(transaction, id)};
  if (one_in(2)) claim.valid_from = date();
  if (one_in(3)) claim.valid_to = one_in(3) ? PartialDate::parse("../..") : date();
  fill(claim);
  transaction.add_assertion(claim);
  const auto kind = claim.name;
  claim.kind = ClaimKind::edge_property;
  claim.subject = claim.object = {};
  for (const auto* name : {"since", "title"}) {
    if (one_in(2) || (kind == "CITES" && std::string_view(name) == "title")) continue;
    claim.name = name;
    claim.value = word();
    transaction.add_assertion(claim);
  }
}

void Player::replace_document(Transaction& transaction) {
  std::vector<DocumentId> ids;
  const auto snapshot = graph_.snapshot();
  for (const auto& document : snapshot.sources().documents()) {
    if (document.kind == SourceDocument::Kind::read) ids.push_back(document.id);
  }
  if (ids.empty()) return;
  if (one_in(4))
    transaction.remove_document(one_of(ids));
  else
    read_document(transaction, one_of(ids));
}

void Player::judge_as(Transaction& transaction, const std::string& by, NodeKey a, NodeKey b, JudgementKind kind) {
  if (a == b) return;
  Judgement judgement;
  judgement.kind = kind;
  judgement.a = a;
  judgement.b = b;
  judgement.by = by;
  judgement.score = below(4) / 4.0;
  transaction.add_judgement(judgement);
}

void Player::judge(Transaction& transaction) {
  const auto snapshot = transaction.snapshot();
  const auto mentions = snapshot.mentions();
  if (mentions.empty()) return;
  judge_as(transaction, one_in(2) ? "by:olga" : "rule:name/1", one_of(mentions).key, one_of(mentions).key,
           one_in(3) ? JudgementKind::different : JudgementKind::same);
}

void Player::unjudge(Transaction& transaction) {
  const auto snapshot = transaction.snapshot();
  const auto judgements = snapshot.judgements();
  if (!judgements.empty()) transaction.withdraw(one_of(judgements)->id);
}

void Player::withdraw(Transaction& transaction) {
  const auto snapshot = transaction.snapshot();
  const auto claims = snapshot.assertions();
  if (!claims.empty()) transaction.withdraw(one_of(claims).id);
}

}  // namespace policygraph::testing
