#include <algorithm>
#include <iterator>
#include <utility>

#include "graph/change.hpp"
#include "graph/existence.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// Sorted ids without those of another sorted list.
std::vector<std::uint32_t> without(const std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& taken) {
  std::vector<std::uint32_t> rest;
  std::ranges::set_difference(all, taken, std::back_inserter(rest));
  return rest;
}

// A class and an old row that so many of its members come from.
struct Share {
  std::size_t members;
  std::uint32_t row;
  std::size_t group;
};

}  // namespace

void Change::derive_nodes() {
  gather_claims();
  LabelSets sets(after_.schema);
  std::map<std::uint32_t, std::uint32_t> known_sets;
  for (auto& group : classes_) read_class(group, sets, known_sets);
  after_.set_counts.resize(after_.label_table->sets.size() + new_sets_.size());
  give_rows();
  erase_nodes();
  move_mentions();
  for (const auto& group : classes_) {
    if (group.row != kNone) write_node(group);
  }
  if (!after_.dead_nodes.empty()) after_.dead_nodes.cover(after_.node_limit, edition_);
  name_labels();
}

// What stands in the view, what does not, and what is new.
void Change::gather_claims() {
  const auto keep = [&](std::uint32_t id) {
    if (is_in_force(id)) claims_of_[static_cast<std::uint32_t>(claim(id).subject().value)].push_back(id);
  };
  const auto gather = [&](std::uint32_t mention) {
    const auto row = before_.row_of(NodeKey{mention});
    if (row != kNone && old_rows_.insert(row).second) std::ranges::for_each(before_.node_claims[row], keep);
    std::ranges::for_each(before_.unseen_of_mention[mention], keep);
    if (const auto added = new_claims_.find(mention); added != new_claims_.end()) std::ranges::for_each(added->second, keep);
  };
  for (const auto& [mention, number] : class_of_) gather(mention);
  for (const auto mention : strays_) gather(mention);
  for (auto& [mention, claims] : claims_of_) std::ranges::sort(claims);
}

// As `derive` reads a class: the key counts also claims whose label is rejected.
void Change::read_class(Class& group, LabelSets& sets, std::map<std::uint32_t, std::uint32_t>& known_sets) {
  Ids all;
  for (const auto member : group.members) {
    const auto& claims = claims_of_[member];
    all.insert(all.end(), claims.begin(), claims.end());
  }
  std::ranges::sort(all);
  Rejections rejections;
  for (const auto id : all) {
    if (claim(id).is_rejection()) rejections.add(claim(id), 0);
  }
  if (rejections.rejects_node(0)) return;
  auto set = kNone;
  for (const auto id : all) {
    const auto read = claim(id);
    if (read.is_rejection()) continue;
    if (read.kind() == ClaimKind::node) group.key = std::min(group.key, static_cast<std::uint32_t>(read.subject().value));
    if (rejections.rejects(read, 0)) continue;
    group.claims.push_back(id);
    if (read.kind() == ClaimKind::node) set = sets.with(set == kNone ? LabelSets::kEmpty : set, read.name());
  }
  if (set == kNone) {
    group.claims.clear();
    return;
  }
  const auto [known, is_new] = known_sets.try_emplace(set, 0);
  if (is_new) known->second = set_number(sets.names(set));
  group.set = known->second;
}

std::uint32_t Change::set_number(const std::vector<std::string>& names) {
  const auto& sets = after_.label_table->sets;
  const auto found = std::ranges::find(sets, names, &LabelTable::Set::all);
  if (found != sets.end()) return static_cast<std::uint32_t>(found - sets.begin());
  new_sets_.push_back(names);
  return static_cast<std::uint32_t>(sets.size() + new_sets_.size()) - 1;
}

// An old row goes to the class with most of its members; so a merge or a split moves the smaller side's edges.
void Change::give_rows() {
  std::vector<Share> shares;
  for (std::size_t number = 0; number < classes_.size(); ++number) {
    if (classes_[number].set == kNone) continue;
    std::map<std::uint32_t, std::size_t> members;
    for (const auto member : classes_[number].members) ++members[before_.row_of(NodeKey{member})];
    members.erase(kNone);
    for (const auto& [row, count] : members) shares.push_back({count, row, number});
  }
  std::ranges::sort(shares, [](const Share& a, const Share& b) {
    return a.members != b.members ? a.members > b.members : std::tie(a.row, a.group) < std::tie(b.row, b.group);
  });
  std::set<std::uint32_t> free_rows = old_rows_;
  for (const auto& share : shares) {
    auto& group = classes_[share.group];
    if (group.row == kNone && free_rows.erase(share.row) > 0) group.row = share.row;
  }
  for (auto& group : classes_) {
    if (group.set != kNone && group.row == kNone) group.row = after_.node_limit++;
  }
}

void Change::erase_nodes() {
  auto gone = old_rows_;
  for (const auto& group : classes_) gone.erase(group.row);
  for (const auto row : gone) {
    const auto set = before_.set_of(row);
    --after_.set_counts[set];
    after_.touched_sets.insert(set, edition_);
    after_.dead_nodes.insert(row, edition_);
    after_.changed_nodes.insert(row, edition_);
    after_.node_claims.set(row, {}, edition_);
    after_.node_evidence.set(row, {}, edition_);
    after_.node_mentions.set(row, {}, edition_);
    node_claims_[row];
  }
}

void Change::move_mentions() {
  const auto write = [&](std::uint32_t mention, std::uint32_t row, const Ids& placed) {
    const auto old = before_.row_of(NodeKey{mention});
    if (row != old) {
      moved_[mention] = old;
      after_.row_of_key.set(mention, row, edition_);
    }
    const auto found = claims_of_.find(mention);
    const auto unseen = found == claims_of_.end() ? Ids() : without(found->second, placed);
    if (!std::ranges::equal(before_.unseen_of_mention[mention], unseen))
      after_.unseen_of_mention.set(mention, unseen, edition_);
  };
  for (const auto& group : classes_) {
    for (const auto member : group.members) write(member, group.row, group.claims);
  }
  for (const auto mention : strays_) write(mention, kNone, {});
}

void Change::write_node(const Class& group) {
  const auto row = group.row;
  const bool is_old = row < before_.node_limit;
  if (is_old && before_.set_of(row) == group.set && before_.node_keys[row].value == group.key &&
      std::ranges::equal(before_.node_claims[row], group.claims) &&
      std::ranges::equal(before_.node_mentions[row], group.members))
    return;
  const auto read = read_existence(after_.history, group.claims);
  after_.node_keys.set(row, NodeKey{group.key}, edition_);
  after_.node_modality.set(row, read.modality, edition_);
  after_.node_claims.set(row, group.claims, edition_);
  after_.node_evidence.set(row, read.evidence, edition_);
  after_.node_mentions.set(row, group.members, edition_);
  after_.changed_nodes.insert(row, edition_);
  if (!is_old || before_.set_of(row) != group.set) place_in_set(row, group.set);
  node_claims_[row] = group.claims;
}

void Change::place_in_set(std::uint32_t row, std::uint32_t set) {
  if (row < before_.node_limit) {
    const auto old = before_.set_of(row);
    --after_.set_counts[old];
    after_.touched_sets.insert(old, edition_);
  }
  ++after_.set_counts[set];
  after_.touched_sets.insert(set, edition_);
  after_.set_of_row.set(row, set, edition_);
  after_.placed_nodes.insert(row, edition_);
}

// Only labels that some node has are names of the snapshot.
void Change::name_labels() {
  bool is_other = !new_sets_.empty();
  for (std::size_t set = 0; set < before_.set_counts.size(); ++set)
    is_other |= (before_.set_counts[set] == 0) != (after_.set_counts[set] == 0);
  if (!is_other) return;
  std::vector<std::vector<std::string>> all;
  for (const auto& set : after_.label_table->sets) all.push_back(set.all);
  std::ranges::move(new_sets_, std::back_inserter(all));
  after_.label_table = make_label_table(std::move(all), after_.set_counts);
}

}  // namespace policygraph::inline v0::detail::graph
