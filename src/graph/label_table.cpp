#include "graph/label_table.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

bool has_label(const LabelTable::Set& set, std::uint32_t label) noexcept {
  return std::ranges::binary_search(set.labels, static_cast<Label>(label));
}

// The ranges of rows that have the label, neighbours joined.
Ranges ranges_of(const NodeOrder& order, std::uint32_t label) {
  Ranges ranges;
  for (std::size_t set = 0; set < order.firsts.size(); ++set) {
    if (!has_label(order.names->sets[set], label)) continue;
    if (!ranges.empty() && ranges.back().second == order.firsts[set])
      ranges.back().second = order.end(set);
    else
      ranges.emplace_back(order.firsts[set], order.end(set));
  }
  return ranges;
}

// The rows of the sets that `is_wanted` names: those that stand where the order put them, and those placed since.
template <class IsWanted>
std::vector<NodeRow> rows_of(const Snapshot::Data& data, IsWanted is_wanted) {
  const auto& order = *data.order;
  std::vector<NodeRow> rows;
  for (std::uint32_t set = 0; set < order.firsts.size(); ++set) {
    if (!is_wanted(set)) continue;
    for (auto row = order.firsts[set]; row < order.end(set); ++row) {
      if (!data.dead_nodes.has(row) && !data.placed_nodes.has(row)) rows.push_back(NodeRow{row});
    }
  }
  const auto ordered = static_cast<std::ptrdiff_t>(rows.size());
  data.placed_nodes.visit([&](std::uint32_t row) {
    if (!data.dead_nodes.has(row) && is_wanted(data.set_of(row))) rows.push_back(NodeRow{row});
  });
  std::inplace_merge(rows.begin(), rows.begin() + ordered, rows.end());
  return rows;
}

template <class Lists, class Make>
std::span<const NodeRow> made(std::mutex& mutex, Lists& lists, std::uint32_t number, Make make) {
  const std::lock_guard lock(mutex);
  auto found = lists.find(number);
  if (found == lists.end()) found = lists.emplace(number, make()).first;
  return found->second;
}

}  // namespace

std::shared_ptr<const LabelTable> make_label_table(std::vector<std::vector<std::string>> sets,
                                                   const std::vector<std::uint32_t>& counts) {
  auto table = std::make_shared<LabelTable>();
  std::set<std::string> names;
  for (std::size_t set = 0; set < sets.size(); ++set) {
    if (counts[set] > 0) names.insert(sets[set].begin(), sets[set].end());
  }
  table->labels.assign(names.begin(), names.end());
  table->sets.resize(sets.size());
  for (std::size_t number = 0; number < sets.size(); ++number) {
    auto& set = table->sets[number];
    set.all = std::move(sets[number]);
    set.names.assign(set.all.begin(), set.all.end());
    if (counts[number] == 0) continue;
    for (const auto& name : set.all) {
      const auto label = std::ranges::lower_bound(table->labels, name) - table->labels.begin();
      set.labels.push_back(static_cast<Label>(label));
    }
    std::ranges::sort(set.labels);
  }
  return table;
}

std::uint32_t NodeOrder::set_of(std::uint32_t row) const noexcept {
  return static_cast<std::uint32_t>(std::ranges::upper_bound(firsts, row) - firsts.begin()) - 1;
}

std::shared_ptr<const NodeOrder> make_node_order(std::vector<std::uint32_t> firsts, std::uint32_t count,
                                                 std::shared_ptr<const LabelTable> names) {
  auto order = std::make_shared<NodeOrder>();
  order->firsts = std::move(firsts);
  order->count = count;
  order->names = std::move(names);
  std::vector<NodeRow> numbers(count);
  for (std::uint32_t row = 0; row < count; ++row) numbers[row].value = row;
  order->row_numbers = std::move(numbers);
  const auto label_count = static_cast<std::uint32_t>(order->names->labels.size());
  order->scattered_rows.resize(label_count);
  const auto all = order->row_numbers.all();
  for (std::uint32_t label = 0; label < label_count; ++label) {
    const auto ranges = ranges_of(*order, label);
    if (ranges.size() == 1) {
      order->rows_of_label.push_back(all.subspan(ranges[0].first, ranges[0].second - ranges[0].first));
      continue;
    }
    std::vector<NodeRow> rows;
    for (const auto& [first, end] : ranges) rows.insert(rows.end(), all.begin() + first, all.begin() + end);
    order->scattered_rows[label] = std::move(rows);
    order->rows_of_label.push_back(order->scattered_rows[label].all());
  }
  return order;
}

void NodeOrder::write(ImageOut& out) const {
  out.number(count);
  out.number(std::uint64_t{firsts.size()});
  for (const auto first : firsts) out.number(first);
  out.array(row_numbers.all());
  for (std::size_t label = 0; label < rows_of_label.size(); ++label) {
    const auto& scattered = scattered_rows[label];
    out.array(scattered.all());
    const auto rows = rows_of_label[label];
    out.number(scattered.empty() && !rows.empty() ? rows.front().value : 0U);
    out.number(static_cast<std::uint32_t>(rows.size()));
  }
}

std::shared_ptr<const NodeOrder> NodeOrder::read(ImageIn& in, std::shared_ptr<const LabelTable> names) {
  auto order = std::make_shared<NodeOrder>();
  order->count = in.small();
  order->firsts.resize(in.count());
  for (auto& first : order->firsts) first = in.small();
  order->row_numbers = Stored(in.array<NodeRow>());
  for (std::size_t label = 0; label < names->labels.size(); ++label) {
    const auto scattered = in.array<NodeRow>();
    const auto first = in.small(), size = in.small();
    order->scattered_rows.emplace_back(scattered);
    const bool is_within = first <= order->count && size <= order->count - first;
    order->rows_of_label.push_back(!scattered.empty() || !is_within ? scattered : order->row_numbers.all().subspan(first, size));
  }
  order->names = std::move(names);
  order->image = in.image();
  return order;
}

std::span<const NodeRow> NodeLists::of_label(const Snapshot::Data& data, std::uint32_t label) const {
  const auto& sets = data.label_table->sets;
  const auto& order = *data.order;
  if (data.touched_sets.empty()) return order.of_label(label);
  const auto& name = data.label_table->labels[label];
  bool is_touched = false;
  data.touched_sets.visit([&](std::uint32_t set) {
    is_touched = is_touched || std::ranges::find(sets[set].names, name) != sets[set].names.end();
  });
  if (!is_touched) {
    return order.of_label(static_cast<std::size_t>(std::ranges::lower_bound(order.names->labels, name) - order.names->labels.begin()));
  }
  return made(mutex_, labels_, label,
              [&] { return rows_of(data, [&](std::uint32_t set) { return has_label(sets[set], label); }); });
}

std::span<const NodeRow> NodeLists::of_set(const Snapshot::Data& data, std::uint32_t set) const {
  if (!data.is_set_touched(set)) return data.order->of_set(set);
  return made(mutex_, sets_, set, [&] { return rows_of(data, [&](std::uint32_t other) { return other == set; }); });
}

std::size_t NodeLists::memory_bytes() const {
  const std::lock_guard lock(mutex_);
  std::size_t bytes = 0;
  for (const auto* lists : {&labels_, &sets_}) {
    for (const auto& [number, rows] : *lists) bytes += rows.capacity() * sizeof(NodeRow);
  }
  return bytes;
}

}  // namespace policygraph::inline v0::detail::graph
