#include <algorithm>
#include <deque>

#include "graph/column_data.hpp"
#include "graph/derivation.hpp"
#include "graph/existence.hpp"
#include "graph/preference.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// The claims of existence of one row, the list used again.
class ExistenceClaims {
 public:
  explicit ExistenceClaims(const History& history) noexcept : history_(history) {}
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
  ExistenceClaims existence(history);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto& found = existence.of(claims[row]);
    add_evidence(found, evidence.items);
    evidence.starts.push_back(static_cast<std::uint32_t>(evidence.items.size()));
    modality[row] = found.size() == 1 ? found.front().modality() : strongest_modality(found);
  }
}

// When edges begin and end to hold, as columns.
void read_validity(Snapshot::Data& data, const FlatTables& flat) {
  std::deque<Value> made;
  ColumnEntries from;
  ColumnEntries to;
  const auto add = [&](ColumnEntries& entries, std::uint32_t row, const PartialDate& date) {
    if (date != PartialDate()) entries.emplace_back(row, &made.emplace_back(date));  // an open one is stated
  };
  for (std::uint32_t row = 0; row < flat.edge_count(); ++row) {
    const auto stated = read_validity(data.history, flat.edge_claims[row]);
    if (!stated) continue;
    add(from, row, stated->first);
    add(to, row, stated->second);
  }
  data.valid_from = make_column(from, data.history.strings());
  data.valid_to = make_column(to, data.history.strings());
}

Grouped<std::uint32_t> mentions_by_row(const FlatTables& flat) {
  return grouped<std::uint32_t>(flat.node_count(), [&](auto place) {
    for (std::uint32_t key = 0; key < flat.row_of_key.size(); ++key) {
      if (flat.row_of_key[key] != kNone) place(flat.row_of_key[key], key);
    }
  });
}

}  // namespace

// Claims by row, of nodes and of edges, in two passes for both.
void group_claims(Derivation& derivation) {
  auto& flat = derivation.flat;
  const auto visit = [&](auto place) {
    derivation.visit_claims([&](std::size_t number, Claim claim) {
      const auto row = derivation.place[number];
      if (row != kNone) place(claim.is_of_node() ? flat.node_claims : flat.edge_claims, row, claim);
    });
  };
  flat.node_claims.starts.assign(flat.node_count() + 1, 0);
  flat.edge_claims.starts.assign(flat.edge_count() + 1, 0);
  visit([](Grouped<std::uint32_t>& claims, std::uint32_t row, Claim) { ++claims.starts[row + 1]; });
  for (auto* claims : {&flat.node_claims, &flat.edge_claims}) {
    for (std::size_t i = 1; i < claims->starts.size(); ++i) claims->starts[i] += claims->starts[i - 1];
    claims->items.resize(claims->starts.back());
  }
  auto next_of_nodes = flat.node_claims.starts;
  auto next_of_edges = flat.edge_claims.starts;
  visit([&](Grouped<std::uint32_t>& claims, std::uint32_t row, Claim claim) {
    auto& next = &claims == &flat.node_claims ? next_of_nodes : next_of_edges;
    claims.items[next[row]++] = static_cast<std::uint32_t>(claim.id().value);
  });
}

void derive_claims(Derivation& derivation) {
  auto& data = derivation.data;
  auto& flat = derivation.flat;
  group_claims(derivation);
  read_existence(data.history, flat.node_claims, flat.node_count(), flat.node_evidence, flat.node_modality);
  read_existence(data.history, flat.edge_claims, flat.edge_count(), flat.edge_evidence, flat.edge_modality);
  flat.node_mentions = mentions_by_row(flat);
  read_validity(data, flat);
}

}  // namespace policygraph::inline v0::detail::graph
