#include "policygraph/graph/search.hpp"

#include "graph/lean_search.hpp"
#include "query/procedures/built_in.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

// Documents, each with the node that stands for it, and cited by the sentence.
ProcedureAnswer search(std::span<const Value> a, const Snapshot& snapshot) {
  ProcedureAnswer out;
  for (const auto& match : search_documents(snapshot, a[0].as_string(), limit_of(a[1]))) {
    const auto shown = cite(snapshot, match.document, match.quote, {});
    const auto node = node_of(snapshot, match.document);
    out.rows.push_back({Value(static_cast<std::int64_t>(match.document.value)), node ? Value(snapshot.key(*node)) : Value(), Value(match.score),
                        text_or_null(shown.title), Value(shown.quote), Value(static_cast<std::int64_t>(shown.line))});
    out.evidence.push_back({{}, {{match.document, match.quote}}});
  }
  return out;
}

ProcedureAnswer nodes(std::span<const Value> a, const Snapshot& snapshot) {
  ProcedureAnswer out;
  for (const auto& match : search_nodes(snapshot, a[0].as_string(), limit_of(a[1]), label_of(a[2], snapshot, out))) {
    out.rows.push_back({Value(snapshot.key(match.node)), Value(match.score), Value(match.property), Value(match.quote)});
    out.evidence.push_back({match.evidence, {}});
  }
  return out;
}

}  // namespace

ProcedureAnswer nodes_by_words(std::span<const Value> a, const Snapshot& snapshot) {
  ProcedureAnswer out;
  for (const auto& found : graph::find_nodes_by_words(snapshot, a[0].as_string(), limit_of(a[1]), label_of(a[2], snapshot, out))) {
    auto& row = out.rows.emplace_back(4);
    row[0] = Value(snapshot.key(found.node));
    row[1] = Value(found.score);
  }
  return out;
}

void add_text_procedures(Procedures& out) {
  out.add(Procedure("text.search(query :: STRING, limit = 10 :: INTEGER) :: (document :: INTEGER, node :: NODE?, score :: FLOAT, title :: STRING?, "
                    "quote :: STRING, line :: INTEGER)", search));
  out.add(Procedure("text.nodes(query :: STRING, limit = 10 :: INTEGER, label = null :: STRING?) :: (node :: NODE, score :: FLOAT, "
                    "property :: STRING, quote :: STRING)", nodes));
}

}  // namespace policygraph::inline v0::detail::query
