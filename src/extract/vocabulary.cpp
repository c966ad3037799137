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
}

Vocabulary::Hit Vocabulary::find(std::string_view folded) const noexcept {
  Hit hit;
  if (folded.empty()) return hit;
  std::size_t i = 1;
  std::uint32_t node = firsts_[static_cast<unsigned char>(folded[0])];
  if (folded.size() > 1 && node != 0 && nodes_[node].stem == kNoWord) {
    node = pairs_[static_cast<unsigned char>(folded[0]) << 8 | static_cast<unsigned char>(folded[1])];
    i = 2;
  }
  while (node != 0) {
    if (nodes_[node].stem != kNoWord) hit.stem = nodes_[node].stem;
    if (i == folded.size()) {
      hit.word = nodes_[node].word;
      break;
    }
    node = step(node, static_cast<unsigned char>(folded[i++]));
  }
  return hit;
}

}  // namespace policygraph::inline v0::detail::extract
