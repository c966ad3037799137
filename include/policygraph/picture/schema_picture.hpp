#pragma once

#include <string>

#include "policygraph/export.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0 {

/// A schema as an SVG picture: a mark for each label, coloured by its root, arrows for relations and for "is a"
/// (IS_A, from a label to its parent). A label "any" stands where a relation takes every label; relations that the
/// schema calls derived are left out, for they touch everything.
///
///     std::ofstream("schema.svg") << policygraph::to_svg(policygraph::Schema::policy());
///
/// Throws Error(limit) for a schema of more than 300 labels: nobody could read it.
POLICYGRAPH_EXPORT std::string to_svg(const Schema& schema);

}  // namespace policygraph::inline v0
