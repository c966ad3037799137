#include "extract/vocabulary.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

// Which of 64 slots a byte takes among the bytes that may follow one node: letters, digits and the bytes that begin or go on with
// one of two bytes have slots of their own.
constexpr std::array<unsigned char, 256> make_slots() {
  std::array<unsigned char, 256> slots{};
  for (unsigned byte = 0; byte < slots.size(); ++byte) {
    unsigned slot = 36 + byte % 24;
    if (byte >= 'a' && byte <= 'z') slot = byte - 'a';
    if (byte >= '0' && byte <= '9') slot = 26 + byte - '0';
    if (byte >= 0x80 && byte < 0xC0) slot = byte - 0x80;
    if (byte >= 0xE0) slot = 60 + byte % 4;
    slots[byte] = static_cast<unsigned char>(slot);
  }
  return slots;
}
constexpr std::array<unsigned char, 256> kSlots = make_slots();

constexpr std::uint64_t bit_of(unsigned char byte) { return std::uint64_t{1} << kSlots[byte]; }

// std::popcount is a call where the processor is not known to have the instruction.
constexpr std::uint32_t count_bits(std::uint64_t bits) {
  bits -= bits >> 1U & 0x5555555555555555U;
  bits = (bits & 0x3333333333333333U) + (bits >> 2U & 0x3333333333333333U);
  bits = (bits + (bits >> 4U)) & 0x0F0F0F0F0F0F0F0FU;
  return static_cast<std::uint32_t>(bits * 0x0101010101010101U >> 56U);
}

}  // namespace

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

// Breadth first, so that what begins many words lies together.
class Vocabulary::Layout {
 public:
  explicit Layout(Vocabulary& of) : of_(of), places_(of.nodes_.size(), 0) {}

  void run() {
    of_.places_.emplace_back();
    ends_.push_back(0);
    for (const std::uint32_t first : of_.firsts_) {
      if (first != 0) put(first, false);
    }
    for (std::uint32_t at = 1; at < of_.places_.size(); ++at) put_children(at);
    for (std::uint32_t& first : of_.firsts_) first = places_[first];
    for (std::uint32_t& pair : of_.pairs_) pair = places_[pair];
  }

 private:
  const Node& node(std::uint32_t index) const { return of_.nodes_[index]; }

  // A node whose parent has its place. The nodes of one byte have no tail, for pairs_ leads past them.
  void put(std::uint32_t start, bool may_have_tail) {
    places_[start] = static_cast<std::uint32_t>(of_.places_.size());
    Place& place = of_.places_.emplace_back();
    place.byte = node(start).byte;
    place.tail = static_cast<std::uint32_t>(of_.tails_.size());
    std::uint32_t end = start;
    while (may_have_tail && is_passed(end) && place.tail_size < 255) {
      end = node(end).child;
      of_.tails_.push_back(static_cast<char>(node(end).byte));
      ++place.tail_size;
    }
    place.word = node(end).word;
    place.stem = node(end).stem;
    ends_.push_back(end);
  }

  // Nothing ends at the node, and one byte alone may follow.
  bool is_passed(std::uint32_t index) const {
    const Node& passed = node(index);
    return passed.word == kNoWord && passed.stem == kNoWord && passed.child != 0 && node(passed.child).sibling == 0;
  }

  void put_children(std::uint32_t at) {
    children_.clear();
    for (std::uint32_t child = node(ends_[at]).child; child != 0; child = node(child).sibling) children_.push_back(child);
    std::ranges::stable_sort(children_, {}, [this](std::uint32_t child) { return kSlots[node(child).byte]; });
    const auto first = static_cast<std::uint32_t>(of_.places_.size());
    std::uint64_t slots = 0;
    for (std::uint32_t& child : children_) {
      const std::uint64_t own = bit_of(node(child).byte);
      if ((slots & own) != 0) continue;
      slots |= own;
      put(child, true);
      child = 0;
    }
    for (const std::uint32_t child : children_) {
      if (child != 0) put_twin(child, first + count_bits(slots & (bit_of(node(child).byte) - 1)));
    }
    of_.places_[at].next = slots;
    of_.places_[at].child = first;
  }

  void put_twin(std::uint32_t child, std::uint32_t of) {
    put(child, true);
    const auto made = static_cast<std::uint32_t>(of_.places_.size() - 1);
    of_.places_[made].twin = of_.places_[of].twin;
    of_.places_[of].twin = made;
  }

  Vocabulary& of_;
  std::vector<std::uint32_t> places_;    // by node, of those that begin a place
  std::vector<std::uint32_t> ends_;      // by place: the node where its tail ends
  std::vector<std::uint32_t> children_;  // of one place
};

// A node is made after its parent.
void Vocabulary::close() {
  shorter_.assign(next_, kNoWord);
  std::vector<WordId> above(nodes_.size(), kNoWord);  // the longest stem that ends before the node
  for (std::uint32_t node = 1; node < nodes_.size(); ++node) {
    const WordId stem = nodes_[node].stem;
    if (stem != kNoWord) shorter_[stem] = above[node];
    for (std::uint32_t child = nodes_[node].child; child != 0; child = nodes_[child].sibling) above[child] = stem != kNoWord ? stem : above[node];
  }
  Layout(*this).run();
  nodes_ = {};
}

std::uint32_t Vocabulary::follow(const Place& place, unsigned char byte) const noexcept {
  const std::uint64_t own = bit_of(byte);
  if ((place.next & own) == 0) return 0;
  std::uint32_t child = place.child + count_bits(place.next & (own - 1));
  while (child != 0 && places_[child].byte != byte) child = places_[child].twin;
  return child;
}

bool Vocabulary::has_tail(const Place& place, std::string_view rest) const noexcept {
  if (rest.size() < place.tail_size) return false;
  const char* const tail = tails_.data() + place.tail;
  for (std::size_t i = 0; i < place.tail_size; ++i) {
    if (rest[i] != tail[i]) return false;
  }
  return true;
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
    const Place& at = places_[place];
    if (!has_tail(at, folded.substr(i))) break;
    i += at.tail_size;
    if (at.stem != kNoWord) hit.stem = at.stem;
    if (i == folded.size()) {
      hit.word = at.word;
      break;
    }
    place = follow(at, static_cast<unsigned char>(folded[i++]));
  }
  return hit;
}

}  // namespace policygraph::inline v0::detail::extract
