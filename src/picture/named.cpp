#include "picture/named.hpp"

#include <string>
#include <vector>

#include "picture/markup.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

constexpr std::size_t kMostNamed = 5;
constexpr std::size_t kMaxCaption = 60;

std::vector<NodeRow> found(const Snapshot& snapshot, std::string_view condition, std::string_view name) {
  QueryOptions options;
  options.evidence = false;
  const auto text = "MATCH (n) WHERE " + std::string(condition) + " RETURN n ORDER BY id(n)";
  std::vector<NodeRow> rows;
  for (const auto& row : query(snapshot, text, {{"name", std::string(name)}}, options))
    if (const auto node = snapshot.find(row[0].as_node())) rows.push_back(*node);
  return rows;
}

Error several(const Snapshot& snapshot, const std::vector<NodeRow>& rows, std::string_view name) {
  std::string text = "'" + std::string(name) + "' names " + std::to_string(rows.size()) + " things: ";
  for (std::size_t i = 0; i < rows.size() && i < kMostNamed; ++i)
    text += (i > 0 ? ", '" : "'") + shortened(snapshot.caption(rows[i]), kMaxCaption) + "'";
  return {ErrorCode::invalid_argument, text + (rows.size() > kMostNamed ? ", ..." : "") + "; give more words of the name, or the node"};
}

}  // namespace

NodeRow thing_named(const Snapshot& snapshot, std::string_view name) {
  const bool has_programmes = !snapshot.nodes("Programme").empty();
  for (const std::string condition : {"n:Programme AND caption(n) = $name", "n:Programme AND name_matches(n, $name)", "caption(n) = $name",
                                      "name_matches(n, $name)"}) {
    if (condition.starts_with("n:Programme") && !has_programmes) continue;
    const auto rows = found(snapshot, condition, name);
    if (rows.size() == 1) return rows.front();
    if (rows.size() > 1) throw several(snapshot, rows, name);
  }
  throw Error(ErrorCode::not_found, "nothing is called '" + std::string(name) + "'; give words of its name, its number or its title");
}

}  // namespace policygraph::inline v0::detail::picture
