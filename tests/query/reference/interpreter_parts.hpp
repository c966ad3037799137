#pragma once

#include <optional>

#include "reference/interpreter.hpp"
#include "reference/matcher.hpp"

namespace policygraph::testing::reference {

struct Row {
  Values values;
  Grounds carried;  // of rows and subqueries that are gone
};
using Rows = std::vector<Row>;

class Interpreter {
 public:
  Interpreter(const bound::BoundQuery& query, const Snapshot& snapshot, const Parameters& parameters, std::size_t budget);
  Answer run();
  void write_to(Transaction& transaction, std::uint64_t order);

 private:
  // interpreter.cpp
  static void remove_doubles(Answer& out);
  void add(const bound::BoundPart& part, const Row& row, Answer& out) const;
  Grounds grounds_of(const Row& row) const;
  void add_grounds(const Value& value, bound::Slot slot, Grounds& out) const;
  Rows rows_of(const bound::BoundPart& part, Rows rows);
  Rows after(const bound::BoundClause& clause, Rows rows);
  Rows unwound(const bound::BoundClause& clause, Rows rows);
  Rows kept(const std::vector<bound::BoundId>& predicates, Rows rows);
  void assign(const std::vector<bound::Assignment>& assignments, Rows& rows);
  Value value(bound::BoundId id, Row& row);
  void answer(const std::vector<bound::BoundSubquery>& subqueries, Rows& rows);
  Value answer(const bound::BoundSubquery& subquery, Row& row);

  // matched.cpp
  struct Search {
    bound::BoundEdge edge;
    bound::Slot from = bound::kNone, to = bound::kNone, path = bound::kNone;
  };
  Rows matched(const bound::BoundClause& clause, const Rows& rows);
  static std::vector<Search> take_searches(bound::BoundPattern& pattern, const bound::BoundQuery& query);
  Rows searched(const Search& search, const bound::BoundClause& asked, const Rows& rows);
  bool reads(bound::BoundId id, bound::Slot slot, const std::vector<bound::BoundSubquery>& early) const;
  bool reads(bound::BoundId id, const Search& search, const std::vector<bound::BoundSubquery>& early) const;
  bound::BoundClause asked_of(const Search& search, const std::vector<bound::BoundSubquery>& early, bound::BoundClause& rest) const;

  // projection.cpp
  Rows projected(const bound::BoundClause& clause, Rows rows);
  std::vector<Rows> groups(const std::vector<bound::Slot>& keys, const Rows& rows);
  Row gathered(const std::vector<bound::Slot>& keys, const Rows& group) const;
  Rows aggregated(const bound::BoundProjection& projection, const Rows& rows);
  Rows distinct(const std::vector<bound::OutputColumn>& columns, const Rows& rows);
  void sort(const bound::BoundProjection& projection, Rows& rows);
  std::size_t count(bound::BoundId id, std::size_t otherwise);
  Rows cut(const bound::BoundProjection& projection, Rows rows);

  // calls.cpp
  Rows called(const bound::BoundClause& clause, Rows rows);
  Value fitted(const Value& value, const ProcedureField& field) const;
  Rows called_subquery(const bound::BoundCallSubquery& called, const Rows& rows);
  Rows found_by(const bound::BoundCallSubquery& called, const Row& row);

  // writes.cpp
  Rows written(const bound::BoundClause& clause, Rows rows);
  void create(const bound::BoundCreate& create, Row& row, bool is_merge);
  Rows merged(const bound::BoundClause& clause, Rows rows);
  Rows merged(const bound::BoundClause& clause, Row row);
  void set_all(const bound::BoundClause& clause, Rows& rows);
  void set_row(const std::vector<bound::BoundSet>& items, bool is_removal, Row& row);
  void set(const bound::BoundSet& item, bool is_removal, Row& row);
  void set_map(const bound::BoundSet& item, const Value& target, const Value& value);
  void set_property(const Value& target, const std::string& name, const Value& value);
  void set_labels(const bound::BoundSet& item, bool is_removal, const Value& target);
  void delete_all(const bound::BoundClause& clause, Rows& rows);
  PropertyList properties(bound::BoundId id, Row& row, bool is_merge);
  NodeKey end_of(const Value& value) const;
  bool is_there(const Value& target) const;
  void look_again();
  std::vector<std::size_t> order_of(std::size_t count);

  const bound::BoundQuery& query_;
  Snapshot snapshot_;
  Budget budget_;
  Expressions expressions_;
  Grounds* carried_ = nullptr;  // where what subqueries of an expression find goes
  const Row* around_ = nullptr;  // of the CALL { } at hand
  std::optional<Matcher> matcher_;
  Transaction* transaction_ = nullptr;
  std::uint64_t order_ = 0;
  std::size_t most_rows_ = 0;
  WriteCounts counts_;
};

}  // namespace policygraph::testing::reference
