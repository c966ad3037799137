#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/query/procedure.hpp"
#include "query/functions/function.hpp"
#include "query/syntax/ast.hpp"

// What a query means: variables are slots of a row, names are numbers, functions are found, aggregates stand apart.
namespace policygraph::inline v0::detail::query {

using BoundId = std::uint32_t;
using Slot = std::uint32_t;

enum class BoundKind : std::uint8_t {
  literal,      // value
  parameter,    // number: into parameters
  slot,         // number
  local,        // number: the variable of a comprehension and its kin
  property,     // number: into properties; children: base
  has_labels,   // names: into labels; children: base
  list, map,    // keys; children
  unary, binary, all_of, any_of,
  index, slice,
  call,         // function; children
  case_of,
  comprehension, quantifier,  // number: local; children as in the syntax
  reduce,       // number: accumulator, second: variable
  path,         // children: node, edge, node, ... as slots
  subquery,     // number: into BoundQuery::inner
  currencies,   // children: what holds amounts; a list of the currencies they are in
};

struct BoundExpression {
  BoundKind kind = BoundKind::literal;
  Operation op = Operation::none;
  Type type = Type::any;
  bool has_subject = false;
  bool has_else = false;
  bool is_money = false;  // + - and reduce over amounts, which must be in one currency
  std::uint32_t number = kNone;
  std::uint32_t second = kNone;
  Span span;
  Value value;
  const Function* function = nullptr;
  std::vector<BoundId> children;
  std::vector<std::uint32_t> names;
  std::vector<std::string> keys;
};

struct SlotInfo {
  std::string name;   // empty: hidden
  Type type = Type::any;
  bool is_path_edges = false;  // the edges of a variable-length relationship
};

struct BoundNode {
  Slot slot = kNone;
  bool is_new = true;
  std::vector<std::uint32_t> labels;  // all of them
  Span span;
};

struct BoundEdge {
  Slot slot = kNone;
  std::uint32_t from = 0, to = 0;     // nodes of the pattern, as written from left to right
  Direction direction = Direction::both;
  std::vector<std::uint32_t> types;   // any of them; empty: any
  bool is_path = false;
  std::uint32_t least = 1;
  std::optional<std::uint32_t> most;
  PathPattern::Search search = PathPattern::Search::every;
  Span span;
};

struct Assignment {
  Slot slot = kNone;
  BoundId expression = kNone;
};

// A pattern with its own predicates ({name: 'x'}); edges of one pattern are pairwise different.
struct BoundPattern {
  std::vector<BoundNode> nodes;
  std::vector<BoundEdge> edges;
  std::vector<BoundId> predicates;
  std::vector<Assignment> paths;
};

struct BoundPart;

// A subquery of an expression, worked out for each row before the expression is: slot gets true/false, a count, or a list. One that
// reads variables of comprehensions around it is worked out with the expression instead, for each item.
struct BoundSubquery {
  enum class Mode : std::uint8_t { exists, count, collect };
  Mode mode = Mode::exists;
  Slot slot = kNone;
  std::uint32_t part = kNone;   // into BoundQuery::subparts
  BoundId value = kNone;        // collect
  BoundId money = kNone;        // collect: the currencies of a value; those of all go to money_slot
  Slot money_slot = kNone;
  struct Local {
    std::uint32_t number = 0;
    Slot slot = kNone;          // where the subquery reads it
  };
  std::vector<Local> locals;
  std::vector<Slot> reads;      // sorted; those of the rows around are among them
  std::uint32_t inner = kNone;  // with locals: into BoundQuery::inner
};

struct BoundAggregate {
  Slot slot = kNone;
  Aggregate aggregate = Aggregate::count;
  bool is_distinct = false;
  BoundId argument = kNone;     // kNone: count(*)
  BoundId second = kNone;       // the percentile
  BoundId money = kNone;        // the currencies of the argument's amounts, which must be one
  Slot money_slot = kNone;      // gets the list of those met
  std::string money_text;       // "f.currency"
  bool is_money_near = false;   // which can be read here
  Span span;
};

struct BoundSort {
  BoundId expression = kNone;
  bool is_descending = false;
};

struct OutputColumn {
  std::string name;
  Slot slot = kNone;
};

struct BoundProjection {
  bool is_aggregating = false;
  bool is_distinct = false;
  std::vector<Assignment> before;          // grouping keys, or all items: worked out first
  std::vector<Slot> keys;                  // slots to group by
  std::vector<BoundAggregate> aggregates;
  std::vector<BoundAggregate> distinct_money;  // the currencies in rows that DISTINCT makes one
  std::vector<Assignment> after;           // items over aggregates
  std::vector<OutputColumn> columns;             // what is visible afterwards
  std::vector<Slot> recalled;              // and of the row around CALL (a) { }, though groups and DISTINCT let go of it
  std::vector<BoundSubquery> late_subqueries;  // of ORDER BY and WHERE
  std::vector<BoundSort> order;
  BoundId skip = kNone;
  BoundId limit = kNone;
};

struct BoundSet {
  SetItem::Kind kind = SetItem::Kind::property;
  BoundId target = kNone;
  std::string property;
  std::vector<std::string> labels;
  BoundId value = kNone;
  Span span;
};

struct BoundCreate {
  struct Node {
    Slot slot = kNone;
    std::vector<std::string> labels;
    BoundId properties = kNone;
    Span span;
  };
  struct Edge {
    Slot slot = kNone;
    Slot from = kNone, to = kNone;
    std::string type;
    BoundId properties = kNone;
    Span span;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Assignment> paths;
};

struct BoundCall {
  struct Yield {
    std::string name;
    Slot slot = kNone;
    std::uint32_t result = 0;              // of the procedure
  };
  const Procedure* procedure = nullptr;    // of BoundQuery::procedures
  std::vector<BoundId> arguments;
  std::vector<Yield> yields;
  Span span;
};

// CALL { }: its parts, joined by UNION, and the columns they give to the rows around.
struct BoundCallSubquery {
  std::vector<std::uint32_t> parts;        // into BoundQuery::subparts
  bool is_union_all = false;
  bool is_unit = false;                    // without RETURN: the rows around pass as they are
  bool is_writing = false;
  bool is_once = false;                    // reads nothing of the rows around, and answers alike each time
  std::vector<OutputColumn> columns;       // the first column_count; behind them the currencies of amounts in them
  std::size_t column_count = 0;
  std::vector<BoundAggregate> money;       // UNION: the currencies in rows that become one
};

struct BoundClause {
  ClauseKind kind = ClauseKind::match;
  Span span;
  std::vector<BoundSubquery> subqueries;   // needed by the expressions of this clause
  std::vector<BoundSubquery> set_subqueries;  // MERGE: by ON CREATE and ON MATCH
  bool is_optional = false;
  bool is_detach = false;
  BoundPattern pattern;                    // MATCH, MERGE
  std::vector<BoundId> where;              // conjuncts
  BoundProjection projection;              // WITH, RETURN
  Assignment unwind;
  Assignment unwind_money;                 // the currencies of the list's amounts
  BoundCall call;
  BoundCallSubquery subquery;              // CALL { }
  BoundCreate create;                      // CREATE, MERGE
  std::vector<BoundSet> sets, match_sets;
  std::vector<BoundId> deleted;
};

struct BoundPart {
  std::vector<BoundClause> clauses;
  std::vector<OutputColumn> columns;             // of its RETURN; empty without one
  std::vector<Slot> arguments;             // subqueries: slots of the outer row
};

struct BoundParameter {
  std::string name;
  Span span;
};

struct BoundQuery {
  std::string text;
  std::shared_ptr<const Procedures> procedures;
  std::vector<BoundExpression> expressions;
  std::vector<SlotInfo> slots;
  std::uint32_t local_count = 0;
  std::vector<std::string> labels, types, properties;
  std::vector<BoundParameter> parameters;
  std::vector<BoundPart> parts;            // joined by UNION
  bool is_union_all = false;
  std::vector<BoundPart> subparts;
  std::vector<BoundSubquery> inner;        // those worked out with their expression
  std::vector<std::string> columns;
  bool is_write = false;
  QueryMode mode = QueryMode::answer;
  std::vector<Diagnostic> notifications;
};

// Throws QueryError. The snapshot says which names there are; its schema, which may be.
BoundQuery bind(const Syntax& syntax, const Snapshot& snapshot, std::shared_ptr<const Procedures> procedures, Limits& limits);
BoundQuery bind(const Syntax& syntax, const Snapshot& snapshot, std::shared_ptr<const Procedures> procedures = nullptr);

std::string to_text(const BoundQuery& query);
std::string to_text(const BoundQuery& query, BoundId expression);
std::string slot_text(const BoundQuery& query, Slot slot);

}  // namespace policygraph::inline v0::detail::query
