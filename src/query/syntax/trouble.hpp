#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "policygraph/query/query_error.hpp"

namespace policygraph::inline v0::detail::query {

using ErrorType = QueryErrorType;
using Trouble = QueryErrorDetail;

// Raise the QueryError of a phase at byte `offset` of the query text.
[[noreturn]] void fail_syntax(std::string_view text, std::size_t offset, Trouble detail, std::string message);
[[noreturn]] void fail_bind(std::string_view text, std::size_t offset, ErrorType type, Trouble detail, std::string message);
[[noreturn]] void fail_run(std::string_view text, std::size_t offset, ErrorType type, Trouble detail, std::string message);
// What a transaction says of a write, with the place and openCypher's classification beside its code.
[[noreturn]] void fail_write(std::string_view text, std::size_t offset, const Error& error);

}  // namespace policygraph::inline v0::detail::query
