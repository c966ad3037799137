#include "query/syntax/trouble.hpp"

#include <utility>

namespace policygraph::inline v0::detail::query {

void fail_syntax(std::string_view text, std::size_t offset, std::string detail, std::string message) {
  throw QueryError(ErrorCode::syntax, "SyntaxError", std::move(detail), std::move(message), place_in(text, offset));
}

void fail_bind(std::string_view text, std::size_t offset, std::string type, std::string detail, std::string message) {
  throw QueryError(ErrorCode::bind, std::move(type), std::move(detail), std::move(message), place_in(text, offset));
}

void fail_run(std::string_view text, std::size_t offset, std::string type, std::string detail, std::string message) {
  throw QueryError(ErrorCode::run, std::move(type), std::move(detail), std::move(message), place_in(text, offset));
}

}  // namespace policygraph::inline v0::detail::query
