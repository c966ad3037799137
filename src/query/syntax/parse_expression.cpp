#include <algorithm>
#include <utility>

#include "query/syntax/parser.hpp"
#include "query/syntax/trouble.hpp"

// Operators, loosest first: OR, XOR, AND, NOT, comparisons, predicates (IN, STARTS WITH, IS NULL ...), + -, * / %, ^, signs, and then
// what stands behind an atom: properties, subscripts, labels.
namespace policygraph::inline v0::detail::query {
namespace {

enum Level : int { kOr = 1, kXor, kAnd, kNot, kComparison, kPredicate, kSum, kProduct, kPower };

struct Symbol {
  std::string_view text;
  Operation op;
  int level;
};
constexpr Symbol kArithmetic[] = {
    {"+", Operation::add, kSum},         {"-", Operation::subtract, kSum},  {"*", Operation::multiply, kProduct},
    {"/", Operation::divide, kProduct},  {"%", Operation::modulo, kProduct}, {"^", Operation::power, kPower},
};
constexpr Symbol kComparisons[] = {
    {"=", Operation::equal, kComparison},        {"<>", Operation::not_equal, kComparison}, {"<", Operation::less, kComparison},
    {"<=", Operation::less_equal, kComparison},  {">", Operation::greater, kComparison},
    {">=", Operation::greater_equal, kComparison},
};

}  // namespace

ExpressionId Parser::make(Expression expression, std::size_t first_token) {
  std::uint32_t depth = expression.depth;
  for (const auto child : expression.children) {
    if (child != kNone) depth = std::max<std::uint32_t>(depth, out_.expressions[child].depth);
  }
  expression.span = span_from(first_token);
  if (depth + 1 > kMaxDepth) {
    fail_syntax(text_, expression.span.start, Trouble::unexpected_syntax,
                "an expression deeper than " + std::to_string(kMaxDepth) + " operations; use a list and a function over it");
  }
  expression.depth = static_cast<std::uint16_t>(depth + 1);
  out_.expressions.push_back(std::move(expression));
  return static_cast<ExpressionId>(out_.expressions.size() - 1);
}

std::uint16_t Parser::depth_since(std::size_t first_expression) const {
  std::uint16_t depth = 0;
  for (std::size_t i = first_expression; i < out_.expressions.size(); ++i) depth = std::max(depth, out_.expressions[i].depth);
  return depth;
}

ExpressionId Parser::make_binary(Operation op, ExpressionId left, ExpressionId right, std::size_t first) {
  Expression e;
  e.kind = ExpressionKind::binary;
  e.op = op;
  e.children = {left, right};
  return make(std::move(e), first);
}

ExpressionId Parser::read_expression(int least_level) {
  const Nesting nesting(*this);
  const auto first = at_;
  auto left = read_prefix();
  while (read_operator(left, least_level, first)) {}
  return left;
}

bool Parser::read_operator(ExpressionId& left, int least_level, std::size_t first) {
  struct Word {
    std::string_view text;
    int level;
    ExpressionKind kind;
  };
  static constexpr Word kWords[] = {
      {"OR", kOr, ExpressionKind::any_of}, {"XOR", kXor, ExpressionKind::binary}, {"AND", kAnd, ExpressionKind::all_of}};
  for (const auto& word : kWords) {
    if (!is_keyword(word.text)) continue;
    if (word.level < least_level) return false;
    ++at_;
    // A chain is read at once, so that it becomes one wide node.
    Expression chain;
    chain.kind = word.kind;
    chain.children = {left, read_expression(word.level + 1)};
    if (word.kind == ExpressionKind::binary) {
      chain.op = Operation::xor_;
    } else {
      while (take_keyword(word.text)) chain.children.push_back(read_expression(word.level + 1));
    }
    left = make(std::move(chain), first);
    return true;
  }
  if (kComparison >= least_level) {
    for (const auto& symbol : kComparisons) {
      if (is_symbol(symbol.text)) return left = read_comparison(left, first), true;
    }
  }
  if (kPredicate >= least_level && read_predicate(left, first)) return true;
  for (const auto& symbol : kArithmetic) {
    if (symbol.level < least_level || !is_symbol(symbol.text)) continue;
    ++at_;
    left = make_binary(symbol.op, left, read_expression(symbol.level + 1), first);
    return true;
  }
  return false;
}

// a < b <= c says (a < b) AND (b <= c).
ExpressionId Parser::read_comparison(ExpressionId left, std::size_t first) {
  Expression chain;
  chain.kind = ExpressionKind::all_of;
  for (bool is_more = true; is_more;) {
    is_more = false;
    for (const auto& symbol : kComparisons) {
      if (!is_symbol(symbol.text)) continue;
      ++at_;
      const auto right = read_expression(kComparison + 1);
      chain.children.push_back(make_binary(symbol.op, left, right, first));
      left = right;
      is_more = true;
      break;
    }
  }
  return chain.children.size() == 1 ? chain.children.front() : make(std::move(chain), first);
}

bool Parser::read_predicate(ExpressionId& left, std::size_t first) {
  Operation op = Operation::none;
  std::size_t words = 2;
  if (is_keyword("IN")) {
    op = Operation::in;
    words = 1;
  } else if (is_keyword("CONTAINS")) {
    op = Operation::contains;
    words = 1;
  } else if (is_symbol("=~")) {
    op = Operation::matches;
    words = 1;
  } else if (is_keyword("STARTS") && is_keyword("WITH", 1)) {
    op = Operation::starts_with;
  } else if (is_keyword("ENDS") && is_keyword("WITH", 1)) {
    op = Operation::ends_with;
  } else if (is_keyword("IS") && is_keyword("NULL", 1)) {
    op = Operation::is_null;
  } else if (is_keyword("IS") && is_keyword("NOT", 1) && is_keyword("NULL", 2)) {
    op = Operation::is_not_null;
    words = 3;
  } else {
    return false;
  }
  at_ += words;
  if (op != Operation::is_null && op != Operation::is_not_null) {
    left = make_binary(op, left, read_expression(kPredicate + 1), first);
    return true;
  }
  Expression e;
  e.kind = ExpressionKind::unary;
  e.op = op;
  e.children = {left};
  left = make(std::move(e), first);
  return true;
}

ExpressionId Parser::read_prefix() {
  const auto first = at_;
  if (is_keyword("NOT")) {
    ++at_;
    Expression e;
    e.kind = ExpressionKind::unary;
    e.op = Operation::not_;
    e.children = {read_expression(kNot)};
    return make(std::move(e), first);
  }
  if (is_symbol("-") || is_symbol("+")) return read_sign();
  return read_postfix();
}

ExpressionId Parser::read_sign() {
  const Nesting nesting(*this);
  const auto first = at_;
  const bool is_negative = take_symbol("-");
  if (!is_negative) expect_symbol("+");
  const bool is_number = token().kind == TokenKind::integer || token().kind == TokenKind::decimal;
  if (is_negative && is_number) {
    const auto number = read_number(true);
    out_.expressions[number].span = span_from(first);
    return number;
  }
  Expression e;
  e.kind = ExpressionKind::unary;
  e.op = is_negative ? Operation::negate : Operation::plus;
  e.children = {is_symbol("-") || is_symbol("+") ? read_sign() : read_postfix()};
  return make(std::move(e), first);
}

ExpressionId Parser::read_postfix() {
  const auto first = at_;
  auto base = read_atom();
  while (true) {
    if (take_symbol(".")) {
      Expression e;
      e.kind = ExpressionKind::property;
      const auto name = expect_name("a property after '.'");
      e.name = name.text;
      e.name_spans = {name.span};
      e.children = {base};
      base = make(std::move(e), first);
    } else if (is_symbol("[")) {
      base = read_subscript(base, first);
    } else if (is_symbol(":") && is_name(1)) {
      Expression e;
      e.kind = ExpressionKind::has_labels;
      for (auto& label : read_labels(false)) {
        e.names.push_back(std::move(label.text));
        e.name_spans.push_back(label.span);
      }
      e.children = {base};
      base = make(std::move(e), first);
    } else {
      return base;
    }
  }
}

ExpressionId Parser::read_subscript(ExpressionId base, std::size_t first) {
  expect_symbol("[");
  Expression e;
  e.kind = ExpressionKind::index;
  e.children = {base, kNone};
  if (!is_symbol("..")) e.children[1] = read_expression();
  if (take_symbol("..")) {
    e.kind = ExpressionKind::slice;
    e.children.push_back(is_symbol("]") ? kNone : read_expression());
  }
  expect_symbol("]");
  return make(std::move(e), first);
}

}  // namespace policygraph::inline v0::detail::query
