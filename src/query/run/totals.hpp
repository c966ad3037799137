#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "query/run/accumulate.hpp"
#include "query/run/evaluator.hpp"

namespace policygraph::inline v0::detail::query {

// One aggregate of all groups. Counts, and sums, means and extremes of small numbers, are kept as numbers, a group each; a group that meets
// anything else goes on by an Accumulator of its own, from where it is. Both give the same to the last digit, errors too.
class Totals {
 public:
  Totals(Execution& execution, const BoundAggregate& aggregate, Evaluator& evaluator);

  // So many groups there are from now on.
  void resize(std::uint32_t groups);
  // Adds the rows, each to its group. Throws ValueTrouble.
  void add(const Batch& rows, std::span<const std::uint32_t> group_of);
  // Whether the order in which rows are added makes no difference so far.
  bool is_in_any_order() const noexcept { return is_fast_ && aggregate_.money == kNone && slow_.empty(); }
  // Adds what another has, its groups being these. False where that is not to be added in one go. Requires: is_in_any_order, of both.
  bool merge(const Totals& other, std::span<const std::uint32_t> group_of);
  // Once for each group. Throws ValueTrouble.
  Value finish(std::uint32_t group, const Value& percentile);
  // The same for all of these, where they are whole numbers; false where one is not, or may not be.
  bool finish_wholes(std::span<const std::uint32_t> groups, std::vector<std::int64_t>& out) const;
  Value currencies(std::uint32_t group);
  std::size_t bytes_a_group() const noexcept;

 private:
  enum class State : std::uint8_t { none, whole, decimal, day, slow };
  // A number of that many decimal places, or a day as ValueCode numbers it.
  struct Number {
    std::int64_t digits = 0;
    std::uint8_t scale = 0;
    State state = State::none;
  };

  void count_rows(std::span<const std::uint32_t> group_of);
  void count_few(std::span<const std::uint32_t> group_of);
  void add_values(const Vector& values, std::span<const std::uint32_t> group_of);
  void add_wholes(const std::vector<std::int64_t>& values, std::span<const std::uint32_t> group_of);
  bool add_all(const std::vector<std::int64_t>& values);
  void add_property(const Vector& values, std::span<const std::uint32_t> group_of);
  bool add_block(const BlockView& view, const Vector& values, std::span<const std::uint32_t> group_of, std::size_t first, std::size_t end);
  void add_cells(const Vector& values, std::span<const std::uint32_t> group_of, std::size_t first, std::size_t end, ColumnCursor& cell);
  void add_value(std::uint32_t group, const Value& value);
  void add_number(std::uint32_t group, Number number);
  bool add_alike(std::uint32_t group, std::int64_t digits, std::uint8_t scale, State state);
  void add_extreme(std::uint32_t group, Number number);
  bool add_sum(Number& sum, Number number) const;
  Accumulator& slow(std::uint32_t group);
  Value value_of(const Number& number) const;

  void keep_currencies(const Batch& rows, std::span<const std::uint32_t> group_of, const Vector& values);
  bool keep_currencies_by_column(const Batch& rows, std::span<const std::uint32_t> group_of, const Vector& values);
  void keep_currency(std::uint32_t group, const Value& currency);

  Execution& execution_;
  const BoundAggregate& aggregate_;
  Evaluator& evaluator_;
  const bool is_fast_;
  std::vector<std::int64_t> counts_;
  std::vector<Number> numbers_;
  std::vector<Value> currency_;                      // that of a group's amounts, null so far
  std::vector<std::uint32_t> currency_number_;       // of its text
  std::unordered_map<std::uint32_t, Accumulator> slow_;
  std::vector<Accumulator> all_slow_;
  ValueList found_;
};

}  // namespace policygraph::inline v0::detail::query
