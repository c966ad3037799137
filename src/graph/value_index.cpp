#include "graph/value_index.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

bool is_number(ValueKind kind) noexcept {
  return kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal;
}

// The integer that a number is; empty: none, or past 64 bits.
std::optional<std::int64_t> integer_of(const Value& value) noexcept {
  if (value.kind() == ValueKind::integer) return value.as_integer();
  if (value.kind() == ValueKind::decimal) return value.as_decimal().to_int64();
  const auto number = value.as_double();
  if (!(number >= -kTwoTo63 && number < kTwoTo63) || number != std::floor(number)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::uint32_t mixed(std::uint64_t hash) noexcept {
  hash *= 0x9E3779B97F4A7C15U;
  return static_cast<std::uint32_t>(hash >> 32);
}

std::uint32_t bucket_of_text(std::string_view text) noexcept { return mixed(std::hash<std::string_view>{}(text)); }

// Equal values share a bucket. Numbers: the integer they are; those that are none by their own hash.
std::uint32_t bucket_of(const Value& value) noexcept {
  if (value.kind() == ValueKind::string) return bucket_of_text(value.as_string());
  if (!is_number(value.kind())) return mixed(value.hash());
  if (const auto integer = integer_of(value)) return mixed(static_cast<std::uint64_t>(*integer));
  return mixed(value.hash());
}

std::uint32_t bucket_at(const Column& column, std::uint32_t row) {
  switch (column.kind(row)) {
    case ColumnKind::string: return bucket_of_text(column.string(row));
    case ColumnKind::integer: return mixed(static_cast<std::uint64_t>(column.integer(row)));
    default: return bucket_of(column.value(row));
  }
}

// What is looked for, and the number of its text: strings are compared by that.
struct Wanted {
  Wanted(const Column& column, const Value& of) : value(of) {
    if (of.kind() == ValueKind::string) text = column.find_string(of.as_string());
  }
  const Value& value;
  std::optional<std::uint32_t> text;
};

bool is_at(const Column& column, std::uint32_t row, const Wanted& wanted) {
  if (!column.has(row)) return false;
  if (column.kind(row) != ColumnKind::string) return is_same_value(column.value(row), wanted.value);
  return wanted.text && column.string_number(row) == *wanted.text;
}

std::vector<NodeRow> read_through(const Snapshot& snapshot, const Column& column, const Value& value) {
  std::vector<NodeRow> rows;
  const Wanted wanted(column, value);
  for (const auto row : snapshot.nodes())
    if (is_at(column, row.value, wanted)) rows.push_back(row);
  return rows;
}

// The base's answer, but for the nodes that changed since.
std::vector<NodeRow> read_changed(const Snapshot& snapshot, const Column& column, Property property, const Value& value) {
  const auto& data = snapshot.data();
  std::vector<NodeRow> rows;
  const Snapshot base(data.base);
  if (const auto same = base.property(snapshot.name(property))) {
    rows = data.base->values.find(base, *same, value);
    std::erase_if(rows, [&](NodeRow row) { return data.changed_nodes.has(row.value); });
  }
  const Wanted wanted(column, value);
  data.changed_nodes.visit([&](std::uint32_t row) {
    if (data.is_alive_node(row) && is_at(column, row, wanted)) rows.push_back(NodeRow{row});
  });
  std::ranges::sort(rows);
  return rows;
}

}  // namespace

bool is_same_value(const Value& a, const Value& b) noexcept {
  if (a.kind() == b.kind() || !is_number(a.kind()) || !is_number(b.kind())) return a == b;
  const auto x = integer_of(a);
  return x && x == integer_of(b);
}

std::shared_ptr<const std::vector<std::uint64_t>> ValueIndex::places_of(const Snapshot& snapshot,
                                                                        Property property) const {
  const std::lock_guard lock(mutex_);
  auto& entry = entries_[property];
  if (entry.places || entry.asked++ == 0) return entry.places;
  const auto& column = *snapshot.node_column(property);
  auto places = std::make_shared<std::vector<std::uint64_t>>();
  places->reserve(column.value_count());
  for (const auto row : snapshot.nodes()) {
    if (column.has(row.value)) places->push_back((std::uint64_t{bucket_at(column, row.value)} << 32) | row.value);
  }
  std::ranges::sort(*places);
  return entry.places = std::move(places);
}

std::vector<NodeRow> ValueIndex::find(const Snapshot& snapshot, Property property, const Value& value) const {
  const auto* column = snapshot.node_column(property);
  if (column == nullptr || value.is_null()) return {};
  if (snapshot.data().base != nullptr) return read_changed(snapshot, *column, property, value);
  const auto places = places_of(snapshot, property);
  if (!places) return read_through(snapshot, *column, value);
  const auto bucket = bucket_of(value);
  const Wanted wanted(*column, value);
  std::vector<NodeRow> rows;
  for (auto at = std::ranges::lower_bound(*places, std::uint64_t{bucket} << 32);
       at != places->end() && *at >> 32 == bucket; ++at) {
    const auto row = static_cast<std::uint32_t>(*at);
    if (is_at(*column, row, wanted)) rows.push_back(NodeRow{row});
  }
  return rows;
}

std::size_t ValueIndex::memory_bytes() const {
  const std::lock_guard lock(mutex_);
  std::size_t bytes = 0;
  for (const auto& [property, entry] : entries_)
    if (entry.places) bytes += entry.places->capacity() * sizeof(std::uint64_t);
  return bytes;
}

}  // namespace policygraph::inline v0::detail::graph
