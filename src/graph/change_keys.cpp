#include <algorithm>
#include <string>
#include <utility>

#include "graph/change.hpp"

namespace policygraph::inline v0::detail::graph {

// By id. Those that this part withdraws tell where the edge stood.
Change::Ids Change::claims_of_key(std::uint32_t key, bool with_withdrawn) const {
  Ids claims;
  const auto keep = [&](std::uint32_t id) {
    if (claim(id).edge().value == key && (with_withdrawn || is_in_force(id))) claims.push_back(id);
  };
  const auto row = before_.row_of(EdgeKey{key});
  if (row != kNone) std::ranges::for_each(before_.edge_claims[row], keep);
  std::ranges::for_each(before_.unseen_of_edge[key], keep);
  if (const auto added = new_edge_claims_.find(key); added != new_edge_claims_.end())
    std::ranges::for_each(added->second, keep);
  std::ranges::sort(claims);
  return claims;
}

// As `derive` reads a key: where its first claim between two nodes puts it.
void Change::read_key(std::uint32_t key) {
  auto& state = keys_[key];
  state.claims = claims_of_key(key, false);
  std::string_view type;
  for (const auto id : state.claims) {
    const auto read = claim(id);
    if (read.kind() != ClaimKind::edge) continue;
    const auto from = after_.row_of(read.subject());
    const auto to = after_.row_of(read.object());
    if (from == kNone || to == kNone) continue;
    state.is_rejected |= read.is_rejection();
    if (state.place) continue;
    type = read.name();
    state.place = Place{types_.number(type), from, to};
  }
  if (!state.place) return;
  state.distinction =
      after_.schema.is_open() ? std::to_string(key) : distinction_of(state.claims, type, state.is_rejected);
}

// The values of the key properties. A rejection says by rejected claims which edge it means.
std::string Change::distinction_of(const Ids& claims, std::string_view type, bool is_rejected) const {
  const auto* rule = after_.schema.relation(type);
  if (rule == nullptr) return {};
  std::map<std::string_view, std::string> values;
  for (const auto id : claims) {
    const auto read = claim(id);
    if (read.kind() != ClaimKind::edge_property || (read.is_rejection() && !is_rejected)) continue;
    const auto is_it = [&](const PropertyRule& property) { return property.is_key && property.name == read.name(); };
    const auto found = std::ranges::find_if(rule->properties, is_it);
    if (found != rule->properties.end()) values.try_emplace(found->name, read.value().to_string());
  }
  std::string text;
  for (const auto& [name, value] : values) text.append(name).append("=").append(value).append("\n");
  return text;
}

// Only types that have an edge are names of the snapshot.
void Change::name_types() {
  const auto& names = after_.slot_names;
  std::vector<std::uint32_t> slots;
  for (std::uint32_t slot = 0; slot < names.size(); ++slot) {
    if (after_.topology.count_of_slot(slot) > 0) slots.push_back(slot);
  }
  const auto is_named = [&](std::uint32_t slot) { return after_.topology.number_of_slot(slot) != kNone; };
  if (slots.size() == after_.topology.type_count() && std::ranges::all_of(slots, is_named)) return;
  std::ranges::sort(slots, [&](std::uint32_t a, std::uint32_t b) { return names[a] < names[b]; });
  after_.edge_types.clear();
  for (const auto slot : slots) after_.edge_types.push_back(names[slot]);
  after_.topology.number_types(std::move(slots));
}

}  // namespace policygraph::inline v0::detail::graph
