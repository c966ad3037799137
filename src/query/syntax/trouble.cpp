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

void fail_write(std::string_view text, std::size_t offset, const Error& error) {
  const auto place = place_in(text, offset);
  switch (error.code()) {
    case ErrorCode::schema:
      throw QueryError(ErrorCode::schema, ErrorType::constraint_verification_failed, Trouble::schema_violation, error.text(), place);
    case ErrorCode::conflict:
      throw QueryError(ErrorCode::conflict, ErrorType::constraint_verification_failed, Trouble::unique_value_taken, error.text(), place);
    case ErrorCode::not_found:
      throw QueryError(ErrorCode::run, ErrorType::entity_not_found, Trouble::deleted_entity_access, error.text(), place);
    case ErrorCode::invalid_argument:
      throw QueryError(ErrorCode::run, ErrorType::argument_error, Trouble::invalid_argument_value, error.text(), place);
    default: throw error.at(place);
  }
}

}  // namespace policygraph::inline v0::detail::query
