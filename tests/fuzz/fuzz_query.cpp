// Any text as a query over a tiny graph, under limits: an answer or an Error, and the graph stays usable.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "policygraph/query/query.hpp"

namespace {

policygraph::Graph tiny_graph() {
  auto graph = policygraph::open_in_memory(policygraph::Schema::open());
  policygraph::query(graph,
                     "CREATE (a:A {x: 1, s: 'one'})-[:R {k: 1}]->(b:B {x: 2.5, d: decimal('4.90')})-[:R {k: 2}]->(c:C {l: [1, 2]}), "
                     "(a)-[:S]->(c), (a)-[:S]->(c), (c)-[:R]->(c), (:A {x: null, p: partial_date('2024/2029')})");
  return graph;
}

std::string answer(policygraph::Graph& graph, std::string_view text, const policygraph::QueryOptions& options) {
  try {
    auto transaction = graph.begin();  // dropped: every run sees the same graph
    const auto rows = policygraph::query(transaction, text, {}, options);
    for (const auto& row : rows) (void)row.evidence();
    return "rows";
  } catch (const policygraph::Error& error) {
    (void)error.report();
    return std::string(policygraph::code_name(error.code()));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  policygraph::QueryOptions options;
  options.max_rows = 1'000;
  options.max_memory = 1 << 20;
  options.timeout = std::chrono::milliseconds(100);
  options.vector_size = 3;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static auto graph = tiny_graph();
  answer(graph, text, options);
  if (policygraph::query(graph.snapshot(), "RETURN 1").size() != 1) std::abort();
  return 0;
}
