#pragma once

#include <string>
#include <vector>

#include "random/random.hpp"

namespace policygraph::testing {

// A partial is a partial date, a moment a date-time with or without a zone.
enum class Base { integer, floating, string, boolean, node, edge, mixed, decimal, date, partial, moment, duration };
// A bag is a list whose order is not known; a length is a path of which only the length is known.
enum class Shape { one, list, bag, path, length };
struct Kind {
  Base base = Base::integer;
  Shape shape = Shape::one;
  friend bool operator==(const Kind&, const Kind&) = default;
};
struct Variable {
  std::string name;
  Kind kind;
};

// Makes expressions of a wanted kind over the variables that can be seen; type-correct, so that they rarely fail.
class ExpressionMaker {
 public:
  explicit ExpressionMaker(Random& random) : random_(random) {}

  std::string expression(Kind kind, int depth);
  std::string predicate(int depth) { return boolean(depth, true); }
  // What a WHERE may ask of one shortest path, whose relationships may have a name.
  std::string path_condition(const std::string& path, const std::string& relationships, int depth);
  std::string search_arrow(const std::string& name, bool is_bounded = false);
  // The WHERE of a MATCH, or none.
  std::string where(int depth, unsigned percent);
  // The pattern of a MATCH; declares what it names.
  std::string pattern();
  std::string new_name(const char* stem) { return stem + std::to_string(++names_); }
  Kind any_kind();

  std::vector<Variable> scope;   // variables of the query
  std::vector<Variable> locals;  // of comprehensions around
  bool has_shortest = false;
  bool may_search = true;        // patterns may be shortest paths, which a WHERE behind them chooses among
  bool has_ids = true;           // id(n) may be asked for; false: keys depend on the order of rows

 private:
  const Variable* variable(Kind kind);
  std::string integer(int depth);
  std::string floating(int depth);
  std::string string(int depth);
  // temporal_expressions.cpp
  std::string decimal(int depth);
  std::string date(int depth);
  std::string partial(int depth);
  std::string moment(int depth);
  std::string duration(int depth);
  std::string part(int depth);
  std::string day_test(int depth);
  std::string exact_literal(Base base);
  std::string boolean(int depth, bool may_hold_pattern);
  std::string comparison(int depth);
  std::string column_test(int depth);
  std::string list_test(int depth);
  std::string mixed(int depth);
  std::string element(Base base, int depth);
  std::string list(Base base, int depth);
  std::string bag(Base base, int depth);
  std::string comprehension(Base base, Shape source, int depth);
  std::string property(Base base, int depth);
  std::string choice(Base base, int depth);
  std::string subquery(int depth);
  std::string predicate_path();
  std::string literal(Base base);

  std::string path(std::size_t least_edges);
  std::string shortest();
  std::string path_conditions(int depth);
  std::string property_test(const std::string& name);
  std::string path_search(bool is_all);
  std::string node();
  std::string edge();
  std::string edge_body();
  std::string types();
  std::string length();
  std::string pattern_properties();

  Random& random_;
  std::size_t names_ = 0;
  struct Search {
    std::string path, relationships;
  };
  std::vector<Search> searches_;     // of the MATCH at hand
  std::vector<std::string> walked_;  // edge variables of the pattern at hand
};

}  // namespace policygraph::testing
