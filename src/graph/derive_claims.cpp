#include <algorithm>

#include "graph/derivation.hpp"
#include "graph/preference.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

Grouped<std::uint32_t> claims_by_row(const Derivation& derivation, std::size_t rows, bool of_nodes) {
  return grouped<std::uint32_t>(rows, [&](auto place) {
    derivation.visit_claims([&](std::size_t number, Claim claim) {
      if (derivation.place[number] != kNone && claim.is_of_node() == of_nodes)
        place(derivation.place[number], static_cast<std::uint32_t>(claim.id().value));
    });
  });
}

// The claims of existence of one row, the list used again.
class Existence {
 public:
  explicit Existence(const History& history) noexcept : history_(history) {}
  const std::vector<Claim>& of(std::span<const std::uint32_t> claims) {
    found_.clear();
    for (const auto id : claims) {
      const auto claim = history_.claim(id);
      if (claim.is_existence()) found_.push_back(claim);
    }
    return found_;
  }

 private:
  const History& history_;
  std::vector<Claim> found_;
};

void add_evidence(std::span<const Claim> claims, std::vector<std::uint32_t>& items) {
  const auto first = static_cast<std::ptrdiff_t>(items.size());
  for (const auto claim : claims) {
    for (const auto id : claim.evidence()) items.push_back(static_cast<std::uint32_t>(id.value));
  }
  std::sort(items.begin() + first, items.end());
  items.erase(std::unique(items.begin() + first, items.end()), items.end());
}

// Evidence and modality by row.
void read_existence(const History& history, const Grouped<std::uint32_t>& claims, std::size_t rows,
                    Grouped<std::uint32_t>& evidence, std::vector<Modality>& modality) {
  evidence.starts.reserve(rows + 1);
  evidence.starts.push_back(0);
  evidence.items.reserve(rows);
  modality.resize(rows);
  Existence existence(history);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto& found = existence.of(claims[row]);
    add_evidence(found, evidence.items);
    evidence.starts.push_back(static_cast<std::uint32_t>(evidence.items.size()));
    modality[row] = found.size() == 1 ? found.front().modality() : strongest_modality(found);
  }
}

bool states_validity(Claim claim) noexcept {
  return claim.kind() == ClaimKind::edge && (!claim.valid_from().is_unknown() || !claim.valid_to().is_unknown());
}

void read_validity(Snapshot::Data& data) {
  std::vector<Claim> dated;
  for (std::uint32_t row = 0; row < data.edge_count(); ++row) {
    dated.clear();
    for (const auto id : data.edge_claims[row]) {
      if (const auto claim = data.history.claim(id); states_validity(claim)) dated.push_back(claim);
    }
    if (dated.empty()) continue;
    const auto read = preferred_of(data.history, dated);
    data.validity.push_back({row, read.valid_from(), read.valid_to()});
  }
}

Grouped<std::uint32_t> mentions_by_row(const Snapshot::Data& data) {
  return grouped<std::uint32_t>(data.node_count(), [&](auto place) {
    for (std::uint32_t key = 0; key < data.row_of_key.size(); ++key) {
      if (data.row_of_key[key] != kNone) place(data.row_of_key[key], key);
    }
  });
}

}  // namespace

void derive_claims(Derivation& derivation) {
  auto& data = derivation.data;
  data.node_claims = claims_by_row(derivation, data.node_count(), true);
  data.edge_claims = claims_by_row(derivation, data.edge_count(), false);
  read_existence(data.history, data.node_claims, data.node_count(), data.node_evidence, data.node_modality);
  read_existence(data.history, data.edge_claims, data.edge_count(), data.edge_evidence, data.edge_modality);
  data.node_mentions = mentions_by_row(data);
  read_validity(data);
}

}  // namespace policygraph::inline v0::detail::graph
