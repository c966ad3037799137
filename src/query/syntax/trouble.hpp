#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "policygraph/query/query.hpp"

namespace policygraph::inline v0::detail::query {

// Raise the QueryError of a phase at byte `offset` of the query text. `detail` is openCypher's name for the trouble.
[[noreturn]] void fail_syntax(std::string_view text, std::size_t offset, std::string detail, std::string message);
[[noreturn]] void fail_bind(std::string_view text, std::size_t offset, std::string type, std::string detail, std::string message);
[[noreturn]] void fail_run(std::string_view text, std::size_t offset, std::string type, std::string detail, std::string message);

}  // namespace policygraph::inline v0::detail::query
