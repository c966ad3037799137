#include "query/run/lineage.hpp"

#include <algorithm>
#include <utility>

namespace policygraph::inline v0::detail::query {

void Lineage::of_node(std::uint32_t row, Slot slot, std::vector<Mark>& out) const {
  if (row == kNoRow) return;
  out.emplace_back(Mark::Kind::node, row);
  for (const auto property : execution_.plan.read[slot]) {
    const auto* column = execution_.names->node_columns[property];
    if (column != nullptr && column->has(row)) out.emplace_back(Mark::Kind::node_property, row, property);
  }
}

void Lineage::of_edge(std::uint32_t row, Slot slot, std::vector<Mark>& out) const {
  if (row == kNoRow) return;
  out.emplace_back(Mark::Kind::edge, row);
  for (const auto property : execution_.plan.read[slot]) {
    const auto* column = execution_.names->edge_columns[property];
    if (column != nullptr && column->has(row)) out.emplace_back(Mark::Kind::edge_property, row, property);
  }
}

void Lineage::of_value(const Value& value, Slot slot, std::vector<Mark>& out) const {
  const auto& snapshot = execution_.snapshot;
  if (value.kind() == ValueKind::node) {
    if (const auto row = snapshot.find(value.as_node())) of_node(row->value, slot, out);
  } else if (value.kind() == ValueKind::edge) {
    if (const auto row = snapshot.find(value.as_edge())) of_edge(row->value, slot, out);
  } else if (value.kind() == ValueKind::list && execution_.plan.query.slots[slot].is_path_edges) {
    for (const auto& item : value.as_list()) {
      if (item.kind() == ValueKind::edge) of_value(item, slot, out);
    }
  }
}

std::size_t Lineage::of_row(const Batch& batch, std::uint32_t row, std::vector<Mark>& out) const {
  std::size_t left_out = 0;
  for (Slot slot = 0; slot < batch.columns.size(); ++slot) left_out += of_slot(batch.columns[slot], row, slot, out);
  return left_out;
}

std::size_t Lineage::of_slots(const Batch& batch, std::uint32_t row, std::span<const Slot> slots, std::vector<Mark>& out) const {
  std::size_t left_out = 0;
  for (const auto slot : slots) left_out += of_slot(batch.columns[slot], row, slot, out);
  return left_out;
}

std::size_t Lineage::of_slot(const Vector& column, std::uint32_t row, Slot slot, std::vector<Mark>& out) const {
  switch (column.kind) {
    case VectorKind::node: of_node(column.rows[row], slot, out); break;
    case VectorKind::edge: of_edge(column.rows[row], slot, out); break;
    case VectorKind::value: of_value(column.values[row], slot, out); break;
    case VectorKind::lineage:
      if (const auto& set = column.lineages[row]) {
        out.insert(out.end(), set->marks.begin(), set->marks.end());
        return set->left_out;
      }
      break;
    default: break;
  }
  return 0;
}

namespace {

std::size_t place_of(std::uint64_t packed, std::size_t mask) { return (packed * 0x9E3779B97F4A7C15ULL >> 32) & mask; }

}  // namespace

void LineageGatherer::add(const std::vector<Mark>& marks, std::size_t left_out) {
  left_out_ += left_out;
  for (const auto& mark : marks) add((std::uint64_t{mark.what} << 32 | mark.row) + 1);
}

void LineageGatherer::add(std::uint64_t packed) {
  if (count_ * 2 >= slots_.size()) grow();
  const auto mask = slots_.size() - 1;
  for (auto at = place_of(packed, mask);; at = (at + 1) & mask) {
    if (slots_[at] == packed) return;
    if (slots_[at] != 0) continue;
    if (count_ == kMaxMarks) {
      ++left_out_;
    } else {
      slots_[at] = packed;
      ++count_;
    }
    return;
  }
}

void LineageGatherer::grow() {
  std::vector<std::uint64_t> wider(slots_.empty() ? 16 : slots_.size() * 2);
  const auto mask = wider.size() - 1;
  for (const auto packed : slots_) {
    if (packed == 0) continue;
    auto at = place_of(packed, mask);
    while (wider[at] != 0) at = (at + 1) & mask;
    wider[at] = packed;
  }
  slots_ = std::move(wider);
}

std::shared_ptr<const LineageSet> LineageGatherer::finish() const {
  auto out = std::make_shared<LineageSet>();
  out->left_out = left_out_;
  out->marks.reserve(count_);
  for (const auto packed : slots_) {
    if (packed == 0) continue;
    Mark mark;
    mark.row = static_cast<std::uint32_t>(packed - 1);
    mark.what = static_cast<std::uint32_t>((packed - 1) >> 32);
    out->marks.push_back(mark);
  }
  std::sort(out->marks.begin(), out->marks.end());
  return out;
}

void put_lineages(const std::vector<LineageGatherer>& rows, Vector& column) {
  for (const auto& row : rows) column.lineages.push_back(row.is_empty() ? nullptr : row.finish());
}

std::vector<EvidenceId> resolve_marks(std::span<const Mark> marks, const Snapshot& snapshot, const Names& names) {
  std::vector<EvidenceId> out;
  const auto append = [&out](const auto& ids) { out.insert(out.end(), ids.begin(), ids.end()); };
  // A property may be gone whose value was read: the query wrote it and took it back.
  const auto append_property = [&](auto row, std::uint32_t number) {
    if (const auto property = names.properties[number]) append(snapshot.evidence(row, *property));
  };
  for (const auto& mark : marks) {
    switch (mark.kind()) {
      case Mark::Kind::node: append(snapshot.evidence(NodeRow{mark.row})); break;
      case Mark::Kind::edge: append(snapshot.evidence(EdgeRow{mark.row})); break;
      case Mark::Kind::node_property: append_property(NodeRow{mark.row}, mark.property()); break;
      case Mark::Kind::edge_property: append_property(EdgeRow{mark.row}, mark.property()); break;
      case Mark::Kind::evidence: out.push_back(EvidenceId{mark.row}); break;
      case Mark::Kind::passage: break;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace policygraph::inline v0::detail::query
