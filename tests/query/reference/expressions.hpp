#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "policygraph/base/timezone.hpp"
#include "policygraph/query/query.hpp"
#include "query/bind/bound.hpp"
#include "query/limits.hpp"
#include "reference/logic.hpp"

namespace policygraph::testing::reference {

namespace bound = detail::query;

using Values = std::vector<Value>;  // of one row, a slot each; null where nothing is bound

// So many small steps, and no more.
struct Budget {
  std::size_t left = 0;
  void spend() {
    if (left == 0) throw Unsupported("more work than the budget allows");
    --left;
  }
};

// The value of a bound expression for one row. Comparison, logic, arithmetic on numbers, strings and lists, access and comprehensions
// are written out here and in arithmetic.cpp; scalar functions and parts of temporal values are the engine's own.
class Expressions {
 public:
  Expressions(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters, Budget& budget);

  Value value(bound::BoundId id, const Values& row);
  Logic truth(bound::BoundId id, const Values& row);
  // How a subquery that reads variables of comprehensions is worked out: its number, the row, and those variables' values.
  std::function<Value(std::uint32_t, const Values&, const std::vector<Value>&)> subquery;
  // Of relationships that the query deleted: type() still answers.
  std::map<EdgeKey, std::string> deleted_types;

 private:
  using E = bound::BoundExpression;
  Value property(const Value& base, const std::string& name) const;
  Value has_labels(const E& e, const Values& row);
  Value unary(const E& e, const Values& row);
  Value binary(const E& e, const Values& row);
  Logic comparison(bound::Operation op, const Value& a, const Value& b) const;
  Value index(const E& e, const Values& row);
  Value slice(const E& e, const Values& row);
  Value call(const E& e, const Values& row);
  Value chosen(const E& e, const Values& row);
  Value comprehension(const E& e, const Values& row);
  Value quantifier(const E& e, const Values& row);
  Value reduced(const E& e, const Values& row);
  Value path(const E& e, const Values& row);
  ValueList items(bound::BoundId list, const Values& row, bool& is_null);
  static QueryOptions bounded() {
    QueryOptions out;
    out.max_memory = std::size_t{1} << 24U;  // of one value
    return out;
  }

  const bound::BoundQuery& query_;
  const Snapshot& snapshot_;
  std::vector<Value> parameters_;
  Budget& budget_;
  std::vector<Value> locals_;
  bound::QueryClock clock_;
  TimeZones zones_;
  QueryOptions bounds_ = bounded();
  bound::Limits limits_{bounds_};
};

}  // namespace policygraph::testing::reference
