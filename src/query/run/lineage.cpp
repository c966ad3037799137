#include "query/run/lineage.hpp"

#include <algorithm>

namespace policygraph::detail::query {

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
  for (Slot slot = 0; slot < batch.columns.size(); ++slot) {
    const auto& column = batch.columns[slot];
    switch (column.kind) {
      case VectorKind::node: of_node(column.rows[row], slot, out); break;
      case VectorKind::edge: of_edge(column.rows[row], slot, out); break;
      case VectorKind::value: of_value(column.values[row], slot, out); break;
      case VectorKind::lineage:
        if (const auto& set = column.lineages[row]) {
          out.insert(out.end(), set->marks.begin(), set->marks.end());
          left_out += set->left_out;
        }
        break;
      default: break;
    }
  }
  return left_out;
}

void LineageGatherer::add(const std::vector<Mark>& marks, std::size_t left_out) {
  left_out_ += left_out;
  for (const auto& mark : marks) {
    const auto packed = std::uint64_t{mark.what} << 32 | mark.row;
    if (seen_.size() < kMaxMarks) {
      seen_.insert(packed);
    } else if (seen_.count(packed) == 0) {
      ++left_out_;
    }
  }
}

std::shared_ptr<const LineageSet> LineageGatherer::finish() const {
  auto out = std::make_shared<LineageSet>();
  out->left_out = left_out_;
  for (const auto packed : seen_) {
    Mark mark;
    mark.row = static_cast<std::uint32_t>(packed);
    mark.what = static_cast<std::uint32_t>(packed >> 32);
    out->marks.push_back(mark);
  }
  std::sort(out->marks.begin(), out->marks.end());
  return out;
}

std::vector<EvidenceId> resolve_marks(std::span<const Mark> marks, const Snapshot& snapshot, const Names& names) {
  std::vector<EvidenceId> out;
  const auto append = [&out](const auto& ids) { out.insert(out.end(), ids.begin(), ids.end()); };
  for (const auto& mark : marks) {
    switch (mark.kind()) {
      case Mark::Kind::node: append(snapshot.evidence(NodeRow{mark.row})); break;
      case Mark::Kind::edge: append(snapshot.evidence(EdgeRow{mark.row})); break;
      case Mark::Kind::node_property: append(snapshot.evidence(NodeRow{mark.row}, *names.properties[mark.property()])); break;
      case Mark::Kind::edge_property: append(snapshot.evidence(EdgeRow{mark.row}, *names.properties[mark.property()])); break;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace policygraph::detail::query
