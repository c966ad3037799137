#include <span>
#include <type_traits>

#include "graph/column_data.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

using Entry = std::pair<std::uint32_t, const Value*>;
using Block = Column::Data::Block;

ColumnKind kind_of(const Value& value) noexcept {
  switch (value.kind()) {
    case ValueKind::boolean:
      return ColumnKind::boolean;
    case ValueKind::integer:
      return ColumnKind::integer;
    case ValueKind::decimal:
      return ColumnKind::decimal;
    case ValueKind::floating:
      return ColumnKind::floating;
    case ValueKind::string:
      return ColumnKind::string;
    case ValueKind::partial_date:
      return ColumnKind::partial_date;
    default:
      return ColumnKind::mixed;
  }
}

ColumnKind common_kind(std::span<const Entry> entries) noexcept {
  const auto first = kind_of(*entries.front().second);
  for (const auto& entry : entries) {
    if (kind_of(*entry.second) != first) return ColumnKind::mixed;
  }
  return first;
}

template <class T, class Convert>
std::vector<T> converted(std::span<const Entry> entries, Convert convert) {
  std::vector<T> values;
  values.reserve(entries.size());
  for (const auto& entry : entries) values.push_back(convert(*entry.second));
  return values;
}

void fill(Block& block, std::span<const Entry> entries, Interner& strings) {
  switch (common_kind(entries)) {
    case ColumnKind::boolean:
      block.values =
          converted<std::uint8_t>(entries, [](const Value& v) { return static_cast<std::uint8_t>(v.as_bool()); });
      break;
    case ColumnKind::integer:
      block.values = converted<std::int64_t>(entries, [](const Value& v) { return v.as_integer(); });
      break;
    case ColumnKind::decimal:
      block.values = converted<Decimal>(entries, [](const Value& v) { return v.as_decimal(); });
      break;
    case ColumnKind::floating:
      block.values = converted<double>(entries, [](const Value& v) { return v.as_double(); });
      break;
    case ColumnKind::string:
      block.values = converted<std::uint32_t>(entries, [&](const Value& v) { return strings.intern(v.as_string()); });
      break;
    case ColumnKind::partial_date:
      block.values = converted<PartialDate>(entries, [](const Value& v) { return v.as_partial_date(); });
      break;
    case ColumnKind::mixed:
      block.values = converted<Value>(entries, [](const Value& v) { return v; });
      break;
  }
}

std::unique_ptr<const Block> make_block(std::span<const Entry> entries, Interner& strings) {
  auto block = std::make_unique<Block>();
  for (const auto& entry : entries) {
    const auto slot = entry.first % Column::kBlockRows;
    block->present[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
  std::uint16_t before = 0;
  for (std::size_t word = 0; word < block->present.size(); ++word) {
    block->before[word] = before;
    before = static_cast<std::uint16_t>(before + std::popcount(block->present[word]));
  }
  fill(*block, entries, strings);
  return block;
}

}  // namespace

std::unique_ptr<const Column> make_column(const std::vector<Entry>& values) {
  auto data = std::make_unique<Column::Data>();
  data->value_count = values.size();
  if (!values.empty()) data->blocks.resize(values.back().first / Column::kBlockRows + 1);
  const std::span<const Entry> all(values);
  for (std::size_t first = 0; first < all.size();) {
    const auto number = all[first].first / Column::kBlockRows;
    auto end = first;
    while (end < all.size() && all[end].first / Column::kBlockRows == number) ++end;
    data->blocks[number] = make_block(all.subspan(first, end - first), data->strings);
    first = end;
  }
  return std::make_unique<const Column>(std::move(data));
}

}  // namespace policygraph::inline v0::detail::graph
