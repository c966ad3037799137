#include "graph/path_weights.hpp"

#include <cmath>
#include <string>

#include "policygraph/base/error.hpp"
#include "policygraph/graph/column.hpp"
#include "policygraph/graph/maps.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

void check_weight(double weight, const std::string& named) {
  if (weight >= 0 && std::isfinite(weight)) return;
  throw Error(ErrorCode::invalid_argument, named + " weighs " + std::to_string(weight) +
                                               "; shortest paths need finite weights of 0 or more");
}

}  // namespace

PathWeights::PathWeights(const Snapshot& snapshot, const PathOptions& options) {
  if (options.weight.empty()) return;
  check_weight(options.missing, "an edge without '" + options.weight + "'");
  const auto* column = column_of<WalkedEdge>(snapshot, options.weight);
  of_row_.assign(snapshot.edge_row_limit(), options.missing);
  double sum = 0;
  std::size_t count = 0;
  for (const auto edge : snapshot.edges()) {
    const double weight = number_at(column, edge.value, options.missing);
    if (!(weight >= 0 && std::isfinite(weight)))
      check_weight(weight, "the '" + options.weight + "' of edge " + std::to_string(snapshot.key(edge).value));
    of_row_[edge.value] = weight;
    sum += weight;
    count += weight > 0 ? 1U : 0U;
  }
  if (count > 0 && sum > 0 && std::isfinite(sum)) typical_ = sum / static_cast<double>(count);
}

}  // namespace policygraph::inline v0::detail::graph
