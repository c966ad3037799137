#include <algorithm>
#include <utility>

#include "graph/derivation.hpp"
#include "graph/identity.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// A later version of a mention stands for the earlier ones.
void collect_mentions(const History& history, FlatTables& flat) {
  flat.mention_of_key.assign(history.counters().node + 1, kNone);
  history.visit_mentions(
      [&](std::uint32_t number, KeptMention mention) { flat.mention_of_key[mention.key().value] = number; });
}

// Judgements in force between mentions in force.
std::vector<NumberedJudgement> judgements_that_apply(const History& history, const FlatTables& flat) {
  std::vector<NumberedJudgement> result;
  history.visit_judgements([&](const Judgement& judgement) {
    if (!flat.has_mention(judgement.a) || !flat.has_mention(judgement.b)) return;
    result.push_back({&judgement, static_cast<std::uint32_t>(judgement.a.value),
                      static_cast<std::uint32_t>(judgement.b.value)});
  });
  return result;
}

void collect_claims(Derivation& derivation) {
  auto& data = derivation.data;
  std::size_t count = 0;
  std::vector<std::pair<NodeKey, std::uint32_t>> rejections;
  data.history.visit_claims([&](Claim claim) {
    ++count;
    if (claim.is_rejection()) rejections.emplace_back(claim.subject(), static_cast<std::uint32_t>(claim.id().value));
  });
  derivation.place.assign(count, kNone);
  std::ranges::sort(rejections);
  for (const auto& [subject, id] : rejections) derivation.flat.rejections.push_back(id);
}

}  // namespace

Sources sources_of(const History& history, Sources::FetchText fetch) {
  std::vector<SourceDocument> documents;
  history.visit_documents([&](const History::Source& source) { documents.push_back(source.document); });
  return Sources(std::move(documents), std::move(fetch));
}

void derive_records(Derivation& derivation) {
  const auto& history = derivation.data.history;
  auto& flat = derivation.flat;
  collect_mentions(history, flat);
  derivation.class_of_key = identity_classes(flat.mention_of_key.size(), judgements_that_apply(history, flat));
  collect_claims(derivation);
}

std::shared_ptr<Snapshot::Data> derive(Schema schema, History history, Sources::FetchText fetch) {
  auto data = std::make_shared<Snapshot::Data>(std::move(schema), std::move(history), std::move(fetch));
  data->held_sources.put(sources_of(data->history, data->fetch));
  Derivation derivation{*data, {}, {}, {}};
  derive_records(derivation);
  derive_nodes(derivation);
  derive_edges(derivation);
  DerivedValues values(derivation);
  derive_claims(derivation);
  settle(derivation);
  values.finish(*data);
  return data;
}

std::shared_ptr<Snapshot::Data> derive_nodes_alone(Schema schema, History history, const WantedValues& wanted) {
  auto data = std::make_shared<Snapshot::Data>(std::move(schema), std::move(history), nullptr);
  Derivation derivation{*data, {}, {}, {}};
  derive_records(derivation);
  derive_nodes(derivation);
  group_claims(derivation);
  derive_node_values(derivation, wanted);
  data->key_limit = static_cast<std::uint32_t>(derivation.flat.mention_of_key.size());
  data->row_of_key = Snapshot::Data::Numbers(derivation.flat.row_of_key);
  data->node_keys = PackedPages<NodeKey>(derivation.flat.node_keys);
  return data;
}

}  // namespace policygraph::inline v0::detail::graph
