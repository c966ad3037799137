#include "query/syntax/parser.hpp"

#include "policygraph/text/similarity.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

namespace {

bool equals_upper(std::string_view text, std::string_view upper) {
  if (text.size() != upper.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    if (c != upper[i]) return false;
  }
  return true;
}

}  // namespace

Parser::Nesting::Nesting(Parser& parser) : parser_(parser) {
  if (++parser_.depth_ > kMaxDepth) {
    --parser_.depth_;
    fail_syntax(parser_.text_, parser_.token().span.start, Trouble::unexpected_syntax,
                "nested deeper than " + std::to_string(kMaxDepth) + " levels; split the query with WITH");
  }
}

Parser::Parser(std::string_view text) : text_(text), tokens_(tokenize(text)) { out_.text = text; }

Syntax Parser::run() {
  if (take_keyword("EXPLAIN")) out_.mode = QueryMode::explain;
  if (out_.mode == QueryMode::answer && take_keyword("PROFILE")) out_.mode = QueryMode::profile;
  out_.root = read_query(false);
  take_symbol(";");
  if (token().kind != TokenKind::end) fail_expected("a clause or the end of the query" + suggest_clause());
  return std::move(out_);
}

Syntax parse(std::string_view text) { return Parser(text).run(); }

std::string Parser::suggest_clause() const {
  static constexpr std::string_view kClauses[] = {"MATCH", "OPTIONAL", "WHERE", "WITH", "RETURN", "UNWIND", "CALL", "CREATE", "MERGE", "SET",
                                                  "REMOVE", "DELETE", "DETACH", "ORDER", "SKIP", "LIMIT", "UNION"};
  if (!is_name() || token().text_view.size() > 20) return "";
  std::string word(token().text_view);
  for (auto& c : word) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  const auto best = nearest(word, kClauses);
  return best.empty() ? "" : " (did you mean " + std::string(best) + "?)";
}

const Token& Parser::token(std::size_t ahead) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }

bool Parser::is_symbol(std::string_view symbol, std::size_t ahead) const {
  const auto& t = token(ahead);
  return t.kind == TokenKind::symbol && t.text_view == symbol;
}

bool Parser::is_keyword(std::string_view upper, std::size_t ahead) const {
  const auto& t = token(ahead);
  return t.kind == TokenKind::name && equals_upper(t.text_view, upper);
}

bool Parser::is_keyword_at(std::string_view upper, std::size_t at) const {
  return tokens_[at].kind == TokenKind::name && equals_upper(tokens_[at].text_view, upper);
}

bool Parser::is_name(std::size_t ahead) const {
  return token(ahead).kind == TokenKind::name || token(ahead).kind == TokenKind::quoted_name;
}

bool Parser::take_symbol(std::string_view symbol) {
  if (!is_symbol(symbol)) return false;
  ++at_;
  return true;
}

bool Parser::take_keyword(std::string_view upper) {
  if (!is_keyword(upper)) return false;
  ++at_;
  return true;
}

void Parser::expect_symbol(std::string_view symbol) {
  if (!take_symbol(symbol)) fail_expected("'" + std::string(symbol) + "'");
}

void Parser::expect_keyword(std::string_view upper) {
  if (!take_keyword(upper)) fail_expected(upper);
}

Name Parser::expect_name(std::string_view what) {
  if (!is_name()) fail_expected(what);
  Name name{name_of(token()), token().span};
  ++at_;
  return name;
}

Span Parser::span_from(std::size_t first_token) const {
  const auto start = tokens_[first_token].span.start;
  return {start, at_ > first_token ? tokens_[at_ - 1].span.end : start};
}

void Parser::fail_expected(std::string_view what) const {
  const auto& t = token();
  const auto found = t.kind == TokenKind::end ? std::string("the end of the query")
                                              : "'" + std::string(t.text_view.substr(0, 40)) + "'";
  fail_syntax(text_, t.span.start, Trouble::unexpected_syntax, "expected " + std::string(what) + ", found " + found);
}

}  // namespace policygraph::inline v0::detail::query
