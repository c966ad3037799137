#include "policygraph/query/columns.hpp"

#include <algorithm>

#include "policygraph/base/error.hpp"
#include "query/columns/fill.hpp"
#include "query/columns/promised.hpp"
#include "query/columns/shape.hpp"
#include "query/rows_data.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kMaxBatch = 65'536, kEvidenceBatch = 1'024, kMinBatch = 256;
constexpr std::size_t kBatchCells = std::size_t{1} << 22;
constexpr std::size_t kStopEvery = 4'096;

using detail::query::Shape;

std::string inner_text(const ColumnField& field) {
  std::string out;
  for (const auto& child : field.children) out += (out.empty() ? "" : ", ") + child.name + ": " + type_text(child);
  return "<" + out + ">";
}

std::size_t count_fields(const std::vector<ColumnField>& fields) {
  std::size_t count = fields.size();
  for (const auto& field : fields) count += count_fields(field.children);
  return count;
}

}  // namespace

struct Columns::Data {
  Rows rows;
  ColumnOptions options;
  std::vector<ColumnField> fields{};
  std::size_t size = 0;
  std::size_t batch_size = 0;

  std::size_t row(std::size_t at) const {
    return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(options.first) + static_cast<std::ptrdiff_t>(at) * options.step);
  }
};

namespace {

// How many of first, first + step, ... are rows.
std::size_t chosen(const ColumnOptions& options, std::size_t rows) {
  if (options.step == 0) throw Error(ErrorCode::invalid_argument, "a step of 0 leads nowhere; give another");
  if (options.first >= rows) return 0;
  const auto step = static_cast<std::size_t>(options.step < 0 ? -options.step : options.step);
  const auto ahead = options.step < 0 ? options.first : rows - 1 - options.first;
  return std::min(options.count, ahead / step + 1);
}

constexpr std::uint32_t bit_of(ValueKind kind) { return std::uint32_t{1} << static_cast<unsigned>(kind); }

/// The shape of one column. Of integers behind the first the least and the greatest tell all; of floats the first does.
class ColumnShape {
 public:
  explicit ColumnShape(detail::query::ShapeReader& reader) : reader_(reader) {}
  void see(const Value& value, std::size_t row) {
    const auto kind = value.kind();
    const bool is_known = (shape_.kinds & bit_of(kind)) != 0;
    if (is_known && kind == ValueKind::floating) return;
    if (!is_known || kind != ValueKind::integer) return reader_.see(shape_, value, row);
    const auto number = value.as_integer();
    least_ = std::min(least_, number);
    most_ = std::max(most_, number);
  }
  void see_text(std::string_view text, std::size_t row) {
    if (row == 0) return reader_.see(shape_, Value(text), row);
    shape_.text_bytes += text.size();
  }
  Shape finish() {
    if ((shape_.kinds & bit_of(ValueKind::integer)) != 0) {
      reader_.see(shape_, Value(least_), 0);
      reader_.see(shape_, Value(most_), 0);
    }
    return std::move(shape_);
  }

 private:
  detail::query::ShapeReader& reader_;
  Shape shape_;
  std::int64_t least_ = 0, most_ = 0;
};

using detail::query::AnswerColumn;

void look_at(const std::stop_token& stop, std::size_t row) {
  if (row % kStopEvery == 0 && stop.stop_requested()) throw Error(ErrorCode::interrupted, "stopped while reading the types of columns");
}

template <class Items, class See>
void see_all(const Items& items, const std::stop_token& stop, See see) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    look_at(stop, i);
    see(items[i], i);
  }
}

// Of a column that is kept by itself.
Shape shape_of(const AnswerColumn& column, detail::query::ShapeReader& reader, const std::stop_token& stop) {
  ColumnShape out(reader);
  if (column.kind == AnswerColumn::Kind::wholes) {
    const auto [least, most] = std::ranges::minmax(column.wholes);
    out.see(Value(least), 0);
    out.see(Value(most), 0);
  } else if (column.kind == AnswerColumn::Kind::reals) {
    out.see(Value(column.reals[0]), 0);
  }
  see_all(column.decimals, stop, [&](const Decimal& value, std::size_t row) { out.see(Value(value), row); });
  see_all(column.texts, stop, [&](std::string_view text, std::size_t row) { out.see_text(text, row); });
  see_all(column.values, stop, [&](const Value& value, std::size_t row) { out.see(value, row); });
  return out.finish();
}

std::vector<Shape> shapes_of(const Rows& rows, const std::stop_token& stop) {
  detail::query::ShapeReader reader(rows.snapshot());
  if (const auto& wide = rows.data().wide; !wide.empty()) {
    std::vector<Shape> shapes;
    for (const auto& column : wide) shapes.push_back(shape_of(column, reader, stop));
    return shapes;
  }
  std::vector<ColumnShape> columns;
  for (std::size_t k = 0; k < rows.columns().size(); ++k) columns.emplace_back(reader);
  for (std::size_t i = 0; i < rows.size() && !columns.empty(); ++i) {
    look_at(stop, i);
    const auto* values = &rows[i][0];  // a row's values stand side by side
    for (std::size_t k = 0; k < columns.size(); ++k) columns[k].see(values[k], i);
  }
  std::vector<Shape> shapes;
  for (auto& column : columns) shapes.push_back(column.finish());
  return shapes;
}

// Of an answer without rows: what its columns would hold.
std::vector<ColumnField> promised_of(const Rows::Data& data) {
  if (data.size > 0 || data.kept == nullptr || !data.plan_columns.empty()) return {};
  return detail::query::promised_fields(*data.kept->plan, data.snapshot.schema());
}

// All that will be asked for, while it can still be stopped.
void gather_evidence(const Columns::Data& data) {
  if (data.size == 0) return;
  QueryOptions bounds;
  bounds.stop = data.options.stop;
  const auto [first, last] = std::minmax({data.row(0), data.row(data.size - 1)});
  data.rows.gather_evidence(first, last - first + 1, bounds);
}

}  // namespace

std::string type_text(const ColumnField& field) {
  const std::string unit = field.is_nano ? "ns" : "us";
  switch (field.kind) {
    case FieldKind::null: return "null";
    case FieldKind::boolean: return "bool";
    case FieldKind::integer: return "int64";
    case FieldKind::floating: return "double";
    case FieldKind::decimal: return "decimal128(38, " + std::to_string(field.scale) + ")";
    case FieldKind::text: return field.is_large ? "large_string" : "string";
    case FieldKind::date: return "date32[day]";
    case FieldKind::time: return "time64[" + unit + "]";
    case FieldKind::timestamp: return "timestamp[" + unit + (field.zone.empty() ? "]" : ", tz=" + field.zone + "]");
    case FieldKind::elapsed: return "duration[" + unit + "]";
    case FieldKind::list: return (field.is_large ? "large_list" : "list") + inner_text(field);
    case FieldKind::record: return "struct" + inner_text(field);
  }
  return {};
}

Columns::Columns(Rows rows, const ColumnOptions& options) {
  auto data = std::make_shared<Data>(Data{std::move(rows), options});
  const auto shapes = shapes_of(data->rows, options.stop);
  const auto promised = promised_of(data->rows.data());
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const auto& name = data->rows.columns()[i];
    data->fields.push_back(i < promised.size() ? promised[i] : detail::query::field_of(shapes[i], name, options.mixed_as_text));
    data->fields.back().name = name;
  }
  if (options.evidence && std::ranges::count(data->rows.columns(), "_evidence") != 0)
    throw Error(ErrorCode::invalid_argument, "a column '_evidence' is there already; name it otherwise, or leave the evidence out");
  if (options.evidence) data->fields.push_back(detail::query::evidence_field());
  data->size = chosen(options, data->rows.size());
  if (options.evidence) gather_evidence(*data);
  const auto fitting = kBatchCells / std::max<std::size_t>(1, count_fields(data->fields));
  data->batch_size = std::clamp(fitting, kMinBatch, options.evidence ? kEvidenceBatch : kMaxBatch);
  data_ = std::move(data);
}

const std::vector<ColumnField>& Columns::fields() const noexcept { return data_->fields; }
std::size_t Columns::size() const noexcept { return data_->size; }
std::size_t Columns::batch_size() const noexcept { return data_->batch_size; }

namespace {

// Numbers as they stand where all rows are asked for in order, and are of the column's type.
template <class Number>
bool copy_numbers(const std::vector<Number>& from, const ColumnOptions& options, std::size_t begin, std::size_t end, ColumnData& out) {
  if (from.empty() || options.step != 1) return false;
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(from.data() + options.first);
  out.values.assign(bytes + begin * sizeof(Number), bytes + end * sizeof(Number));
  out.length = end - begin;
  return true;
}

void read_wide(const AnswerColumn& from, const Columns::Data& data, std::size_t begin, std::size_t end, const detail::query::ColumnFiller& filler,
               std::size_t column, ColumnData& out) {
  const auto& field = data.fields[column];
  if (field.kind == FieldKind::integer && copy_numbers(from.wholes, data.options, begin, end, out)) return;
  if (field.kind == FieldKind::floating && copy_numbers(from.reals, data.options, begin, end, out)) return;
  const bool is_text = from.kind == AnswerColumn::Kind::texts && field.kind == FieldKind::text;
  for (auto i = begin; i < end; ++i) {
    if (is_text) filler.add_text(field, out, from.texts[data.row(i)]);
    else filler.add(field, out, from.at(data.row(i)));
  }
}

}  // namespace

ColumnData Columns::read_column(std::size_t column, std::size_t first, std::size_t count) const {
  const auto& fields = data_->fields;
  if (column >= fields.size()) throw Error(ErrorCode::invalid_argument, "column " + std::to_string(column) + " of " + std::to_string(fields.size()));
  const auto begin = std::min(first, size()), end = begin + std::min(count, size() - begin);
  const bool is_evidence = data_->options.evidence && column + 1 == fields.size();
  const detail::query::ColumnFiller filler(data_->rows.snapshot());
  auto out = detail::query::empty_column(fields[column], end - begin);
  if (begin == end) return out;
  const auto& wide = data_->rows.data().wide;
  if (!is_evidence && !wide.empty()) {
    read_wide(wide[column], *data_, begin, end, filler, column, out);
    return out;
  }
  if (!is_evidence && detail::query::is_plain(fields[column])) {
    const auto step = data_->options.step * static_cast<std::ptrdiff_t>(data_->rows.columns().size());
    detail::query::add_plain(fields[column], out, {&data_->rows[data_->row(begin)][column], step}, end - begin);
    return out;
  }
  for (auto i = begin; i < end; ++i) {
    const auto row = data_->rows[data_->row(i)];
    if (is_evidence) filler.add(fields[column], out, row.evidence());
    else filler.add(fields[column], out, row[column]);
  }
  return out;
}

NumbersOfRows numbers_of_rows(const Rows& rows, std::size_t column) noexcept {
  const auto& wide = rows.data().wide;
  if (wide.empty() || column >= wide.size()) return {};
  return {wide[column].wholes, wide[column].reals, wide[column].decimals};
}

std::span<const std::string_view> texts_of_rows(const Rows& rows, std::size_t column) noexcept {
  const auto& wide = rows.data().wide;
  if (wide.empty() || column >= wide.size()) return {};
  return wide[column].texts;
}

std::vector<ColumnData> Columns::read(std::size_t first, std::size_t count) const {
  std::vector<ColumnData> out;
  for (std::size_t column = 0; column < fields().size(); ++column) out.push_back(read_column(column, first, count));
  return out;
}

}  // namespace policygraph::inline v0
