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
  for (const auto id : derivation.flat.rejections) {
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
    set = sets.with(set == kNone ? LabelSets::kEmpty : set, claim.name(), claim.name_number());
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

// Gives rows, and the classes' rows by class.
std::vector<std::uint32_t> place_rows(FlatTables& flat, const Classes& classes, const std::vector<std::uint32_t>& order,
                                      std::size_t set_count, std::vector<std::uint32_t>& firsts) {
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
  flat.node_keys.reserve(drafts.size());
  for (std::uint32_t row = 0; row < drafts.size(); ++row) {
    const auto set = static_cast<std::size_t>(drafts[row].order >> 32);
    if (row == 0 || set != static_cast<std::size_t>(drafts[row - 1].order >> 32)) firsts.push_back(row);
    row_of_class[drafts[row].group] = row;
    flat.node_keys.push_back(NodeKey{drafts[row].order & 0xFFFFFFFFU});
  }
  return row_of_class;
}

// How many nodes each set has, from where the next one begins.
std::vector<std::uint32_t> counts_of(const std::vector<std::uint32_t>& firsts, std::uint32_t end) {
  std::vector<std::uint32_t> counts;
  for (std::size_t set = 0; set < firsts.size(); ++set)
    counts.push_back((set + 1 < firsts.size() ? firsts[set + 1] : end) - firsts[set]);
  return counts;
}

}  // namespace

void derive_nodes(Derivation& derivation) {
  auto& data = derivation.data;
  auto& flat = derivation.flat;
  LabelSets sets(data.schema);
  const auto rejections = collect_rejections(derivation);
  const auto classes = read_classes(derivation, rejections, sets);
  const auto order = ordered_sets(classes, sets);
  std::vector<std::uint32_t> firsts;
  const auto row_of_class = place_rows(flat, classes, order, sets.size(), firsts);
  std::vector<std::vector<std::string>> names;
  for (const auto set : order) names.push_back(sets.names(set));
  data.node_limit = static_cast<std::uint32_t>(flat.node_count());
  data.set_counts = counts_of(firsts, data.node_limit);
  data.label_table = make_label_table(std::move(names), data.set_counts);
  data.order = make_node_order(std::move(firsts), data.node_limit, data.label_table);

  flat.row_of_key.assign(flat.mention_of_key.size(), kNone);
  for (std::size_t key = 0; key < flat.mention_of_key.size(); ++key) {
    if (flat.mention_of_key[key] != kNone) flat.row_of_key[key] = row_of_class[derivation.class_of_key[key]];
  }
  flat.node_claims.starts.assign(flat.node_count() + 1, 0);
  derivation.visit_claims([&](std::size_t number, Claim claim) {
    if (claim.is_rejection() || !claim.is_of_node()) return;
    const auto row = flat.row_of(claim.subject());
    if (row == kNone || rejections.rejects(claim, derivation.class_of(claim.subject()))) return;
    derivation.place[number] = row;
    ++flat.node_claims.starts[row + std::size_t{1}];
  });
}

}  // namespace policygraph::inline v0::detail::graph
