#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "policygraph/base/timezone.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/value.hpp"
#include "query/limits.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

// What is known of an expression before it runs.
enum class Type : std::uint8_t { any, boolean, integer, floating, decimal, number, string, list, map, node, edge, path, temporal };
std::string_view type_text(Type type) noexcept;

// Seconds since 1970-01-01T00:00Z.
struct Moment {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;
};

// The time a query runs at: one for the whole statement. `realtime` asks anew, unless the caller fixed the time.
struct QueryClock {
  Moment statement;
  bool is_fixed = false;
  Moment realtime() const;
};

// What a function may see beside its arguments.
struct FunctionScope {
  const Snapshot& snapshot;
  Limits& limits;         // asked every thousand items or 64 KiB, and before bytes are taken
  const QueryClock& clock;
  TimeZones& zones;
  const std::map<EdgeKey, std::string>* deleted_types = nullptr;  // of edges the query deleted
};
using FunctionBody = Value (*)(std::span<const Value> arguments, const FunctionScope& scope);

struct Function {
  std::string_view name;       // as documented: toUpper
  std::uint8_t least_arguments;
  std::uint8_t most_arguments;
  Type result;
  FunctionBody body;
  bool takes_null = false;     // false: a null argument makes the result null without a call
};

// Without regard to case; null where there is none.
const Function* find_function(std::string_view name);
// What to say of a name that no function has: what people used to another language are after, "; did you mean 'toUpper'?", or "".
std::string suggest_function(std::string_view name);

// "; write toUpper(...)" for what it is called in Neo4j, SQL or a programming language; "" where that is not known.
std::string elsewhere(std::string_view name);

// The functions by subject, a file each.
std::span<const Function> string_functions();
std::span<const Function> numeric_functions();
std::span<const Function> list_functions();
std::span<const Function> graph_functions();
std::span<const Function> temporal_functions();
std::span<const Function> truncate_functions();
std::span<const Function> duration_functions();
std::span<const Function> partial_date_functions();
std::span<const Function> decimal_functions();
std::span<const Function> conversion_functions();

enum class Aggregate : std::uint8_t { count, sum, average, least, greatest, collect, deviation, population_deviation, percentile, percentile_between,
                                      currencies };  // the last: all that the lists of a group name; not to be written
struct AggregateFunction {
  std::string_view name;
  Aggregate aggregate;
  std::uint8_t arguments;
  Type result;
};
const AggregateFunction* find_aggregate(std::string_view name);

// A value that an operation or a function cannot take: who knows the place turns it into a QueryError.
struct ValueTrouble {
  ErrorType type;
  Trouble detail;
  std::string text;
};
[[noreturn]] void refuse(ErrorType type, Trouble detail, std::string text);
[[noreturn]] void refuse_type(std::string_view function, std::string_view expected, const Value& found);
// "an Integer", "a String".
std::string a_kind(const Value& value);
// The value as an error shows it: its text where that is short, else its beginning, or how much there is of it.
std::string excerpt(const Value& value);

}  // namespace policygraph::inline v0::detail::query
