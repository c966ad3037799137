#pragma once

#include <vector>

#include "policygraph/model/schema.hpp"
#include "policygraph/query/columns.hpp"

namespace policygraph::inline v0::detail::query {

struct Plan;

/// The columns of an answer without rows, as far as the query and the schema say what they would hold; FieldKind::null where they do not.
/// Amounts get two digits behind the point, partial dates become text. A few hundred nanoseconds a column.
std::vector<ColumnField> promised_fields(const Plan& plan, const Schema& schema);

}  // namespace policygraph::inline v0::detail::query
