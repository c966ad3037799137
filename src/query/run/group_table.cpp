#include "query/run/group_table.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "query/run/block_numbers.hpp"
#include "query/run/compare.hpp"
#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The kind of thing in the four high bits.
enum class Tag : std::uint64_t { null, node, edge, text, whole, day, truth, decimal, odd };
constexpr unsigned kBits = 60;
constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;

constexpr std::uint64_t code(Tag tag, std::uint64_t number) { return (static_cast<std::uint64_t>(tag) << kBits) | number; }

bool fits(std::int64_t number, unsigned bits) {
  const auto bound = std::int64_t{1} << (bits - 1);
  return number >= -bound && number < bound;
}
std::uint64_t code_of(std::int64_t number) { return code(Tag::whole, static_cast<std::uint64_t>(number) & kMask); }

// Without trailing zeros a decimal that is not whole has one coefficient and one scale.
std::optional<std::uint64_t> code_of(const Decimal& value) {
  if (const auto number = value.to_int64()) return fits(*number, kBits) ? std::optional(code_of(*number)) : std::nullopt;
  const auto plain = value.normalised();
  const auto low = static_cast<std::int64_t>(plain.low());
  constexpr unsigned kScaleBits = 6;
  if (plain.high() != (low < 0 ? -1 : 0) || !fits(low, kBits - kScaleBits)) return std::nullopt;
  return code(Tag::decimal, ((static_cast<std::uint64_t>(low) << kScaleBits) & kMask) | plain.scale());
}

std::uint64_t mixed(std::uint64_t number) {
  number = (number ^ (number >> 32U)) * 0x9E3779B97F4A7C15U;
  return number ^ (number >> 29U);
}

// Of few parts, which a call of memcmp would not pay for.
bool is_same(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace

void GroupCodes::clear() {
  odd_.clear();
  odd_values_.clear();
}

void GroupCodes::read(const Vector& column, std::uint32_t size, std::vector<std::uint64_t>& out) {
  switch (column.kind) {
    case VectorKind::node:
    case VectorKind::edge: return read_rows(column, out);
    case VectorKind::node_id:
    case VectorKind::edge_id: return read_ids(column, out);
    case VectorKind::property: return read_property(column, out);
    case VectorKind::whole:
      for (const auto number : column.wholes) out.push_back(fits(number, kBits) ? code_of(number) : of(Value(number)));
      return execution_.limits.step(size);
    default: break;
  }
  for (std::uint32_t row = 0; row < size; ++row) {
    execution_.limits.step();
    out.push_back(column.kind == VectorKind::value ? of(column.values[row]) : of(column.at(row, execution_.snapshot)));
  }
}

// A write may move the snapshot on below: keys stay, rows do not.
void GroupCodes::read_rows(const Vector& column, std::vector<std::uint64_t>& out) const {
  const auto tag = column.kind == VectorKind::node ? Tag::node : Tag::edge;
  const auto& snapshot = execution_.snapshot;
  const bool is_write = execution_.plan.query.is_write;
  for (const auto row : column.rows) {
    if (row == kNoRow) {
      out.push_back(code(Tag::null, 0));
    } else if (!is_write) {
      out.push_back(code(tag, row));
    } else {
      out.push_back(code(tag, tag == Tag::node ? snapshot.key(NodeRow{row}).value : snapshot.key(EdgeRow{row}).value));
    }
  }
}

void GroupCodes::read_ids(const Vector& column, std::vector<std::uint64_t>& out) const {
  const auto& snapshot = execution_.snapshot;
  const bool is_node = column.kind == VectorKind::node_id;
  for (const auto row : column.rows) {
    if (row == kNoRow) {
      out.push_back(code(Tag::null, 0));
    } else {
      out.push_back(code(Tag::whole, is_node ? snapshot.key(NodeRow{row}).value : snapshot.key(EdgeRow{row}).value));
    }
  }
}

void GroupCodes::read_property(const Vector& column, std::vector<std::uint64_t>& out) {
  ColumnCursor cursor(*column.source, execution_.views_of(*column.source, column.rows.size()));
  texts_ = column.source;
  const auto row_at = [&](std::size_t i) { return column.rows[i]; };
  if (!lie_in_blocks(column.rows.size(), row_at)) {
    for (const auto row : column.rows) out.push_back(read_cell(cursor, row));
    return;
  }
  visit_blocks(cursor, column.rows.size(), row_at, [&](std::size_t first, std::size_t end, const BlockView& view) {
    const auto rows = std::span(column.rows).subspan(first, end - first);
    if (read_block(view, rows, out)) return;
    for (const auto row : rows) out.push_back(read_cell(cursor, row));
  });
}

// Many rows of a block of one kind, whose numbers are all there is to it.
bool GroupCodes::read_block(const BlockView& view, std::span<const std::uint32_t> rows, std::vector<std::uint64_t>& out) const {
  if (rows.size() < BlockNumbers::kManyRows || view.numbers == nullptr || view.kind == ColumnKind::decimal) return false;
  const BlockNumbers numbers(view);
  const auto tag = view.kind == ColumnKind::string ? Tag::text : Tag::day;
  execution_.limits.step(rows.size());
  const auto before = out.size();
  out.resize(before + rows.size());
  auto put = [&, to = out.data() + before](auto code_at) mutable {
    for (const auto row : rows) *to++ = code_at(row % policygraph::Column::kBlockRows);
  };
  const auto null = code(Tag::null, 0);
  if (view.kind == ColumnKind::integer) {
    put([&](std::uint32_t slot) { return numbers.has(slot) ? code_of(graph::unzigzag(numbers[slot])) : null; });
  } else if (numbers.is_full()) {
    put([&](std::uint32_t slot) { return code(tag, numbers[slot]); });
  } else {
    put([&](std::uint32_t slot) { return numbers.has(slot) ? code(tag, numbers[slot]) : null; });
  }
  return true;
}

std::uint64_t GroupCodes::read_cell(ColumnCursor& cursor, std::uint32_t row) {
  if (row == kNoRow || !cursor.find(row)) return code(Tag::null, 0);
  switch (cursor.kind()) {
    case ColumnKind::string: return code(Tag::text, cursor.packed());
    case ColumnKind::boolean: return code(Tag::truth, cursor.boolean() ? 1 : 0);
    case ColumnKind::integer:
      if (cursor.is_packed()) return code_of(cursor.small());
      break;
    case ColumnKind::partial_date:
      if (cursor.is_packed()) return code(Tag::day, cursor.packed());
      break;
    default: break;
  }
  return of(cursor.value());
}

// None where a query writes, which moves from snapshot to snapshot: no column refers to one there.
const policygraph::Column* GroupCodes::texts() {
  if (execution_.plan.query.is_write) return nullptr;
  if (texts_ != nullptr) return texts_;
  for (const auto* columns : {&execution_.names->node_columns, &execution_.names->edge_columns}) {
    for (const auto* column : *columns) {
      if (column != nullptr) return texts_ = column;
    }
  }
  return nullptr;
}

std::uint64_t GroupCodes::of(const Value& value) {
  const auto& snapshot = execution_.snapshot;
  switch (value.kind()) {
    case ValueKind::null: return code(Tag::null, 0);
    case ValueKind::boolean: return code(Tag::truth, value.as_bool() ? 1 : 0);
    case ValueKind::integer: return fits(value.as_integer(), kBits) ? code_of(value.as_integer()) : of_odd(value);
    case ValueKind::decimal:
      if (const auto known = code_of(value.as_decimal())) return *known;
      break;
    case ValueKind::floating: {
      const auto real = value.as_double();
      constexpr auto kBound = static_cast<double>(std::int64_t{1} << (kBits - 1));
      if (real >= -kBound && real < kBound && real == static_cast<double>(static_cast<std::int64_t>(real))) return code_of(static_cast<std::int64_t>(real));
      break;
    }
    case ValueKind::node:
      if (execution_.plan.query.is_write) return code(Tag::node, value.as_node().value);
      if (const auto row = snapshot.find(value.as_node())) return code(Tag::node, row->value);
      break;
    case ValueKind::edge:
      if (execution_.plan.query.is_write) return code(Tag::edge, value.as_edge().value);
      if (const auto row = snapshot.find(value.as_edge())) return code(Tag::edge, row->value);
      break;
    case ValueKind::partial_date:
      if (graph::is_plain(value.as_partial_date())) return code(Tag::day, graph::number_of_plain(value.as_partial_date()));
      break;
    case ValueKind::date:
      if (value.as_date() >= kFirstDay && value.as_date() <= kLastDay) {
        const auto d = year_month_day(value.as_date());
        return code(Tag::day, graph::number_of_plain(PartialDate::day(d.year, d.month, d.day)));
      }
      break;
    default: break;
  }
  return of_odd(value);
}

// A text that was met before the graph's table had it keeps its number: no column of this snapshot has it then.
std::uint64_t GroupCodes::of_odd(const Value& value) {
  const auto hash = group_hash(value, &execution_.limits);
  const auto [first, last] = odd_.equal_range(hash);
  for (auto at = first; at != last; ++at) {
    if (same_group(odd_values_[at->second], value, &execution_.limits)) return code(Tag::odd, at->second);
  }
  if (value.kind() == ValueKind::string && texts() != nullptr) {
    if (const auto number = texts()->find_string(value.as_string())) return code(Tag::text, *number);
  }
  execution_.limits.charge(value_bytes(value, ~std::size_t{0}, &execution_.limits) + 48);
  odd_.emplace(hash, static_cast<std::uint32_t>(odd_values_.size()));
  odd_values_.push_back(value);
  return code(Tag::odd, odd_values_.size() - 1);
}

void GroupTable::clear() {
  codes_.clear();
  group_codes_.clear();
  places_.clear();
  known_.clear();
  ones_.clear();
  one_keys_.clear();
  has_wide_pairs_ = false;
  size_ = 0;
}

std::uint64_t GroupTable::hash(std::span<const std::uint64_t> key) const {
  std::uint64_t out = 0;
  for (const auto part : key) out = mixed(out + part);
  return out;
}

void GroupTable::find(const Batch& rows, std::vector<std::uint32_t>& group_of, std::vector<std::uint32_t>& firsts) {
  firsts.clear();
  const auto width = keys_.size();
  if (width == 0) {
    group_of.assign(rows.size, 0);
    if (std::exchange(size_, 1U) == 0) firsts.assign(1, 0);
    return;
  }
  group_of.resize(rows.size);
  if (width == 1) {
    row_codes_.clear();
    codes_.read(rows.columns[keys_[0]], rows.size, row_codes_);
    return find_single(rows.size, group_of, firsts);
  }
  if (width == 2 && !has_wide_pairs_ && find_pairs(rows, group_of, firsts)) return;
  row_codes_.resize(width * rows.size);
  for (std::size_t i = 0; i < width; ++i) {
    column_.clear();
    codes_.read(rows.columns[keys_[i]], rows.size, column_);
    for (std::uint32_t row = 0; row < rows.size; ++row) row_codes_[row * width + i] = column_[row];
  }
  const auto key_of = [&](std::uint32_t row) { return std::span(row_codes_).subspan(row * width, width); };
  for (std::uint32_t row = 0; row < rows.size; ++row) {
    const auto key = key_of(row);
    if (row > 0 && is_same(key, key_of(row - 1))) {
      group_of[row] = group_of[row - 1];
      continue;
    }
    const auto before = size_;
    group_of[row] = find(hash(key), key);
    if (size_ != before) firsts.push_back(row);
  }
}

void GroupTable::find_single(std::uint32_t rows, std::vector<std::uint32_t>& group_of, std::vector<std::uint32_t>& firsts) {
  constexpr std::size_t kKnown = 256;
  known_.resize(kKnown);
  for (std::uint32_t row = 0; row < rows; ++row) {
    const auto code = row_codes_[row];
    auto& known = known_[(code ^ (code >> 8U) ^ (code >> 16U)) % kKnown];  // numbers one after another, as most are, do not meet
    if (known.code != code) {
      const auto before = size_;
      known = {code, find_one(code)};
      if (size_ != before) firsts.push_back(row);
    }
    group_of[row] = known.group;
  }
}

namespace {

// Two codes of small numbers as one; their kinds take four bits each.
constexpr unsigned kHalfBits = 28;

bool is_small(std::uint64_t code) { return (code & kMask) >> kHalfBits == 0; }
std::uint64_t half(std::uint64_t code) { return code >> kBits << kHalfBits | (code & kMask); }
std::uint64_t whole(std::uint64_t half) { return half >> kHalfBits << kBits | (half & ((std::uint64_t{1} << kHalfBits) - 1)); }

}  // namespace

// False where one of the rows has a large one, and none was looked for.
bool GroupTable::find_pairs(const Batch& rows, std::vector<std::uint32_t>& group_of, std::vector<std::uint32_t>& firsts) {
  column_.clear();
  other_column_.clear();
  codes_.read(rows.columns[keys_[0]], rows.size, column_);
  codes_.read(rows.columns[keys_[1]], rows.size, other_column_);
  bool are_small = true;
  for (std::uint32_t row = 0; row < rows.size; ++row) {
    are_small = are_small && is_small(column_[row]) && is_small(other_column_[row]);
    column_[row] = half(column_[row]) << 32U | half(other_column_[row]);
  }
  if (!are_small) return spread_pairs(), false;
  for (std::uint32_t row = 0; row < rows.size; ++row) {
    if (row > 0 && column_[row] == column_[row - 1]) {
      group_of[row] = group_of[row - 1];
      continue;
    }
    const auto before = size_;
    group_of[row] = find_one(column_[row]);
    if (size_ != before) firsts.push_back(row);
  }
  return true;
}

// The keys so far as those of longer ones.
void GroupTable::spread_pairs() {
  has_wide_pairs_ = true;
  group_codes_.clear();
  for (const auto key : one_keys_) {
    group_codes_.push_back(whole(key >> 32U));
    group_codes_.push_back(whole(key & 0xFFFFFFFFU));
  }
  one_keys_ = {};
  ones_ = {};
  places_.clear();
  while (std::size_t{size_} * 2 >= places_.size()) grow();
}

std::uint32_t GroupTable::find_one(std::uint64_t key) {
  if (std::size_t{size_} * 2 >= ones_.size()) grow_ones();
  const auto mask = ones_.size() - 1;
  auto at = mixed(key) & mask;
  for (; ones_[at] != 0; at = (at + 1) & mask) {
    if (one_keys_[ones_[at] - 1] == key) return ones_[at] - 1;
  }
  one_keys_.push_back(key);
  ones_[at] = ++size_;
  return size_ - 1;
}

void GroupTable::grow_ones() {
  constexpr std::size_t kFew = 65'536;
  const auto before = ones_.size(), wider = std::max<std::size_t>(before * (before < kFew ? 4 : 2), 64);
  execution_.limits.charge((wider - before) * (sizeof(std::uint32_t) + sizeof(std::uint64_t) / 2));
  ones_.assign(wider, 0);
  for (std::uint32_t group = 0; group < size_; ++group) {
    auto at = mixed(one_keys_[group]) & (wider - 1);
    while (ones_[at] != 0) at = (at + 1) & (wider - 1);
    ones_[at] = group + 1;
  }
}

std::uint32_t GroupTable::find(std::uint64_t hash, std::span<const std::uint64_t> key) {
  if (std::size_t{size_} * 2 >= places_.size()) grow();
  const auto mask = places_.size() - 1;
  auto at = hash & mask;
  for (; places_[at] != 0; at = (at + 1) & mask) {
    const auto group = places_[at] - 1;
    if (is_same(key, std::span(group_codes_).subspan(group * key.size(), key.size()))) return group;
  }
  group_codes_.insert(group_codes_.end(), key.begin(), key.end());
  places_[at] = ++size_;
  return size_ - 1;
}

void GroupTable::grow() {
  const auto wider = std::max<std::size_t>(places_.size() * 2, 16);
  const auto width = keys_.size();
  execution_.limits.charge((wider - places_.size()) * (sizeof(std::uint32_t) + width * sizeof(std::uint64_t) / 2));
  places_.assign(wider, 0);
  for (std::uint32_t group = 0; group < size_; ++group) {
    auto at = hash(std::span(group_codes_).subspan(group * width, width)) & (wider - 1);
    while (places_[at] != 0) at = (at + 1) & (wider - 1);
    places_[at] = group + 1;
  }
}

}  // namespace policygraph::inline v0::detail::query
