#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "policygraph/graph/column.hpp"
#include "policygraph/graph/transaction.hpp"
#include "policygraph/query/query.hpp"
#include "query/limits.hpp"
#include "query/plan/plan.hpp"
#include "query/run/batch.hpp"
#include "query/run/column_cursor.hpp"

namespace policygraph::inline v0::detail::query {

// What the names of a query are in one snapshot.
struct Names {
  std::vector<std::optional<Label>> labels;
  std::vector<std::optional<EdgeType>> types;
  std::vector<std::optional<Property>> properties;
  std::vector<const policygraph::Column*> node_columns, edge_columns;
};
Names resolve_names(const BoundQuery& query, const Snapshot& snapshot);

// What PROFILE counts, a step each; the time of a step includes that of the steps it takes from.
struct StepProfile {
  std::size_t rows = 0;
  std::chrono::nanoseconds time{0};
};

// One run of a plan: the snapshot it sees (a write moves it on), the names in it, parameters, limits, and what was written.
struct Execution {
  const Plan& plan;
  const QueryOptions& options;
  Snapshot snapshot;
  const Names* names;
  std::vector<Value> parameters;
  Limits limits;
  Transaction* transaction = nullptr;
  WriteCounts counts;
  std::vector<StepProfile>* profile = nullptr;  // none: nothing is counted
  std::set<BoundId> failed_early;                // predicates that failed for a row where they are asked early
  std::map<EdgeKey, std::string> deleted_types;  // of the edges this query deleted: type() still answers
  Names own_names;  // after a write
  std::size_t moves = 0;  // how often a write moved the snapshot on
  std::vector<Passage> passages;  // that procedures named: marks are numbers of them
  std::map<Passage, std::uint32_t> passage_numbers;
  std::vector<Diagnostic> notifications;  // beside those of the query
  QueryClock clock;
  TimeZones zones;
  // Of the nodes of a scan, those that this thread takes; without a step it takes all.
  struct Part {
    const Step* scan = nullptr;
    std::uint32_t first = 0, end = 0;
  };
  Part part;
  // Of the rows that a step gives, those whose value in a slot, or of an expression, is one of so many.
  struct Wanted {
    StepId above = kNone;
    Slot slot = kNone;
    BoundId expression = kNone;
    const Vector* values = nullptr;
    std::uint32_t size = 0;
  };
  std::vector<Wanted> wanted;

  std::size_t runs = 0;  // of the plan, before this one

  Execution(const Plan& the_plan, const QueryOptions& the_options, Snapshot the_snapshot, const Names& the_names,
            const Limits* since = nullptr);
  // To run a plan that only reads once more, over the same snapshot; the options may have changed.
  void begin_again(const Limits* since);
  // What the clocks show; a query that asks none of them need not know.
  void read_clock();
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  FunctionScope scope() { return {snapshot, limits, clock, zones, &deleted_types}; }
  // Its number.
  std::uint32_t passage(const Passage& found);
  // How the blocks of a column lie, kept from one batch to the next; none where too few rows are read for that to pay.
  ColumnViews* views_of(const policygraph::Column& column, std::size_t rows) {
    constexpr std::size_t kManyRows = 128;
    return rows < kManyRows ? nullptr : &views_[&column];
  }
  // Each text once, the first hundred.
  void notify(Span span, std::string text);
  // The transaction's state after its latest write; rows of held batches are moved along, and of those that said so.
  void refresh(std::vector<Batch>& held);
  void refresh();
  // One that was left behind by refreshes, to the snapshot as it is now.
  void catch_up(Batch& batch, const Snapshot& from) const;
  // While it lives, the batch is moved along with every write.
  class MovedAlong {
   public:
    MovedAlong(Execution& execution, Batch& batch) : execution_(execution) { execution_.along_.push_back(&batch); }
    ~MovedAlong() { execution_.along_.pop_back(); }
    MovedAlong(const MovedAlong&) = delete;
    MovedAlong& operator=(const MovedAlong&) = delete;

   private:
    Execution& execution_;
  };

 private:
  std::vector<Batch*> along_;
  std::unordered_map<const policygraph::Column*, ColumnViews> views_;  // of this snapshot
};

// The values of a query's parameters, as the caller gives them: by name, or in the order in which the query names them first.
class Given {
 public:
  Given(const Parameters& by_name) noexcept : by_name_(&by_name) {}
  Given(std::span<const Value> in_order) noexcept : in_order_(in_order) {}
  // Throws for one that is missing, or that the query does not use.
  void bind(const BoundQuery& query, std::vector<Value>& out) const;

 private:
  void bind_in_order(const BoundQuery& query, std::vector<Value>& out) const;
  const Parameters* by_name_ = nullptr;
  std::span<const Value> in_order_;
};
std::vector<Value> bind_parameters(const BoundQuery& query, const Parameters& parameters);

// The row of the node that a row of the batch has in `slot`, kNoRow for null. Throws QueryError for a value that is no node.
std::uint32_t node_at(const Execution& execution, Slot slot, const Batch& batch, std::uint32_t row);

}  // namespace policygraph::inline v0::detail::query
