#include <algorithm>
#include <deque>
#include <utility>

#include "graph/column_data.hpp"
#include "graph/derivation.hpp"
#include "graph/value_reader.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

std::vector<std::shared_ptr<const Column>> make_columns(std::vector<ColumnEntries> values,
                                                        const std::vector<std::uint32_t>& place,
                                                        const Strings& strings) {
  std::vector<std::shared_ptr<const Column>> columns(place.size());
  for (std::size_t number = 0; number < values.size(); ++number) {
    if (!values[number].empty()) columns[place[number]] = make_column(values[number], strings);
    ColumnEntries().swap(values[number]);
  }
  return columns;
}

// The places of names in the snapshot's sorted list of them, which is made here.
std::vector<std::uint32_t> sort_properties(Snapshot::Data& data, const NameNumbers& names) {
  data.properties.assign(names.names().begin(), names.names().end());
  std::ranges::sort(data.properties);
  std::vector<std::uint32_t> place;
  for (const auto name : names.names()) {
    place.push_back(
        static_cast<std::uint32_t>(std::ranges::lower_bound(data.properties, name) - data.properties.begin()));
  }
  return place;
}

std::vector<std::uint32_t> numbers_of(const StringTable& strings, const std::vector<std::string_view>& names) {
  std::vector<std::uint32_t> numbers;
  for (const auto name : names) {
    if (const auto number = strings.find(name)) numbers.push_back(*number);
  }
  return numbers;
}

bool has_any(const std::vector<std::string_view>& names, const std::vector<std::string_view>& wanted) {
  return std::ranges::any_of(names, [&](auto name) { return std::ranges::find(wanted, name) != wanted.end(); });
}

}  // namespace

void derive_node_values(Derivation& derivation, const WantedValues& wanted) {
  auto& data = derivation.data;
  const auto& flat = derivation.flat;
  NameNumbers names;
  std::deque<Value> made;
  ValueReader reader(data.history, names, made, [&](std::uint32_t row) { return may_have_aliases(data, row); });
  reader.read_only(numbers_of(*data.history.strings(), wanted.properties));
  for (std::uint32_t set = 0; set < data.order->firsts.size(); ++set) {
    if (!has_any(data.label_table->sets[set].names, wanted.labels)) continue;
    for (auto row = data.order->firsts[set]; row < data.order->end(set); ++row) reader.read_row(row, flat.node_claims[row]);
  }
  auto values = reader.take();
  data.node_columns = make_columns(std::move(values), sort_properties(data, names), data.history.strings());
}

}  // namespace policygraph::inline v0::detail::graph
