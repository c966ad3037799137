#include "query/columns/fill.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
const Value kNull;

std::size_t width_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::decimal: return 16;
    case FieldKind::date: return 4;
    case FieldKind::integer:
    case FieldKind::floating:
    case FieldKind::time:
    case FieldKind::timestamp:
    case FieldKind::elapsed: return 8;
    default: return 0;
  }
}

template <class T>
void put(ColumnData& column, T value) {
  const auto at = column.values.size();
  column.values.resize(at + sizeof value);
  std::memcpy(column.values.data() + at, &value, sizeof value);
}

void put_bit(std::vector<std::uint8_t>& bits, std::size_t at, bool is_set) {
  if (at / 8 == bits.size()) bits.push_back(0);
  if (is_set) bits[at / 8] = static_cast<std::uint8_t>(bits[at / 8] | (1U << (at % 8)));
}

void put_end(const ColumnField& field, ColumnData& column, std::size_t end) {
  if (field.is_large) return column.large_offsets.push_back(static_cast<std::int64_t>(end));
  if (end > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw Error(ErrorCode::limit, "a batch of column '" + field.name + "' is past 2 GiB; read fewer rows at once");
  }
  column.offsets.push_back(static_cast<std::int32_t>(end));
}

void put_text(const ColumnField& field, ColumnData& column, std::string_view text) {
  column.values.insert(column.values.end(), text.begin(), text.end());
  put_end(field, column, column.values.size());
}

/// Says of the value just begun that it is there.
void mark_valid(ColumnData& column) {
  if (!column.validity.empty()) put_bit(column.validity, column.length, true);
  ++column.length;
}

void mark_null(ColumnData& column) {
  if (column.validity.empty()) {
    column.validity.assign((column.length + 7) / 8, 0xFF);
    if (column.length % 8 != 0) column.validity.back() = static_cast<std::uint8_t>((1U << (column.length % 8)) - 1);
  }
  put_bit(column.validity, column.length, false);
  ++column.length;
  ++column.null_count;
}

/// Of fixed-size parts a null takes the room of a value; of lists and texts an end alone.
void add_null(const ColumnField& field, ColumnData& column) {
  switch (field.kind) {
    case FieldKind::null: ++column.length; ++column.null_count; return;
    case FieldKind::boolean: put_bit(column.values, column.length, false); break;
    case FieldKind::text: put_end(field, column, column.values.size()); break;
    case FieldKind::list: put_end(field, column, column.children[0].length); break;
    case FieldKind::record:
      for (std::size_t i = 0; i < field.children.size(); ++i) add_null(field.children[i], column.children[i]);
      break;
    default: column.values.resize(column.values.size() + width_of(field.kind));
  }
  mark_null(column);
}

void add_decimal(const ColumnField& field, ColumnData& column, const Value& value) {
  const auto number = value.kind() == ValueKind::integer ? Decimal(value.as_integer()) : value.as_decimal();
  const auto scaled = number.scale() == field.scale ? number : number.rescaled(field.scale);
  put(column, scaled.low());
  put(column, scaled.high());
}

std::int64_t counted(const ColumnField& field, const LocalDateTime& value, std::int32_t offset_seconds) {
  if (!field.is_nano) return value.day.days * kMicrosPerDay + value.time.nanoseconds / 1000 - std::int64_t{offset_seconds} * 1'000'000;
  return value.day.days * kMicrosPerDay * 1000 + value.time.nanoseconds - std::int64_t{offset_seconds} * 1'000'000'000;
}

std::int64_t timestamp_of(const ColumnField& field, const Value& value) {
  if (value.kind() == ValueKind::local_date_time) return counted(field, value.as_local_date_time(), 0);
  return counted(field, value.as_date_time().local, value.as_date_time().offset_seconds);
}

std::int64_t elapsed_of(const ColumnField& field, const Duration& value) {
  return field.is_nano ? value.seconds * 1'000'000'000 + value.nanoseconds : value.seconds * 1'000'000 + value.nanoseconds / 1000;
}

std::int32_t date_of(const Value& value) {
  const auto day = value.kind() == ValueKind::date ? value.as_date() : value.as_partial_date().earliest();
  return static_cast<std::int32_t>(day.days);
}

std::string text_of(const Value& value) {
  switch (value.kind()) {
    case ValueKind::decimal: return value.as_decimal().to_string();
    case ValueKind::partial_date: return value.as_partial_date().to_string();
    case ValueKind::date: return to_string(value.as_date());
    case ValueKind::local_time: return to_string(value.as_local_time());
    case ValueKind::time: return to_string(value.as_time());
    case ValueKind::local_date_time: return to_string(value.as_local_date_time());
    case ValueKind::date_time: return to_string(value.as_date_time());
    case ValueKind::duration: return to_string(value.as_duration());
    default: return value.to_string();
  }
}

void add_parts(ColumnData& column, const Duration& value) {
  const std::int64_t parts[] = {value.months, value.days, value.seconds, value.nanoseconds};
  for (std::size_t i = 0; i < std::size(parts); ++i) {
    put(column.children[i], parts[i]);
    mark_valid(column.children[i]);
  }
  mark_valid(column);
}

void add_integer(ColumnData& column, std::uint64_t value) {
  put(column, value);
  mark_valid(column);
}

void add_text(const ColumnField& field, ColumnData& column, std::string_view text) {
  put_text(field, column, text);
  mark_valid(column);
}

}  // namespace

ColumnData empty_column(const ColumnField& field, std::size_t rows) {
  ColumnData column;
  column.values.reserve(rows * width_of(field.kind));
  if (field.kind == FieldKind::text || field.kind == FieldKind::list) {
    if (field.is_large) column.large_offsets.assign(1, 0);
    else column.offsets.assign(1, 0);
  }
  for (const auto& child : field.children) column.children.push_back(empty_column(child, field.kind == FieldKind::record ? rows : 0));
  return column;
}

bool is_plain(const ColumnField& field) noexcept { return field.kind == FieldKind::integer || field.kind == FieldKind::floating; }

void add_plain(const ColumnField& field, ColumnData& column, ValuesApart values, std::size_t count) {
  const auto at = [&](std::size_t i) -> const Value& { return values.first[static_cast<std::ptrdiff_t>(i) * values.step]; };
  column.values.resize(count * sizeof(std::int64_t));
  auto* to = column.values.data();
  for (std::size_t i = 0; i < count; ++i, to += sizeof(std::int64_t)) {
    const auto& value = at(i);
    if (value.is_null()) {
      ++column.null_count;
    } else if (field.kind == FieldKind::integer) {
      const auto number = value.as_integer();
      std::memcpy(to, &number, sizeof number);
    } else {
      const auto number = value.as_double();
      std::memcpy(to, &number, sizeof number);
    }
  }
  column.length = count;
  for (std::size_t i = 0; i < count && column.null_count > 0; ++i) put_bit(column.validity, i, !at(i).is_null());
}

void ColumnFiller::add(const ColumnField& field, ColumnData& column, const Value& value) const {
  if (value.is_null()) return add_null(field, column);
  switch (field.kind) {
    case FieldKind::null: break;
    case FieldKind::boolean: put_bit(column.values, column.length, value.as_bool()); break;
    case FieldKind::integer: put(column, value.as_integer()); break;
    case FieldKind::floating: put(column, value.as_double()); break;
    case FieldKind::decimal: add_decimal(field, column, value); break;
    case FieldKind::text:
      if (value.kind() == ValueKind::string) put_text(field, column, value.as_string());
      else put_text(field, column, text_of(value));
      break;
    case FieldKind::date: put(column, date_of(value)); break;
    case FieldKind::time: put(column, value.as_local_time().nanoseconds / (field.is_nano ? 1 : 1000)); break;
    case FieldKind::timestamp: put(column, timestamp_of(field, value)); break;
    case FieldKind::elapsed: put(column, elapsed_of(field, value.as_duration())); break;
    case FieldKind::list: return add_list(field, column, value.as_list());
    case FieldKind::record: return add_record(field, column, value);
  }
  mark_valid(column);
}

void ColumnFiller::add_text(const ColumnField& field, ColumnData& column, std::string_view text) const { query::add_text(field, column, text); }

void ColumnFiller::add_list(const ColumnField& field, ColumnData& column, const ValueList& list) const {
  for (const auto& item : list) add(field.children[0], column.children[0], item);
  put_end(field, column, column.children[0].length);
  mark_valid(column);
}

template <class Keys>
void ColumnFiller::add_keys(const ColumnField& field, ColumnData& column, const Keys& keys) const {
  for (const auto key : keys) add(field.children[0], column.children[0], key);
  put_end(field, column, column.children[0].length);
  mark_valid(column);
}

void ColumnFiller::add_record(const ColumnField& field, ColumnData& column, const Value& value) const {
  switch (value.kind()) {
    case ValueKind::map: return add_map(field, column, value.as_map());
    case ValueKind::node: return add_node(field, column, value.as_node());
    case ValueKind::edge: return add_edge(field, column, value.as_edge());
    case ValueKind::duration: return add_parts(column, value.as_duration());
    default:
      add_keys(field.children[0], column.children[0], value.as_path().nodes);
      add_keys(field.children[1], column.children[1], value.as_path().edges);
      mark_valid(column);
  }
}

// Fields and maps are sorted by name.
void ColumnFiller::add_map(const ColumnField& field, ColumnData& column, const ValueMap& map) const {
  auto at = map.begin();
  for (std::size_t i = 0; i < field.children.size(); ++i) {
    const auto& child = field.children[i];
    const bool is_there = at != map.end() && at->first == child.name;
    add(child, column.children[i], is_there ? at->second : kNull);
    if (is_there) ++at;
  }
  mark_valid(column);
}

// So are properties.
template <class Row>
void ColumnFiller::add_properties(const ColumnField& field, ColumnData& column, Row row) const {
  const auto properties = snapshot_->properties(row);
  auto at = properties.begin();
  for (std::size_t i = 0; i < field.children.size(); ++i) {
    const auto& child = field.children[i];
    const bool is_there = at != properties.end() && snapshot_->name(*at) == child.name;
    add(child, column.children[i], is_there ? snapshot_->value(row, *at) : kNull);
    if (is_there) ++at;
  }
  mark_valid(column);
}

// What the query itself deleted has a key and no more.
void ColumnFiller::add_node(const ColumnField& field, ColumnData& column, NodeKey key) const {
  add_integer(column.children[0], key.value);
  if (const auto row = snapshot_->find(key)) {
    auto& labels = column.children[1];
    for (const auto label : snapshot_->label_names(*row)) add_text(field.children[1].children[0], labels.children[0], label);
    put_end(field.children[1], labels, labels.children[0].length);
    mark_valid(labels);
    add_text(field.children[2], column.children[2], snapshot_->caption(*row));
    add_properties(field.children[3], column.children[3], *row);
  } else {
    for (std::size_t i = 1; i < field.children.size(); ++i) add_null(field.children[i], column.children[i]);
  }
  mark_valid(column);
}

void ColumnFiller::add_edge(const ColumnField& field, ColumnData& column, EdgeKey key) const {
  add_integer(column.children[0], key.value);
  if (const auto row = snapshot_->find(key)) {
    add_text(field.children[1], column.children[1], snapshot_->name(snapshot_->type(*row)));
    add_integer(column.children[2], snapshot_->key(snapshot_->source(*row)).value);
    add_integer(column.children[3], snapshot_->key(snapshot_->target(*row)).value);
    add_properties(field.children[4], column.children[4], *row);
  } else {
    for (std::size_t i = 1; i < field.children.size(); ++i) add_null(field.children[i], column.children[i]);
  }
  mark_valid(column);
}

void ColumnFiller::add(const ColumnField& field, ColumnData& column, const std::vector<Citation>& citations) const {
  auto& items = column.children[0];
  const auto& fields = field.children[0].children;
  for (const auto& citation : citations) {
    std::size_t i = 0;
    const auto integer = [&](std::uint64_t value) { add_integer(items.children[i++], value); };
    const auto text = [&](const std::string& value) {
      add_text(fields[i], items.children[i], value);
      ++i;
    };
    integer(citation.document.value);
    text(citation.title);
    text(citation.uri);
    text(citation.published);
    integer(citation.start);
    integer(citation.end);
    integer(citation.line);
    text(citation.quote);
    text(citation.extractor);
    put(items.children[i], static_cast<double>(citation.confidence));
    mark_valid(items.children[i]);
    mark_valid(items);
  }
  put_end(field, column, items.length);
  mark_valid(column);
}

}  // namespace policygraph::inline v0::detail::query
