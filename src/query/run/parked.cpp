#include "query/run/parked.hpp"

#include <algorithm>

#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::uint64_t kNoKey = 0;

std::uint64_t key_of(VectorKind kind, std::uint32_t row, const Snapshot& snapshot) {
  if (kind == VectorKind::number) return row;
  if (row == kNoRow) return kNoKey;
  return kind == VectorKind::node ? snapshot.key(NodeRow{row}).value : snapshot.key(EdgeRow{row}).value;
}

std::uint32_t row_of(VectorKind kind, std::uint64_t key, const Snapshot& now) {
  if (kind == VectorKind::number) return static_cast<std::uint32_t>(key);
  if (kind == VectorKind::node) {
    const auto found = now.find(NodeKey{key});
    return found ? found->value : kNoRow;
  }
  const auto found = now.find(EdgeKey{key});
  return found ? found->value : kNoRow;
}

// What a mark's row is one of; evidence and passages have numbers that stay.
VectorKind kind_of(std::uint32_t what) {
  Mark mark;
  mark.what = what;
  switch (mark.kind()) {
    case Mark::Kind::node:
    case Mark::Kind::node_property: return VectorKind::node;
    case Mark::Kind::edge:
    case Mark::Kind::edge_property: return VectorKind::edge;
    default: return VectorKind::number;
  }
}

}  // namespace

Parked::Parked(const Batch& batch, const Snapshot& snapshot) : size_(batch.size) {
  for (std::uint32_t slot = 0; slot < batch.columns.size(); ++slot) {
    if (batch.columns[slot].kind != VectorKind::none) columns_.emplace_back(slot, parked(batch.columns[slot], snapshot));
  }
}

Parked::Column Parked::parked(const Vector& from, const Snapshot& snapshot) {
  Column out;
  const bool is_value = from.kind == VectorKind::whole || from.kind == VectorKind::truth;
  out.kind = is_value ? VectorKind::value : from.kind;
  out.values = from.values;
  const auto size = std::max(from.wholes.size(), from.rows.size());
  for (std::uint32_t row = 0; is_value && row < size; ++row) out.values.push_back(from.at(row, snapshot));
  if (from.kind == VectorKind::number) out.numbers = from.rows;
  if (from.kind == VectorKind::node || from.kind == VectorKind::edge) {
    out.keys.reserve(from.rows.size());
    for (const auto row : from.rows) out.keys.push_back(key_of(from.kind, row, snapshot));
  }
  for (std::size_t i = 0; i < from.lineages.size(); ++i) {
    const auto& set = from.lineages[i];
    const bool is_again = i > 0 && set == from.lineages[i - 1];
    out.sets.push_back(is_again ? out.sets.back() : set == nullptr ? nullptr : parked(*set, snapshot));
  }
  return out;
}

std::shared_ptr<const Parked::KeySet> Parked::parked(const LineageSet& from, const Snapshot& snapshot) {
  auto out = std::make_shared<KeySet>();
  out->left_out = from.left_out;
  out->marks.reserve(from.marks.size());
  for (const auto& mark : from.marks) out->marks.push_back({key_of(kind_of(mark.what), mark.row, snapshot), mark.what});
  return out;
}

std::shared_ptr<const LineageSet> Parked::taken(const KeySet& from, const Snapshot& now) {
  auto out = std::make_shared<LineageSet>();
  out->left_out = from.left_out;
  for (const auto& [key, what] : from.marks) {
    Mark mark;
    mark.row = row_of(kind_of(what), key, now);
    mark.what = what;
    if (mark.row != kNoRow) out->marks.push_back(mark);
  }
  std::sort(out->marks.begin(), out->marks.end());
  return out;
}

// False where one was deleted.
bool Parked::take_rows(const Column& from, std::uint32_t first, std::uint32_t end, const Snapshot& now, Vector& out) {
  for (auto i = first; i < end; ++i) {
    const auto key = from.keys[i];
    const auto row = key == kNoKey ? kNoRow : row_of(from.kind, key, now);
    if (row == kNoRow && key != kNoKey) return false;
    out.rows.push_back(row);
  }
  return true;
}

void Parked::take(const Column& from, std::uint32_t first, std::uint32_t end, const Snapshot& now, Vector& out) {
  out.clear(from.kind);
  const auto part = [&](const auto& all) {
    return std::remove_cvref_t<decltype(all)>(all.begin() + static_cast<std::ptrdiff_t>(first), all.begin() + static_cast<std::ptrdiff_t>(end));
  };
  switch (from.kind) {
    case VectorKind::none: return;
    case VectorKind::number: out.rows = part(from.numbers); return;
    case VectorKind::value: out.values = part(from.values); return;
    case VectorKind::lineage:
      for (auto i = first; i < end; ++i) out.lineages.push_back(from.sets[i] == nullptr ? nullptr : taken(*from.sets[i], now));
      return;
    default: break;
  }
  if (take_rows(from, first, end, now, out)) return;
  out.clear(VectorKind::value);
  for (auto i = first; i < end; ++i) {
    const auto key = from.keys[i];
    out.values.push_back(key == kNoKey ? Value() : from.kind == VectorKind::node ? Value(NodeKey{key}) : Value(EdgeKey{key}));
  }
}

Batch Parked::rows(std::uint32_t first, std::uint32_t end, const Snapshot& now) const {
  Batch out;
  out.size = end - first;
  for (const auto& [slot, column] : columns_) take(column, first, end, now, out.columns.fresh(slot, column.kind));
  return out;
}

std::size_t Parked::memory_bytes() const {
  std::size_t out = sizeof(Parked);
  for (const auto& [slot, column] : columns_) {
    out += sizeof(Column) + column.keys.size() * sizeof(std::uint64_t) + column.numbers.size() * sizeof(std::uint32_t);
    for (const auto& value : column.values) out += value_bytes(value);
    for (const auto& set : column.sets) out += sizeof(set) + (set == nullptr ? 0 : set->marks.size() * sizeof(KeyMark));
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
