#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/syntax/ast.hpp"
#include "query/syntax/token.hpp"

namespace policygraph::inline v0::detail::query {

// Recursive descent over the tokens; every nesting goes through `Nesting`, which stops at kMaxDepth.
class Parser {
 public:
  explicit Parser(std::string_view text);
  Syntax run();

 private:
  class Nesting {
   public:
    explicit Nesting(Parser& parser);
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  // Tokens.
  const Token& token(std::size_t ahead = 0) const;
  bool is_symbol(std::string_view symbol, std::size_t ahead = 0) const;
  bool is_keyword(std::string_view upper, std::size_t ahead = 0) const;
  bool is_keyword_at(std::string_view upper, std::size_t at) const;
  bool is_name(std::size_t ahead = 0) const;
  bool take_symbol(std::string_view symbol);
  bool take_keyword(std::string_view upper);
  void expect_symbol(std::string_view symbol);
  void expect_keyword(std::string_view upper);
  Name expect_name(std::string_view what);
  Span span_from(std::size_t first_token) const;
  std::string suggest_clause() const;
  [[noreturn]] void fail_expected(std::string_view what, std::string_view way_out = {}) const;

  // Clauses (parse_query.cpp).
  QuerySyntax read_query(bool is_subquery);
  SingleQuery read_single_query(bool is_subquery);
  bool read_clause(SingleQuery& query);
  Clause read_match(bool is_optional);
  Clause read_projection_clause(ClauseKind kind);
  Projection read_projection(ClauseKind kind);
  void read_projection_items(ClauseKind kind, Projection& projection);
  void read_order(Projection& projection);
  Clause read_unwind();
  Clause read_call_clause();
  void read_yield(Clause& clause);
  Clause read_subquery_clause();
  Clause read_create();
  Clause read_merge();
  Clause read_delete(bool is_detach);
  Clause read_set(ClauseKind kind);
  std::vector<SetItem> read_set_items();
  SetItem read_set_item();
  SetItem read_remove_item();

  // Patterns (parse_pattern.cpp).
  std::vector<PathPattern> read_patterns();
  PathPattern read_path();
  void read_chain(PathPattern& path);
  NodePattern read_node();
  EdgePattern read_edge();
  void read_edge_body(EdgePattern& edge);
  void read_length(EdgePattern& edge);
  std::uint32_t read_hops();
  std::vector<Name> read_labels(bool is_type);
  ExpressionId read_pattern_properties();
  bool is_edge_ahead(std::size_t ahead = 0) const;
  bool is_pattern_ahead() const;

  // Expressions (parse_expression.cpp, parse_atom.cpp).
  ExpressionId read_expression(int least_level = 0);
  ExpressionId read_prefix();
  ExpressionId read_sign();
  ExpressionId read_postfix();
  ExpressionId read_subscript(ExpressionId base, std::size_t first);
  bool read_operator(ExpressionId& left, int least_level, std::size_t first);
  ExpressionId read_comparison(ExpressionId left, std::size_t first);
  bool read_predicate(ExpressionId& left, std::size_t first);
  ExpressionId read_atom();
  ExpressionId read_keyword_atom();
  ExpressionId read_number(bool is_negative);
  ExpressionId read_list();
  ExpressionId read_map();
  ExpressionId read_case();
  ExpressionId read_call();
  ExpressionId read_quantifier(Operation op);
  ExpressionId read_reduce();
  ExpressionId read_subquery(ExpressionKind kind);
  ExpressionId read_pattern_predicate();
  ExpressionId read_pattern_list();
  bool is_path_search_list() const;
  ExpressionId read_path_search();
  ExpressionId make(Expression expression, std::size_t first_token);
  std::uint16_t depth_since(std::size_t first_expression) const;
  ExpressionId make_binary(Operation op, ExpressionId left, ExpressionId right, std::size_t first);

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t item_end_ = 0;  // behind the latest column of RETURN or WITH
  std::uint32_t depth_ = 0;
  Syntax out_;
};

}  // namespace policygraph::inline v0::detail::query
