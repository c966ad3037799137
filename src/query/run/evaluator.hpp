#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "query/run/compare.hpp"
#include "query/run/execution.hpp"
#include "query/run/lineage.hpp"
#include "query/run/members.hpp"

namespace policygraph::inline v0::detail::query {

class NumberTest;

// Works out expressions over the rows of a batch: whole columns where that is a loop over typed values, else row by row. The depth
// of an expression is bounded by the parser. One for each step that needs it; keeps the variables of comprehensions.
class Evaluator {
 public:
  explicit Evaluator(Execution& execution);
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  Value value(BoundId id, const Batch& batch, std::uint32_t row);
  Truth truth(BoundId id, const Batch& batch, std::uint32_t row);
  // What a quantifier asks of each item, asked of this one.
  Truth truth_of_item(BoundId quantifier, const Value& item, const Batch& batch, std::uint32_t row);
  // The values for all rows of the batch. `out` is none of the batch's columns. Gives the bytes of long values in it.
  std::size_t column(BoundId id, const Batch& batch, Vector& out);
  // The same where they stand already, else worked out into `made`.
  const Vector& seen_column(BoundId id, const Batch& batch, Vector& made);
  // The same, into a slot of the batch.
  std::size_t put_column(BoundId id, Batch& batch, Slot slot);
  // Leaves in the selection, which rises, the rows for which the predicate is true, or false.
  void select(BoundId id, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted = Truth::yes);
  // What subqueries of an expression find is gathered for the row of the batch; null: it is not.
  void gather_into(std::vector<LineageGatherer>* rows) { gatherers_ = rows; }
  // What the expression, one of kind currencies, gives.
  void currencies(BoundId id, const Batch& batch, std::uint32_t row, ValueList& out);
  // A column of the snapshot, and its rows for those of a batch; no column: all are null.
  struct PropertyRows {
    const policygraph::Column* column = nullptr;
    std::span<const std::uint32_t> rows;
  };
  // Where the currencies stand that such an expression gives, if it gives those of one property.
  std::optional<PropertyRows> currency_rows(BoundId id, const Batch& batch) const;
  // A row count for SKIP and LIMIT.
  std::size_t count(BoundId id, std::string_view clause);

 private:
  // evaluator.cpp
  Value property(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value property_of(const Value& base, std::uint32_t property, const BoundExpression& e);
  Truth has_labels(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Truth chain(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  // The value where it stands already; null where it has to be worked out.
  const Value* standing(BoundId id, const Batch& batch, std::uint32_t row) const;
  // The value where it stands already, else worked out into `made`, whose bytes are then in the room.
  const Value& seen(BoundId id, const Batch& batch, std::uint32_t row, Value& made, Room& room);
  // The list there; null where it is null. `what` begins the error for anything else.
  const ValueList* list_in(const BoundExpression& e, const Value& value, std::string_view what) const;
  Value checked(Value value) const;
  Value make_list(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value make_map(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value make_path(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  BoundId chosen(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value comprehension(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value quantifier(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value reduce(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  // evaluate_operation.cpp
  Value call(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value call_body(const BoundExpression& e, std::span<const Value> arguments);
  Value unary(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value binary(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value index(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Value slice(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Truth compare(const BoundExpression& e, const Value& left, const Value& right);
  std::optional<Truth> is_in_range(const BoundExpression& e, const Value& item, const Batch& batch, std::uint32_t row);
  std::optional<Truth> is_in_constant(const BoundExpression& e, const Value& item, const Value& list);
  // evaluate_currencies.cpp
  void refuse_currencies(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  void add_currencies(BoundId id, const Batch& batch, std::uint32_t row, ValueList& out);
  bool add_currency_of_element(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out) const;
  void add_currency(BoundId base, const std::string& name, const Batch& batch, std::uint32_t row, ValueList& out);
  void add_currencies_of_call(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out);
  void add_currencies_of_items(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out);
  void add_currencies_of_total(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out);
  // evaluate_subquery.cpp
  struct Inner;
  Value subquery(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  void add_currencies_of_found(const BoundExpression& e, const Batch& batch, std::uint32_t row, ValueList& out);
  // Puts the row and the comprehensions' variables into the inner plan.
  Inner& open_inner(const BoundExpression& e, const Batch& batch, std::uint32_t row);
  Inner& inner(std::uint32_t number);
  void gather(std::uint32_t number, const Batch& found, LineageGatherer& out) const;
  [[noreturn]] void fail_deleted(const BoundExpression& e) const;
  [[noreturn]] void fail(const BoundExpression& e, ErrorType type, Trouble detail, std::string text) const;
  // evaluate_column.cpp
  const Value* constant(BoundId id) const;
  bool refer(const BoundExpression& e, const Batch& batch, Vector& out) const;
  std::size_t repeat(const Value& value, std::uint32_t size, Vector& out);
  // evaluate_select.cpp: false where it is left to the rows
  std::optional<PropertyRows> property_rows(BoundId id, const Batch& batch) const;
  bool is_boolean(BoundId id) const;
  bool select_chain(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted);
  bool select_labels(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection);
  bool select_slot(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted);
  bool select_null(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted);
  bool select_property(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted);
  bool select_id(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted);
  bool select_in(const BoundExpression& e, const Batch& batch, std::vector<std::uint32_t>& selection, Truth wanted);
  template <class Fast, class Slow>
  void narrow_property(const PropertyRows& from, std::vector<std::uint32_t>& selection, Truth wanted, const NumberTest* test, Fast fast, Slow slow);
  const std::vector<std::int64_t>& numbers_in(BoundId id, const ValueList& list, const policygraph::Column& column);

  Execution& execution_;
  const BoundQuery& query_;
  Vector made_;                                   // of no use between calls but for its room
  std::vector<Value> locals_;
  std::vector<Value> local_money_;                // currencies of the amounts in them
  const BoundExpression* money_ = nullptr;        // whose currencies are asked for
  std::vector<LineageGatherer>* gatherers_ = nullptr;
  // Lists that stay the same for a run may be others in the next.
  void forget_lists();
  std::size_t labels_asked_ = 0;                  // rows that were asked for a label so far
  std::size_t runs_ = 0;                          // that were over when those below were made
  std::map<BoundId, Members> members_;            // of lists that stay the same
  std::map<BoundId, std::vector<std::int64_t>> list_numbers_;
  std::map<std::uint32_t, std::unique_ptr<Inner>> inner_;  // subqueries of comprehensions, made when first worked out
};

}  // namespace policygraph::inline v0::detail::query
