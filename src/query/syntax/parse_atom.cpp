#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "query/syntax/parser.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

Expression literal(Value value) {
  Expression e;
  e.value = std::move(value);
  return e;
}

}  // namespace

ExpressionId Parser::read_atom() {
  const auto first = at_;
  const auto& t = token();
  if (t.kind == TokenKind::integer || t.kind == TokenKind::decimal) return read_number(false);
  if (t.kind == TokenKind::string) {
    auto text = unescape(text_, t);
    ++at_;
    return make(literal(Value(std::move(text))), first);
  }
  if (t.kind == TokenKind::parameter) {
    Expression e;
    e.kind = ExpressionKind::parameter;
    e.name = name_of(t);
    ++at_;
    return make(std::move(e), first);
  }
  if (is_symbol("[")) return read_list();
  if (is_symbol("{")) return read_map();
  if (is_symbol("(")) {
    if (is_pattern_ahead()) return read_pattern_predicate();
    ++at_;
    const auto inner = read_expression();
    expect_symbol(")");
    return inner;
  }
  if (!is_name()) fail_expected("an expression");
  return read_keyword_atom();
}

ExpressionId Parser::read_keyword_atom() {
  const auto first = at_;
  const bool is_call = is_symbol("(", 1);
  if (token().kind == TokenKind::name && !is_call) {
    if (take_keyword("TRUE")) return make(literal(Value(true)), first);
    if (take_keyword("FALSE")) return make(literal(Value(false)), first);
    if (take_keyword("NULL")) return make(literal(Value()), first);
    if (is_keyword("CASE") && !is_symbol(".", 1)) return read_case();
    if (is_symbol("{", 1) && is_keyword("EXISTS")) return read_subquery(ExpressionKind::exists);
    if (is_symbol("{", 1) && is_keyword("COUNT")) return read_subquery(ExpressionKind::count);
  }
  if (is_call && is_name(2) && is_keyword("IN", 3)) {
    if (is_keyword("ALL")) return read_quantifier(Operation::all);
    if (is_keyword("ANY")) return read_quantifier(Operation::any);
    if (is_keyword("NONE")) return read_quantifier(Operation::none_of);
    if (is_keyword("SINGLE")) return read_quantifier(Operation::single);
  }
  if (is_call && is_keyword("REDUCE")) return read_reduce();
  if (is_call && (is_keyword("SHORTESTPATH") || is_keyword("ALLSHORTESTPATHS"))) return read_path_search();
  if (is_call || (is_symbol(".", 1) && is_name(2) && (is_symbol("(", 3) || (is_symbol(".", 3) && is_name(4) && is_symbol("(", 5))))) {
    return read_call();
  }
  Expression e;
  e.kind = ExpressionKind::variable;
  e.name = expect_name("a variable").text;
  return make(std::move(e), first);
}

ExpressionId Parser::read_number(bool is_negative) {
  const auto first = at_;
  auto text = std::string(token().text_view);
  const auto place = token().span.start;
  if (token().kind == TokenKind::decimal) {
    double value = 0;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc::result_out_of_range && end != text.data() + text.size()) {
      fail_syntax(text_, place, Trouble::invalid_number_literal, "no such number: " + text.substr(0, 40));
    }
    // Too small is zero, too large is an error.
    if (trouble == std::errc::result_out_of_range && text.find("e-") == std::string::npos && text.find("E-") == std::string::npos) {
      fail_syntax(text_, place, Trouble::floating_point_overflow, "a number too large for a float; write decimal('...')");
    }
    ++at_;
    return make(literal(Value(is_negative && value != 0 ? -value : value)), first);
  }
  int base = 10;
  std::string_view digits = text;
  if (text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X' || text[1] == 'o' || text[1] == 'O')) {
    base = (text[1] | 0x20) == 'x' ? 16 : 8;
    digits.remove_prefix(2);
  }
  const auto with_sign = (is_negative ? "-" : "") + std::string(digits);
  std::int64_t value = 0;
  const auto [end, trouble] = std::from_chars(with_sign.data(), with_sign.data() + with_sign.size(), value, base);
  if (trouble == std::errc::result_out_of_range) {
    fail_syntax(text_, place, Trouble::integer_overflow, "an integer beyond 64 bits; write decimal('...')");
  }
  if (trouble != std::errc() || end != with_sign.data() + with_sign.size()) {
    fail_syntax(text_, place, Trouble::invalid_number_literal, "no such number: " + text.substr(0, 40));
  }
  ++at_;
  return make(literal(Value(value)), first);
}

ExpressionId Parser::read_list() {
  const auto first = at_;
  if (is_name(1) && is_keyword("IN", 2)) {
    at_ += 1;
    Expression e;
    e.kind = ExpressionKind::comprehension;
    e.name = expect_name("a variable").text;
    expect_keyword("IN");
    e.children = {read_expression(), kNone, kNone};
    if (take_keyword("WHERE")) e.children[1] = read_expression();
    if (take_symbol("|")) e.children[2] = read_expression();
    expect_symbol("]");
    return make(std::move(e), first);
  }
  ++at_;
  if (is_pattern_ahead() || (is_name() && is_symbol("=", 1) && (is_symbol("(", 2) || is_path_search_list()))) return read_pattern_list();
  Expression e;
  e.kind = ExpressionKind::list;
  if (!is_symbol("]")) {
    do e.children.push_back(read_expression());
    while (take_symbol(","));
  }
  expect_symbol("]");
  return make(std::move(e), first);
}

ExpressionId Parser::read_map() {
  const auto first = at_;
  const Nesting nesting(*this);
  expect_symbol("{");
  Expression e;
  e.kind = ExpressionKind::map;
  if (!is_symbol("}")) {
    do {
      auto key = expect_name("a key");
      e.names.push_back(std::move(key.text));
      e.name_spans.push_back(key.span);
      expect_symbol(":");
      e.children.push_back(read_expression());
    } while (take_symbol(","));
  }
  expect_symbol("}");
  return make(std::move(e), first);
}

ExpressionId Parser::read_case() {
  const auto first = at_;
  expect_keyword("CASE");
  Expression e;
  e.kind = ExpressionKind::case_of;
  if (!is_keyword("WHEN")) {
    e.has_subject = true;
    e.children.push_back(read_expression());
  }
  expect_keyword("WHEN");
  do {
    e.children.push_back(read_expression());
    expect_keyword("THEN");
    e.children.push_back(read_expression());
  } while (take_keyword("WHEN"));
  if (take_keyword("ELSE")) {
    e.has_else = true;
    e.children.push_back(read_expression());
  }
  expect_keyword("END");
  return make(std::move(e), first);
}

ExpressionId Parser::read_call() {
  const auto first = at_;
  Expression e;
  e.kind = ExpressionKind::call;
  e.name = expect_name("a function").text;
  while (take_symbol(".")) e.name += "." + expect_name("a function").text;
  const bool is_count = is_keyword_at("COUNT", at_ - 1);
  expect_symbol("(");
  if (is_symbol("*") && is_symbol(")", 1) && is_count) {
    at_ += 2;
    e.kind = ExpressionKind::count_star;
    return make(std::move(e), first);
  }
  e.is_distinct = take_keyword("DISTINCT");
  if (!is_symbol(")")) {
    do e.children.push_back(read_expression());
    while (take_symbol(","));
  }
  expect_symbol(")");
  return make(std::move(e), first);
}

ExpressionId Parser::read_quantifier(Operation op) {
  const auto first = at_;
  at_ += 2;
  Expression e;
  e.kind = ExpressionKind::quantifier;
  e.op = op;
  e.name = expect_name("a variable").text;
  expect_keyword("IN");
  e.children = {read_expression(), kNone};
  if (take_keyword("WHERE")) e.children[1] = read_expression();
  expect_symbol(")");
  return make(std::move(e), first);
}

ExpressionId Parser::read_reduce() {
  const auto first = at_;
  at_ += 2;
  Expression e;
  e.kind = ExpressionKind::reduce;
  e.name = expect_name("a variable").text;
  expect_symbol("=");
  e.children.push_back(read_expression());
  expect_symbol(",");
  e.names.push_back(expect_name("a variable").text);
  expect_keyword("IN");
  e.children.push_back(read_expression());
  expect_symbol("|");
  e.children.push_back(read_expression());
  expect_symbol(")");
  return make(std::move(e), first);
}

ExpressionId Parser::read_subquery(ExpressionKind kind) {
  const auto first = at_;
  ++at_;
  expect_symbol("{");
  const auto inside = out_.expressions.size();
  Expression e;
  e.kind = kind;
  auto query = read_query(true);
  expect_symbol("}");
  e.depth = depth_since(inside);
  out_.queries.push_back(std::move(query));
  e.query = static_cast<std::uint32_t>(out_.queries.size() - 1);
  return make(std::move(e), first);
}

ExpressionId Parser::read_pattern_predicate() {
  const auto first = at_;
  const auto inside = out_.expressions.size();
  Clause clause;
  PathPattern path;
  read_chain(path);
  path.span = span_from(first);
  clause.patterns.push_back(std::move(path));
  clause.span = span_from(first);
  Expression e;
  e.kind = ExpressionKind::pattern;
  e.depth = depth_since(inside);
  out_.queries.push_back({{{{std::move(clause)}}}, false});
  e.query = static_cast<std::uint32_t>(out_.queries.size() - 1);
  return make(std::move(e), first);
}

// [p = shortestPath((a)-->(b)) | value], and not a list of comparisons.
bool Parser::is_path_search_list() const {
  const auto partner = token(3).partner;
  const bool is_search = is_symbol("(", 3) && partner != 0 && (is_keyword("SHORTESTPATH", 2) || is_keyword("ALLSHORTESTPATHS", 2));
  return is_search && (is_symbol("|", partner - at_ + 1) || is_keyword_at("WHERE", partner + 1));
}

ExpressionId Parser::read_path_search() {
  const auto first = at_;
  const auto inside = out_.expressions.size();
  Clause clause;
  auto path = read_path();
  path.variable = Name{"", path.span};
  clause.patterns.push_back(std::move(path));
  clause.span = span_from(first);
  Expression variable;
  variable.kind = ExpressionKind::variable;
  Expression e;
  e.kind = ExpressionKind::path_search;
  e.children = {make(std::move(variable), first)};
  e.depth = depth_since(inside);
  out_.queries.push_back({{{{std::move(clause)}}}, false});
  e.query = static_cast<std::uint32_t>(out_.queries.size() - 1);
  return make(std::move(e), first);
}

// Behind "[": [p = (a)-->(b) WHERE ... | value].
ExpressionId Parser::read_pattern_list() {
  const auto first = at_;
  const auto inside = out_.expressions.size();
  Clause clause;
  clause.patterns.push_back(read_path());
  if (take_keyword("WHERE")) clause.where = read_expression();
  clause.span = span_from(first);
  expect_symbol("|");
  Expression e;
  e.kind = ExpressionKind::pattern_list;
  e.children = {read_expression()};
  e.depth = depth_since(inside);
  expect_symbol("]");
  out_.queries.push_back({{{{std::move(clause)}}}, false});
  e.query = static_cast<std::uint32_t>(out_.queries.size() - 1);
  return make(std::move(e), first - 1);
}

}  // namespace policygraph::inline v0::detail::query
