#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/span.hpp"

namespace policygraph::inline v0::detail::query {

enum class TokenKind : std::uint8_t { name, quoted_name, parameter, integer, decimal, string, symbol, end };

// A piece of query text. Symbols are kept as their characters: one, or one of <= >= <> .. += =~ where it is two.
struct Token {
  TokenKind kind = TokenKind::end;
  Span span;
  std::string_view text_view;  // of the query text
  std::uint32_t partner = 0;   // of an opening bracket: the token that closes it; 0: none
};

// Ends with one token of kind `end`. Throws QueryError for what is no token. Linear in the text.
std::vector<Token> tokenize(std::string_view text);

// The content of a string token with its escapes resolved. Throws QueryError (InvalidUnicodeLiteral, UnexpectedSyntax).
std::string unescape(std::string_view query_text, const Token& token);
// The name of a name or quoted name token.
std::string name_of(const Token& token);

}  // namespace policygraph::inline v0::detail::query
