#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/span.hpp"
#include "policygraph/model/value.hpp"

// What a query says, before its names mean anything. Expressions stand in one arena, children before parents, so nothing here is
// recursive to destroy; their depth is bounded by kMaxDepth, so they may be walked by recursion.
namespace policygraph::inline v0::detail::query {

inline constexpr std::uint32_t kMaxDepth = 400;
inline constexpr std::uint32_t kNone = ~std::uint32_t{0};
using ExpressionId = std::uint32_t;

enum class ExpressionKind : std::uint8_t {
  literal,        // value
  parameter,      // name
  variable,       // name
  property,       // children: base; name
  has_labels,     // children: base; names
  list,           // children
  map,            // names: keys; children: values
  unary,          // op, children: operand
  binary,         // op, children: left, right
  all_of, any_of, // AND, OR of the children
  index,          // children: base, index
  slice,          // children: base, from or none, to or none (kNone)
  call,           // name, is_distinct, children
  count_star,
  case_of,        // has_subject, children: [subject] (when then)* [else]; has_else
  comprehension,  // name: variable; children: list, where or kNone, value or kNone
  quantifier,     // name: variable; op says which; children: list, predicate
  reduce,         // name: accumulator, names[0]: variable; children: start, list, step
  pattern,        // query: a pattern that must exist (a predicate)
  pattern_list,   // query: pattern comprehension; children: value
  exists, count,  // query: subquery
  path_search,    // query: MATCH of shortestPath or allShortestPaths; children: its path variable, which has no name
};

enum class Operation : std::uint8_t {
  none, add, subtract, multiply, divide, modulo, power, negate, plus, not_, xor_,
  equal, not_equal, less, less_equal, greater, greater_equal, in, starts_with, ends_with, contains, matches, is_null, is_not_null,
  all, any, none_of, single,
};
std::string_view operation_text(Operation op) noexcept;

struct Expression {
  ExpressionKind kind = ExpressionKind::literal;
  Operation op = Operation::none;
  bool is_distinct = false;
  bool has_subject = false;
  bool has_else = false;
  std::uint16_t depth = 0;             // its own and all below; before it is made: what its subquery holds
  Span span;
  std::uint32_t query = kNone;  // into Syntax::queries
  std::string name;
  Value value;
  std::vector<ExpressionId> children;
  std::vector<std::string> names;
  std::vector<Span> name_spans;
};

struct Name {
  std::string text;
  Span span;
};

struct NodePattern {
  std::optional<Name> variable;
  std::vector<Name> labels;
  ExpressionId properties = kNone;
  Span span;
};

enum class Direction : std::uint8_t { out, in, both };

struct EdgePattern {
  std::optional<Name> variable;
  std::vector<Name> types;
  Direction direction = Direction::both;
  bool is_path = false;                // variable length
  std::uint32_t least = 1;
  std::optional<std::uint32_t> most;
  ExpressionId properties = kNone;
  Span span;
};

struct PathPattern {
  enum class Search : std::uint8_t { every, shortest, all_shortest };
  std::optional<Name> variable;
  Search search = Search::every;
  std::vector<NodePattern> nodes;      // one more than edges
  std::vector<EdgePattern> edges;
  Span span;
};

struct ProjectionItem {
  ExpressionId expression = kNone;
  std::string name;                    // alias, or the text as written
  bool has_alias = false;
  bool is_nameless = false;            // an expression in WITH without AS: an error, told once all else is bound
  Span span;
};

struct SortItem {
  ExpressionId expression = kNone;
  bool is_descending = false;
};

struct Projection {
  bool is_distinct = false;
  bool has_star = false;
  std::vector<ProjectionItem> items;
  std::vector<SortItem> order;
  ExpressionId skip = kNone;
  ExpressionId limit = kNone;
};

// SET and REMOVE items: a property, a map (replace or add), or labels.
struct SetItem {
  enum class Kind : std::uint8_t { property, replace, add, labels };
  Kind kind = Kind::property;
  ExpressionId target = kNone;         // the node or edge
  std::string property;
  std::vector<Name> labels;
  ExpressionId value = kNone;
  Span span;
};

enum class ClauseKind : std::uint8_t { match, with, return_, unwind, call, subquery, create, merge, set, remove, delete_ };

// CALL: YIELD result AS variable.
struct YieldItem {
  Name result, variable;
};

struct CallSyntax {
  Name procedure;
  bool has_arguments = false;          // written out, be they none
  std::vector<ExpressionId> arguments;
  bool has_yield = false;
  std::optional<Span> star;            // YIELD *
  std::vector<YieldItem> yields;
};

struct Clause {
  ClauseKind kind = ClauseKind::match;
  Span span;
  bool is_optional = false;            // OPTIONAL MATCH
  bool is_detach = false;              // DETACH DELETE
  std::vector<PathPattern> patterns;
  ExpressionId where = kNone;
  Projection projection;
  ExpressionId expression = kNone;     // UNWIND
  Name variable;                       // UNWIND
  CallSyntax call;                     // CALL
  std::uint32_t query = kNone;         // CALL { }: into Syntax::queries
  std::optional<std::vector<Name>> imports;  // CALL (a, b) { }
  bool imports_all = false;            // CALL (*) { }
  std::vector<SetItem> items;          // SET, REMOVE; MERGE: ON CREATE
  std::vector<SetItem> match_items;    // MERGE: ON MATCH
  std::vector<ExpressionId> deleted;
};

struct SingleQuery {
  std::vector<Clause> clauses;
};

struct QuerySyntax {
  std::vector<SingleQuery> parts;      // joined by UNION
  bool is_union_all = false;
};

// EXPLAIN and PROFILE stand before a query and ask for its plan.
enum class QueryMode : std::uint8_t { answer, explain, profile };

struct Syntax {
  std::string text;
  std::vector<Expression> expressions;
  std::vector<QuerySyntax> queries;    // subqueries and patterns of expressions
  QuerySyntax root;
  QueryMode mode = QueryMode::answer;
};

// Throws QueryError with a place. Linear in the text.
Syntax parse(std::string_view text);

// Canonical text: one clause a line, every operation in parentheses.
std::string to_text(const Syntax& syntax);
std::string to_text(const Syntax& syntax, ExpressionId expression);
// Whether two expressions say the same, whatever their spelling.
bool same_expression(const Syntax& syntax, ExpressionId a, ExpressionId b);

}  // namespace policygraph::inline v0::detail::query
