#include "extract/vocabulary.hpp"

namespace policygraph::inline v0::detail::extract {

Vocabulary::Vocabulary() : nodes_(1) {}

std::uint32_t Vocabulary::step(std::uint32_t node, unsigned char byte) const noexcept {
  if (node == 0) return firsts_[byte];
  std::uint32_t child = nodes_[node].child;
  while (child != 0 && nodes_[child].byte != byte) child = nodes_[child].sibling;
  return child;
}

std::uint32_t Vocabulary::grow(std::uint32_t node, unsigned char byte) {
  const std::uint32_t found = step(node, byte);
  if (found != 0) return found;
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({0, node == 0 ? 0 : nodes_[node].child, kNoWord, kNoWord, byte});
  if (node == 0) {
    firsts_[byte] = made;
  } else {
    nodes_[node].child = made;
  }
  return made;
}

WordId Vocabulary::add(std::string_view folded, bool is_stem) {
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    node = grow(node, static_cast<unsigned char>(folded[i]));
    if (i == 1) pairs_[static_cast<unsigned char>(folded[0]) << 8 | static_cast<unsigned char>(folded[1])] = node;
  }
  WordId& id = is_stem ? nodes_[node].stem : nodes_[node].word;
  if (id == kNoWord) id = next_++;
  return id;
}

// A node is made after its parent.
void Vocabulary::close() {
  shorter_.assign(next_, kNoWord);
  std::vector<WordId> above(nodes_.size(), kNoWord);  // the longest stem that ends before the node
  for (std::uint32_t node = 1; node < nodes_.size(); ++node) {
    const WordId stem = nodes_[node].stem;
    if (stem != kNoWord) shorter_[stem] = above[node];
    for (std::uint32_t child = nodes_[node].child; child != 0; child = nodes_[child].sibling) above[child] = stem != kNoWord ? stem : above[node];
  }
  lay_out();
}

// Breadth first, so that what begins many words lies together.
void Vocabulary::lay_out() {
  std::vector<std::uint32_t> order{0}, places(nodes_.size(), 0);
  const auto put = [&](std::uint32_t node, bool is_last) {
    places[node] = static_cast<std::uint32_t>(order.size());
    order.push_back(node);
    bytes_.push_back(nodes_[node].byte);
    is_last_.push_back(is_last ? 1 : 0);
  };
  bytes_.push_back(0);
  is_last_.push_back(1);
  for (std::uint32_t& first : firsts_) {
    if (first != 0) put(first, true);
  }
  places_.resize(nodes_.size());
  for (std::uint32_t at = 1; at < order.size(); ++at) {
    const Node& node = nodes_[order[at]];
    Place& place = places_[at];
    place.word = node.word;
    place.stem = node.stem;
    if (node.child != 0) place.child = static_cast<std::uint32_t>(order.size());
    for (std::uint32_t child = node.child; child != 0; child = nodes_[child].sibling) {
      place.next |= bit(nodes_[child].byte);
      put(child, nodes_[child].sibling == 0);
    }
  }
  for (std::uint32_t& first : firsts_) first = places[first];
  for (std::uint32_t& pair : pairs_) pair = places[pair];
  nodes_ = {};
}

std::uint32_t Vocabulary::follow(std::uint32_t place, unsigned char byte) const noexcept {
  if ((places_[place].next & bit(byte)) == 0) return 0;
  std::uint32_t child = places_[place].child;
  while (bytes_[child] != byte) {
    if (is_last_[child] != 0) return 0;
    ++child;
  }
  return child;
}

Vocabulary::Hit Vocabulary::find(std::string_view folded) const noexcept {
  Hit hit;
  if (folded.empty()) return hit;
  std::size_t i = 1;
  std::uint32_t place = firsts_[static_cast<unsigned char>(folded[0])];
  if (folded.size() > 1 && place != 0 && places_[place].stem == kNoWord) {
    place = pairs_[static_cast<unsigned char>(folded[0]) << 8 | static_cast<unsigned char>(folded[1])];
    i = 2;
  }
  while (place != 0) {
    if (places_[place].stem != kNoWord) hit.stem = places_[place].stem;
    if (i == folded.size()) {
      hit.word = places_[place].word;
      break;
    }
    place = follow(place, static_cast<unsigned char>(folded[i++]));
  }
  return hit;
}

}  // namespace policygraph::inline v0::detail::extract
