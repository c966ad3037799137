#include "policygraph/base/interner.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "base/sip_hash.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kFirstSlots = 16;  // a power of two, as every table size
constexpr std::size_t kFirstBlock = 1024;
constexpr std::size_t kLargestBlock = std::size_t{1} << 20U;
constexpr std::size_t kMostStrings =
    std::numeric_limits<std::uint32_t>::max() - 1;  // a slot holds number + 1; 0 is free

constexpr std::uint32_t number_in(std::uint64_t slot) noexcept { return static_cast<std::uint32_t>(slot) - 1; }

}  // namespace

Interner::Interner() : key_(detail::base::random_hash_key()) {}
Interner::~Interner() = default;

Interner::Interner(Interner&& other) noexcept
    : views_(std::exchange(other.views_, {})),
      slots_(std::exchange(other.slots_, {})),
      blocks_(std::exchange(other.blocks_, {})),
      key_(other.key_),
      used_(std::exchange(other.used_, 0)),
      capacity_(std::exchange(other.capacity_, 0)),
      bytes_(std::exchange(other.bytes_, 0)) {}

Interner& Interner::operator=(Interner&& other) noexcept {
  if (this == &other) return *this;
  views_ = std::exchange(other.views_, {});
  slots_ = std::exchange(other.slots_, {});
  blocks_ = std::exchange(other.blocks_, {});
  key_ = other.key_;
  used_ = std::exchange(other.used_, 0);
  capacity_ = std::exchange(other.capacity_, 0);
  bytes_ = std::exchange(other.bytes_, 0);
  return *this;
}

// A copy owns its bytes, packed into one block; numbers and slots stay as they are.
Interner::Interner(const Interner& other) : views_(other.views_), slots_(other.slots_), key_(other.key_) {
  std::size_t total = 0;
  for (const std::string_view view : views_) total += view.size();
  if (total == 0) return;
  blocks_.push_back(std::make_unique<char[]>(total));
  used_ = capacity_ = bytes_ = total;
  char* at = blocks_.back().get();
  for (std::string_view& view : views_) {
    if (view.empty()) continue;
    std::memcpy(at, view.data(), view.size());
    view = {at, view.size()};
    at += view.size();
  }
}

Interner& Interner::operator=(const Interner& other) {
  if (this != &other) *this = Interner(other);
  return *this;
}

std::uint32_t Interner::hash_of(std::string_view text) const noexcept {
  return static_cast<std::uint32_t>(detail::base::SipHash(key_)(text));
}

// The slot that holds the text, or the free one where it belongs. The hash kept beside the number spares most looks at
// text.
std::size_t Interner::slot_of(std::string_view text, std::uint32_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask)
    if (slots_[slot] >> 32U == hash && views_[number_in(slots_[slot])] == text) break;
  return slot;
}

Interner::Number Interner::intern(std::string_view text) {
  if (4 * (views_.size() + 1) > 3 * slots_.size()) grow();
  const std::uint32_t hash = hash_of(text);
  const std::size_t slot = slot_of(text, hash);
  if (slots_[slot] != 0) return number_in(slots_[slot]);
  if (views_.size() >= kMostStrings) throw Error(ErrorCode::limit, "more than 4294967294 different strings");
  views_.push_back(keep(text));
  slots_[slot] = (std::uint64_t{hash} << 32U) | views_.size();
  return static_cast<Number>(views_.size() - 1);
}

std::optional<Interner::Number> Interner::find(std::string_view text) const noexcept {
  if (slots_.empty()) return std::nullopt;
  const std::uint64_t found = slots_[slot_of(text, hash_of(text))];
  if (found == 0) return std::nullopt;
  return number_in(found);
}

std::size_t Interner::memory_bytes() const noexcept {
  return sizeof(*this) + views_.capacity() * sizeof(views_[0]) + slots_.capacity() * sizeof(slots_[0]) +
         blocks_.capacity() * sizeof(blocks_[0]) + bytes_;
}

void Interner::grow() {
  std::vector<std::uint64_t> slots(std::max(kFirstSlots, 2 * slots_.size()));
  const std::size_t mask = slots.size() - 1;
  for (const std::uint64_t entry : slots_) {
    if (entry == 0) continue;
    std::size_t slot = (entry >> 32U) & mask;
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = entry;
  }
  slots_ = std::move(slots);
}

std::string_view Interner::keep(std::string_view text) {
  if (text.empty()) return {};
  if (capacity_ - used_ < text.size()) {
    const std::size_t wanted = std::min(kLargestBlock, std::max(kFirstBlock, 2 * capacity_));
    const std::size_t size = std::max(wanted, text.size());
    blocks_.push_back(std::make_unique<char[]>(size));
    bytes_ += size;
    capacity_ = size;
    used_ = 0;
  }
  char* at = blocks_.back().get() + used_;
  std::memcpy(at, text.data(), text.size());
  used_ += text.size();
  return {at, text.size()};
}

}  // namespace policygraph::inline v0
