#include <algorithm>
#include <utility>

#include "graph/derivation.hpp"
#include "graph/identity.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// A later version of a mention stands for the earlier ones.
void collect_mentions(Snapshot::Data& data) {
  const auto& history = data.history;
  data.mention_of_key.assign(history.counters().node + 1, nullptr);
  for (std::size_t part = 0; part < history.parts().size(); ++part) {
    for (const auto& mention : history.parts()[part]->mentions) {
      if (history.holds(mention, part)) data.mention_of_key[mention.key.value] = &mention;
    }
  }
}

std::vector<const Judgement*> judgements_in_force(const History& history) {
  std::vector<const Judgement*> result;
  for (const auto& part : history.parts()) {
    for (const auto& judgement : part->judgements) {
      if (!history.is_withdrawn(judgement.id)) result.push_back(&judgement);
    }
  }
  return result;
}

void collect_claims(Derivation& derivation) {
  const auto& history = derivation.data.history;
  for (const auto& part : history.parts()) {
    derivation.claims.reserve(derivation.claims.size() + part->assertions.size());
    for (const auto& assertion : part->assertions) {
      if (!history.is_withdrawn(assertion.id)) derivation.claims.push_back(&assertion);
    }
  }
  auto& rejections = derivation.data.rejections;
  for (const auto* claim : derivation.claims) {
    if (claim->review == Review::rejected) rejections.push_back(claim);
  }
  std::ranges::stable_sort(rejections, {}, [](const Assertion* claim) { return claim->subject; });
}

Sources sources_of(const History& history, Sources::FetchText fetch) {
  std::vector<SourceDocument> documents;
  documents.reserve(history.documents().size());
  for (const auto& [id, source] : history.documents()) documents.push_back(source.document);
  return Sources(std::move(documents), std::move(fetch));
}

}  // namespace

void derive_records(Derivation& derivation) {
  auto& data = derivation.data;
  collect_mentions(data);
  derivation.class_of_key = identity_classes(data.mention_of_key, judgements_in_force(data.history));
  collect_claims(derivation);
  derivation.place.assign(derivation.claims.size(), kNone);
}

std::shared_ptr<Snapshot::Data> derive(Schema schema, History history, Sources::FetchText fetch) {
  auto sources = sources_of(history, std::move(fetch));
  auto data = std::make_shared<Snapshot::Data>(std::move(schema), std::move(history), std::move(sources));
  Derivation derivation{*data, {}, {}, {}};
  derive_records(derivation);
  derive_nodes(derivation);
  derive_edges(derivation);
  derive_claims(derivation);
  derive_values(derivation);
  return data;
}

}  // namespace policygraph::inline v0::detail::graph
