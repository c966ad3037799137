#include <charconv>

#include "query/syntax/parser.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

std::vector<PathPattern> Parser::read_patterns() {
  std::vector<PathPattern> patterns;
  do patterns.push_back(read_path());
  while (take_symbol(","));
  return patterns;
}

PathPattern Parser::read_path() {
  const auto first = at_;
  PathPattern path;
  if (is_name() && is_symbol("=", 1)) {
    path.variable = expect_name("a variable");
    expect_symbol("=");
  }
  if (is_keyword("SHORTESTPATH") || is_keyword("ALLSHORTESTPATHS")) {
    path.search = is_keyword("SHORTESTPATH") ? PathPattern::Search::shortest : PathPattern::Search::all_shortest;
    ++at_;
    expect_symbol("(");
    read_chain(path);
    expect_symbol(")");
  } else {
    read_chain(path);
  }
  path.span = span_from(first);
  return path;
}

void Parser::read_chain(PathPattern& path) {
  path.nodes.push_back(read_node());
  while (is_edge_ahead()) {
    path.edges.push_back(read_edge());
    path.nodes.push_back(read_node());
  }
}

NodePattern Parser::read_node() {
  const Nesting nesting(*this);
  const auto first = at_;
  NodePattern node;
  if (!is_symbol("(")) fail_expected("a node, '('");
  ++at_;
  if (is_name()) node.variable = expect_name("a variable");
  if (is_symbol(":")) node.labels = read_labels(false);
  node.properties = read_pattern_properties();
  expect_symbol(")");
  node.span = span_from(first);
  return node;
}

EdgePattern Parser::read_edge() {
  const auto first = at_;
  EdgePattern edge;
  const bool is_in = take_symbol("<");
  expect_symbol("-");
  if (take_symbol("[")) {
    read_edge_body(edge);
    expect_symbol("]");
  }
  expect_symbol("-");
  const bool is_out = take_symbol(">");
  edge.direction = is_in == is_out ? Direction::both : is_in ? Direction::in : Direction::out;
  edge.span = span_from(first);
  return edge;
}

void Parser::read_edge_body(EdgePattern& edge) {
  if (is_name()) edge.variable = expect_name("a variable");
  if (is_symbol(":")) edge.types = read_labels(true);
  if (is_symbol("*")) read_length(edge);
  if (is_symbol("..") || is_symbol("-")) {
    fail_syntax(text_, token().span.start, Trouble::invalid_relationship_pattern, "a variable length is written *1..3, with hops from 0 up");
  }
  edge.properties = read_pattern_properties();
}

void Parser::read_length(EdgePattern& edge) {
  expect_symbol("*");
  edge.is_path = true;
  const bool has_least = token().kind == TokenKind::integer;
  if (has_least) edge.least = read_hops();
  if (take_symbol("..")) {
    if (token().kind == TokenKind::integer) edge.most = read_hops();
  } else if (has_least) {
    edge.most = edge.least;
  }
}

std::uint32_t Parser::read_hops() {
  const auto digits = token().text_view;
  std::uint32_t hops = 0;
  const auto [end, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), hops);
  if (trouble != std::errc() || end != digits.data() + digits.size()) {
    fail_syntax(text_, token().span.start, Trouble::invalid_relationship_pattern, "a number of hops is an integer below 2^32");
  }
  ++at_;
  return hops;
}

// `:A:B` of nodes (all of them), `:A|B` and `:A|:B` of relationships (any of them).
std::vector<Name> Parser::read_labels(bool is_type) {
  std::vector<Name> names;
  expect_symbol(":");
  names.push_back(expect_name(is_type ? "a relationship type" : "a label"));
  while (is_type ? is_symbol("|") : (is_symbol(":") || is_symbol("&"))) {
    ++at_;
    if (is_type) take_symbol(":");
    names.push_back(expect_name(is_type ? "a relationship type" : "a label"));
  }
  return names;
}

ExpressionId Parser::read_pattern_properties() {
  if (is_symbol("{")) return read_map();
  if (token().kind != TokenKind::parameter) return kNone;
  return read_atom();
}

bool Parser::is_edge_ahead(std::size_t ahead) const {
  if (is_symbol("<", ahead)) return is_symbol("-", ahead + 1) && (is_symbol("[", ahead + 2) || is_symbol("-", ahead + 2));
  if (!is_symbol("-", ahead)) return false;
  if (is_symbol("-", ahead + 1)) return is_symbol("(", ahead + 2) || is_symbol(">", ahead + 2);
  if (!is_symbol("[", ahead + 1)) return false;
  const auto partner = token(ahead + 1).partner;
  return partner != 0 && tokens_[partner + 1].kind == TokenKind::symbol && tokens_[partner + 1].text_view == "-";
}

// At "(": a pattern, and not an expression in parentheses.
bool Parser::is_pattern_ahead() const {
  const auto partner = token().partner;
  if (!is_symbol("(") || partner == 0) return false;
  if (!is_edge_ahead(partner - at_ + 1)) return false;
  std::size_t ahead = 1;
  if (is_name(ahead)) ++ahead;
  while ((is_symbol(":", ahead) || is_symbol("&", ahead)) && is_name(ahead + 1)) ahead += 2;
  if (is_symbol("{", ahead) && token(ahead).partner != 0) ahead = token(ahead).partner - at_ + 1;
  return at_ + ahead == partner;
}

}  // namespace policygraph::inline v0::detail::query
