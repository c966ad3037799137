#include "graph/string_table.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <mutex>
#include <utility>

#include "base/name_table.hpp"
#include "base/sip_hash.hpp"
#include "graph/fork_watch.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::size_t kFirstPage = 1024;
constexpr std::size_t kLargestPage = std::size_t{1} << 20U;
constexpr std::size_t kMostPrefix = 10;  // bytes of a length, seven bits in each
constexpr std::uint32_t kMostStrings = 0xFFFFFFFFU;

std::uint8_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint8_t>(hash >> 56U); }

/// What stands in a slot, which the writer may be filling.
std::uint32_t in_slot(const std::vector<std::uint32_t>& slots, std::size_t slot) noexcept {
  return std::atomic_ref(const_cast<std::uint32_t&>(slots[slot])).load(std::memory_order_acquire);
}

}  // namespace

StringTable::StringTable() : StringTable(base::random_hash_key()) {}
StringTable::StringTable(const HashKey& key) : key_(key) { number_of(""); }

StringTable::Place StringTable::where(std::uint32_t number) noexcept {
  const auto chunk = static_cast<std::uint32_t>(std::bit_width(std::uint64_t{number} / kFirstChunk + 1)) - 1;
  const auto before = ((std::uint64_t{1} << chunk) - 1) * kFirstChunk;
  return {chunk, static_cast<std::uint32_t>(number - before)};
}

std::string_view StringTable::text_at(const char* at) noexcept {
  std::size_t size = 0;
  unsigned shift = 0;
  for (;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*at++);
    size |= std::size_t{byte & 0x7FU} << shift;
    if (byte < 0x80U) return {at, size};
  }
}

// Other strings lie anywhere in memory: one is looked at where its tag agrees.
StringTable::Slot StringTable::slot_of(std::string_view text) const noexcept {
  const auto mask = slots_.size() - 1;
  const std::uint64_t hash = base::SipHash(key_)(text);
  const auto tag = tag_of(hash);
  for (auto slot = static_cast<std::size_t>(hash) & mask;; slot = (slot + 1) & mask) {
    const auto known = in_slot(slots_, slot);
    if (known == 0 || (tags_[slot] == tag && (*this)[known - 1] == text)) return {slot, tag};
  }
}

std::optional<std::uint32_t> StringTable::find(std::string_view text) const {
  const std::shared_lock lock(slots_mutex_);
  if (kept_count_ != 0) {
    if (const auto number = find_kept(text)) return number;
  }
  if (slots_.empty()) return std::nullopt;
  const auto known = in_slot(slots_, slot_of(text).place);
  return known == 0 || (*this)[known - 1] != text ? std::nullopt : std::optional(known - 1);  // it may have been filled just now
}

std::string_view StringTable::kept(std::uint32_t number) const noexcept {
  const auto* starts = &kept_starts_[number];
  image_->need(starts, 2 * sizeof *starts);
  const auto text = kept_texts_.subspan(starts[0], starts[1] - starts[0]);
  image_->need(text);
  return {text.data(), text.size()};
}

std::optional<std::uint32_t> StringTable::find_kept(std::string_view text) const noexcept {
  const auto mask = kept_slots_.size() - 1;
  auto slot = static_cast<std::size_t>(base::SipHash(key_)(text)) & mask;
  for (;; slot = (slot + 1) & mask) {
    image_->need(&kept_slots_[slot], sizeof kept_slots_[slot]);
    if (kept_slots_[slot] == 0) return std::nullopt;
    if (kept(kept_slots_[slot] - 1) == text) return kept_slots_[slot] - 1;
  }
}

void StringTable::write(ImageOut& out) const {
  std::vector<std::uint64_t> starts;
  std::string texts;
  starts.reserve(size_ + std::size_t{1});
  for (std::uint32_t number = 0; number < size_; ++number) {
    starts.push_back(texts.size());
    texts += (*this)[number];
  }
  starts.push_back(texts.size());
  for (const auto part : key_) out.number(part);
  out.array(starts);
  out.array(std::span<const char>(texts));
  out.array(slots_);
}

StringTable::StringTable(ImageIn& in) : image_(in.image()) {
  for (auto& part : key_) part = in.number<std::uint64_t>();
  kept_starts_ = in.array<std::uint64_t>();
  kept_texts_ = in.array<char>();
  kept_slots_ = in.array<std::uint32_t>();
  kept_count_ = size_ = static_cast<std::uint32_t>(kept_starts_.size() - 1);
}

// By length and ends; what falls together costs the lookup that it would have cost anyway.
std::size_t StringTable::recent_slot(std::string_view text) noexcept {
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(text[at])); };
  const auto mixed = (byte(0) << 24U | byte(text.size() / 2) << 16U | byte(text.size() - 1) << 8U | text.size()) * 0x9E3779B1U;
  return (mixed >> 20U) % kRecent;
}

std::uint32_t StringTable::number(std::string_view text) {
  if (text.empty() || text.size() > kShort) return number_of(text);
  auto& recent = recent_[recent_slot(text)];
  if (base::are_same_names(recent.text, text)) return recent.number;
  const auto number = number_of(text);
  recent = {(*this)[number], number};
  return number;
}

std::uint32_t StringTable::number_of(std::string_view text) {
  if (kept_count_ != 0) {
    if (const auto number = find_kept(text)) return *number;
  }
  if (3 * (std::size_t{size_} - kept_count_ + 1) > 2 * slots_.size()) grow();
  const auto [slot, tag] = slot_of(text);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (size_ == kMostStrings) throw Error(ErrorCode::limit, "more than 4,294,967,295 different strings in a graph");
  const auto [chunk, place] = where(size_ - kept_count_);
  if (chunks_[chunk] == nullptr) {
    const auto size = std::size_t{kFirstChunk} << chunk;
    chunks_[chunk] = std::make_unique<const char*[]>(size);
    count(size * sizeof(const char*));
  }
  chunks_[chunk][place] = keep(text);
  tags_[slot] = tag;
  // Its text stands: whoever finds it may read it, also in a child forked just now.
  std::atomic_ref(slots_[slot]).store(++size_, std::memory_order_release);
  return size_ - 1;
}

void StringTable::grow() {
  const auto old = slots_.size();
  std::vector<std::uint32_t> slots(std::max<std::size_t>(64, 2 * old));
  std::vector<std::uint8_t> tags(slots.size());
  const auto mask = slots.size() - 1;
  for (std::uint32_t number = kept_count_; number < size_; ++number) {
    const std::uint64_t hash = base::SipHash(key_)((*this)[number]);
    auto slot = static_cast<std::size_t>(hash) & mask;
    while (slots[slot] != 0) slot = (slot + 1) & mask;
    slots[slot] = number + 1;
    tags[slot] = tag_of(hash);
  }
  count((slots.size() - old) * (sizeof(slots[0]) + sizeof(tags[0])));
  const std::lock_guard moment(ForkWatch::moment());
  const std::lock_guard lock(slots_mutex_);
  slots_.swap(slots);
  tags_.swap(tags);
}

char* StringTable::room(std::size_t size) {
  if (capacity_ - used_ < size) {
    capacity_ = std::max(size, std::min(kLargestPage, std::max(kFirstPage, 2 * capacity_)));
    pages_.push_back(std::make_unique<char[]>(capacity_));
    used_ = 0;
    count(capacity_ + sizeof(pages_[0]));
  }
  return pages_.back().get() + std::exchange(used_, used_ + size);
}

const char* StringTable::keep(std::string_view text) {
  std::array<char, kMostPrefix> prefix{};
  std::size_t length = 0;
  auto size = text.size();
  for (; size >= 0x80U; size >>= 7U) prefix[length++] = static_cast<char>(size | 0x80U);
  prefix[length++] = static_cast<char>(size);
  auto* at = room(length + text.size());
  std::memcpy(at, prefix.data(), length);
  if (!text.empty()) std::memcpy(at + length, text.data(), text.size());
  return at;
}

}  // namespace policygraph::inline v0::detail::graph
