#include "policygraph/graph/column.hpp"

#include <utility>

#include "graph/column_data.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::PackedValues;

std::uint32_t slot_of(std::uint32_t row) noexcept { return row % Column::kBlockRows; }

// Requires: the slot has a value, kept in such a list.
template <class List>
decltype(auto) stored(const Column::Data::Block& block, std::uint32_t slot) {
  const List& list = *std::get_if<List>(&block.values);
  return list[block.place(slot)];
}
template <class List>
decltype(auto) stored(const Column::Data& data, std::uint32_t row) {
  return stored<List>(*data.block(row), slot_of(row));
}

template <class T>
std::size_t bytes_of(const std::vector<T>& values) noexcept {
  return values.capacity() * sizeof(T);
}
template <class T>
std::size_t bytes_of(const PackedValues<T>& values) noexcept {
  return values.memory_bytes();
}

}  // namespace

Column::Column(std::unique_ptr<const Data> data) noexcept : data_(std::move(data)) {}
Column::~Column() = default;

bool Column::has(std::uint32_t row) const noexcept {
  const auto* block = data_->block(row);
  return block != nullptr && block->has(slot_of(row));
}

ColumnKind Column::kind(std::uint32_t row) const noexcept {
  const auto* block = data_->block(row);
  return block == nullptr ? ColumnKind::mixed : static_cast<ColumnKind>(block->values.index());
}

Value Column::value(std::uint32_t row) const {
  const auto* block = data_->block(row);
  const auto slot = slot_of(row);
  if (block == nullptr || !block->has(slot)) return {};
  switch (static_cast<ColumnKind>(block->values.index())) {
    case ColumnKind::boolean:
      return stored<std::vector<std::uint8_t>>(*block, slot) != 0;
    case ColumnKind::integer:
      return stored<PackedValues<std::int64_t>>(*block, slot);
    case ColumnKind::decimal:
      return stored<PackedValues<Decimal>>(*block, slot);
    case ColumnKind::floating:
      return stored<std::vector<double>>(*block, slot);
    case ColumnKind::string:
      return (*data_->strings)[stored<PackedValues<std::uint32_t>>(*block, slot)];
    case ColumnKind::partial_date:
      return stored<PackedValues<PartialDate>>(*block, slot);
    case ColumnKind::mixed:
      break;
  }
  return stored<std::vector<Value>>(*block, slot);
}

std::int64_t Column::integer(std::uint32_t row) const noexcept { return stored<PackedValues<std::int64_t>>(*data_, row); }
double Column::floating(std::uint32_t row) const noexcept { return stored<std::vector<double>>(*data_, row); }
Decimal Column::decimal(std::uint32_t row) const noexcept { return stored<PackedValues<Decimal>>(*data_, row); }
PartialDate Column::partial_date(std::uint32_t row) const noexcept { return stored<PackedValues<PartialDate>>(*data_, row); }
std::uint32_t Column::string_number(std::uint32_t row) const noexcept { return stored<PackedValues<std::uint32_t>>(*data_, row); }
std::string_view Column::string(std::uint32_t row) const noexcept { return (*data_->strings)[string_number(row)]; }

std::string_view Column::text(std::uint32_t row) const {
  if (kind(row) == ColumnKind::string) return string(row);
  if (kind(row) == ColumnKind::mixed) return stored<std::vector<Value>>(*data_, row).as_string();
  value(row).as_string();  // throws
  return {};
}

std::optional<std::uint32_t> Column::find_string(std::string_view text) const noexcept {
  return data_->strings->find(text);
}
std::size_t Column::value_count() const noexcept { return data_->value_count; }
std::size_t Column::string_count() const noexcept { return data_->string_count; }

std::size_t Column::memory_bytes() const noexcept {
  std::size_t bytes = sizeof(Data) + data_->blocks.capacity() * sizeof(void*);
  for (const auto& block : data_->blocks) {
    if (block) bytes += sizeof(Data::Block) + std::visit([](const auto& values) { return bytes_of(values); }, block->values);
  }
  return bytes;
}

}  // namespace policygraph::inline v0
