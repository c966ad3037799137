#include <algorithm>
#include <deque>

#include "graph/column_data.hpp"
#include "graph/derivation.hpp"
#include "graph/existence.hpp"
#include "graph/preference.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::uint32_t kUnsaid = 0;  // ids of evidence begin with 1

// Of each row the evidence and the modality of its claim of existence; kNone: there are several, or much evidence.
struct OnlyExistence {
  std::vector<std::uint32_t> evidence;
  std::vector<Modality> modality;

  explicit OnlyExistence(std::size_t rows) : evidence(rows, kUnsaid), modality(rows, Modality::unknown) {}
  void take(std::uint32_t row, Claim claim) {
    const bool is_only = evidence[row] == kUnsaid && !claim.shape().has_list;
    evidence[row] = is_only ? static_cast<std::uint32_t>(claim.only_evidence().value) : kNone;
    modality[row] = claim.modality();
  }
};

// Evidence and modality by row.
void put_existence(const History& history, OnlyExistence only, const Grouped<std::uint32_t>& claims, Grouped<std::uint32_t>& evidence,
                   std::vector<Modality>& modality) {
  const auto rows = static_cast<std::uint32_t>(only.evidence.size());
  evidence.starts.reserve(rows + std::size_t{1});
  evidence.starts.push_back(0);
  evidence.items.reserve(rows);
  modality = std::move(only.modality);
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (only.evidence[row] != kUnsaid && only.evidence[row] != kNone) {
      evidence.items.push_back(only.evidence[row]);
    } else {
      const auto read = read_existence(history, claims[row]);
      evidence.items.insert(evidence.items.end(), read.evidence.begin(), read.evidence.end());
      modality[row] = read.modality;
    }
    evidence.starts.push_back(static_cast<std::uint32_t>(evidence.items.size()));
  }
}

void derive_existence(Derivation& derivation) {
  auto& flat = derivation.flat;
  const auto& history = derivation.data.history;
  OnlyExistence of_nodes(flat.node_count()), of_edges(flat.edge_count());
  derivation.visit_claims([&](std::size_t number, Claim claim) {
    const auto row = derivation.place[number];
    if (claim.is_existence() && row != kNone) (claim.is_of_node() ? of_nodes : of_edges).take(row, claim);
  });
  put_existence(history, std::move(of_nodes), flat.node_claims, flat.node_evidence, flat.node_modality);
  put_existence(history, std::move(of_edges), flat.edge_claims, flat.edge_evidence, flat.edge_modality);
}

// When edges begin and end to hold, as columns.
void read_validity(Snapshot::Data& data, const FlatTables& flat) {
  std::deque<Value> made;
  ColumnEntries from;
  ColumnEntries to;
  const auto add = [&](ColumnEntries& entries, std::uint32_t row, const PartialDate& date) {
    if (date != PartialDate()) entries.emplace_back(row, &made.emplace_back(date));  // an open one is stated
  };
  const auto dated_rows = data.history.has_details() ? flat.edge_count() : 0;
  for (std::uint32_t row = 0; row < dated_rows; ++row) {
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

// Claims by row, of nodes and of edges; they were counted as they got their rows.
void group_claims(Derivation& derivation) {
  auto& flat = derivation.flat;
  for (auto* claims : {&flat.node_claims, &flat.edge_claims}) {
    if (claims->starts.empty()) claims->starts.push_back(0);
    for (std::size_t i = 1; i < claims->starts.size(); ++i) claims->starts[i] += claims->starts[i - 1];
    claims->items.resize(claims->starts.back());
  }
  auto next_of_nodes = flat.node_claims.starts;
  auto next_of_edges = flat.edge_claims.starts;
  derivation.visit_claims([&](std::size_t number, Claim claim) {
    const auto row = derivation.place[number];
    if (row == kNone) return;
    const auto id = static_cast<std::uint32_t>(claim.id().value);
    if (claim.is_of_node()) flat.node_claims.items[next_of_nodes[row]++] = id;
    else flat.edge_claims.items[next_of_edges[row]++] = id;
  });
}

void derive_claims(Derivation& derivation) {
  auto& data = derivation.data;
  auto& flat = derivation.flat;
  group_claims(derivation);
  derive_existence(derivation);
  flat.node_mentions = mentions_by_row(flat);
  read_validity(data, flat);
}

}  // namespace policygraph::inline v0::detail::graph
