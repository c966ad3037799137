#include <algorithm>
#include <utility>

#include "graph/derivation.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

std::uint32_t number_of(AssertionId id) noexcept { return static_cast<std::uint32_t>(id.value); }

// Claims in force that are not in the view: few, where little was rejected or withdrawn.
std::vector<Claim> unseen_claims(const Derivation& derivation) {
  std::vector<Claim> unseen;
  if (std::ranges::find(derivation.place, kNone) == derivation.place.end()) return unseen;
  derivation.visit_claims([&](std::size_t number, Claim claim) {
    if (derivation.place[number] == kNone) unseen.push_back(claim);
  });
  return unseen;
}

// By what `keys_of(claim, place)` places them under.
template <class KeysOf>
PagedLists<std::uint32_t> placed(const std::vector<Claim>& claims, std::uint64_t limit, KeysOf keys_of) {
  if (claims.empty()) return {};
  return PagedLists<std::uint32_t>(grouped<std::uint32_t>(limit, [&](auto place) {
    for (const auto claim : claims) {
      keys_of(claim, [&](std::uint64_t key) {
        if (key < limit) place(static_cast<std::uint32_t>(key), number_of(claim.id()));
      });
    }
  }));
}

void keep_unseen(const Derivation& derivation, Snapshot::Data& data) {
  const auto unseen = unseen_claims(derivation);
  data.unseen_of_mention = placed(unseen, data.key_limit, [](Claim claim, auto place) {
    if (claim.is_of_node()) place(claim.subject().value);
  });
  data.unseen_ends = placed(unseen, data.key_limit, [](Claim claim, auto place) {
    if (claim.kind() != ClaimKind::edge) return;
    place(claim.subject().value);
    if (claim.object() != claim.subject()) place(claim.object().value);
  });
  data.unseen_of_edge = placed(unseen, data.history.counters().edge + 1, [](Claim claim, auto place) {
    if (!claim.is_of_node()) place(claim.edge().value);
  });
}

PagedLists<std::uint32_t> judgements_by_mention(const History& history, std::uint32_t limit) {
  return PagedLists<std::uint32_t>(grouped<std::uint32_t>(limit, [&](auto place) {
    history.visit_judgements([&](const Judgement& judgement) {
      for (const auto key : {judgement.a, judgement.b}) {
        if (key.value < limit)
          place(static_cast<std::uint32_t>(key.value), static_cast<std::uint32_t>(judgement.id.value));
      }
    });
  }));
}

template <class T>
PagedLists<T> settled(Grouped<T>& lists) {
  PagedLists<T> result(lists);
  lists = {};
  return result;
}

}  // namespace

void settle(Derivation& derivation) {
  auto& data = derivation.data;
  auto& flat = derivation.flat;
  data.key_limit = static_cast<std::uint32_t>(flat.mention_of_key.size());
  data.mention_of_key = Snapshot::Data::Numbers(flat.mention_of_key);
  data.row_of_key = Snapshot::Data::Numbers(flat.row_of_key);
  data.judgements_of = judgements_by_mention(data.history, data.key_limit);
  keep_unseen(derivation, data);
  data.node_keys = PackedPages<NodeKey>(flat.node_keys);
  data.node_modality = PackedPages<Modality>(flat.node_modality);
  data.node_claims = settled(flat.node_claims);
  data.node_evidence = settled(flat.node_evidence);
  data.node_mentions = settled(flat.node_mentions);
  data.edge_keys = PackedPages<EdgeKey>(flat.edge_keys);
  data.row_of_edge_key = Snapshot::Data::Numbers(flat.row_of_edge_key);
  data.edge_modality = PackedPages<Modality>(flat.edge_modality);
  data.edge_claims = settled(flat.edge_claims);
  data.edge_evidence = settled(flat.edge_evidence);
}

}  // namespace policygraph::inline v0::detail::graph
