#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "graph/derivation.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

// One edge key with its ends. Drafts that agree in type, ends and group are one edge.
struct Draft {
  std::uint32_t type, from, to;
  std::uint32_t group;  // 0 where type and ends say all; else the smallest key of the group
  std::uint32_t key;
  auto order() const noexcept {
    return std::pair{(std::uint64_t{type} << 32) | from, (std::uint64_t{to} << 32) | group};
  }
};

struct Drafts {
  std::vector<Draft> all;
  std::vector<std::uint32_t>
      of_key;      // by edge key: its place in `all` while they stand in order of claims; kNone: none
  IdSet rejected;  // keys
  std::vector<std::string_view> types;  // sorted
};

// Sorted names, and each number's place among them.
std::pair<std::vector<std::string_view>, std::vector<std::uint32_t>> sorted_names(const NameNumbers& numbers) {
  auto names = numbers.names();
  std::ranges::sort(names);
  std::vector<std::uint32_t> place;
  for (const auto name : numbers.names()) {
    place.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(names, name) - names.begin()));
  }
  return {std::move(names), std::move(place)};
}

Drafts read_claims(const Derivation& derivation) {
  Drafts drafts;
  NameNumbers types;
  drafts.of_key.assign(derivation.data.history.counters().edge + 1, kNone);
  derivation.data.history.visit_claims([&](Claim claim) {
    if (claim.kind() != ClaimKind::edge) return;
    const auto from = derivation.flat.row_of(claim.subject());
    const auto to = derivation.flat.row_of(claim.object());
    if (from == kNone || to == kNone) return;
    const auto key = static_cast<std::uint32_t>(claim.edge().value);
    if (claim.is_rejection()) drafts.rejected.insert(key);
    if (drafts.of_key[key] != kNone) return;
    drafts.of_key[key] = static_cast<std::uint32_t>(drafts.all.size());
    drafts.all.push_back({types.number(claim), from, to, 0, key});
  });
  auto [names, place] = sorted_names(types);
  for (auto& draft : drafts.all) draft.type = place[draft.type];
  drafts.types = std::move(names);
  return drafts;
}

std::vector<std::vector<std::string>> key_properties(const Schema& schema, const std::vector<std::string_view>& types) {
  std::vector<std::vector<std::string>> result(types.size());
  for (std::size_t type = 0; type < types.size(); ++type) {
    const auto* rule = schema.relation(types[type]);
    if (rule == nullptr) continue;
    for (const auto& property : rule->properties) {
      if (property.is_key) result[type].push_back(property.name);
    }
  }
  return result;
}

// The key properties of each claimed edge, as text. A rejection says by rejected claims which edge it means.
std::map<std::uint32_t, std::map<std::string_view, std::string>> key_values(
    const Derivation& derivation, const Drafts& drafts, const std::vector<std::vector<std::string>>& keyed) {
  std::map<std::uint32_t, std::map<std::string_view, std::string>> values;
  derivation.data.history.visit_claims([&](Claim claim) {
    if (claim.kind() != ClaimKind::edge_property || claim.edge().value >= drafts.of_key.size()) return;
    const auto key = static_cast<std::uint32_t>(claim.edge().value);
    if (drafts.of_key[key] == kNone) return;
    if (claim.is_rejection() && !drafts.rejected.has(key)) return;
    const auto& names = keyed[drafts.all[drafts.of_key[key]].type];
    if (std::ranges::find(names, claim.name()) != names.end())
      values[key].try_emplace(claim.name(), claim.value().to_string());
  });
  return values;
}

std::string joined(const std::map<std::string_view, std::string>& values) {
  std::string text;
  for (const auto& [name, value] : values) text.append(name).append("=").append(value).append("\n");
  return text;
}

// In the open schema every claimed edge is one of its own; in a strict one key properties tell edges apart.
void give_groups(const Derivation& derivation, Drafts& drafts) {
  if (derivation.data.schema.is_open()) {
    for (auto& draft : drafts.all) draft.group = draft.key;
    return;
  }
  const auto keyed = key_properties(derivation.data.schema, drafts.types);
  if (std::ranges::all_of(keyed, [](const auto& names) { return names.empty(); })) return;
  const auto values = key_values(derivation, drafts, keyed);
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>, std::uint32_t> groups;
  const auto group_of = [&](const Draft& draft) -> std::uint32_t& {
    const auto found = values.find(draft.key);
    auto text = found == values.end() ? std::string() : joined(found->second);
    return groups.try_emplace({draft.type, draft.from, draft.to, std::move(text)}, draft.key).first->second;
  };
  const auto is_keyed = [&](const Draft& draft) { return !keyed[draft.type].empty(); };
  for (auto& draft : drafts.all) {
    if (!is_keyed(draft)) continue;
    auto& least = group_of(draft);
    least = std::min(least, draft.key);
  }
  for (auto& draft : drafts.all) {
    if (is_keyed(draft)) draft.group = group_of(draft);
  }
}

// By type, from, to, group and key: what comes last is ordered first, and kept.
void order_drafts(std::vector<Draft>& drafts) {
  const auto by_group = [](const Draft& a, const Draft& b) {
    return a.group != b.group ? a.group < b.group : a.key < b.key;
  };
  if (!std::ranges::is_sorted(drafts, by_group)) std::ranges::sort(drafts, by_group);
  put_in_order(drafts);
}

// Rows for the groups that nobody rejected.
std::vector<Ends> place_rows(FlatTables& flat, const Drafts& drafts) {
  std::vector<Ends> ends;
  ends.reserve(drafts.all.size());
  flat.edge_keys.reserve(drafts.all.size());
  flat.row_of_edge_key.assign(drafts.of_key.size(), kNone);
  for (std::size_t first = 0; first < drafts.all.size();) {
    const auto& draft = drafts.all[first];
    auto end = first;
    bool is_rejected = false;
    while (end < drafts.all.size() && drafts.all[end].order() == draft.order())
      is_rejected |= drafts.rejected.has(drafts.all[end++].key);
    if (!is_rejected) {
      for (auto i = first; i < end; ++i)
        flat.row_of_edge_key[drafts.all[i].key] = static_cast<std::uint32_t>(ends.size());
      ends.push_back({draft.type, draft.from, draft.to});
      flat.edge_keys.push_back(EdgeKey{draft.key});
    }
    first = end;
  }
  return ends;
}

// Only types that have an edge are names of the snapshot; their order stays.
void name_types(Snapshot::Data& data, std::vector<Ends>& ends, const std::vector<std::string_view>& types) {
  std::vector<std::uint32_t> number(types.size(), kNone);
  for (auto& edge : ends) {
    if (number[edge.type] == kNone) {
      number[edge.type] = static_cast<std::uint32_t>(data.edge_types.size());
      data.edge_types.emplace_back(types[edge.type]);
    }
    edge.type = number[edge.type];
  }
}

Rejections collect_rejections(const Snapshot::Data& data, const FlatTables& flat) {
  Rejections rejections;
  for (const auto id : flat.rejections) {
    const auto rejection = data.history.claim(id);
    if (rejection.kind() != ClaimKind::edge_property) continue;
    const auto row = flat.row_of(rejection.edge());
    if (row != kNone) rejections.add(rejection, row);
  }
  return rejections;
}

}  // namespace

void derive_edges(Derivation& derivation) {
  auto& data = derivation.data;
  auto& flat = derivation.flat;
  auto drafts = read_claims(derivation);
  give_groups(derivation, drafts);
  drafts.of_key.assign(drafts.of_key.size(), kNone);  // their order ends here
  order_drafts(drafts.all);
  auto ends = place_rows(flat, drafts);
  name_types(data, ends, drafts.types);
  data.slot_names = data.edge_types;
  data.topology = Topology(make_adjacency(ends, data.edge_types.size()));

  const auto rejections = collect_rejections(data, flat);
  flat.edge_claims.starts.assign(flat.edge_count() + 1, 0);
  derivation.visit_claims([&](std::size_t number, Claim claim) {
    if (claim.is_rejection() || claim.is_of_node()) return;
    const auto row = flat.row_of(claim.edge());
    if (row == kNone || rejections.rejects(claim, row)) return;
    derivation.place[number] = row;
    ++flat.edge_claims.starts[row + std::size_t{1}];
  });
}

}  // namespace policygraph::inline v0::detail::graph
