#include <algorithm>
#include <string>
#include <utility>

#include "graph/column_data.hpp"
#include "graph/derivation.hpp"
#include "graph/preference.hpp"

namespace policygraph::detail::graph {
namespace {

using Entries = std::vector<std::pair<std::uint32_t, const Value*>>;

bool is_value(const Assertion& claim) noexcept {
  return (claim.kind == ClaimKind::property || claim.kind == ClaimKind::edge_property) && !claim.value.is_null();
}

// By property number: the value that each row reads, in order of row.
std::vector<Entries> read_values(const History& history, const Grouped<const Assertion*>& claims, std::size_t rows,
                                 NameNumbers& names) {
  std::vector<Entries> values;
  std::vector<std::pair<std::uint32_t, const Assertion*>> best;  // of one row, by property
  for (std::uint32_t row = 0; row < rows; ++row) {
    best.clear();
    for (const auto* claim : claims[row]) {
      if (is_value(*claim)) best.emplace_back(names.number(claim->name), claim);
    }
    if (best.empty()) continue;
    std::ranges::stable_sort(best, {}, &std::pair<std::uint32_t, const Assertion*>::first);
    if (values.size() < names.names().size()) values.resize(names.names().size());
    for (std::size_t first = 0; first < best.size();) {
      const auto* read = best[first].second;
      auto end = first + 1;
      for (; end < best.size() && best[end].first == best[first].first; ++end) {
        if (is_preferred(history, *best[end].second, *read)) read = best[end].second;
      }
      values[best[first].first].emplace_back(row, &read->value);
      first = end;
    }
  }
  return values;
}

std::vector<std::unique_ptr<const Column>> make_columns(std::vector<Entries> values, const std::vector<std::uint32_t>& place) {
  std::vector<std::unique_ptr<const Column>> columns(place.size());
  for (std::size_t number = 0; number < values.size(); ++number) {
    if (!values[number].empty()) columns[place[number]] = make_column(values[number]);
    Entries().swap(values[number]);
  }
  return columns;
}

}  // namespace

void derive_values(Derivation& derivation) {
  auto& data = derivation.data;
  NameNumbers names;
  auto of_nodes = read_values(data.history, data.node_claims, data.node_count(), names);
  auto of_edges = read_values(data.history, data.edge_claims, data.edge_count(), names);
  data.properties.assign(names.names().begin(), names.names().end());
  std::ranges::sort(data.properties);
  std::vector<std::uint32_t> place;
  for (const auto name : names.names()) {
    place.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(data.properties, name) - data.properties.begin()));
  }
  data.node_columns = make_columns(std::move(of_nodes), place);
  data.edge_columns = make_columns(std::move(of_edges), place);
}

}  // namespace policygraph::detail::graph
