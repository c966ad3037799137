// Columns in an image: of each block its bits, its kind and its values.
#include <utility>

#include "graph/column_data.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::ImageIn;
using detail::graph::ImageOut;
using detail::graph::PackedValues;
using Block = Column::Data::Block;

template <class T>
void write_values(ImageOut& out, const PackedValues<T>& values) {
  values.write(out);
}
template <class T>
  requires std::is_arithmetic_v<T>
void write_values(ImageOut& out, const std::vector<T>& values) {
  out.number(std::uint64_t{values.size()});
  for (const auto value : values) out.number(value);
}
void write_values(ImageOut& out, const std::vector<Value>& values) {
  out.number(std::uint64_t{values.size()});
  for (const auto& value : values) out.value(value);
}

template <class T>
void read_values(ImageIn& in, PackedValues<T>& values) {
  values.read(in);
}
template <class T>
  requires std::is_arithmetic_v<T>
void read_values(ImageIn& in, std::vector<T>& values) {
  values.resize(in.count());
  for (auto& value : values) value = in.number<T>();
}
void read_values(ImageIn& in, std::vector<Value>& values) {
  values.resize(in.count());
  for (auto& value : values) value = in.value();
}

void write_block(ImageOut& out, const Block& block) {
  for (const auto word : block.present) out.number(word);
  for (const auto count : block.before) out.number(count);
  out.number(static_cast<std::uint8_t>(block.values.index()));
  std::visit([&](const auto& values) { write_values(out, values); }, block.values);
}

template <std::size_t kKind = 0>
void read_kind(ImageIn& in, std::size_t kind, Block& block) {
  if constexpr (kKind < std::variant_size_v<decltype(block.values)>) {
    if (kind == kKind) return read_values(in, block.values.template emplace<kKind>());
    read_kind<kKind + 1>(in, kind, block);
  }
}

std::shared_ptr<const Block> read_block(ImageIn& in) {
  auto block = std::make_shared<Block>();
  for (auto& word : block->present) word = in.number<std::uint64_t>();
  for (auto& count : block->before) count = in.number<std::uint16_t>();
  read_kind(in, in.number<std::uint8_t>(), *block);
  return block;
}

}  // namespace

void Column::Data::Kept::read(ImageIn& in) const {
  blocks_.resize(in.count());
  for (auto& block : blocks_) {
    if (in.flag()) block = read_block(in);
  }
}

namespace detail::graph {

void write_column(ImageOut& out, const Column* column) {
  out.number(static_cast<std::uint8_t>(column != nullptr));
  if (column == nullptr) return;
  const auto& data = column->data();
  out.later([&] {
    out.number(std::uint64_t{data.blocks.size()});
    for (const auto& block : data.blocks) {
      out.number(static_cast<std::uint8_t>(block != nullptr));
      if (block != nullptr) write_block(out, *block);
    }
  });
  out.number(std::uint64_t{data.value_count});
  out.number(std::uint64_t{data.string_count});
}

std::shared_ptr<const Column> read_column(ImageIn& in, const Strings& strings) {
  if (!in.flag()) return nullptr;
  auto data = std::make_unique<Column::Data>();
  data->kept = std::make_shared<const Column::Data::Kept>(in.later());
  data->value_count = static_cast<std::size_t>(in.number<std::uint64_t>());
  data->string_count = static_cast<std::size_t>(in.number<std::uint64_t>());
  data->strings = strings;
  return std::make_shared<const Column>(std::move(data));
}

}  // namespace detail::graph

}  // namespace policygraph::inline v0
