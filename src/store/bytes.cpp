#include "store/bytes.hpp"

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::store {

void refuse_bytes(const std::string& fact) {
  throw Error(ErrorCode::format, "the stored bytes are damaged: " + fact + "; take a backup, or read the documents again");
}

std::uint64_t ByteView::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const auto next = byte();
    if (shift == 63 && next > 1) break;
    value |= std::uint64_t{next & 0x7FU} << shift;
    if ((next & 0x80U) == 0) return value;
  }
  refuse_bytes("a number has more than 64 bits");
}

std::string_view ByteView::raw(std::size_t size) {
  if (size > bytes_.size()) refuse_bytes("they end too early");
  const auto taken = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return taken;
}

std::size_t ByteView::count(std::size_t least) {
  const auto number = varint();
  if (number > bytes_.size() / least) refuse_bytes("a count is larger than what follows");
  return static_cast<std::size_t>(number);
}

void ByteView::end() const {
  if (!bytes_.empty()) refuse_bytes("there are more of them than they should be");
}

std::uint64_t ByteView::fixed(std::size_t size) {
  const auto bytes = raw(size);
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
  return value;
}

}  // namespace policygraph::inline v0::detail::store
