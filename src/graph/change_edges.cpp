#include <algorithm>
#include <iterator>
#include <utility>

#include "graph/change.hpp"
#include "graph/existence.hpp"

namespace policygraph::inline v0::detail::graph {

void Change::derive_edges() {
  const auto touched = touched_edges();
  const bool is_open = after_.schema.is_open();
  for (auto at = keys_.begin(); at != keys_.end();) {
    // A neighbour that turns out to stand elsewhere is not concerned.
    const bool is_concerned =
        is_open || touched.keys.contains(at->first) || (at->second.place && touched.places.contains(*at->second.place));
    at = is_concerned ? std::next(at) : keys_.erase(at);
  }
  place_groups();
  topology_.finish();
  for (const auto& [mention, changes] : ends_) {
    const auto& [gone, come] = changes;
    const auto held = before_.unseen_ends[mention];
    std::set<std::uint32_t> ids(held.begin(), held.end());
    for (const auto id : gone) ids.erase(id);
    ids.insert(come.begin(), come.end());
    after_.unseen_ends.set(mention, Ids(ids.begin(), ids.end()), edition_);
  }
  name_types();
}

// Edges are compared with those beside them at the places where their keys stood and where they stand now: what tells
// edges apart may join or part them. In the open schema every key is an edge.
Change::Touched Change::touched_edges() {
  Touched touched{changed_keys_, {}};
  touch_moved(touched.keys);
  auto all = touched.keys;
  for (const auto key : touched.keys) read_key(key);
  if (!after_.schema.is_open()) {
    touch_places(touched.places);
    for (const auto& place : touched.places) touch_neighbours(place, all);
    for (const auto key : all) {
      if (!keys_.contains(key)) read_key(key);
    }
  }
  for (const auto key : touched.keys) {
    if (const auto row = before_.row_of(EdgeKey{key}); row != kNone) old_edges_.insert(row);
  }
  return touched;
}

// The edges of mentions whose node is another now.
void Change::touch_moved(std::set<std::uint32_t>& keys) {
  const auto touch = [&](std::span<const std::uint32_t> claims) {
    for (const auto id : claims) {
      const auto read = claim(id);
      if (read.kind() != ClaimKind::edge) continue;
      if (moved_.contains(static_cast<std::uint32_t>(read.subject().value)) ||
          moved_.contains(static_cast<std::uint32_t>(read.object().value)))
        keys.insert(static_cast<std::uint32_t>(read.edge().value));
    }
  };
  std::set<std::uint32_t> rows;
  for (const auto& [mention, row] : moved_) {
    touch(before_.unseen_ends[mention]);
    if (row == kNone || !rows.insert(row).second) continue;
    for (std::size_t type = 0; type < before_.topology.type_count(); ++type) {
      const auto out = before_.topology.out_edges(row, type);
      for (std::size_t i = 0; i < out.size(); ++i) touch(before_.edge_claims[out.edge(i).value]);
      for (const auto edge : before_.topology.in_edges(row, type).edges) touch(before_.edge_claims[edge.value]);
    }
  }
}

void Change::touch_places(std::set<Place>& places) {
  const auto add = [&](std::uint32_t type, std::uint32_t from, std::uint32_t to) {
    if (from != kNone && to != kNone && after_.is_alive_node(from) && after_.is_alive_node(to))
      places.emplace(type, from, to);
  };
  for (const auto& [key, state] : keys_) {
    for (const auto id : claims_of_key(key, true)) {
      const auto read = claim(id);
      if (read.kind() != ClaimKind::edge) continue;
      const auto type = types_.number(read.name());
      add(type, before_.row_of(read.subject()), before_.row_of(read.object()));
      add(type, after_.row_of(read.subject()), after_.row_of(read.object()));
    }
  }
}

void Change::touch_neighbours(const Place& place, std::set<std::uint32_t>& keys) {
  const auto& [type, from, to] = place;
  const auto name = types_.names()[type];
  const auto slot = slot_of(name, false);
  if (slot != kNone && from < before_.node_limit) {
    const auto out = before_.topology.out_of(from, slot);
    const auto [first, last] = std::ranges::equal_range(out.targets, NodeRow{to});
    for (auto at = first; at != last; ++at) {
      const auto edge = out.edge(static_cast<std::size_t>(at - out.targets.begin())).value;
      old_edges_.insert(edge);
      for (const auto id : before_.edge_claims[edge]) keys.insert(static_cast<std::uint32_t>(claim(id).edge().value));
    }
  }
  for (const auto id : unseen_from(from)) {
    const auto read = claim(id);
    if (read.name() == name && after_.row_of(read.object()) == to)
      keys.insert(static_cast<std::uint32_t>(read.edge().value));
  }
}

// Edge claims that start at a mention of the node and were in no edge before.
const Change::Ids& Change::unseen_from(std::uint32_t row) {
  const auto [found, is_new] = unseen_from_.try_emplace(row);
  if (!is_new) return found->second;
  for (const auto mention : after_.node_mentions[row]) {
    for (const auto id : before_.unseen_ends[mention]) {
      if (is_in_force(id) && claim(id).subject().value == mention) found->second.push_back(id);
    }
  }
  return found->second;
}

std::uint32_t Change::slot_of(std::string_view type, bool is_wanted) {
  auto& names = after_.slot_names;
  const auto found = std::ranges::find(names, type);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  if (!is_wanted) return kNone;
  names.emplace_back(type);
  return topology_.add_slot();
}

// Rows for the groups that nobody rejected; rows that no group takes again are dead.
void Change::place_groups() {
  std::map<std::pair<Place, std::string_view>, Ids> groups;
  for (const auto& [key, state] : keys_) {
    if (state.place) groups[{*state.place, state.distinction}].push_back(key);
  }
  auto free_rows = old_edges_;
  for (const auto& [identity, keys] : groups) {
    if (std::ranges::any_of(keys, [&](std::uint32_t key) { return keys_.at(key).is_rejected; })) continue;
    const auto row = row_for(identity.first, keys, free_rows);
    for (const auto key : keys) keys_.at(key).row = row;
    write_edge(row, keys);
  }
  for (const auto& [key, state] : keys_) {
    if (state.row == kNone) write_unseen(key, {});
    if (before_.row_of(EdgeKey{key}) != state.row) after_.row_of_edge_key.set(key, state.row, edition_);
  }
  for (const auto row : free_rows) {
    topology_.erase(row);
    after_.edge_claims.set(row, {}, edition_);
    after_.edge_evidence.set(row, {}, edition_);
    edge_claims_[row];
  }
}

// The row of an edge that stood at this place under one of the keys; else a new one.
std::uint32_t Change::row_for(const Place& place, const Ids& keys, std::set<std::uint32_t>& free_rows) {
  const auto& [type, from, to] = place;
  const auto slot = slot_of(types_.names()[type], true);
  for (const auto key : keys) {
    const auto row = before_.row_of(EdgeKey{key});
    if (row == kNone || !free_rows.contains(row)) continue;
    const auto& old = before_.topology;
    if (old.slot(row) != slot || old.source(row) != from || old.target(row) != to) continue;
    free_rows.erase(row);
    return row;
  }
  return topology_.add({slot, from, to});
}

void Change::write_edge(std::uint32_t row, const Ids& keys) {
  Ids all;
  Rejections rejections;
  for (const auto key : keys) {
    for (const auto id : keys_.at(key).claims) {
      const auto read = claim(id);
      if (!read.is_rejection())
        all.push_back(id);
      else if (read.kind() == ClaimKind::edge_property)
        rejections.add(read, 0);
    }
  }
  std::ranges::sort(all);
  std::erase_if(all, [&](std::uint32_t id) { return rejections.rejects(claim(id), 0); });
  for (const auto key : keys) write_unseen(key, all);
  const EdgeKey least{keys.front()};
  const bool is_old = row < before_.topology.edge_limit();
  if (is_old && before_.edge_keys[row] == least && std::ranges::equal(before_.edge_claims[row], all)) return;
  const auto read = read_existence(after_.history, all);
  after_.edge_keys.set(row, least, edition_);
  after_.edge_modality.set(row, read.modality, edition_);
  after_.edge_claims.set(row, all, edition_);
  after_.edge_evidence.set(row, read.evidence, edition_);
  edge_claims_[row] = std::move(all);
}

void Change::write_unseen(std::uint32_t key, const Ids& placed) {
  Ids unseen;
  std::ranges::set_difference(keys_.at(key).claims, placed, std::back_inserter(unseen));
  const auto held = before_.unseen_of_edge[key];
  if (std::ranges::equal(held, unseen)) return;
  after_.unseen_of_edge.set(key, unseen, edition_);
  const auto note = [&](std::span<const std::uint32_t> ids, std::span<const std::uint32_t> others, bool is_gone) {
    for (const auto id : ids) {
      const auto read = claim(id);
      if (read.kind() != ClaimKind::edge || std::ranges::binary_search(others, id)) continue;
      for (const auto end : {read.subject(), read.object()}) {
        auto& [gone, come] = ends_[static_cast<std::uint32_t>(end.value)];
        (is_gone ? gone : come).insert(id);
      }
    }
  };
  note(held, unseen, true);
  note(unseen, held, false);
}

}  // namespace policygraph::inline v0::detail::graph
