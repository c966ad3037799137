#pragma once

#include <span>
#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// What one row rests on: every node and edge it binds, the properties the query reads of them, and what aggregates below gathered.
// Rows keep their bindings to the end, so this is asked once for each row of the answer, and never with evidence off.
class Lineage {
 public:
  explicit Lineage(const Execution& execution) : execution_(execution) {}
  // Appends to `out`; gives how often something was left out below.
  std::size_t of_row(const Batch& batch, std::uint32_t row, std::vector<Mark>& out) const;
  // The same of some slots alone.
  std::size_t of_slots(const Batch& batch, std::uint32_t row, std::span<const Slot> slots, std::vector<Mark>& out) const;

 private:
  std::size_t of_slot(const Vector& column, std::uint32_t row, Slot slot, std::vector<Mark>& out) const;
  void of_value(const Value& value, Slot slot, std::vector<Mark>& out) const;
  void of_node(std::uint32_t row, Slot slot, std::vector<Mark>& out) const;
  void of_edge(std::uint32_t row, Slot slot, std::vector<Mark>& out) const;
  const Execution& execution_;
};

// Gathers what many rows rest on, up to kMaxMarks.
class LineageGatherer {
 public:
  void add(const std::vector<Mark>& marks, std::size_t left_out);
  std::shared_ptr<const LineageSet> finish() const;
  std::size_t memory_bytes() const noexcept { return slots_.capacity() * sizeof(slots_[0]); }
  bool is_empty() const noexcept { return count_ == 0 && left_out_ == 0; }

 private:
  void add(std::uint64_t packed);
  void grow();

  std::vector<std::uint64_t> slots_;  // open addressing; 0 is free
  std::size_t count_ = 0;
  std::size_t left_out_ = 0;
};

// The lineages of the rows of a batch, into its column, which is empty.
void put_lineages(const std::vector<LineageGatherer>& rows, Vector& column);

// The evidence of marks, without duplicates, in order of id; passages have none.
std::vector<EvidenceId> resolve_marks(std::span<const Mark> marks, const Snapshot& snapshot, const Names& names);

}  // namespace policygraph::inline v0::detail::query
