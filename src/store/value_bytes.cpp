#include "store/value_bytes.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "policygraph/base/error.hpp"
#include "store/bytes.hpp"

namespace policygraph::inline v0::detail::store {
namespace {

constexpr std::size_t kMostDepth = 1000;

/// A byte before each value; never renumbered.
enum class Tag : std::uint8_t {
  null = 0,
  boolean_false = 1,
  boolean_true = 2,
  integer = 3,
  decimal = 4,
  floating = 5,
  string = 6,
  partial_date = 7,
  date = 8,
  local_time = 9,
  time = 10,
  local_date_time = 11,
  date_time = 12,
  duration = 13,
  list = 14,
  map = 15,
  node = 16,
  edge = 17,
  path = 18,
};
constexpr auto kLastTag = Tag::path;

void put(ByteOut& out, Tag tag) { out.byte(static_cast<std::uint8_t>(tag)); }

void put_decimal(ByteOut& out, const Decimal& decimal) {
  put(out, Tag::decimal);
  out.byte(decimal.scale());
  out.fixed64(static_cast<std::uint64_t>(decimal.high()));
  out.fixed64(decimal.low());
}

void put_time(ByteOut& out, const ZonedTime& time) {
  put(out, Tag::time);
  out.signed_varint(time.local.nanoseconds);
  out.signed_varint(time.offset_seconds);
}

void put_local(ByteOut& out, const LocalDateTime& value) {
  out.signed_varint(value.day.days);
  out.signed_varint(value.time.nanoseconds);
}

void put_date_time(ByteOut& out, const ZonedDateTime& value) {
  put(out, Tag::date_time);
  put_local(out, value.local);
  out.signed_varint(value.offset_seconds);
  out.text(value.zone);
}

void put_duration(ByteOut& out, const Duration& value) {
  put(out, Tag::duration);
  out.signed_varint(value.months);
  out.signed_varint(value.days);
  out.signed_varint(value.seconds);
  out.signed_varint(value.nanoseconds);
}

void put_path(ByteOut& out, const Path& path) {
  put(out, Tag::path);
  out.varint(path.nodes.size());
  for (const auto node : path.nodes) out.varint(node.value);
  for (const auto edge : path.edges) out.varint(edge.value);
}

/// All but lists and maps, whose head alone it writes.
void put_one(ByteOut& out, const Value& value) {
  switch (value.kind()) {
    case ValueKind::null: return put(out, Tag::null);
    case ValueKind::boolean: return put(out, value.as_bool() ? Tag::boolean_true : Tag::boolean_false);
    case ValueKind::integer: put(out, Tag::integer); return out.signed_varint(value.as_integer());
    case ValueKind::decimal: return put_decimal(out, value.as_decimal());
    case ValueKind::floating: put(out, Tag::floating); return out.real(value.as_double());
    case ValueKind::string: put(out, Tag::string); return out.text(value.as_string());
    case ValueKind::partial_date: put(out, Tag::partial_date); return out.text(value.as_partial_date().to_string());
    case ValueKind::date: put(out, Tag::date); return out.signed_varint(value.as_date().days);
    case ValueKind::local_time: put(out, Tag::local_time); return out.signed_varint(value.as_local_time().nanoseconds);
    case ValueKind::time: return put_time(out, value.as_time());
    case ValueKind::local_date_time: put(out, Tag::local_date_time); return put_local(out, value.as_local_date_time());
    case ValueKind::date_time: return put_date_time(out, value.as_date_time());
    case ValueKind::duration: return put_duration(out, value.as_duration());
    case ValueKind::list: put(out, Tag::list); return out.varint(value.as_list().size());
    case ValueKind::map: put(out, Tag::map); return out.varint(value.as_map().size());
    case ValueKind::node: put(out, Tag::node); return out.varint(value.as_node().value);
    case ValueKind::edge: put(out, Tag::edge); return out.varint(value.as_edge().value);
    case ValueKind::path: return put_path(out, value.as_path());
  }
}

/// A list or a map whose items are being written.
struct Writing {
  const ValueList* list = nullptr;
  std::size_t next = 0;
  const ValueMap* map = nullptr;
  ValueMap::const_iterator entry;
};

std::optional<Writing> opened(const Value& value) {
  if (value.kind() == ValueKind::list) return Writing{&value.as_list(), 0, nullptr, {}};
  if (value.kind() == ValueKind::map) return Writing{nullptr, 0, &value.as_map(), value.as_map().begin()};
  return std::nullopt;
}

/// The next item, its key written; null: there is none.
const Value* next_item(Writing& writing, ByteOut& out) {
  if (writing.list != nullptr) return writing.next < writing.list->size() ? &(*writing.list)[writing.next++] : nullptr;
  if (writing.entry == writing.map->end()) return nullptr;
  out.text(writing.entry->first);
  return &(writing.entry++)->second;
}

/// A list or a map whose items are being read.
struct Reading {
  bool is_map = false;
  std::size_t left = 0;
  std::string key;
  ValueList list;
  ValueMap map;

  void add(Value value) {
    if (is_map) {
      if (!map.emplace(std::move(key), std::move(value)).second) refuse_bytes("a map has a key twice");
    } else {
      list.push_back(std::move(value));
    }
    --left;
  }
  Value value() { return is_map ? Value(std::move(map)) : Value(std::move(list)); }
};

Decimal read_decimal(ByteView& bytes) {
  const auto scale = bytes.byte();
  const auto high = static_cast<std::int64_t>(bytes.fixed64());
  const auto low = bytes.fixed64();
  return Decimal(high, low, scale);
}

LocalTime read_local_time(ByteView& bytes) {
  constexpr std::int64_t kDay = 86'400'000'000'000;
  const LocalTime time{bytes.signed_varint()};
  if (time.nanoseconds < 0 || time.nanoseconds >= kDay) refuse_bytes("a time is not one of a day");
  return time;
}

Day read_day(ByteView& bytes) {
  const Day day{bytes.signed_varint()};
  static const Day first = make_day(-kMaxYear, 1, 1), last = make_day(kMaxYear, 12, 31);
  if (day < first || last < day) refuse_bytes("a date is past the years there are");
  return day;
}

LocalDateTime read_local(ByteView& bytes) {
  const auto day = read_day(bytes);
  return {day, read_local_time(bytes)};
}

std::int32_t read_offset(ByteView& bytes) {
  const auto offset = bytes.signed_varint();
  if (offset < -64'800 || offset > 64'800) refuse_bytes("an offset from UTC is past 18 hours");
  return static_cast<std::int32_t>(offset);
}

ZonedDateTime read_date_time(ByteView& bytes) {
  const auto local = read_local(bytes);
  const auto offset = read_offset(bytes);
  return {local, offset, std::string(bytes.text())};
}

Duration read_duration(ByteView& bytes) {
  Duration value;
  value.months = bytes.signed_varint();
  value.days = bytes.signed_varint();
  value.seconds = bytes.signed_varint();
  const auto nanoseconds = bytes.signed_varint();
  if (nanoseconds < 0 || nanoseconds >= 1'000'000'000) refuse_bytes("a duration has a second or more of nanoseconds");
  value.nanoseconds = static_cast<std::int32_t>(nanoseconds);
  return value;
}

Path read_path(ByteView& bytes) {
  Path path;
  path.nodes.resize(bytes.count(1));
  for (auto& node : path.nodes) node.value = bytes.varint();
  if (path.nodes.empty()) refuse_bytes("a path has no node");
  path.edges.resize(path.nodes.size() - 1);
  for (auto& edge : path.edges) edge.value = bytes.varint();
  return path;
}

ZonedTime read_time(ByteView& bytes) {
  const auto local = read_local_time(bytes);
  return {local, read_offset(bytes)};
}

/// Of any tag but list and map.
Value read_one(ByteView& bytes, Tag tag) {
  switch (tag) {
    case Tag::null: return {};
    case Tag::boolean_false: return false;
    case Tag::boolean_true: return true;
    case Tag::integer: return bytes.signed_varint();
    case Tag::decimal: return read_decimal(bytes);
    case Tag::floating: return bytes.real();
    case Tag::string: return bytes.text();
    case Tag::partial_date: return PartialDate::parse(bytes.text());
    case Tag::date: return read_day(bytes);
    case Tag::local_time: return read_local_time(bytes);
    case Tag::time: return read_time(bytes);
    case Tag::local_date_time: return read_local(bytes);
    case Tag::date_time: return read_date_time(bytes);
    case Tag::duration: return read_duration(bytes);
    case Tag::node: return NodeKey{bytes.varint()};
    case Tag::edge: return EdgeKey{bytes.varint()};
    case Tag::path: return read_path(bytes);
    case Tag::list:
    case Tag::map: break;
  }
  refuse_bytes("a value has no such kind");
}

Tag read_tag(ByteView& bytes) {
  const auto tag = bytes.byte();
  if (tag > static_cast<std::uint8_t>(kLastTag)) refuse_bytes("a value has no such kind");
  return static_cast<Tag>(tag);
}

/// Reads up to the end of the value or the start of the next list or map.
std::optional<Value> read_or_open(ByteView& bytes, std::vector<Reading>& open) {
  const auto tag = read_tag(bytes);
  if (tag != Tag::list && tag != Tag::map) return read_one(bytes, tag);
  if (open.size() == kMostDepth) refuse_bytes("a value nests deeper than 1,000");
  Reading reading;
  reading.is_map = tag == Tag::map;
  reading.left = bytes.count(reading.is_map ? 2 : 1);
  open.push_back(std::move(reading));
  return std::nullopt;
}

}  // namespace

std::string value_bytes(const Value& value) {
  ByteOut out;
  std::vector<Writing> open;
  const auto* next = &value;
  for (;;) {
    put_one(out, *next);
    if (const auto writing = opened(*next)) {
      if (open.size() == kMostDepth) throw Error(ErrorCode::limit, "a value nests deeper than 1,000 lists and maps");
      open.push_back(*writing);
    }
    for (next = nullptr; !open.empty() && (next = next_item(open.back(), out)) == nullptr;) open.pop_back();
    if (next == nullptr) return out.take();
  }
}

Value read_value(std::string_view bytes) {
  ByteView view(bytes);
  std::vector<Reading> open;
  auto value = read_or_open(view, open);
  while (!open.empty()) {
    auto& reading = open.back();
    if (value) reading.add(std::move(*value));
    if (reading.left == 0) {
      value = reading.value();
      open.pop_back();
      continue;
    }
    if (reading.is_map) reading.key = view.text();
    value = read_or_open(view, open);
  }
  view.end();
  return *std::move(value);
}

}  // namespace policygraph::inline v0::detail::store
