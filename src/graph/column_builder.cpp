#include <algorithm>
#include <bit>
#include <deque>
#include <iterator>
#include <span>
#include <type_traits>
#include <utility>

#include "graph/column_data.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

using Entry = ColumnEntries::value_type;
using Block = Column::Data::Block;

ColumnKind kind_of(ValueKind kind) noexcept {
  switch (kind) {
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

ColumnKind kind_of(const Entry& entry) noexcept { return kind_of(entry.second->kind()); }
ColumnKind kind_of(const RowValue& value) noexcept {
  return kind_of(value.made == nullptr ? value.claim.value_kind() : value.made->kind());
}

template <class Entries>
ColumnKind common_kind(const Entries& entries) noexcept {
  const auto first = kind_of(entries.front());
  for (const auto& entry : entries) {
    if (kind_of(entry) != first) return ColumnKind::mixed;
  }
  return first;
}

// A value as a block of T keeps it. Requires: the value is of that kind.
template <class T>
T stored(const Value& value, StringTable& strings) {
  if constexpr (std::is_same_v<T, std::uint8_t>) {
    return static_cast<std::uint8_t>(value.as_bool());
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return value.as_integer();
  } else if constexpr (std::is_same_v<T, Decimal>) {
    return value.as_decimal();
  } else if constexpr (std::is_same_v<T, double>) {
    return value.as_double();
  } else if constexpr (std::is_same_v<T, std::uint32_t>) {
    return strings.number(value.as_string());
  } else if constexpr (std::is_same_v<T, PartialDate>) {
    return value.as_partial_date();
  } else {
    return value;
  }
}

template <class T>
T stored(const Entry& entry, StringTable& strings) {
  return stored<T>(*entry.second, strings);
}
template <class T>
T stored(const RowValue& value, StringTable& strings) {
  if (value.made != nullptr) return stored<T>(*value.made, strings);
  if constexpr (std::is_same_v<T, std::uint32_t>) return value.claim.value_number();
  else return stored<T>(value.claim.value(), strings);
}

template <class T>
void trim(std::vector<T>& values) {
  values.shrink_to_fit();
}
template <class T>
void trim(PackedValues<T>& values) {
  values.seal();
}

template <std::size_t kKind, class Entries>
void fill_as(Block& block, const Entries& entries, StringTable& strings) {
  using T = typename std::variant_alternative_t<kKind, decltype(block.values)>::value_type;
  auto& values = block.values.template emplace<kKind>();
  for (const auto& entry : entries) values.push_back(stored<T>(entry, strings));
  trim(values);
}

template <class Entries>
void fill(Block& block, const Entries& entries, StringTable& strings) {
  switch (common_kind(entries)) {
    case ColumnKind::boolean:
      return fill_as<0>(block, entries, strings);
    case ColumnKind::integer:
      return fill_as<1>(block, entries, strings);
    case ColumnKind::decimal:
      return fill_as<2>(block, entries, strings);
    case ColumnKind::floating:
      return fill_as<3>(block, entries, strings);
    case ColumnKind::string:
      return fill_as<4>(block, entries, strings);
    case ColumnKind::partial_date:
      return fill_as<5>(block, entries, strings);
    case ColumnKind::mixed:
      return fill_as<6>(block, entries, strings);
  }
}

std::uint32_t slot_of(const Entry& entry) noexcept { return entry.first % Column::kBlockRows; }
std::uint32_t slot_of(const RowValue& value) noexcept { return value.row % Column::kBlockRows; }

void count_before(Block& block) {
  std::uint16_t before = 0;
  for (std::size_t word = 0; word < block.present.size(); ++word) {
    block.before[word] = before;
    before = static_cast<std::uint16_t>(before + std::popcount(block.present[word]));
  }
}

template <class Entries>
std::shared_ptr<const Block> make_block(const Entries& entries, StringTable& strings) {
  auto block = std::make_shared<Block>();
  for (const auto& entry : entries) {
    const auto slot = slot_of(entry);
    block->present[slot / 64] |= std::uint64_t{1} << (slot % 64);
  }
  count_before(*block);
  fill(*block, entries, strings);
  return block;
}

std::size_t size_of(const Block& block) noexcept {
  return std::visit([](const auto& values) { return values.size(); }, block.values);
}

// Whether a block that keeps values of that kind can take the new ones as they are.
bool fits(const Block& block, std::span<const Entry> changes) noexcept {
  const auto kind = static_cast<ColumnKind>(block.values.index());
  return kind == ColumnKind::mixed || std::ranges::all_of(changes, [&](const Entry& change) {
           return change.second == nullptr || kind_of(change) == kind;
         });
}

// The values between the changes are copied as they stand.
template <class List>
List spliced(const Block& block, const List& values, std::span<const Entry> changes, StringTable& strings) {
  using T = typename List::value_type;
  List result;
  std::size_t at = 0;
  for (const auto& change : changes) {
    const auto place = block.place(slot_of(change));
    while (at < place) result.push_back(values[at++]);
    if (block.has(slot_of(change))) ++at;
    if (change.second != nullptr) result.push_back(stored<T>(*change.second, strings));
  }
  while (at < values.size()) result.push_back(values[at++]);
  trim(result);
  return result;
}

std::shared_ptr<const Block> spliced_block(const Block& block, std::span<const Entry> changes, StringTable& strings) {
  auto result = std::make_shared<Block>();
  result->present = block.present;
  for (const auto& change : changes) {
    const auto bit = std::uint64_t{1} << (slot_of(change) % 64);
    auto& word = result->present[slot_of(change) / 64];
    word = change.second == nullptr ? word & ~bit : word | bit;
  }
  count_before(*result);
  std::visit([&](const auto& values) { result->values = spliced(block, values, changes, strings); }, block.values);
  return size_of(*result) == 0 ? nullptr : result;
}

// A kind that the block did not have: its values are read and kept anew.
std::shared_ptr<const Block> widened_block(const Column& column, std::uint32_t first, std::span<const Entry> changes,
                                           StringTable& strings) {
  std::deque<Value> kept;
  std::vector<Entry> entries;
  auto change = changes.begin();
  for (auto row = first; row < first + Column::kBlockRows; ++row) {
    if (change != changes.end() && change->first == row) {
      if (change->second != nullptr) entries.push_back(*change);
      ++change;
    } else if (column.has(row)) {
      entries.emplace_back(row, &kept.emplace_back(column.value(row)));
    }
  }
  return entries.empty() ? nullptr : make_block(entries, strings);
}

std::shared_ptr<const Block> changed_block(const Column* column, std::span<const Entry> changes, StringTable& strings) {
  const auto* block = column == nullptr ? nullptr : column->data().block(changes.front().first);
  if (block != nullptr && fits(*block, changes)) return spliced_block(*block, changes, strings);
  const auto first = changes.front().first - slot_of(changes.front());
  if (block != nullptr) return widened_block(*column, first, changes, strings);
  std::vector<Entry> entries;
  std::ranges::copy_if(changes, std::back_inserter(entries), [](const Entry& entry) { return entry.second != nullptr; });
  return entries.empty() ? nullptr : make_block(entries, strings);
}

// `visit(number, entries)` for the entries of each block.
template <class Visit>
void by_block(std::span<const Entry> all, Visit visit) {
  for (std::size_t first = 0; first < all.size();) {
    const auto number = all[first].first / Column::kBlockRows;
    auto end = first;
    while (end < all.size() && all[end].first / Column::kBlockRows == number) ++end;
    visit(number, all.subspan(first, end - first));
    first = end;
  }
}

// How many different ones: by a bit each where they lie close together, as those of a whole column mostly do.
std::size_t count_different(std::vector<std::uint32_t>& numbers) {
  if (numbers.empty()) return 0;
  const auto [least, most] = std::ranges::minmax(numbers);
  if (most - least > 64 * numbers.size()) {
    std::ranges::sort(numbers);
    return static_cast<std::size_t>(std::unique(numbers.begin(), numbers.end()) - numbers.begin());
  }
  std::vector<std::uint64_t> bits(std::size_t{most - least} / 64 + 1);
  for (const auto number : numbers) bits[(number - least) / 64] |= std::uint64_t{1} << ((number - least) % 64);
  std::size_t count = 0;
  for (const auto word : bits) count += static_cast<std::size_t>(std::popcount(word));
  return count;
}

// Different strings in the rows of the changes.
std::size_t count_strings(const Column::Data& data, std::span<const Entry> changes) {
  std::vector<std::uint32_t> numbers;
  for (const auto& [row, value] : changes) {
    const auto* block = value == nullptr ? nullptr : data.block(row);
    const auto* strings = block == nullptr ? nullptr : std::get_if<PackedValues<std::uint32_t>>(&block->values);
    if (strings != nullptr) numbers.push_back((*strings)[block->place(row % Column::kBlockRows)]);
  }
  return count_different(numbers);
}

}  // namespace

ColumnMaker::ColumnMaker(const Strings& strings) : data_(std::make_unique<Column::Data>()) { data_->strings = strings; }

void ColumnMaker::add(std::span<const RowValue> values) {
  data_->blocks.resize(values.front().row / Column::kBlockRows + 1);
  auto& block = data_->blocks.back();
  block = make_block(values, *data_->strings);
  data_->value_count += size_of(*block);
  const auto* strings = std::get_if<PackedValues<std::uint32_t>>(&block->values);
  for (std::size_t i = 0; strings != nullptr && i < strings->size(); ++i) texts_.push_back((*strings)[i]);
}

std::shared_ptr<const Column> ColumnMaker::finish() {
  data_->string_count = count_different(texts_);
  return data_->value_count == 0 ? nullptr : std::make_shared<const Column>(std::move(data_));
}

std::shared_ptr<const Column> make_column(const ColumnEntries& values, const Strings& strings) {
  return changed_column(nullptr, values, strings);
}

std::shared_ptr<const Column> changed_column(const Column* column, const ColumnEntries& changes,
                                             const Strings& strings) {
  auto data = column == nullptr ? std::make_unique<Column::Data>() : std::make_unique<Column::Data>(column->data());
  data->strings = strings;
  if (data->kept != nullptr) data->blocks = std::exchange(data->kept, nullptr)->blocks();
  if (!changes.empty())
    data->blocks.resize(std::max<std::size_t>(data->blocks.size(), changes.back().first / Column::kBlockRows + 1));
  by_block(changes, [&](std::uint32_t number, std::span<const Entry> entries) {
    auto& block = data->blocks[number];
    if (block != nullptr) data->value_count -= size_of(*block);
    block = changed_block(column, entries, *strings);
    if (block != nullptr) data->value_count += size_of(*block);
  });
  data->string_count += count_strings(*data, changes);
  return data->value_count == 0 ? nullptr : std::make_shared<const Column>(std::move(data));
}

}  // namespace policygraph::inline v0::detail::graph
