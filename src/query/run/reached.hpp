#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "policygraph/graph/rows.hpp"
#include "query/run/batch.hpp"

namespace policygraph::inline v0::detail::query {

// Nodes that a search by breadth has come to, in the order it did, how far each is, and over which edges it is come to
// from one step nearer. A hash of its own, for one search begins for each row: clearing costs nothing.
class Reached {
 public:
  struct Entry {
    NodeRow node;
    std::uint32_t distance = 0;
    std::uint32_t before = kNoRow;  // the newest of its list
  };
  struct Before {
    NodeRow node;
    EdgeRow edge;
    std::uint32_t next = kNoRow;
  };

  void clear() {
    entries_.clear();
    befores_.clear();
    count_ = 0;
    if (++turn_ != 0) return;
    std::ranges::fill(places_, Place());
    turn_ = 1;
  }

  // Stays good until the next one is added.
  Entry* find(NodeRow node) {
    if (most_ == 0) return nullptr;
    const auto& place = places_[place_of(node)];
    return place.turn == turn_ ? &entries_[place.entry] : nullptr;
  }

  // Whether it was not there.
  bool add_new(NodeRow node, std::uint32_t distance) {
    if (count_ >= most_) grow();
    auto& place = places_[place_of(node)];
    if (place.turn == turn_) return false;
    place = {turn_, node, count_++};
    entries_.push_back({node, distance, kNoRow});
    return true;
  }

  // Requires: it is not there.
  Entry& add(NodeRow node, std::uint32_t distance) {
    if (count_ >= most_) grow();
    places_[place_of(node)] = {turn_, node, count_++};
    entries_.push_back({node, distance, kNoRow});
    return entries_.back();
  }

  void add_before(Entry& entry, NodeRow node, EdgeRow edge) {
    befores_.push_back({node, edge, entry.before});
    entry.before = static_cast<std::uint32_t>(befores_.size() - 1);
  }

  const std::vector<Entry>& entries() const { return entries_; }
  std::uint32_t count() const { return count_; }
  const Before& before(std::uint32_t number) const { return befores_[number]; }
  std::size_t memory_bytes() const {
    return places_.size() * sizeof(Place) + entries_.size() * sizeof(Entry) + befores_.size() * sizeof(Before);
  }

 private:
  struct Place {
    std::uint32_t turn = 0;
    NodeRow node;
    std::uint32_t entry = 0;
  };

  // Where the node is, or may be put.
  std::size_t place_of(NodeRow node) const {
    auto at = (node.value * std::uint64_t{0x9E3779B97F4A7C15}) >> 32 & mask_;
    while (places_[at].turn == turn_ && places_[at].node != node) at = (at + 1) & mask_;
    return at;
  }

  void grow() {
    places_.assign(std::max<std::size_t>(64, places_.size() * 2), Place());
    mask_ = places_.size() - 1;
    most_ = places_.size() / 2;
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
      places_[place_of(entries_[i].node)] = {turn_, entries_[i].node, i};
  }

  std::vector<Place> places_;
  std::vector<Entry> entries_;
  std::vector<Before> befores_;
  std::size_t mask_ = 0, most_ = 0;  // of places, and of entries among them
  std::uint32_t count_ = 0;          // of entries
  std::uint32_t turn_ = 1;
};

}  // namespace policygraph::inline v0::detail::query
