#include <algorithm>
#include <string>
#include <string_view>

#include "query/functions/function.hpp"

// What functions are called in Neo4j, in SQL and in programming languages, and how the same is said here.
namespace policygraph::inline v0::detail::query {
namespace {

struct Other {
  std::string_view name;   // in lower case
  std::string_view write;
};
constexpr Other kOthers[] = {
    {"average", "avg(...)"},
    {"array_agg", "collect(...)"},
    {"capitalize", "toUpper(left(text, 1)) + substring(text, 1)"},
    {"cast", "toInteger(...), toFloat(...), decimal(...) or toString(...)"},
    {"ceiling", "ceil(...)"},
    {"char_length", "size(text)"},
    {"charindex", "text CONTAINS part"},
    {"concat", "a + b"},
    {"contains", "text CONTAINS part"},
    {"convert", "toInteger(...), toFloat(...), decimal(...) or toString(...)"},
    {"curdate", "date()"},
    {"current_date", "date()"},
    {"current_timestamp", "datetime()"},
    {"date_part", "d.year, d.month or d.day"},
    {"date_trunc", "date.truncate('month', d)"},
    {"datediff", "duration.inDays(from, to).days"},
    {"day", "d.day"},
    {"distinct", "RETURN DISTINCT ..., or count(DISTINCT ...)"},
    {"elementid", "id(...)"},
    {"endswith", "text ENDS WITH part"},
    {"extract", "[x IN list | ...]; of a date d.year, d.month or d.day"},
    {"filter", "[x IN list WHERE ...]"},
    {"float", "toFloat(...)"},
    {"format", "toString(...)"},
    {"getdate", "datetime()"},
    {"group_concat", "collect(...)"},
    {"if", "CASE WHEN ... THEN ... ELSE ... END"},
    {"ifnull", "coalesce(...)"},
    {"iif", "CASE WHEN ... THEN ... ELSE ... END"},
    {"in", "x IN [1, 2]"},
    {"indegree", "COUNT { (n)<--() }"},
    {"indexof", "text CONTAINS part"},
    {"instr", "text CONTAINS part"},
    {"int", "toInteger(...)"},
    {"isnull", "x IS NULL, or coalesce(...)"},
    {"join", "reduce(out = '', x IN list | out + x)"},
    {"lcase", "toLower(...)"},
    {"len", "size(...)"},
    {"lowercase", "toLower(...)"},
    {"like", "text CONTAINS part"},
    {"mean", "avg(...)"},
    {"median", "percentileCont(x, 0.5)"},
    {"month", "d.month"},
    {"now", "datetime(), or date() for the day"},
    {"nvl", "coalesce(...)"},
    {"outdegree", "COUNT { (n)-->() }"},
    {"degree", "COUNT { (n)--() }"},
    {"pow", "x ^ y"},
    {"power", "x ^ y"},
    {"querynodes", "CALL text.nodes('words') YIELD node, score, or names.similar"},
    {"random", "rand()"},
    {"regexp", "CONTAINS, STARTS WITH or ENDS WITH"},
    {"regexp_match", "CONTAINS, STARTS WITH or ENDS WITH"},
    {"startswith", "text STARTS WITH part"},
    {"str", "toString(...)"},
    {"string", "toString(...)"},
    {"string_agg", "collect(...)"},
    {"strlen", "size(text)"},
    {"substr", "substring(text, start, length), counted from 0"},
    {"sysdate", "datetime()"},
    {"to_char", "toString(...)"},
    {"to_date", "date('2020-10-05')"},
    {"to_number", "toInteger(...) or decimal(...)"},
    {"tobooleanornull", "toBoolean(...)"},
    {"today", "date()"},
    {"tofloatornull", "toFloat(...)"},
    {"tointegerornull", "toInteger(...)"},
    {"tolist", "[x]"},
    {"tolowercase", "toLower(...)"},
    {"tonumber", "toInteger(...) or decimal(...)"},
    {"tostringornull", "toString(...)"},
    {"touppercase", "toUpper(...)"},
    {"truncate", "round(...), or date.truncate('month', d)"},
    {"ucase", "toUpper(...)"},
    {"uppercase", "toUpper(...)"},
    {"year", "d.year"},
};
static_assert(std::ranges::all_of(kOthers, [](const Other& other) {
  return std::ranges::none_of(other.name, [](char c) { return c >= 'A' && c <= 'Z'; });
}));

constexpr std::string_view kExtensions[] = {"apoc", "gds", "db", "dbms", "genai", "spatial", "vector"};

}  // namespace

std::string elsewhere(std::string_view name) {
  std::string lower(name);
  for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto dot = lower.rfind('.');
  const auto last = dot == std::string::npos ? lower : lower.substr(dot + 1);
  const auto* found = std::ranges::find(kOthers, last, &Other::name);
  if (found != std::end(kOthers)) return "; write " + std::string(found->write);
  if (dot == std::string::npos) return "";
  const auto first = std::string_view(lower).substr(0, lower.find('.'));
  if (std::ranges::find(kExtensions, first) != std::end(kExtensions)) return "; '" + std::string(first) + "' is an extension of Neo4j and not here";
  // n.name.toUpper()
  if (const auto* function = find_function(last)) {
    return "; functions stand before what they take: " + std::string(function->name) + "(" + std::string(name.substr(0, dot)) + ")";
  }
  return "";
}

}  // namespace policygraph::inline v0::detail::query
