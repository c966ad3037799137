#pragma once

/// Everything but the Boost.Graph models (policygraph/graph/boost.hpp), which cost seconds to compile.
///
///     #include <policygraph/policygraph.hpp>
///
///     int main() {
///       auto graph = policygraph::open_in_memory();
///       policygraph::ingest(graph, {"documents/"});
///       for (const auto& row : policygraph::query(graph, "MATCH (a:LegalAct) RETURN a.number"))
///         std::cout << row["a.number"].to_string() << '\n';
///     }

#include "policygraph/audit/audit.hpp"
#include "policygraph/base/version.hpp"
#include "policygraph/exchange/arrow.hpp"
#include "policygraph/exchange/citations.hpp"
#include "policygraph/exchange/csv.hpp"
#include "policygraph/exchange/from_table.hpp"
#include "policygraph/exchange/graphml.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/exchange/read_csv.hpp"
#include "policygraph/exchange/schema_markdown.hpp"
#include "policygraph/graph/commit_group.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/hop.hpp"
#include "policygraph/graph/measures.hpp"
#include "policygraph/graph/routes.hpp"
#include "policygraph/graph/search.hpp"
#include "policygraph/graph/views.hpp"
#include "policygraph/picture/money_flow.hpp"
#include "policygraph/picture/page.hpp"
#include "policygraph/picture/schema_picture.hpp"
#include "policygraph/picture/timeline.hpp"
#include "policygraph/pipeline/ingest.hpp"
#include "policygraph/query/columns.hpp"
#include "policygraph/query/exchange_rates.hpp"
#include "policygraph/query/plan_cache.hpp"
#include "policygraph/query/query.hpp"
#include "policygraph/query/questions.hpp"
#include "policygraph/query/why_not.hpp"
