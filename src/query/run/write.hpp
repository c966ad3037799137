#pragma once

#include <vector>

#include "query/run/operator.hpp"
#include "query/run/set_turns.hpp"

namespace policygraph::inline v0::detail::query {

// What the writing operators share. A write is eager: all rows of its input are there before the first is written, so that no clause
// sees what a later one makes. Afterwards the snapshot is the transaction's, and the rows at hand are moved to it.
class Writer {
 public:
  // What subqueries find that stand within its expressions goes to the slot `lineage`; kNone: it is not gathered.
  Writer(Execution& execution, Slot lineage) : execution_(execution), evaluator_(execution), lineage_(lineage) {}

  // Around what is worked out for a batch, and before the snapshot moves on: the rows rest on what was found, beside what they rested on.
  void begin_gathering(const Batch& batch);
  void end_gathering(Batch& batch);

  // Makes the nodes and edges of one row; their keys go to the slots as plain values, until `settle`.
  // A MERGE refuses null properties: it could never find again what it made.
  void create(const BoundCreate& create, Batch& batch, std::uint32_t row, bool is_merge = false);
  // The keys in the slots become rows of the snapshot; then paths are put together.
  void settle(const BoundCreate& create, Batch& batch);
  // SET or REMOVE, one row after another and item by item: a later one sees what an earlier one set.
  void set_all(const std::vector<BoundSet>& items, bool is_removal, std::vector<Batch>& batches);
  Evaluator& evaluator() { return evaluator_; }

 private:
  PropertyList properties(BoundId id, const Batch& batch, std::uint32_t row, bool is_merge);
  // The snapshot that a batch's rows are of.
  struct Seen {
    Snapshot snapshot;
    std::size_t moves;
  };
  void catch_up(Batch& batch, Seen& seen) const;
  void set_turn(const BoundSet& item, bool is_removal, const std::vector<RowAt>& rows, std::vector<Batch>& batches, std::vector<Seen>& seen);
  // One item for one row.
  void set(const BoundSet& item, bool is_removal, const Batch& batch, std::uint32_t row);
  void set_map(const BoundSet& item, const Value& target, const Value& value);
  void set_property(const Value& target, const std::string& name, Value value, Span span);
  void set_labels(const BoundSet& item, bool is_removal, const Value& target);
  void check_property(const std::string& name, const Value& value, Span span) const;
  void check_alive(const Value& target, Span span) const;
  NodeKey node_key(Slot slot, const Batch& batch, std::uint32_t row, Span span);
  template <class Action>
  auto at_place(Span span, Action action);

  Execution& execution_;
  Evaluator evaluator_;
  Slot lineage_;
  std::vector<LineageGatherer> gatherers_;
};

// All rows of an operator, charged to the limits.
std::vector<Batch> read_all(Operator& input, Execution& execution);

// Gives the batches that a write holds, split to the vector size.
class HeldRows {
 public:
  bool next(Batch& out, std::uint32_t vector_size);
  std::vector<Batch> batches;

 private:
  std::size_t batch_ = 0;
  std::uint32_t row_ = 0;
};

}  // namespace policygraph::inline v0::detail::query
