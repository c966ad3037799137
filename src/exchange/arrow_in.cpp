// Columns taken over through the Arrow C data interface, as values.
#include <cstring>
#include <memory>
#include <string_view>

#include "base/steps.hpp"
#include "exchange/arrow_type.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/arrow.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::ArrowKind;
using detail::exchange::ArrowType;
using detail::exchange::type_of;

constexpr int kMaxDepth = 64;

/// Arrays of one column.
class ColumnReader {
 public:
  explicit ColumnReader(std::string column) : column_(std::move(column)) {}

  /// Elements first to first + count, beside the array's own offset.
  std::vector<Value> read(const ArrowSchema& schema, const ArrowArray& array, std::int64_t first, std::int64_t count, int depth = 0) {
    if (depth > kMaxDepth) refuse("nests deeper than 64");
    if (first < 0 || count < 0) refuse("has offsets that go backwards");
    if (schema.dictionary != nullptr) return read_dictionary(schema, array, first, count, depth);
    const auto type = type_of(schema.format);
    if (!type) refuse("has the Arrow type '" + std::string(schema.format) + "', which no value has; cast it, or leave the column out");
    check(*type, schema, array);
    first += array.offset;
    switch (type->kind) {
      case ArrowKind::null: return std::vector<Value>(static_cast<std::size_t>(count));
      case ArrowKind::list: return read_lists(*type, schema, array, first, count, depth);
      case ArrowKind::record: return read_records(schema, array, first, count, depth);
      default: return read_plain(*type, array, first, count);
    }
  }

 private:
  [[noreturn]] void refuse(const std::string& fact) const { throw Error(ErrorCode::invalid_argument, "column '" + column_ + "' " + fact); }

  void check(const ArrowType& type, const ArrowSchema& schema, const ArrowArray& array) const {
    const bool fits = array.n_buffers >= type.buffers && array.n_children == schema.n_children &&
                      (type.kind != ArrowKind::list || schema.n_children == 1);
    if (!fits) refuse("has an array that does not fit its type '" + std::string(schema.format) + "'");
  }

  static bool is_null(const ArrowArray& array, std::int64_t at) {
    if (array.null_count == 0 || array.n_buffers == 0 || array.buffers[0] == nullptr) return false;
    return ((static_cast<const std::uint8_t*>(array.buffers[0])[at / 8] >> (at % 8)) & 1) == 0;
  }

  std::vector<Value> read_plain(const ArrowType& type, const ArrowArray& array, std::int64_t first, std::int64_t count) {
    std::vector<Value> out;
    out.reserve(static_cast<std::size_t>(count));
    for (auto i = first; i < first + count; ++i) {
      if (is_null(array, i)) out.emplace_back();
      else if (type.kind == ArrowKind::text) out.emplace_back(text(type, array, i));
      else out.push_back(plain(type, array, i));
    }
    return out;
  }

  Value plain(const ArrowType& type, const ArrowArray& array, std::int64_t at) {
    try {
      return detail::exchange::plain_value(type, static_cast<const std::uint8_t*>(array.buffers[1]), at, zones_);
    } catch (const Error& error) {
      refuse("holds what no value can: " + error.text());
    }
  }

  std::string text(const ArrowType& type, const ArrowArray& array, std::int64_t at) const {
    const auto words = detail::exchange::text_at(type, array, at);
    if (!is_valid_utf8(words)) refuse("has text that is not UTF-8");
    return std::string(words);
  }

  std::vector<Value> read_lists(const ArrowType& type, const ArrowSchema& schema, const ArrowArray& array, std::int64_t first, std::int64_t count,
                                int depth) {
    std::vector<Value> out;
    out.reserve(static_cast<std::size_t>(count));
    for (auto i = first; i < first + count; ++i) {
      if (is_null(array, i)) {
        out.emplace_back();
        continue;
      }
      const auto [start, length] = detail::exchange::items_at(type, array, i);
      auto items = read(*schema.children[0], *array.children[0], start, length, depth + 1);
      if (type.is_map) out.push_back(map_of(std::move(items)));
      else out.emplace_back(ValueList(std::move(items)));
    }
    return out;
  }

  /// From entries of a key and a value.
  Value map_of(std::vector<Value> entries) const {
    ValueMap map;
    for (const auto& entry : entries) {
      const auto& pair = entry.as_map();
      const auto key = pair.find("key"), value = pair.find("value");
      if (key == pair.end() || key->second.kind() != ValueKind::string) refuse("has a map whose keys are not text");
      if (value != pair.end()) map.insert_or_assign(key->second.as_string(), value->second);
    }
    return map;
  }

  std::vector<Value> read_records(const ArrowSchema& schema, const ArrowArray& array, std::int64_t first, std::int64_t count, int depth) {
    std::vector<ValueMap> maps(static_cast<std::size_t>(count));
    for (std::int64_t k = 0; k < schema.n_children; ++k) {
      auto values = read(*schema.children[k], *array.children[k], first, count, depth + 1);
      for (std::size_t i = 0; i < maps.size(); ++i)
        if (!values[i].is_null()) maps[i].insert_or_assign(schema.children[k]->name, std::move(values[i]));
    }
    std::vector<Value> out;
    out.reserve(maps.size());
    for (std::size_t i = 0; i < maps.size(); ++i) {
      if (is_null(array, first + static_cast<std::int64_t>(i))) out.emplace_back();
      else out.emplace_back(std::move(maps[i]));
    }
    return out;
  }

  std::vector<Value> read_dictionary(const ArrowSchema& schema, const ArrowArray& array, std::int64_t first, std::int64_t count, int depth) {
    const auto type = type_of(schema.format);
    if (!type || type->kind != ArrowKind::integer || array.dictionary == nullptr) refuse("has a dictionary without whole numbers for it");
    check(*type, schema, array);
    const auto words = read(*schema.dictionary, *array.dictionary, 0, array.dictionary->length, depth + 1);
    auto out = read_plain(*type, array, first + array.offset, count);
    for (auto& value : out) {
      if (value.is_null()) continue;
      const auto at = value.as_integer();
      if (at < 0 || static_cast<std::size_t>(at) >= words.size()) refuse("has an index past its dictionary");
      value = words[static_cast<std::size_t>(at)];
    }
    return out;
  }

  std::string column_;
  TimeZones zones_;
};

/// A structure that is ours to release.
template <class Structure>
struct Released {
  Structure value{};
  Released() = default;
  explicit Released(Structure* from) : value(*from) { from->release = nullptr; }
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;
  ~Released() {
    if (value.release != nullptr) value.release(&value);
  }
};

void ask(ArrowArrayStream& stream, int status) {
  if (status == 0) return;
  const auto* words = stream.get_last_error(&stream);
  throw Error(ErrorCode::io, "the Arrow stream failed: " + (words == nullptr ? std::string(std::strerror(status)) : std::string(words)));
}

/// A table is a struct of its columns; anything else is one column.
class TableReader {
 public:
  TableReader(const ArrowSchema& schema, std::string_view called) : schema_(schema), is_table_(std::string_view(schema.format) == "+s") {
    const auto width = is_table_ ? static_cast<std::size_t>(schema.n_children) : 1;
    for (std::size_t i = 0; i < width; ++i) {
      const std::string name = field(i).name == nullptr ? "" : field(i).name;
      columns_.push_back({name.empty() && !is_table_ ? std::string(called) : name, {}});
      readers_.emplace_back(columns_.back().name);
    }
  }
  void add(const ArrowArray& batch) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto& array = is_table_ ? *batch.children[i] : batch;
      auto values = readers_[i].read(field(i), array, is_table_ ? batch.offset : 0, batch.length);
      auto& all = columns_[i].values;
      all.insert(all.end(), std::make_move_iterator(values.begin()), std::make_move_iterator(values.end()));
    }
  }
  std::vector<ValueColumn> columns() { return std::move(columns_); }

 private:
  const ArrowSchema& field(std::size_t i) const { return is_table_ ? *schema_.children[i] : schema_; }

  const ArrowSchema& schema_;
  bool is_table_;
  std::vector<ValueColumn> columns_;
  std::vector<ColumnReader> readers_;
};

}  // namespace

std::vector<ValueColumn> read_stream(ArrowArrayStream* stream, std::string_view name, const std::stop_token& stop) {
  Released<ArrowArrayStream> held(stream);
  Released<ArrowSchema> schema;
  ask(held.value, held.value.get_schema(&held.value, &schema.value));
  TableReader reader(schema.value, name);
  const detail::base::Steps steps(stop, "reading an Arrow stream");
  for (;;) {
    steps.check();
    Released<ArrowArray> batch;
    ask(held.value, held.value.get_next(&held.value, &batch.value));
    if (batch.value.release == nullptr) return reader.columns();
    reader.add(batch.value);
  }
}

std::vector<ValueColumn> read_array(ArrowSchema* schema, ArrowArray* array, std::string_view name) {
  const Released<ArrowSchema> type(schema);
  const Released<ArrowArray> held(array);
  TableReader reader(type.value, name);
  reader.add(held.value);
  return reader.columns();
}

}  // namespace policygraph::inline v0
