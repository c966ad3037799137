#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "query/bind/bound.hpp"
#include "query/limits.hpp"

namespace policygraph::inline v0::detail::query {

// Variables that can be seen, by name.
using Scope = std::map<std::string, Slot, std::less<>>;
using NameNumbers = std::map<std::string, std::uint32_t, std::less<>>;

class Binder {
 public:
  Binder(const Syntax& syntax, const Snapshot& snapshot, std::shared_ptr<const Procedures> procedures, Limits& limits);
  BoundQuery run();

 private:
  struct Local {
    std::string name;
    std::uint32_t number;
    Type type;
  };
  // Beside a slot that may hold amounts of money.
  struct Money {
    Slot slot = kNone;   // holds a list of their currencies
    std::string text;    // where they come from: "f.currency"
  };
  // While items of an aggregating projection are bound: what may stand beside an aggregate.
  struct Grouping {
    struct Key {
      ExpressionId expression;
      Slot slot;
    };
    std::vector<Key> keys;
    std::vector<BoundAggregate>* aggregates = nullptr;  // null: aggregates are not allowed here
    const Scope* inner = nullptr;                        // what an aggregate's arguments see
    const std::map<Slot, Money>* row_money = nullptr;    // and where they find currencies
    bool is_strict = false;                              // variables must be keys
    bool is_beside_aggregate = false;                    // a key that is more than a variable or its property is ambiguous
  };

  // Queries (bind.cpp).
  void bind_root();
  BoundPart bind_part(const SingleQuery& query, bool is_subquery);
  void bind_clause(const Clause& clause, BoundPart& part, bool is_last, bool is_subquery);
  BoundClause bind_unwind(const Clause& clause);
  enum class Within : std::uint8_t { query, expression, call };
  void check_order(const SingleQuery& query, Within within) const;
  bool may_end(const Clause& last) const;
  void check_columns();
  bool is_call_alone() const;
  std::uint32_t bind_subpart(const QuerySyntax& query, BoundId* value, ExpressionId value_syntax);

  // Patterns (bind_match.cpp).
  BoundClause bind_match(const Clause& clause);
  void bind_path(const PathPattern& path, BoundPattern& pattern);
  EdgePattern searched(const EdgePattern& edge) const;
  std::uint32_t bind_node(const NodePattern& node, BoundPattern& pattern);
  std::uint32_t bind_edge(const EdgePattern& edge, std::uint32_t from, std::uint32_t to, BoundPattern& pattern);
  BoundId take_relationship(Slot slot, Span span);
  void bind_path_properties(ExpressionId properties, Slot slot, BoundPattern& pattern);
  void bind_pattern_properties(ExpressionId properties, Slot slot, BoundPattern& pattern);
  void bind_path_variable(const PathPattern& path, const std::vector<std::uint32_t>& nodes, std::size_t first_edge,
                          std::vector<Assignment>& out, const std::vector<Slot>& node_slots, const std::vector<Slot>& edge_slots);
  std::uint32_t label_number(const Name& label);
  std::uint32_t type_number(const Name& type);
  std::uint32_t property_number(std::string_view property, Span span, bool is_graph_element);
  void add_conjuncts(BoundId expression, std::vector<BoundId>& out);

  // WITH and RETURN (bind_projection.cpp).
  BoundClause bind_projection(const Clause& clause);
  std::vector<ProjectionItem> items_of(const Clause& clause) const;
  void bind_plain_items(const std::vector<ProjectionItem>& items, BoundProjection& out);
  void bind_aggregating_items(const std::vector<ProjectionItem>& items, BoundProjection& out, Grouping& grouping, std::map<Slot, Money>& row_money);
  void bind_tail(const Clause& clause, const std::vector<ProjectionItem>& items, BoundClause& out, Grouping& grouping);
  BoundId bind_constant(ExpressionId id, std::string_view clause);
  bool has_aggregate(ExpressionId id) const;
  void refuse_ambiguous(ExpressionId id) const;
  Slot assign(BoundId expression, const std::string& name, std::vector<Assignment>& out);

  // CALL (bind_procedure.cpp).
  BoundClause bind_procedure(const Clause& clause, bool is_alone);
  const Procedure& find_procedure(const Name& name) const;
  void bind_arguments(const Clause& clause, bool is_alone, BoundCall& out);
  BoundId bind_left_out(const ProcedureField& field, Span span);
  void bind_yields(const Clause& clause, bool is_alone, BoundCall& out);
  void add_yield(const Name& variable, std::uint32_t result, BoundCall& out);

  // CALL { } (bind_subquery.cpp).
  BoundClause bind_subquery_clause(const Clause& clause);
  BoundPart bind_called_part(const SingleQuery& part, Scope imports, bool is_lasting);
  void keep_imports(BoundProjection& projection);
  Scope imports_of(const Clause& clause, const SingleQuery& part, const Scope& outer) const;
  bool is_import(const Clause& first, const Scope& outer) const;
  void bind_called_columns(const Clause& clause, BoundCallSubquery& called);
  void check_same_columns(const std::vector<OutputColumn>& wanted, const std::vector<OutputColumn>& found, Span place) const;

  // Notes of what is likely not meant so (bind_notes.cpp).
  void note_null(Operation op, BoundId left, BoundId right);
  void note_other_type(Operation op, BoundId left, BoundId right);
  void note_literal(const BoundExpression& property, const BoundExpression& literal, bool is_equality);
  // What is known to be in a slot: labels of a node, types of a relationship.
  void note_kinds(Slot slot, const std::vector<Name>& names);
  std::vector<std::string> kinds_of(const BoundExpression& property) const;
  void note_kind_as_name(const Name& name, bool is_node);
  void note_endless(const EdgePattern& edge);
  void note_cross_product(const BoundClause& match);

  // Writes (bind_write.cpp).
  BoundClause bind_create(const Clause& clause);
  BoundClause bind_merge(const Clause& clause);
  BoundClause bind_set(const Clause& clause);
  BoundClause bind_delete(const Clause& clause);
  void bind_create_path(const PathPattern& path, BoundCreate& out);
  Slot bind_create_node(const NodePattern& node, BoundCreate& out);
  Slot bind_create_edge(const EdgePattern& edge, Slot left, Slot right, BoundCreate& out);
  BoundSet bind_set_item(const SetItem& item);

  // Expressions (bind_expression.cpp, bind_call.cpp).
  BoundId bind_expression(ExpressionId id);
  BoundId bind_variable(const Expression& e);
  std::string suggest_variable(const Expression& e) const;
  BoundId bind_property(const Expression& e);
  BoundId bind_operation(const Expression& e);
  BoundId bind_logic(const Expression& e);
  BoundId bind_container(const Expression& e);
  BoundId bind_case(const Expression& e);
  Type item_type(BoundId list) const;
  BoundId bind_comprehension(const Expression& e);
  BoundId bind_reduce(const Expression& e);
  BoundId bind_parameter(const Expression& e);
  BoundId bind_call(const Expression& e);
  void check_argument(const Function& function, BoundId argument);
  BoundId bind_aggregate(const Expression& e, const AggregateFunction* function);
  BoundId bind_subquery(const Expression& e);
  BoundId bind_path_search(const Expression& e);
  void check_predicate(const PathPattern& path) const;
  void check_ends(const PathPattern& path) const;
  std::vector<Slot> read_since(std::size_t count);
  BoundId add_early(BoundSubquery subquery, Type type, Span span);
  BoundId add_inner(BoundSubquery subquery, Type type, const Expression& e);
  BoundId add(BoundExpression expression);
  BoundId add_slot(Slot slot, Span span);
  BoundId copy_of(const Expression& e, BoundKind kind, Type type);
  void expect_type(BoundId id, Type wanted, std::string_view where, std::string_view way_out = {});

  // Amounts of money and their currencies (bind_money.cpp).
  bool is_money(std::string_view property);
  bool may_hold_money(BoundId id);
  bool index_may_hold_money(const BoundExpression& e);
  std::string money_text(BoundId id);
  BoundId currencies_of(BoundId id);
  void keep_currencies(Slot slot, BoundId from, std::vector<Assignment>& out);
  BoundAggregate gathered_currencies(BoundId from);
  void keep_aggregate_currencies(BoundAggregate& aggregate);
  void keep_grouped_currencies(BoundProjection& projection);
  void keep_distinct_currencies(BoundProjection& projection);
  void keep_union_currencies(std::size_t column, BoundCallSubquery& called);
  void mark_money(BoundId id);

  Slot new_slot(std::string name, Type type);
  Slot declare(const Name& name, Type type);
  const Slot* find_variable(std::string_view name) const;
  void notify(Span span, std::string text);

  const Syntax& syntax_;
  const Snapshot& snapshot_;
  Limits& limits_;
  BoundQuery out_;
  Scope scope_;
  Scope imports_;  // what CALL (a) { } names: there throughout it
  NameNumbers label_numbers_, type_numbers_, property_numbers_, parameter_numbers_;  // where a name stands in out_
  std::vector<Local> locals_;
  Grouping grouping_;
  std::vector<BoundSubquery>* subqueries_ = nullptr;
  bool is_in_aggregate_ = false;
  bool may_hold_pattern_ = false;  // in WHERE
  bool may_write_ = true;          // not within an expression
  std::map<Slot, std::vector<std::string>> kinds_;
  bool is_with_expression_ = false;  // subqueries are worked out with their expression, and not before the step
  bool is_whole_ = true;           // not within a subquery
  bool is_last_ = false;           // the RETURN of the whole query: nothing reads what it gives
  std::vector<Slot> reads_;        // slots read so far; a subquery looks at those read since it began
  std::size_t writes_ = 0;         // clauses so far that write
  std::size_t unsteady_ = 0;       // so far: functions and procedures that may answer otherwise the next time
  std::optional<bool> has_money_;  // whether the schema knows sums of money
  std::map<std::string, bool, std::less<>> money_names_;
  std::map<Slot, Money> money_;    // slots that may hold amounts
  std::set<std::uint32_t> money_locals_;
  BoundId bind_predicate(ExpressionId id);
};

}  // namespace policygraph::inline v0::detail::query
