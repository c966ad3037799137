#include "query/syntax/parser.hpp"

#include <algorithm>

#include "model/suggestion.hpp"
#include "policygraph/text/utf8.hpp"
#include "query/syntax/habits.hpp"
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
  if (token().kind == TokenKind::end) return std::move(out_);
  if (is_symbol(";", 0) || (at_ > 0 && tokens_[at_ - 1].text_view == ";")) {
    fail_syntax(text_, token().span.start, Trouble::unexpected_syntax, "one query at a time: nothing may follow ';'");
  }
  const auto suggestion = suggest_clause();
  const bool is_column = at_ == item_end_ && is_name() && suggestion.empty();
  fail_expected("a clause or the end of the query", is_column ? "; columns stand apart by commas, and AS comes before a name" : suggestion);
}

Syntax parse(std::string_view text) { return Parser(text).run(); }

std::string Parser::suggest_clause() const {
  static constexpr std::string_view kClauses[] = {"MATCH", "OPTIONAL", "WHERE", "WITH", "RETURN", "UNWIND", "CALL", "CREATE", "MERGE", "SET",
                                                  "REMOVE", "DELETE", "DETACH", "ORDER", "SKIP", "LIMIT", "UNION"};
  if (!is_name() || token().text_view.size() > 20) return "";
  // The word itself is one, in the wrong place: whoever knows more has said so.
  if (std::ranges::any_of(kClauses, [this](std::string_view clause) { return is_keyword(clause); })) return "";
  return model::did_you_mean(token().text_view, kClauses);
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

void Parser::fail_expected(std::string_view what, std::string_view way_out) const {
  const auto& t = token();
  if (auto habit = habit_text(tokens_, at_); !habit.empty()) fail_syntax(text_, t.span.start, Trouble::unexpected_syntax, std::move(habit));
  auto quoted = std::string(t.text_view.substr(0, 40));
  quoted.resize(valid_utf8_prefix(quoted));
  const auto found = t.kind == TokenKind::end ? std::string("the end of the query") : t.kind == TokenKind::string ? "the text " + quoted : "'" + quoted + "'";
  fail_syntax(text_, t.span.start, Trouble::unexpected_syntax, "expected " + std::string(what) + ", found " + found + std::string(way_out));
}

}  // namespace policygraph::inline v0::detail::query
