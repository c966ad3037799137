#include <utility>

#include "query/syntax/parser.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

// CALL name.of.it(arguments) YIELD result AS variable, ... WHERE ...; behind the word CALL.
Clause Parser::read_call_clause() {
  if (is_symbol("{") || is_symbol("(")) return read_subquery_clause();
  Clause clause;
  clause.kind = ClauseKind::call;
  auto& call = clause.call;
  const auto first = at_;
  call.procedure = expect_name("the name of a procedure");
  while (take_symbol(".")) call.procedure.text += "." + expect_name("the name of a procedure").text;
  call.procedure.span = span_from(first);
  call.has_arguments = take_symbol("(");
  if (call.has_arguments && !take_symbol(")")) {
    do clause.call.arguments.push_back(read_expression());
    while (take_symbol(","));
    expect_symbol(")");
  }
  if (take_keyword("YIELD")) read_yield(clause);
  return clause;
}

// CALL { WITH a ... RETURN b }, CALL (a) { ... RETURN b }, or CALL (*) { ... RETURN b }.
Clause Parser::read_subquery_clause() {
  const Nesting nesting(*this);
  Clause clause;
  clause.kind = ClauseKind::subquery;
  if (take_symbol("(")) {
    auto& imports = clause.imports.emplace();
    clause.imports_all = take_symbol("*");
    if (!clause.imports_all && !is_symbol(")")) {
      do imports.push_back(expect_name("a variable that the subquery may read"));
      while (take_symbol(","));
    }
    expect_symbol(")");
  }
  expect_symbol("{");
  auto query = read_query(false);
  expect_symbol("}");
  if (is_keyword("IN")) {
    fail_syntax(text_, token().span.start, Trouble::invalid_clause_composition,
                "CALL { } IN TRANSACTIONS is not supported: a query is one transaction; run it for a part of the rows at a time");
  }
  out_.queries.push_back(std::move(query));
  clause.query = static_cast<std::uint32_t>(out_.queries.size() - 1);
  return clause;
}

void Parser::read_yield(Clause& clause) {
  auto& call = clause.call;
  call.has_yield = true;
  if (is_symbol("*")) {
    call.star = token().span;
    ++at_;
  } else if (!take_symbol("-")) {  // YIELD -: no result is wanted
    do {
      YieldItem item;
      item.result = expect_name("a result of the procedure");
      item.variable = take_keyword("AS") ? expect_name("a name after AS") : item.result;
      call.yields.push_back(std::move(item));
    } while (take_symbol(","));
  }
  if (take_keyword("WHERE")) clause.where = read_expression();
}

}  // namespace policygraph::inline v0::detail::query
