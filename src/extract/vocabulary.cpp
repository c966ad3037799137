#include "extract/vocabulary.hpp"

#include <algorithm>
#include <utility>

#include "base/name_table.hpp"

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

WordId Vocabulary::add(std::string_view folded, bool is_stem) {
  Added& known = added(folded);
  WordId& id = is_stem ? known.stem : known.word;
  if (id == kNoWord) id = next_++;
  return id;
}

Vocabulary::Added& Vocabulary::added(std::string_view folded) {
  if ((added_.size() + 1) * 2 > slots_.size()) grow_slots();
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = base::name_hash(folded) & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    if (base::are_same_names(text(added_[slots_[at] - 1]), folded)) return added_[slots_[at] - 1];
  }
  added_.push_back({static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(folded.size())});
  bytes_ += folded;
  slots_[at] = static_cast<std::uint32_t>(added_.size());
  return added_.back();
}

void Vocabulary::grow_slots() {
  slots_.assign(slots_.empty() ? 1024 : slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::uint32_t i = 0; i < added_.size(); ++i) {
    std::size_t at = base::name_hash(text(added_[i])) & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = i + 1;
  }
}

// In the order of their bytes, which lie in that order too.
void Vocabulary::sort_added() {
  struct Key {
    std::uint64_t head = 0;  // the first eight bytes: most differ there
    std::uint32_t index = 0;
  };
  std::vector<Key> keys(added_.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) {
    const std::string_view word = text(added_[i]);
    for (std::size_t at = 0; at < 8; ++at) keys[i].head = keys[i].head << 8U | (at < word.size() ? static_cast<unsigned char>(word[at]) : 0U);
    keys[i].index = i;
  }
  std::ranges::sort(keys, [this](const Key& a, const Key& b) {
    return a.head != b.head ? a.head < b.head : text(added_[a.index]) < text(added_[b.index]);
  });
  std::vector<Added> sorted;
  sorted.reserve(added_.size());
  std::string bytes;
  bytes.reserve(bytes_.size());
  for (const Key& key : keys) {
    sorted.push_back(added_[key.index]);
    sorted.back().start = static_cast<std::uint32_t>(bytes.size());
    bytes += text(added_[key.index]);
  }
  added_ = std::move(sorted);
  bytes_ = std::move(bytes);
}

// Breadth first, so that what begins many words lies together. The words of a place are a stretch of the sorted ones.
class Vocabulary::Layout {
 public:
  explicit Layout(Vocabulary& of) : of_(of) {}

  void run() {
    of_.shorter_.assign(of_.next_, kNoWord);
    of_.places_.reserve(of_.added_.size());
    of_.places_.emplace_back();
    below_.reserve(of_.added_.size());
    below_.emplace_back();
    put_firsts();
    for (std::uint32_t at = 1; at < of_.places_.size(); ++at) put_children(at);
  }

 private:
  // Words that go on after `depth` bytes, which they share.
  struct Below {
    std::uint32_t first = 0, last = 0;
    std::uint32_t depth = 0;
    WordId above = kNoWord;  // the longest stem that ends there or before
  };
  struct Child {
    std::uint32_t first = 0, last = 0;
    unsigned char byte = 0;
  };

  unsigned char byte_of(std::uint32_t word, std::uint32_t at) const {
    return static_cast<unsigned char>(of_.bytes_[of_.added_[word].start + at]);
  }

  // Parts what lies below by the next byte.
  void part(const Below& below) {
    children_.clear();
    for (std::uint32_t word = below.first; word < below.last; ++word) {
      const unsigned char byte = byte_of(word, below.depth);
      if (children_.empty() || children_.back().byte != byte) children_.push_back({word, word, byte});
      children_.back().last = word + 1;
    }
  }

  // The places of one byte have no tail, for pairs_ leads past them.
  void put_firsts() {
    part({0, static_cast<std::uint32_t>(of_.added_.size()), 0, kNoWord});
    for (const Child& child : children_) of_.firsts_[child.byte] = put(child, {0, 0, 0, kNoWord}, false);
  }

  std::uint32_t put(const Child& child, const Below& parent, bool may_have_tail) {
    const auto made = static_cast<std::uint32_t>(of_.places_.size());
    Place& place = of_.places_.emplace_back();
    Below below{child.first, child.last, parent.depth + 1, parent.above};
    place.byte = child.byte;
    place.tail = static_cast<std::uint32_t>(of_.tails_.size());
    while (may_have_tail && is_passed(below) && place.tail_size < 255) {
      of_.tails_.push_back(static_cast<char>(byte_of(below.first, below.depth++)));
      ++place.tail_size;
    }
    if (of_.added_[below.first].size == below.depth) end(of_.added_[below.first++], place, below);
    if (parent.depth == 1) of_.pairs_[byte_of(child.first, 0) * 256U + child.byte] = made;
    below_.push_back(below);
    return made;
  }

  void end(const Added& word, Place& place, Below& below) {
    place.word = word.word;
    place.stem = word.stem;
    if (word.stem == kNoWord) return;
    of_.shorter_[word.stem] = below.above;
    below.above = word.stem;
  }

  // Nothing ends there, and one byte alone may follow.
  bool is_passed(const Below& below) const {
    return of_.added_[below.first].size > below.depth && byte_of(below.first, below.depth) == byte_of(below.last - 1, below.depth);
  }

  void put_children(std::uint32_t at) {
    const Below below = below_[at];
    part(below);
    std::ranges::sort(children_, {}, [](const Child& child) { return kSlots[child.byte] << 8U | child.byte; });
    const auto first = static_cast<std::uint32_t>(of_.places_.size());
    std::uint64_t slots = 0;
    for (Child& child : children_) {
      if ((slots & bit_of(child.byte)) != 0) continue;
      slots |= bit_of(child.byte);
      put(child, below, true);
      child.last = child.first;  // done
    }
    for (const Child& child : children_) {
      if (child.first != child.last) put_twin(child, below, first + count_bits(slots & (bit_of(child.byte) - 1)));
    }
    of_.places_[at].next = slots;
    of_.places_[at].child = first;
  }

  void put_twin(const Child& child, const Below& below, std::uint32_t of) {
    const std::uint32_t made = put(child, below, true);
    of_.places_[made].twin = of_.places_[of].twin;
    of_.places_[of].twin = made;
  }

  Vocabulary& of_;
  std::vector<Below> below_;     // by place
  std::vector<Child> children_;  // of one place
};

void Vocabulary::close() {
  sort_added();
  Layout(*this).run();
  added_ = {};
  bytes_ = {};
  slots_ = {};
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
