#pragma once

#include <span>
#include <string>

#include "policygraph/query/query.hpp"

namespace policygraph::inline v0::detail::exchange {

/// `to_table` of some rows.
std::string table_of(const Rows& rows, std::span<const std::size_t> chosen, std::size_t width, bool cite);

}  // namespace policygraph::inline v0::detail::exchange
