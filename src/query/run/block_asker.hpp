#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "query/run/compare.hpp"
#include "query/run/execution.hpp"
#include "query/run/number_test.hpp"

namespace policygraph::inline v0::detail::query {

// Bits [first, end).
void set_range(std::uint32_t first, std::uint32_t end, BlockBits& out);

// Predicates over properties of rows that lie one after another in one block, as those of a scan do: a bit for each row, worked out for all
// of the block at once, and no list of rows from one predicate to the next.
class BlockAsker {
 public:
  // From how many rows of a batch on it pays.
  static constexpr std::size_t kManyRows = 256;

  BlockAsker(Execution& execution, const Batch& batch) : execution_(execution), query_(execution.plan.query), batch_(batch), size_(batch.size) {}
  // Of relationships alone that lie so, from `first` on, which stand in that slot. Requires: in one block.
  BlockAsker(Execution& execution, Slot slot, std::uint32_t first, std::uint32_t size)
      : execution_(execution),
        query_(execution.plan.query),
        batch_(kNothing),
        size_(size),
        edges_(slot),
        first_edge_(first),
        first_(first % policygraph::Column::kBlockRows) {}
  // Which rows of the block the predicate is true for, of those that lie in it; false where it cannot be answered so.
  bool ask(BoundId id, BlockBits& out) { return !query_.is_write && ask(id, Truth::yes, kDeepest, out); }
  // The rows for which the first few of the predicates are true, as many predicates as can be answered so for many rows: how many those
  // were. Nothing for none. Never fails for a row.
  std::size_t select_first(std::span<const BoundId> predicates, std::vector<std::uint32_t>& selection);
  // As Evaluator::select; false, and nothing changed, where it cannot be answered so. Never fails for a row.
  bool select(BoundId id, std::vector<std::uint32_t>& selection, Truth wanted);

 private:
  static constexpr unsigned kDeepest = 4;
  bool ask(BoundId id, Truth wanted, unsigned depth, BlockBits& out);
  bool ask_chain(const BoundExpression& e, Truth wanted, unsigned depth, BlockBits& out);
  bool ask_labels(const BoundExpression& e, Truth wanted, BlockBits& out);
  bool ask_null(const BoundExpression& e, Truth wanted, BlockBits& out);
  bool ask_property(const BoundExpression& e, Truth wanted, BlockBits& out);
  const Value* constant(BoundId id) const;
  // The column and the first row of variable.property; false where that is none, or its rows lie otherwise.
  bool find_rows(BoundId id, const policygraph::Column*& column, std::uint32_t& first);
  bool is_run(std::span<const std::uint32_t> rows);
  void keep(const BlockBits& bits, std::vector<std::uint32_t>& selection) const;

  Execution& execution_;
  const BoundQuery& query_;
  static const Batch kNothing;
  const Batch& batch_;
  const std::uint32_t size_;
  Slot edges_ = kNone;  // a slot of relationships that is not in the batch
  std::uint32_t first_edge_ = kNoRow;
  const std::uint32_t* run_ = nullptr;  // rows that were seen to lie so
  std::uint32_t first_ = kNoRow;        // where in its block the first row lies
};

}  // namespace policygraph::inline v0::detail::query
