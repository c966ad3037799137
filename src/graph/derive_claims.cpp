#include <algorithm>

#include "graph/derivation.hpp"
#include "graph/preference.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

bool is_existence(const Assertion& claim) noexcept {
  return claim.kind == ClaimKind::node || claim.kind == ClaimKind::edge;
}
bool is_of_node(const Assertion& claim) noexcept {
  return claim.kind == ClaimKind::node || claim.kind == ClaimKind::property;
}

Grouped<const Assertion*> claims_by_row(const Derivation& derivation, std::size_t rows, bool of_nodes) {
  return grouped<const Assertion*>(rows, [&](auto place) {
    for (std::size_t i = 0; i < derivation.claims.size(); ++i) {
      if (derivation.place[i] != kNone && is_of_node(*derivation.claims[i]) == of_nodes)
        place(derivation.place[i], derivation.claims[i]);
    }
  });
}

Grouped<EvidenceId> evidence_by_row(const Grouped<const Assertion*>& claims, std::size_t rows) {
  Grouped<EvidenceId> result;
  result.starts.reserve(rows + 1);
  result.starts.push_back(0);
  result.items.reserve(rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto first = static_cast<std::ptrdiff_t>(result.items.size());
    for (const auto* claim : claims[row]) {
      if (is_existence(*claim)) result.items.insert(result.items.end(), claim->evidence.begin(), claim->evidence.end());
    }
    const auto begin = result.items.begin() + first;
    std::sort(begin, result.items.end());
    result.items.erase(std::unique(begin, result.items.end()), result.items.end());
    result.starts.push_back(static_cast<std::uint32_t>(result.items.size()));
  }
  return result;
}

std::vector<const Assertion*> existence_of(std::span<const Assertion* const> claims) {
  std::vector<const Assertion*> result;
  std::ranges::copy_if(claims, std::back_inserter(result), [](const Assertion* claim) { return is_existence(*claim); });
  return result;
}

std::vector<Modality> modality_by_row(const Grouped<const Assertion*>& claims, std::size_t rows) {
  std::vector<Modality> result(rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto all = claims[row];
    result[row] = all.size() == 1 ? all[0]->modality : strongest_modality(existence_of(all));
  }
  return result;
}

bool states_validity(const Assertion* claim) noexcept {
  return !claim->valid_from.is_unknown() || !claim->valid_to.is_unknown();
}

void read_validity(Snapshot::Data& data) {
  for (std::uint32_t row = 0; row < data.edge_count(); ++row) {
    const auto claims = data.edge_claims[row];
    if (std::ranges::none_of(claims, states_validity)) continue;
    auto existence = existence_of(claims);
    std::erase_if(existence, [](const Assertion* claim) { return !states_validity(claim); });
    const auto* read = preferred_of(data.history, existence);
    if (read != nullptr) data.validity.push_back({row, read->valid_from, read->valid_to});
  }
}

Grouped<const Mention*> mentions_by_row(const Snapshot::Data& data) {
  return grouped<const Mention*>(data.node_count(), [&](auto place) {
    for (std::size_t key = 0; key < data.mention_of_key.size(); ++key) {
      if (data.row_of_key[key] != kNone) place(data.row_of_key[key], data.mention_of_key[key]);
    }
  });
}

}  // namespace

void derive_claims(Derivation& derivation) {
  auto& data = derivation.data;
  data.node_claims = claims_by_row(derivation, data.node_count(), true);
  data.edge_claims = claims_by_row(derivation, data.edge_count(), false);
  data.node_evidence = evidence_by_row(data.node_claims, data.node_count());
  data.edge_evidence = evidence_by_row(data.edge_claims, data.edge_count());
  data.node_modality = modality_by_row(data.node_claims, data.node_count());
  data.edge_modality = modality_by_row(data.edge_claims, data.edge_count());
  data.node_mentions = mentions_by_row(data);
  read_validity(data);
}

}  // namespace policygraph::inline v0::detail::graph
