#include "query/run/batch.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {

std::size_t text_bytes(const Value& value) {
  constexpr std::size_t kShort = 256;
  return value.kind() == ValueKind::string && value.as_string().size() > kShort ? value.as_string().size() : 0;
}

namespace {

template <class T>
void gather_into(std::vector<T>& out, const std::vector<T>& from, std::span<const std::uint32_t> selection) {
  out.resize(selection.size());
  std::ranges::transform(selection, out.begin(), [&from](std::uint32_t row) { return from[row]; });
}

// Copied where they stay: to be assigned to, a value would have to be made first.
void gather_into(std::vector<Value>& out, const std::vector<Value>& from, std::span<const std::uint32_t> selection) {
  out.clear();
  out.reserve(selection.size());
  for (const auto row : selection) out.push_back(from[row]);
}

void gather_into(std::vector<Value>& out, const std::vector<Value>& from, std::span<const std::uint32_t> selection, Limits& limits) {
  out.clear();
  out.reserve(selection.size());
  std::size_t bytes = 0;
  for (const auto row : selection) {
    if (const auto more = text_bytes(from[row]); more != 0) {
      limits.check(bytes += more);
      limits.step(more / 64);
    }
    out.push_back(from[row]);
  }
}

// The selection rises, so values only move down.
template <class T>
void keep_in(std::vector<T>& values, std::span<const std::uint32_t> selection) {
  for (std::size_t i = 0; i < selection.size(); ++i) {
    if (std::is_trivially_copyable_v<T> || selection[i] != i) values[i] = std::move(values[selection[i]]);
  }
  values.resize(selection.size());
}

}  // namespace

void Vector::swap(Vector& other) noexcept {
  std::swap(kind, other.kind);
  std::swap(source, other.source);
  rows.swap(other.rows);
  wholes.swap(other.wholes);
  values.swap(other.values);
  lineages.swap(other.lineages);
}

static Value id_of(std::uint64_t key) { return Value(static_cast<std::int64_t>(key)); }

Value Vector::at(std::uint32_t row, const Snapshot& snapshot) const {
  switch (kind) {
    case VectorKind::node: return rows[row] == kNoRow ? Value() : Value(snapshot.key(NodeRow{rows[row]}));
    case VectorKind::edge: return rows[row] == kNoRow ? Value() : Value(snapshot.key(EdgeRow{rows[row]}));
    case VectorKind::number: return Value(static_cast<std::int64_t>(rows[row]));
    case VectorKind::whole: return Value(wholes[row]);
    case VectorKind::truth: return rows[row] == kNoRow ? Value() : Value(rows[row] != 0);
    case VectorKind::value: return values[row];
    case VectorKind::property: return rows[row] == kNoRow ? Value() : source->value(rows[row]);
    case VectorKind::node_id: return rows[row] == kNoRow ? Value() : id_of(snapshot.key(NodeRow{rows[row]}).value);
    case VectorKind::edge_id: return rows[row] == kNoRow ? Value() : id_of(snapshot.key(EdgeRow{rows[row]}).value);
    default: return {};
  }
}

bool Vector::is_null(std::uint32_t row) const {
  switch (kind) {
    case VectorKind::node:
    case VectorKind::edge:
    case VectorKind::node_id:
    case VectorKind::edge_id:
    case VectorKind::truth: return rows[row] == kNoRow;
    case VectorKind::property: return rows[row] == kNoRow || !source->has(rows[row]);
    case VectorKind::number:
    case VectorKind::whole: return false;
    case VectorKind::value: return values[row].is_null();
    case VectorKind::lineage: return lineages[row] == nullptr;
    case VectorKind::none: return true;
  }
  return true;
}

void Vector::to_values(std::uint32_t size, const Snapshot& snapshot) {
  if (kind == VectorKind::value) return;
  std::vector<Value> out;
  out.reserve(size);
  for (std::uint32_t row = 0; row < size; ++row) out.push_back(at(row, snapshot));
  clear(VectorKind::value);
  values = std::move(out);
}

void Vector::free_wholes() {
  values.assign(wholes.begin(), wholes.end());
  wholes.clear();
  kind = VectorKind::value;
}

void Vector::append_null(std::uint32_t size_before) {
  if (kind == VectorKind::whole) free_wholes();
  switch (kind) {
    case VectorKind::none:
    case VectorKind::whole: break;
    case VectorKind::node:
    case VectorKind::edge:
    case VectorKind::property:
    case VectorKind::node_id:
    case VectorKind::edge_id:
    case VectorKind::truth:
    case VectorKind::number: rows.resize(size_before + 1, kNoRow); break;
    case VectorKind::value: values.resize(size_before + 1); break;
    case VectorKind::lineage: lineages.resize(size_before + 1); break;
  }
}

void Vector::widen(const Vector& from, std::uint32_t size_before, const Snapshot& snapshot) {
  if (kind == VectorKind::none) {
    const bool has_nulls = size_before > 0;
    clear(has_nulls && from.kind == VectorKind::whole ? VectorKind::value : from.kind);
    source = from.source;
    if (has_nulls) append_null(size_before - 1);
  }
  if (!is_like(from)) to_values(size_before, snapshot);
}

void Vector::append(const Vector& from, std::uint32_t row, std::uint32_t size_before, const Snapshot& snapshot) {
  append_some(from, std::span(&row, 1), size_before, snapshot);
}

void Vector::append_some(const Vector& from, std::span<const std::uint32_t> some, std::uint32_t size_before, const Snapshot& snapshot) {
  if (some.empty()) return;
  if (from.kind == VectorKind::none) return append_null(size_before + static_cast<std::uint32_t>(some.size()) - 1);
  widen(from, size_before, snapshot);
  switch (kind) {
    case VectorKind::value:
      for (const auto row : some) values.push_back(from.kind == VectorKind::value ? from.values[row] : from.at(row, snapshot));
      break;
    case VectorKind::lineage:
      for (const auto row : some) lineages.push_back(from.lineages[row]);
      break;
    case VectorKind::whole:
      for (const auto row : some) wholes.push_back(from.wholes[row]);
      break;
    default:
      for (const auto row : some) rows.push_back(from.rows[row]);
      break;
  }
}

void Vector::append_all(const Vector& from, std::uint32_t from_size, std::uint32_t size_before, const Snapshot& snapshot) {
  if (from_size == 0) return;
  if (from.kind == VectorKind::none) return append_null(size_before + from_size - 1);
  widen(from, size_before, snapshot);
  if (!is_like(from)) {
    for (std::uint32_t row = 0; row < from_size; ++row) values.push_back(from.at(row, snapshot));
    return;
  }
  rows.insert(rows.end(), from.rows.begin(), from.rows.end());
  wholes.insert(wholes.end(), from.wholes.begin(), from.wholes.end());
  values.insert(values.end(), from.values.begin(), from.values.end());
  lineages.insert(lineages.end(), from.lineages.begin(), from.lineages.end());
}

namespace {

template <class T>
void take_into(std::vector<T>& out, const std::vector<T>& from, std::span<const std::uint32_t> some, const T& nothing) {
  out.reserve(some.size());
  for (const auto row : some) out.push_back(row == kNoRow ? nothing : from[row]);
}

}  // namespace

void Vector::take_some(const Vector& from, std::span<const std::uint32_t> some) {
  clear(from.kind);
  source = from.source;
  if (kind == VectorKind::value) {
    take_into(values, from.values, some, Value());
  } else if (kind == VectorKind::whole) {
    if (std::ranges::find(some, kNoRow) == some.end()) return take_into(wholes, from.wholes, some, std::int64_t{0});
    kind = VectorKind::value;
    values.reserve(some.size());
    for (const auto row : some) values.push_back(row == kNoRow ? Value() : Value(from.wholes[row]));
  } else if (kind == VectorKind::lineage) {
    take_into(lineages, from.lineages, some, {});
  } else if (kind != VectorKind::none) {
    take_into(rows, from.rows, some, kNoRow);
  }
}

void Vector::repeat(const Vector& from, std::uint32_t size) {
  clear(from.kind);
  source = from.source;
  if (from.kind == VectorKind::value) {
    values.assign(size, from.values[0]);
  } else if (from.kind == VectorKind::lineage) {
    lineages.assign(size, from.lineages[0]);
  } else if (from.kind == VectorKind::whole) {
    wholes.assign(size, from.wholes[0]);
  } else if (from.kind != VectorKind::none) {
    rows.assign(size, from.rows[0]);
  }
}

// Of the texts that would be copied out of a column.
static std::size_t text_bytes_at(const policygraph::Column& column, std::span<const std::uint32_t> rows) {
  if (column.string_count() == 0) return 0;
  std::size_t out = 0;
  for (const auto row : rows) {
    if (row != kNoRow && column.has(row) && column.kind(row) == ColumnKind::string) out += column.string(row).size();
  }
  return out;
}

std::size_t Vector::memory_bytes(Limits* limits) const {
  std::size_t out = rows.size() * sizeof(std::uint32_t) + wholes.size() * sizeof(std::int64_t) + lineages.size() * sizeof(lineages[0]);
  for (const auto& value : values) out += value_bytes(value, ~std::size_t{0}, limits);
  if (kind == VectorKind::property) out += text_bytes_at(*source, rows);
  return out;
}

const Vector BatchColumns::nothing_;

Vector& BatchColumns::edit(std::size_t slot) {
  auto& there = cell(slot);
  if (!there) {
    there.make({});
  } else if (there.is_shared()) {
    there.make(Vector(there.vector()));
  }
  return there.vector();
}

Vector& BatchColumns::fresh(std::size_t slot, VectorKind kind) {
  auto& there = cell(slot);
  if (!there || there.is_shared()) there.make({});
  there.vector().clear(kind);
  return there.vector();
}

void BatchColumns::share(std::size_t slot, const BatchColumns& from, std::size_t slot_from) {
  if (slot_from >= from.size() || !from.cells_[slot_from]) return forget(slot);
  const auto held = from.cells_[slot_from];  // `from` may be this, and move
  cell(slot) = held;
}

void BatchColumns::forget(std::size_t slot) {
  if (slot >= cells_.size() || !cells_[slot]) return;
  if (cells_[slot].is_shared()) {
    cells_[slot] = {};
  } else {
    cells_[slot].vector().clear(VectorKind::none);
  }
}

void BatchColumns::forget_all() {
  for (auto& there : cells_) {
    if (there.is_shared()) there = {};
    else if (there) there.vector().clear(VectorKind::none);
  }
}

void Batch::clear() {
  columns.forget_all();
  size = 0;
  held_.release();
}

namespace {

void keep_in(Vector& column, std::span<const std::uint32_t> selection) {
  if (!column.rows.empty()) keep_in(column.rows, selection);
  if (!column.wholes.empty()) keep_in(column.wholes, selection);
  if (!column.values.empty()) keep_in(column.values, selection);
  if (!column.lineages.empty()) keep_in(column.lineages, selection);
}

// The rows of another that are named; gives the bytes it takes, without those of texts.
std::size_t gather_into(Vector& out, const Vector& from, std::span<const std::uint32_t> selection, Limits* limits) {
  out.source = from.source;
  if (from.kind == VectorKind::value && limits != nullptr) {
    gather_into(out.values, from.values, selection, *limits);
  } else if (from.kind == VectorKind::value) {
    gather_into(out.values, from.values, selection);
  } else if (from.kind == VectorKind::lineage) {
    gather_into(out.lineages, from.lineages, selection);
  } else if (from.kind == VectorKind::whole) {
    gather_into(out.wholes, from.wholes, selection);
    return selection.size() * sizeof(std::int64_t);
  } else {
    gather_into(out.rows, from.rows, selection);
    return selection.size() * sizeof(std::uint32_t);
  }
  return selection.size() * sizeof(Value);
}

bool is_all(std::span<const std::uint32_t> selection, std::uint32_t size) {
  if (selection.size() != size) return false;
  for (std::uint32_t i = 0; i < size; ++i) {
    if (selection[i] != i) return false;
  }
  return true;
}

}  // namespace

void Batch::keep(std::span<const std::uint32_t> selection) {
  if (selection.size() == size) return;
  for (std::size_t slot = 0; slot < columns.size(); ++slot) {
    const auto& source = columns[slot];
    if (source.kind == VectorKind::none) continue;
    if (columns.is_shared(slot)) {
      Vector kept;
      kept.clear(source.kind);
      gather_into(kept, source, selection, nullptr);
      columns.fresh(slot, kept.kind) = std::move(kept);
    } else {
      keep_in(columns.edit(slot), selection);
    }
  }
  size = static_cast<std::uint32_t>(selection.size());
}

void Batch::gather(const Batch& from, std::span<const std::uint32_t> selection, Limits* limits) {
  const bool is_shared = is_worth_sharing(from.size, from.columns.size()) && is_all(selection, from.size);
  std::size_t bytes = 0;
  const auto slots = std::max(columns.size(), from.columns.size());
  columns.reserve(slots);
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const auto& source = from.columns[slot];
    if (source.kind == VectorKind::none) {
      columns.forget(slot);
    } else if (is_shared) {
      columns.share(slot, from.columns, slot);
    } else {
      bytes += BatchColumns::own_bytes() + gather_into(columns.fresh(slot, source.kind), source, selection, limits);
    }
  }
  size = static_cast<std::uint32_t>(selection.size());
  if (limits == nullptr) return;
  held_.set(*limits, columns.list_bytes() + bytes);
  if (slots > 64) limits->step(slots);
}

void Batch::take(const Batch& from, Limits& limits) {
  columns = from.columns;
  size = from.size;
  held_.set(limits, columns.list_bytes());
}

std::size_t Batch::text_bytes(std::uint32_t row) const {
  std::size_t out = 0;
  for (std::size_t slot = 0; slot < columns.size(); ++slot) {
    const auto& column = columns[slot];
    if (column.kind == VectorKind::value) out += query::text_bytes(column.values[row]);
  }
  return out;
}

void Batch::append(const Batch& from, std::uint32_t row, const Snapshot& snapshot) {
  const auto slots = std::max(columns.size(), from.columns.size());
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const auto& source = from.columns[slot];
    if (source.kind != VectorKind::none || columns[slot].kind != VectorKind::none) columns.edit(slot).append(source, row, size, snapshot);
  }
  ++size;
}

void Batch::append_all(const Batch& from, const Snapshot& snapshot) {
  const auto slots = std::max(columns.size(), from.columns.size());
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const auto& source = from.columns[slot];
    if (source.kind != VectorKind::none || columns[slot].kind != VectorKind::none) columns.edit(slot).append_all(source, from.size, size, snapshot);
  }
  size += from.size;
}

std::size_t Batch::memory_bytes(Limits* limits) const {
  std::size_t out = columns.list_bytes();
  for (std::size_t slot = 0; slot < columns.size(); ++slot) out += columns[slot].memory_bytes(limits);
  return out;
}

}  // namespace policygraph::inline v0::detail::query
