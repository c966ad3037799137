#include "picture/selection.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace policygraph::inline v0::detail::picture {
namespace {

constexpr auto kNotChosen = std::numeric_limits<std::uint32_t>::max();

/// Which types are drawn, and how many drawn edges each node has.
class Drawn {
 public:
  explicit Drawn(const Snapshot& snapshot) : snapshot_(snapshot), degrees_(snapshot.node_row_limit()) {
    for (std::uint32_t type = 0; type < snapshot.edge_type_count(); ++type)
      if (!is_derived(EdgeType{type})) types_.push_back(EdgeType{type});
    if (types_.empty()) take_all();
    for (const auto type : types_) count(type);
  }

  const std::vector<EdgeType>& types() const noexcept { return types_; }

  /// The nodes to draw, those with most edges first.
  std::vector<NodeRow> nodes(std::size_t most, bool takes_loose) const {
    std::vector<NodeRow> rows;
    for (const auto row : snapshot_.nodes())
      if (degrees_[row.value] > 0 || types_.empty() || takes_loose) rows.push_back(row);
    const auto before = [this](NodeRow a, NodeRow b) {
      return degrees_[a.value] != degrees_[b.value] ? degrees_[a.value] > degrees_[b.value] : a < b;
    };
    const auto kept = std::min(most, rows.size());
    std::ranges::partial_sort(rows, rows.begin() + static_cast<std::ptrdiff_t>(kept), before);
    rows.resize(kept);
    return rows;
  }

 private:
  bool is_derived(EdgeType type) const {
    const auto* rule = snapshot_.schema().relation(snapshot_.name(type));
    return rule != nullptr && rule->is_derived;
  }

  void take_all() {
    for (std::uint32_t type = 0; type < snapshot_.edge_type_count(); ++type) types_.push_back(EdgeType{type});
  }

  void count(EdgeType type) {
    for (const auto row : snapshot_.nodes())
      degrees_[row.value] += snapshot_.out_edges(row, type).size() + snapshot_.in_edges(row, type).size();
  }

  const Snapshot& snapshot_;
  std::vector<EdgeType> types_;
  std::vector<std::size_t> degrees_;
};

}  // namespace

Selection select(const Snapshot& snapshot, std::size_t max_nodes, bool takes_loose) {
  const Drawn drawn(snapshot);
  Selection selection;
  selection.nodes = drawn.nodes(max_nodes, takes_loose);
  std::vector<std::uint32_t> number(snapshot.node_row_limit(), kNotChosen);
  for (std::uint32_t i = 0; i < selection.nodes.size(); ++i) number[selection.nodes[i].value] = i;
  for (const auto type : drawn.types()) {
    for (std::uint32_t from = 0; from < selection.nodes.size(); ++from) {
      const auto out = snapshot.out_edges(selection.nodes[from], type);
      for (std::size_t k = 0; k < out.size(); ++k) {
        const auto to = number[out.targets[k].value];
        if (to != kNotChosen) selection.links.push_back({from, to, out.edge(k)});
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
    const auto nodes = snapshot.nodes_of(LabelSet{set});
    if (!nodes.empty()) counts[std::string(family(snapshot, nodes.front()))] += nodes.size();
  }
  for (const auto& [name, count] : counts) {
    if (std::ranges::find(names_, name) == names_.end()) names_.push_back(name);
    present_.push_back({name, index(name), count});
  }
}

std::size_t Families::index(std::string_view family) const {
  return static_cast<std::size_t>(std::ranges::find(names_, family) - names_.begin());
}

}  // namespace policygraph::inline v0::detail::picture
