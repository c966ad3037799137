#include "policygraph/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kCheckpointBytes = 256;
constexpr char32_t kReplacement = 0xFFFD;

std::uint8_t byte_at(std::string_view text, std::size_t offset) noexcept {
  return static_cast<std::uint8_t>(text[offset]);
}

bool is_continuation(std::uint8_t byte) noexcept { return (byte & 0xC0U) == 0x80U; }

/// The range the second byte must lie in, and the length, by lead byte (Unicode table 3-7). Length 0: no lead byte.
struct Lead {
  std::uint8_t size, low, high;
};

Lead lead_of(std::uint8_t byte) noexcept {
  if (byte < 0xC2) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

/// Bytes of the longest part at `offset` that begins a well-formed sequence; `whole` says whether it is one.
struct Part {
  std::uint32_t size;
  bool whole;
};

Part part_at(std::string_view text, std::size_t offset) noexcept {
  const std::uint8_t first = byte_at(text, offset);
  if (first < 0x80) return {1, true};
  const Lead lead = lead_of(first);
  if (lead.size == 0) return {1, false};
  std::uint32_t size = 1;
  while (size < lead.size && offset + size < text.size()) {
    const std::uint8_t next = byte_at(text, offset + size);
    const bool fits = size == 1 ? next >= lead.low && next <= lead.high : is_continuation(next);
    if (!fits) break;
    ++size;
  }
  return {size, size == lead.size};
}

/// A two-byte letter, as most are here that are not ASCII: a following byte that fits is all that has to be checked.
bool is_pair(std::string_view text, std::size_t offset) noexcept {
  const std::uint8_t first = byte_at(text, offset);
  return first >= 0xC2 && first < 0xE0 && offset + 1 < text.size() && is_continuation(byte_at(text, offset + 1));
}

char32_t value_of(std::string_view text, std::size_t offset, std::uint32_t size) noexcept {
  const char32_t first = byte_at(text, offset);
  if (size == 1) return first;
  char32_t value = first & (0x7FU >> size);
  for (std::uint32_t i = 1; i < size; ++i) value = (value << 6U) | (byte_at(text, offset + i) & 0x3FU);
  return value;
}

bool eight_are_ascii(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return (word & 0x8080808080808080ULL) == 0;
}

std::size_t skip_ascii(std::string_view text, std::size_t offset) noexcept {
  while (offset + 8 <= text.size() && eight_are_ascii(text.data() + offset)) offset += 8;
  while (offset < text.size() && byte_at(text, offset) < 0x80) ++offset;
  return offset;
}

/// Bytes of eight that are continuations: their top bit is set and the next is not.
std::size_t continuations_in_eight(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  const std::uint64_t marks = word >> 7U & ~word >> 6U & 0x0101010101010101ULL;
  return static_cast<std::size_t>(marks * 0x0101010101010101ULL >> 56U);
}

std::size_t starts_in(std::string_view text) noexcept {
  std::size_t starts = text.size();
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) starts -= continuations_in_eight(text.data() + at);
  for (; at < text.size(); ++at) starts -= is_continuation(byte_at(text, at)) ? 1 : 0;
  return starts;
}

}  // namespace

CodePoint detail::text::code_point_beyond_ascii(std::string_view text, std::size_t offset) noexcept {
  if (is_pair(text, offset)) {
    return {static_cast<char32_t>((byte_at(text, offset) & 0x1FU) << 6U | (byte_at(text, offset + 1) & 0x3FU)), 2};
  }
  const Part part = part_at(text, offset);
  if (!part.whole) return {kReplacement, 1};
  return {value_of(text, offset, part.size), part.size};
}

CodePoint code_point_before(std::string_view text, std::size_t offset) noexcept {
  std::size_t start = offset - 1;
  while (start > 0 && offset - start < 4 && is_continuation(byte_at(text, start))) --start;
  const CodePoint found = code_point_at(text, start);
  if (start + found.size == offset) return found;
  return {kReplacement, 1};
}

void detail::text::append_beyond_ascii(std::string& out, char32_t code_point) {
  if (code_point < 0x800) {
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(0xC0U | (code_point >> 6U))));
    out.push_back(static_cast<char>(static_cast<std::uint8_t>(0x80U | (code_point & 0x3FU))));
    return;
  }
  std::array<char, 4> bytes{};
  std::size_t size = 0;
  const auto put = [&](char32_t byte) { bytes[size++] = static_cast<char>(static_cast<std::uint8_t>(byte)); };
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) code_point = kReplacement;
  if (code_point < 0x10000) {
    put(0xE0U | (code_point >> 12U));
  } else {
    put(0xF0U | (code_point >> 18U));
    put(0x80U | ((code_point >> 12U) & 0x3FU));
  }
  put(0x80U | ((code_point >> 6U) & 0x3FU));
  put(0x80U | (code_point & 0x3FU));
  out.append(bytes.data(), size);
}

bool is_valid_utf8(std::string_view text) noexcept { return valid_utf8_prefix(text) == text.size(); }

std::size_t valid_utf8_prefix(std::string_view text) noexcept {
  std::size_t offset = 0;
  while (true) {
    offset = skip_ascii(text, offset);
    while (offset < text.size() && byte_at(text, offset) >= 0x80) {
      if (is_pair(text, offset)) {
        offset += 2;
        continue;
      }
      const Part part = part_at(text, offset);
      if (!part.whole) return offset;
      offset += part.size;
    }
    if (offset >= text.size()) return text.size();
  }
}

std::string repair_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t offset = 0;
  while (offset < text.size()) {
    const std::size_t good = valid_utf8_prefix(text.substr(offset));
    out.append(text.substr(offset, good));
    offset += good;
    if (offset >= text.size()) break;
    offset += part_at(text, offset).size;
    append_utf8(out, kReplacement);
  }
  return out;
}

std::size_t count_code_points(std::string_view text) noexcept { return starts_in(text); }

CodePointIndex::CodePointIndex(std::string_view text_view) : text_view_(text_view), count_(starts_in(text_view)) {
  if (count_ == text_view.size()) return;
  checkpoints_.reserve(text_view.size() / kCheckpointBytes + 1);
  std::uint32_t seen = 0;
  for (std::size_t at = 0; at < text_view.size(); at += kCheckpointBytes) {
    checkpoints_.push_back(seen);
    seen += static_cast<std::uint32_t>(starts_in(text_view.substr(at, kCheckpointBytes)));
  }
}

std::size_t CodePointIndex::code_points_before(std::size_t offset) const noexcept {
  if (checkpoints_.empty()) return offset;
  while (offset > 0 && offset < text_view_.size() && is_continuation(byte_at(text_view_, offset))) --offset;
  const std::size_t checkpoint = std::min(offset / kCheckpointBytes, checkpoints_.size() - 1);
  const std::size_t from = checkpoint * kCheckpointBytes;
  return checkpoints_[checkpoint] + starts_in(text_view_.substr(from, offset - from));
}

std::size_t CodePointIndex::byte_of(std::size_t index) const noexcept {
  if (checkpoints_.empty()) return std::min(index, text_view_.size());
  if (index >= count_) return text_view_.size();
  // The last checkpoint with at most `index` starts before it: the start sought lies in its 256 bytes.
  const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), index);
  const auto checkpoint = static_cast<std::size_t>(after - checkpoints_.begin()) - 1;
  std::size_t seen = checkpoints_[checkpoint];
  std::size_t at = checkpoint * kCheckpointBytes;
  for (; at < text_view_.size(); ++at) {
    if (is_continuation(byte_at(text_view_, at))) continue;
    if (seen == index) break;
    ++seen;
  }
  return at;
}

}  // namespace policygraph::inline v0
