#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace policygraph::inline v0::detail::store {

/// Small numbers of either sign are small: 0, -1, 1, -2, ...
constexpr std::uint64_t zigzag(std::int64_t number) noexcept {
  return (static_cast<std::uint64_t>(number) << 1) ^ (number < 0 ? ~std::uint64_t{0} : 0U);
}
constexpr std::int64_t unzigzag(std::uint64_t number) noexcept {
  return static_cast<std::int64_t>((number >> 1) ^ (~(number & 1U) + 1U));
}

/// Bytes written one after the other; numbers little-endian (docs/store_format.md, "Numbers and bytes").
class ByteOut {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void fixed16(std::uint16_t value) { fixed(value, 2); }
  void fixed32(std::uint32_t value) { fixed(value, 4); }
  void fixed64(std::uint64_t value) { fixed(value, 8); }
  void real(double value) { fixed64(std::bit_cast<std::uint64_t>(value)); }
  /// Seven bits a byte, the lowest first; the high bit says that more follow.
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<std::uint8_t>(value | 0x80U));
    byte(static_cast<std::uint8_t>(value));
  }
  void signed_varint(std::int64_t value) { varint(zigzag(value)); }
  void raw(std::string_view bytes) { bytes_ += bytes; }
  /// Its length and its bytes.
  void text(std::string_view text) {
    varint(text.size());
    raw(text);
  }
  std::size_t size() const noexcept { return bytes_.size(); }
  const std::string& bytes() const noexcept { return bytes_; }
  std::string take() noexcept { return std::move(bytes_); }

 private:
  void fixed(std::uint64_t value, int size) {
    char bytes[8];
    for (int i = 0; i < size; ++i) bytes[i] = static_cast<char>(value >> (8 * i));
    bytes_.append(bytes, static_cast<std::size_t>(size));
  }
  std::string bytes_;
};

/// Reads what ByteOut wrote and trusts none of it: past the end, and for a number past 64 bits, Error(format).
class ByteView {
 public:
  explicit ByteView(std::string_view bytes) noexcept : bytes_(bytes) {}  ///< views the caller's bytes

  std::uint8_t byte() { return static_cast<std::uint8_t>(raw(1).front()); }
  std::uint16_t fixed16() { return static_cast<std::uint16_t>(fixed(2)); }
  std::uint32_t fixed32() { return static_cast<std::uint32_t>(fixed(4)); }
  std::uint64_t fixed64() { return fixed(8); }
  double real() { return std::bit_cast<double>(fixed64()); }
  std::uint64_t varint();
  std::int64_t signed_varint() { return unzigzag(varint()); }
  std::string_view raw(std::size_t size);
  std::string_view text() { return raw(count(1)); }
  /// A count of things of which each takes at least `least` bytes: no more than there can be.
  std::size_t count(std::size_t least);
  std::size_t left() const noexcept { return bytes_.size(); }
  /// Throws Error(format) where bytes are left over.
  void end() const;

 private:
  std::uint64_t fixed(std::size_t size);
  std::string_view bytes_;
};

/// Throws Error(format) "the batch ...": what its bytes say cannot be.
[[noreturn]] void refuse_bytes(const std::string& fact);

}  // namespace policygraph::inline v0::detail::store
