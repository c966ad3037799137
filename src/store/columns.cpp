#include "store/columns.hpp"

#include <utility>

#include "policygraph/base/error.hpp"
#include "store/numbers.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::string_view kMagic = "PGB1";

}  // namespace

void BatchOut::bytes(std::uint8_t column, std::string bytes) {
  if (!bytes.empty()) columns_.push_back({column, std::move(bytes)});
}

void BatchOut::numbers(std::uint8_t column, std::span<const std::uint64_t> numbers) {
  if (numbers.empty()) return;
  ByteOut out;
  pack_numbers(numbers, out);
  bytes(column, out.take());
}

void BatchOut::strings(std::uint8_t column, std::span<const std::string_view> strings) {
  if (strings.empty()) return;
  std::vector<std::uint64_t> sizes;
  sizes.reserve(strings.size());
  for (const auto text : strings) sizes.push_back(text.size());
  ByteOut out;
  pack_numbers(sizes, out);
  for (const auto text : strings) out.raw(text);
  bytes(column, out.take());
}

std::string BatchOut::take() const {
  ByteOut out;
  out.raw(kMagic);
  out.byte(static_cast<std::uint8_t>(kind_));
  out.byte(static_cast<std::uint8_t>(columns_.size()));
  out.fixed16(0);
  out.fixed32(static_cast<std::uint32_t>(rows_));
  for (const auto& column : columns_) {
    if (column.bytes.size() > 0xFFFF'FFFFU) throw Error(ErrorCode::limit, "the strings of a commit take more than 4 GiB");
    out.byte(column.id);
    out.fixed32(static_cast<std::uint32_t>(column.bytes.size()));
  }
  for (const auto& column : columns_) out.raw(column.bytes);
  return out.take();
}

BatchView::BatchView(BatchKind kind, std::string_view bytes) {
  ByteView view(bytes);
  if (view.raw(kMagic.size()) != kMagic) refuse_bytes("a batch does not begin with PGB1");
  if (view.byte() != static_cast<std::uint8_t>(kind)) refuse_bytes("a batch is of another kind than its row says");
  const std::size_t count = view.byte();
  if (view.fixed16() != 0) refuse_bytes("a batch has flags that this version does not know");
  rows_ = view.fixed32();
  if (rows_ > kMostRows) refuse_bytes("a batch has more than 16,384 rows");
  std::vector<std::pair<std::uint8_t, std::size_t>> directory;
  for (std::size_t i = 0; i < count; ++i) {
    const auto id = view.byte();
    directory.emplace_back(id, view.fixed32());
  }
  for (const auto& [id, size] : directory) {
    if (!columns_.emplace(id, view.raw(size)).second) refuse_bytes("a batch has a column twice");
  }
  view.end();
}

std::string_view BatchView::bytes(std::uint8_t column) const {
  const auto found = columns_.find(column);
  return found == columns_.end() ? std::string_view() : found->second;
}

std::vector<std::uint64_t> BatchView::numbers(std::uint8_t column, std::size_t most) const {
  const auto held = bytes(column);
  if (held.empty()) return {};
  ByteView view(held);
  auto numbers = unpack_numbers(view, most);
  view.end();
  return numbers;
}

std::vector<std::string_view> BatchView::strings(std::uint8_t column) const {
  const auto held = bytes(column);
  if (held.empty()) return {};
  ByteView view(held);
  const auto sizes = unpack_numbers(view, 8 * kMostRows);
  std::vector<std::string_view> strings;
  strings.reserve(sizes.size());
  for (const auto size : sizes) strings.push_back(view.raw(static_cast<std::size_t>(size)));
  view.end();
  return strings;
}

std::uint64_t Dictionary::number(std::string_view text) {
  const auto [place, is_new] = numbers_.try_emplace(text, strings_.size());
  if (is_new) strings_.push_back(text);
  return place->second;
}

}  // namespace policygraph::inline v0::detail::store
