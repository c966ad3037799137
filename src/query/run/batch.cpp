#include "query/run/batch.hpp"

#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {

std::size_t text_bytes(const Value& value) {
  constexpr std::size_t kShort = 256;
  return value.kind() == ValueKind::string && value.as_string().size() > kShort ? value.as_string().size() : 0;
}

namespace {

template <class T>
void gather_into(std::vector<T>& out, const std::vector<T>& from, std::span<const std::uint32_t> selection) {
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
    if (selection[i] != i) values[i] = std::move(values[selection[i]]);
  }
  values.resize(selection.size());
}

}  // namespace

void Vector::clear(VectorKind of_kind) {
  kind = of_kind;
  rows.clear();
  values.clear();
  lineages.clear();
}

Value Vector::at(std::uint32_t row, const Snapshot& snapshot) const {
  switch (kind) {
    case VectorKind::node: return rows[row] == kNoRow ? Value() : Value(snapshot.key(NodeRow{rows[row]}));
    case VectorKind::edge: return rows[row] == kNoRow ? Value() : Value(snapshot.key(EdgeRow{rows[row]}));
    case VectorKind::number: return Value(static_cast<std::int64_t>(rows[row]));
    case VectorKind::value: return values[row];
    default: return {};
  }
}

bool Vector::is_null(std::uint32_t row) const {
  switch (kind) {
    case VectorKind::node:
    case VectorKind::edge: return rows[row] == kNoRow;
    case VectorKind::number: return false;
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

void Vector::append_null(std::uint32_t size_before) {
  switch (kind) {
    case VectorKind::none: break;
    case VectorKind::node:
    case VectorKind::edge:
    case VectorKind::number: rows.resize(size_before + 1, kNoRow); break;
    case VectorKind::value: values.resize(size_before + 1); break;
    case VectorKind::lineage: lineages.resize(size_before + 1); break;
  }
}

void Vector::append(const Vector& from, std::uint32_t row, std::uint32_t size_before, const Snapshot& snapshot) {
  if (from.kind == VectorKind::none) return append_null(size_before);
  if (kind == VectorKind::none) {
    clear(from.kind);
    if (size_before > 0) append_null(size_before - 1);
  }
  if (kind != from.kind) to_values(size_before, snapshot);
  switch (kind) {
    case VectorKind::value: values.push_back(from.kind == VectorKind::value ? from.values[row] : from.at(row, snapshot)); break;
    case VectorKind::lineage: lineages.push_back(from.lineages[row]); break;
    default: rows.push_back(from.rows[row]); break;
  }
}

void Vector::repeat(const Vector& from, std::uint32_t size) {
  clear(from.kind);
  if (from.kind == VectorKind::value) {
    values.assign(size, from.values[0]);
  } else if (from.kind == VectorKind::lineage) {
    lineages.assign(size, from.lineages[0]);
  } else if (from.kind != VectorKind::none) {
    rows.assign(size, from.rows[0]);
  }
}

std::size_t Vector::memory_bytes(Limits* limits) const {
  std::size_t out = rows.size() * sizeof(std::uint32_t) + lineages.size() * sizeof(lineages[0]);
  for (const auto& value : values) out += value_bytes(value, ~std::size_t{0}, limits);
  return out;
}

void Batch::clear() {
  for (auto& column : columns) column.clear(VectorKind::none);
  size = 0;
}

void Batch::keep(std::span<const std::uint32_t> selection) {
  if (selection.size() == size) return;
  for (auto& column : columns) {
    if (!column.rows.empty()) keep_in(column.rows, selection);
    if (!column.values.empty()) keep_in(column.values, selection);
    if (!column.lineages.empty()) keep_in(column.lineages, selection);
  }
  size = static_cast<std::uint32_t>(selection.size());
}

void Batch::gather(const Batch& from, std::span<const std::uint32_t> selection, Limits* limits) {
  columns.resize(from.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& source = from.columns[i];
    auto& out = columns[i];
    out.clear(source.kind);
    if (source.kind == VectorKind::none) continue;
    if (source.kind == VectorKind::value && limits != nullptr) {
      gather_into(out.values, source.values, selection, *limits);
    } else if (source.kind == VectorKind::value) {
      gather_into(out.values, source.values, selection);
    } else if (source.kind == VectorKind::lineage) {
      gather_into(out.lineages, source.lineages, selection);
    } else {
      gather_into(out.rows, source.rows, selection);
    }
  }
  size = static_cast<std::uint32_t>(selection.size());
}

std::size_t Batch::text_bytes(std::uint32_t row) const {
  std::size_t out = 0;
  for (const auto& column : columns) {
    if (column.kind == VectorKind::value) out += query::text_bytes(column.values[row]);
  }
  return out;
}

void Batch::append(const Batch& from, std::uint32_t row, const Snapshot& snapshot) {
  if (columns.size() < from.columns.size()) columns.resize(from.columns.size());
  for (std::size_t i = 0; i < from.columns.size(); ++i) columns[i].append(from.columns[i], row, size, snapshot);
  ++size;
}

std::size_t Batch::memory_bytes(Limits* limits) const {
  std::size_t out = 0;
  for (const auto& column : columns) out += column.memory_bytes(limits);
  return out;
}

}  // namespace policygraph::inline v0::detail::query
