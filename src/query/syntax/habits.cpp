#include "query/syntax/habits.hpp"

#include <algorithm>

#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::string_view kText = "'text'";  // any string token
constexpr std::string_view kWord = "word";    // any name
constexpr std::string_view kParameter = "$name";

// The token that cannot stand where it is, those beside it, and the nearest bracket that is open: "" any; "-": none, or that of a subquery.
struct Habit {
  std::string_view within, before, at, after;
  std::string_view text;
};

constexpr std::string_view kOrder = "ORDER BY, SKIP and LIMIT stand behind RETURN or WITH, in this order";
constexpr std::string_view kPath = "a relationship is written -[:TYPE]-> or -->";
constexpr std::string_view kHops = "a path of several relationships is written -[:TYPE*1..3]->";
constexpr std::string_view kNot = "NOT stands before what it negates: NOT x IN list, NOT a CONTAINS b";
constexpr std::string_view kCase = "a choice is written CASE WHEN ... THEN ... ELSE ... END";
constexpr std::string_view kSchema = "indexes are made by themselves, and what is unique the schema says";

// The first that fits.
constexpr Habit kHabits[] = {
    {"", "", "!", "=", "'!=' is written '<>'"},
    {"", "=", "=", "", "'==' is written '='"},
    {"", "=", ">", "", "'=>' is written '>='"},
    {"", "=", "<", "", "'=<' is written '<='"},
    {"", "", "&", "&", "'&&' is written AND"},
    {"", "", "&", "", "texts are joined with '+', conditions with AND"},
    {"", "=", ":", "word", "a parameter is written $name"},
    {"-", "RETURN", "word", "", "something is missing before RETURN"},
    {"-", "FROM", "word", "", "there is no FROM: MATCH (n:Label) says where to look"},
    {"", "-", ">", "", "behind EXISTS a pattern stands in braces, EXISTS { (a)-->(b) }; a relationship is written -[:TYPE]-> or -->"},
    {"", "", "|", "|", "'||' is written OR; texts are joined with '+'"},
    {"", ":", "!", "", "a label cannot be negated in a pattern; write WHERE NOT n:Label"},
    {"", "", "!", "", "'!' is written NOT"},
    {"", ":", "%", "", "any label is said by leaving it out"},
    {"(", "", "WHERE", "", "WHERE stands behind the pattern, not within it"},
    {"[", "", "WHERE", "", "WHERE stands behind the pattern, not within it"},
    {"-", "", "WHERE", "", "WHERE stands behind MATCH, WITH or YIELD, once; conditions are joined with AND and OR"},
    {"-", "", "ORDER", "BY", kOrder},
    {"-", "ORDER", "BY", "", "a comma too many before ORDER BY"},
    {"-", "", "SKIP", "", kOrder},
    {"-", "", "LIMIT", "", kOrder},
    {"-", "", "OFFSET", "", "OFFSET is written SKIP, and stands before LIMIT"},
    {"-", "", "NULLS", "", "nulls come last, and first with DESC; ORDER BY x IS NULL, x says otherwise"},
    {"", "", "GROUP", "BY", "there is no GROUP BY: what RETURN or WITH names beside an aggregate, it groups by"},
    {"", "", "HAVING", "", "there is no HAVING: aggregate in WITH, and put WHERE behind it"},
    {"", "", "SELECT", "", "there is no SELECT: MATCH (n:Label) finds, and RETURN n.property says what to give"},
    {"-", "", "FROM", "", "there is no FROM: MATCH (n:Label) says where to look"},
    {"-", "", "INSERT", "", "there is no INSERT: CREATE (n:Label {name: 'text'}) makes a node"},
    {"-", "", "UPDATE", "", "there is no UPDATE: MATCH finds what is to change, and SET changes it"},
    {"-", "", "JOIN", "", "there is no JOIN: relationships are walked, MATCH (a)-[:TYPE]->(b)"},
    {"-", "", "INNER", "JOIN", "there is no JOIN: relationships are walked, MATCH (a)-[:TYPE]->(b)"},
    {"-", "", "LEFT", "JOIN", "there is no JOIN: what may be missing is walked by OPTIONAL MATCH (a)-[:TYPE]->(b)"},
    {"", "", "LIKE", "", "LIKE is written CONTAINS, STARTS WITH or ENDS WITH"},
    {"", "", "ILIKE", "", "ILIKE is written toLower(a) CONTAINS 'b', or fold(a) CONTAINS fold(b)"},
    {"", "", "BETWEEN", "", "BETWEEN is written low <= x <= high"},
    {"", "", "NOT", "IN", kNot},
    {"", "", "NOT", "CONTAINS", kNot},
    {"", "", "NOT", "STARTS", kNot},
    {"", "", "NOT", "ENDS", kNot},
    {"", "", "NOT", "LIKE", kNot},
    {"", "", "STARTS", "", "STARTS WITH is two words"},
    {"", "", "ENDS", "", "ENDS WITH is two words"},
    {"", "", "IS", "", "IS stands in IS NULL and IS NOT NULL alone; anything else is compared with '=' or '<>'"},
    {"", "", "IF", "", kCase},
    {"", "IF", "word", "", kCase},
    {"", "", "ELSEIF", "", kCase},
    {"", "", "ELIF", "", kCase},
    {"-", "", "FOREACH", "", "there is no FOREACH: UNWIND list AS item, and then CREATE, MERGE or SET"},
    {"-", "", "LOAD", "CSV", "a query reads no files; hand the rows over as a parameter, and UNWIND it"},
    {"-", "", "USE", "", "a query asks the one graph it is given; there is no USE"},
    {"-", "", "SHOW", "", "there is no SHOW; the schema says which labels, types and properties there are"},
    {"-", "", "DROP", "", kSchema},
    {"-", "CREATE", "INDEX", "", kSchema},
    {"-", "CREATE", "CONSTRAINT", "", kSchema},
    {"-", "CREATE", "UNIQUE", "", kSchema},
    {"-", "CREATE", "TABLE", "", "there are no tables: nodes have labels, CREATE (n:Label {name: 'text'})"},
    {"-", "", "OPTIONAL", "CALL", "there is no OPTIONAL CALL; put OPTIONAL MATCH into the subquery"},
    {"-", "MATCH", "SHORTEST", "", "the shortest path is written MATCH p = shortestPath((a)-[*]->(b))"},
    {"-", "", "OPTIONAL", "", "OPTIONAL stands before MATCH: OPTIONAL MATCH (a)-->(b)"},
    {"-", "", "DETACH", "", "DETACH stands before DELETE: DETACH DELETE n"},
    {"-", "DETACH", "word", "", "DETACH stands before DELETE: DETACH DELETE n"},
    {"-", "", "ORDER", "", kOrder},
    {"-", "", "FINISH", "", "there is no FINISH; a query that writes may end with what it writes"},
    {"", "COLLECT", "{", "", "there is no COLLECT { }: a list is written [(a)-->(b) | b.name]"},
    {"", "word", "{", ".", "there is no n {.name}: a map is written {name: n.name}"},
    {"", "word", "{", "*", "there is no n {.*}: all properties are properties(n)"},
    {"", ".", "*", "", "all properties of n are properties(n)"},
    {"{", "", "=", "", "within { } a value stands behind a colon: {name: 'text'}"},
    {"{", "{", "'text'", ":", "names within { } stand without quotes: {name: 'text'}"},
    {"{", ",", "'text'", ":", "names within { } stand without quotes: {name: 'text'}"},
    {"{", "", "word", ":", "a comma is missing before it"},
    {"", "AS", "'text'", "", "a name behind AS stands without quotes, or in backticks: AS `full name`"},
    {"", ":", "$name", "", "a label or a type is no parameter; write WHERE $label IN labels(n), or type(r) = $type"},
    {"", ":", "'text'", "", "a label or a type stands without quotes, or in backticks"},
    {"", "(", "'text'", "", "a node is written (:Label {name: 'text'})"},
    {"", ">", "{", "", kHops},
    {"", "-", "{", "", kHops},
    {"", ")", "{", "", kHops},
    {"", ">", "+", "", kHops},
    {"", ">", "*", "", kHops},
    {"", ")", "-", "", kPath},
    {"", "]", "(", "", kPath},
    {"", ")", "<", "", kPath},
    {"", "]", ">", "", kPath},
    {"-", ")", "(", "", "patterns stand apart by a comma, or by a relationship: (a), (b) or (a)-->(b)"},
    {"", "DISTINCT", "word", "", "DISTINCT stands right behind RETURN or WITH, or first within an aggregate"},
    {"-", "", "AS", "", "AS names a column of RETURN or WITH, and the item of UNWIND"},
};

std::string upper(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

bool is(const Token* token, std::string_view wanted) {
  if (wanted.empty()) return true;
  if (token == nullptr) return false;
  if (wanted == kText) return token->kind == TokenKind::string;
  if (wanted == kWord) return token->kind == TokenKind::name;
  if (wanted == kParameter) return token->kind == TokenKind::parameter;
  return (token->kind == TokenKind::name || token->kind == TokenKind::symbol) && upper(token->text_view) == wanted;
}

bool is_symbol(const Token& token, std::string_view any_of) {
  return token.kind == TokenKind::symbol && token.text_view.size() == 1 && any_of.find(token.text_view[0]) != std::string_view::npos;
}

// The bracket around the token at `at` that is nearest; the size where there is none.
std::size_t open_around(std::span<const Token> tokens, std::size_t at) {
  std::size_t closed = 0;
  while (at-- > 0) {
    if (is_symbol(tokens[at], ")]}")) ++closed;
    if (!is_symbol(tokens[at], "([{")) continue;
    if (closed == 0) return at;
    --closed;
  }
  return tokens.size();
}

bool is_within(std::string_view wanted, std::string_view bracket) {
  if (wanted.empty()) return true;
  return wanted == "-" ? bracket.empty() || bracket == "{" : wanted == bracket;
}

// (n:One|Other), n:One|Other
bool is_choice_of_labels(std::span<const Token> tokens, std::size_t at) {
  return at >= 2 && is_symbol(tokens[at], "|") && is_symbol(tokens[at - 2], ":");
}

// LIMIT 5, 10
bool is_second_limit(std::span<const Token> tokens, std::size_t at) {
  return at >= 2 && is_symbol(tokens[at], ",") && tokens[at - 1].kind == TokenKind::integer && is(&tokens[at - 2], "LIMIT");
}

// {name}
bool is_old_parameter(std::span<const Token> tokens, std::size_t at) {
  return at >= 2 && is_symbol(tokens[at], "}") && tokens[at - 1].kind == TokenKind::name && is_symbol(tokens[at - 2], "{");
}

// "Clean Water" without its quotes, where a value stands: not after the colon of a label.
bool is_bare_text(std::span<const Token> tokens, std::size_t at, std::string_view bracket) {
  if (at < 2 || tokens[at].kind != TokenKind::name || tokens[at - 1].kind != TokenKind::name) return false;
  return is_symbol(tokens[at - 2], bracket == "{" ? "=:" : "=") && !is_symbol(tokens[at + 1], "(:");
}

struct Stray {
  std::string_view characters;
  std::string_view text;
};
constexpr Stray kStrays[] = {
    {"“”„‟«»‘’‚‹›", "a text stands between straight quotes, ' or \""},
    {"–—−‒", "a minus is written '-', and so is a relationship: -->"},
    {"→←⟶⟵", "a relationship is written --> or <--"},
    {"≠", "unequal is written '<>'"},
    {"≤", "at most is written '<='"},
    {"≥", "at least is written '>='"},
    {"×·", "multiplied is written '*'"},
    {"÷", "divided is written '/'"},
    {"…", "and so on is written '..'"},
    {"，、", "a comma is written ','"},
    {"；", "a query ends with ';'"},
    {"（）", "parentheses are written '(' and ')'"},
    {"@?", "a parameter is written $name"},
    {"#", "a comment begins with //"},
    {"~", "CONTAINS, STARTS WITH and ENDS WITH look into texts"},
    {"\\", "it escapes within a text alone"},
    {"€£¥", "a sum is a number, and its currency a property"},
    {"№", "a number such as 'PF-6079' is a text in quotes"},
};

}  // namespace

std::string habit_text(std::span<const Token> tokens, std::size_t at) {
  if (is_choice_of_labels(tokens, at)) return "labels are no alternatives; write WHERE n:One OR n:Other";
  if (is_old_parameter(tokens, at)) return "a parameter is written $" + std::string(tokens[at - 1].text_view);
  if (is_second_limit(tokens, at)) return "LIMIT takes one number; SKIP 5 LIMIT 10 leaves some out before";
  const auto open = open_around(tokens, at);
  const auto bracket = open == tokens.size() ? std::string_view() : tokens[open].text_view;
  const auto* before = at == 0 ? nullptr : &tokens[at - 1];
  const auto* after = at + 1 < tokens.size() ? &tokens[at + 1] : nullptr;
  for (const auto& habit : kHabits) {
    const bool is_it = is_within(habit.within, bracket) && is(before, habit.before) && is(&tokens[at], habit.at) && is(after, habit.after);
    if (is_it) return std::string(habit.text);
  }
  if (bracket == "(" && open > 0 && is(&tokens[open - 1], "IN") && is(&tokens[at], ",")) return "a list is written [1, 2]";
  if (is_bare_text(tokens, at, bracket)) return "a text stands in quotes: '" + std::string(tokens[at - 1].text_view) + " " + std::string(tokens[at].text_view) + "'";
  return "";
}

std::string stray_text(std::string_view query_text, std::size_t offset) {
  const auto point = code_point_at(query_text, offset);
  const auto found = query_text.substr(offset, point.size);
  if (point.value < 0x20 || point.value == 0x7F || point.value == 0xFFFD) return "a character that Cypher does not know";
  const auto* stray = std::ranges::find_if(kStrays, [&](const Stray& s) { return s.characters.find(found) != std::string_view::npos; });
  const auto text = "'" + std::string(found) + "' is no part of Cypher";
  return stray == std::end(kStrays) ? text : text + "; " + std::string(stray->text);
}

}  // namespace policygraph::inline v0::detail::query
