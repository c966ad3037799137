#include "query/syntax/trouble.hpp"

#include <utility>

namespace policygraph::inline v0::detail::query {

void fail_syntax(std::string_view text, std::size_t offset, Trouble detail, std::string message) {
  throw QueryError(ErrorCode::syntax, ErrorType::syntax_error, detail, std::move(message), place_in(text, offset));
}

void fail_bind(std::string_view text, std::size_t offset, ErrorType type, Trouble detail, std::string message) {
  throw QueryError(ErrorCode::bind, type, detail, std::move(message), place_in(text, offset));
}

void fail_run(std::string_view text, std::size_t offset, ErrorType type, Trouble detail, std::string message) {
  throw QueryError(ErrorCode::run, type, detail, std::move(message), place_in(text, offset));
}

}  // namespace policygraph::inline v0::detail::query
