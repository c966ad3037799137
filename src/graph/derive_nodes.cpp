#include <algorithm>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "graph/derivation.hpp"
#include "graph/label_sets.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

struct Classes {
  std::vector<std::uint32_t> set;  // by class: its label set; kNone: no node
  std::vector<std::uint32_t> key;  // by class: the smallest mention that claims to be a node
};

Rejections collect_rejections(const Derivation& derivation) {
  Rejections rejections;
  for (const auto id : derivation.data.rejections) {
    const auto rejection = derivation.data.history.claim(id);
    if (!rejection.is_of_node()) continue;
    const auto group = derivation.class_of(rejection.subject());
    if (group != kNone) rejections.add(rejection, group);
  }
  return rejections;
}

// The key counts also claims whose label is rejected: taking a label away does not rename a node.
Classes read_classes(const Derivation& derivation, const Rejections& rejections, LabelSets& sets) {
  const auto size = derivation.class_of_key.size();
  Classes classes{std::vector(size, kNone), std::vector(size, kNone)};
  derivation.data.history.visit_claims([&](Claim claim) {
    if (claim.kind() != ClaimKind::node || claim.is_rejection()) return;
    const auto group = derivation.class_of(claim.subject());
    if (group == kNone || rejections.rejects_node(group)) return;
    classes.key[group] = std::min(classes.key[group], static_cast<std::uint32_t>(claim.subject().value));
    if (rejections.rejects(claim, group)) return;
    auto& set = classes.set[group];
    set = sets.with(set == kNone ? LabelSets::kEmpty : set, claim.name());
  });
  return classes;
}

// The used sets in order of their names, so that the nodes of a label and of its descendants mostly stand together.
std::vector<std::uint32_t> ordered_sets(const Classes& classes, const LabelSets& sets) {
  std::vector<bool> is_used(sets.size(), false);
  for (const auto set : classes.set) {
    if (set != kNone) is_used[set] = true;
  }
  std::vector<std::uint32_t> order;
  for (std::uint32_t set = 0; set < sets.size(); ++set) {
    if (is_used[set]) order.push_back(set);
  }
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) { return sets.names(a) < sets.names(b); });
  return order;
}

void name_labels(Snapshot::Data& data, const std::vector<std::uint32_t>& order, const LabelSets& sets) {
  std::set<std::string> names;
  for (const auto set : order) names.insert(sets.names(set).begin(), sets.names(set).end());
  data.labels.assign(names.begin(), names.end());
  for (const auto number : order) {
    Snapshot::Data::Set set;
    for (const auto& name : sets.names(number)) {
      const auto label = std::ranges::lower_bound(data.labels, name) - data.labels.begin();
      set.labels.push_back(static_cast<Label>(label));
      set.names.push_back(data.labels[static_cast<std::size_t>(label)]);
    }
    std::ranges::sort(set.labels);
    data.sets.push_back(std::move(set));
  }
}

// Gives rows, and the classes' rows by class.
std::vector<std::uint32_t> place_rows(Snapshot::Data& data, const Classes& classes,
                                      const std::vector<std::uint32_t>& order, std::size_t set_count) {
  std::vector<std::uint32_t> place_of_set(set_count, kNone);
  for (std::uint32_t i = 0; i < order.size(); ++i) place_of_set[order[i]] = i;
  struct Draft {
    std::uint64_t order;
    std::uint32_t group;
  };
  std::vector<Draft> drafts;
  for (std::uint32_t group = 0; group < classes.set.size(); ++group) {
    if (classes.set[group] == kNone) continue;
    drafts.push_back({(std::uint64_t{place_of_set[classes.set[group]]} << 32) | classes.key[group], group});
  }
  std::ranges::sort(drafts, {}, &Draft::order);
  std::vector<std::uint32_t> row_of_class(classes.set.size(), kNone);
  data.node_keys.reserve(drafts.size());
  for (std::uint32_t row = 0; row < drafts.size(); ++row) {
    const auto set = static_cast<std::size_t>(drafts[row].order >> 32);
    if (row == 0 || set != static_cast<std::size_t>(drafts[row - 1].order >> 32)) data.sets[set].first = row;
    row_of_class[drafts[row].group] = row;
    data.node_keys.push_back(NodeKey{drafts[row].order & 0xFFFFFFFFU});
  }
  return row_of_class;
}

std::uint32_t end_of_set(const Snapshot::Data& data, std::size_t set) noexcept {
  return set + 1 < data.sets.size() ? data.sets[set + 1].first : static_cast<std::uint32_t>(data.node_count());
}

// The ranges of rows that have the label, neighbours joined.
std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_of(const Snapshot::Data& data, Label label) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  for (std::size_t set = 0; set < data.sets.size(); ++set) {
    if (!std::ranges::binary_search(data.sets[set].labels, label)) continue;
    const auto first = data.sets[set].first;
    if (!ranges.empty() && ranges.back().second == first)
      ranges.back().second = end_of_set(data, set);
    else
      ranges.emplace_back(first, end_of_set(data, set));
  }
  return ranges;
}

void index_labels(Snapshot::Data& data) {
  data.row_numbers.resize(data.node_count());
  for (std::uint32_t row = 0; row < data.node_count(); ++row) data.row_numbers[row] = NodeRow{row};
  data.scattered_rows.resize(data.labels.size());
  data.rows_of_label.resize(data.labels.size());
  const std::span<const NodeRow> all(data.row_numbers);
  for (std::size_t label = 0; label < data.labels.size(); ++label) {
    const auto ranges = ranges_of(data, static_cast<Label>(label));
    if (ranges.size() == 1) {
      data.rows_of_label[label] = all.subspan(ranges[0].first, ranges[0].second - ranges[0].first);
      continue;
    }
    auto& rows = data.scattered_rows[label];
    for (const auto& [first, end] : ranges) rows.insert(rows.end(), all.begin() + first, all.begin() + end);
    data.rows_of_label[label] = rows;
  }
}

}  // namespace

void derive_nodes(Derivation& derivation) {
  auto& data = derivation.data;
  LabelSets sets(data.schema);
  const auto rejections = collect_rejections(derivation);
  const auto classes = read_classes(derivation, rejections, sets);
  const auto order = ordered_sets(classes, sets);
  name_labels(data, order, sets);
  const auto row_of_class = place_rows(data, classes, order, sets.size());
  index_labels(data);

  data.row_of_key.assign(data.mention_of_key.size(), kNone);
  for (std::size_t key = 0; key < data.mention_of_key.size(); ++key) {
    if (data.mention_of_key[key] != kNone) data.row_of_key[key] = row_of_class[derivation.class_of_key[key]];
  }
  derivation.visit_claims([&](std::size_t number, Claim claim) {
    if (claim.is_rejection() || !claim.is_of_node()) return;
    const auto row = data.row_of(claim.subject());
    if (row != kNone && !rejections.rejects(claim, derivation.class_of(claim.subject()))) derivation.place[number] = row;
  });
}

}  // namespace policygraph::inline v0::detail::graph
