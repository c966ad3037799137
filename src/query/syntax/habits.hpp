#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "query/syntax/token.hpp"

namespace policygraph::inline v0::detail::query {

// What to say of the token at `at`, where nothing of Cypher can go on, if it is right in SQL, in Neo4j or in a programming language:
// "'!=' is written '<>'". "" where nothing is known. Linear in the tokens.
std::string habit_text(std::span<const Token> tokens, std::size_t at);

// What to say of a character that stands in no query outside of a text or a name: "'“' is no part of Cypher; texts stand between ' or \"".
std::string stray_text(std::string_view query_text, std::size_t offset);

}  // namespace policygraph::inline v0::detail::query
