#pragma once

#include <string>

#include "policygraph/export.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0 {

/// A schema as a page of Markdown for readers: the tree of labels, each label with its properties, the relations with
/// what may stand at their ends. Text of the schema is escaped: it makes no markup and no HTML. The same schema
/// gives the same bytes; docs/schema.md is this of `Schema::policy()`.
///
///     std::ofstream("schema.md") << policygraph::to_markdown(policygraph::Schema::policy());
POLICYGRAPH_EXPORT std::string to_markdown(const Schema& schema);

}  // namespace policygraph::inline v0
