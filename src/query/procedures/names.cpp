#include "policygraph/graph/search.hpp"

#include "graph/lean_search.hpp"
#include "query/procedures/built_in.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

void answer(const std::vector<NameMatch>& matches, const Snapshot& snapshot, bool has_score, ProcedureAnswer& out) {
  for (const auto& match : matches) {
    auto& row = out.rows.emplace_back(std::vector<Value>{Value(snapshot.key(match.node))});
    if (has_score) row.emplace_back(match.score);
    row.emplace_back(match.name);
    out.evidence.push_back({match.evidence, {}});
  }
}

ProcedureAnswer similar(std::span<const Value> a, const Snapshot& snapshot) {
  ProcedureAnswer out;
  answer(similar_names(snapshot, a[0].as_string(), limit_of(a[1]), label_of(a[2], snapshot, out)), snapshot, true, out);
  return out;
}
ProcedureAnswer exact(std::span<const Value> a, const Snapshot& snapshot) {
  ProcedureAnswer out;
  answer(exact_names(snapshot, a[0].as_string(), label_of(a[1], snapshot, out)), snapshot, false, out);
  return out;
}
ProcedureAnswer prefix(std::span<const Value> a, const Snapshot& snapshot) {
  ProcedureAnswer out;
  answer(names_with_prefix(snapshot, a[0].as_string(), limit_of(a[1]), label_of(a[2], snapshot, out)), snapshot, false, out);
  return out;
}

}  // namespace

ProcedureAnswer nodes_by_prefix(std::span<const Value> a, const Snapshot& snapshot) {
  ProcedureAnswer out;
  for (const auto& found : graph::find_nodes_by_prefix(snapshot, a[0].as_string(), limit_of(a[1]), label_of(a[2], snapshot, out))) {
    auto& row = out.rows.emplace_back(2);
    row[0] = Value(snapshot.key(found.node));
  }
  return out;
}

void add_name_procedures(Procedures& out) {
  out.add(Procedure("names.similar(text :: STRING, limit = 10 :: INTEGER, label = null :: STRING?) :: (node :: NODE, score :: FLOAT, name :: STRING)", similar));
  out.add(Procedure("names.exact(text :: STRING, label = null :: STRING?) :: (node :: NODE, name :: STRING)", exact));
  out.add(Procedure("names.prefix(text :: STRING, limit = 10 :: INTEGER, label = null :: STRING?) :: (node :: NODE, name :: STRING)", prefix));
}

}  // namespace policygraph::inline v0::detail::query
