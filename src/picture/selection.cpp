#include "picture/selection.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace policygraph::detail::picture {
namespace {

constexpr auto kNotChosen = std::numeric_limits<std::uint32_t>::max();

std::vector<NodeRow> nodes_with_most_edges(const Snapshot& snapshot, std::size_t max_nodes) {
  std::vector<NodeRow> rows;
  rows.reserve(snapshot.node_count());
  for (const auto row : snapshot.nodes()) rows.push_back(row);
  const auto degree = [&](NodeRow row) { return std::uint64_t{snapshot.out_degree(row)} + snapshot.in_degree(row); };
  const auto before = [&](NodeRow a, NodeRow b) { return degree(a) != degree(b) ? degree(a) > degree(b) : a < b; };
  const auto kept = std::min(max_nodes, rows.size());
  std::ranges::partial_sort(rows, rows.begin() + static_cast<std::ptrdiff_t>(kept), before);
  rows.resize(kept);
  return rows;
}

}  // namespace

Selection select(const Snapshot& snapshot, std::size_t max_nodes) {
  Selection selection;
  selection.nodes = nodes_with_most_edges(snapshot, max_nodes);
  std::vector<std::uint32_t> number(snapshot.node_count(), kNotChosen);
  for (std::uint32_t i = 0; i < selection.nodes.size(); ++i) number[selection.nodes[i].value] = i;
  for (std::uint32_t type = 0; type < snapshot.edge_type_count(); ++type) {
    for (std::uint32_t from = 0; from < selection.nodes.size(); ++from) {
      const auto out = snapshot.out_edges(selection.nodes[from], EdgeType{type});
      for (std::uint32_t k = 0; k < out.size(); ++k) {
        const auto to = number[out.targets[k].value];
        if (to != kNotChosen) selection.links.push_back({from, to, EdgeRow{out.first.value + k}});
      }
    }
  }
  return selection;
}

std::string_view family(const Snapshot& snapshot, NodeRow row) {
  const auto names = snapshot.label_names(row);
  return names.empty() ? std::string_view() : names.front();
}

Families::Families(const Snapshot& snapshot) {
  for (const auto& rule : snapshot.schema().labels())
    if (rule.parent.empty()) names_.push_back(rule.name);
  std::map<std::string, std::size_t, std::less<>> counts;
  for (std::uint32_t set = 0; set < snapshot.label_set_count(); ++set) {
    const auto [first, count] = snapshot.nodes_of(LabelSet{set});
    if (count > 0) counts[std::string(family(snapshot, first))] += count;
  }
  for (const auto& [name, count] : counts) {
    if (std::ranges::find(names_, name) == names_.end()) names_.push_back(name);
    present_.push_back({name, index(name), count});
  }
}

std::size_t Families::index(std::string_view family) const {
  return static_cast<std::size_t>(std::ranges::find(names_, family) - names_.begin());
}

}  // namespace policygraph::detail::picture
