#include "policygraph/graph/views.hpp"

#include <algorithm>

#include "graph/mask.hpp"
#include "graph/snapshot_data.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::Masking;
using detail::graph::RowBits;

// Whether any claim that it exists has one of the reviews.
template <class Row>
bool is_reviewed(const Snapshot& snapshot, Row row, const std::vector<Review>& reviews) {
  for (const auto& claim : snapshot.assertions(row)) {
    const bool is_existence = claim.kind == ClaimKind::node || claim.kind == ClaimKind::edge;
    if (is_existence && std::ranges::find(reviews, claim.review) != reviews.end()) return true;
  }
  return false;
}

}  // namespace

Snapshot as_of(const Snapshot& snapshot, const PartialDate& date, Certainty certainty) {
  if (date.is_unknown()) throw Error(ErrorCode::invalid_argument, "a view as of no date; give one, such as 2022-01-01");
  const auto first = date.earliest().days;
  const auto last = date.latest().days;
  const bool is_sure = certainty == Certainty::definitely;
  Masking masking(snapshot);
  for (const auto& days : snapshot.data().validity_days.of(snapshot.data())) {
    const bool is_valid = is_sure ? days.from_last <= first && last <= days.to_first
                                  : days.from_first <= last && first <= days.to_last && days.from_first <= days.to_last;
    if (!is_valid) masking.hide(days.edge);
  }
  return std::move(masking).make();
}

Snapshot with_labels(const Snapshot& snapshot, const std::vector<std::string>& labels) {
  RowBits kept(snapshot.node_row_limit());
  for (const auto& label : labels)
    for (const auto node : snapshot.nodes(label)) kept.add(node.value);
  return where(snapshot, [&](NodeRow node) { return kept.has(node.value); });
}

Snapshot with_types(const Snapshot& snapshot, const std::vector<std::string>& types) {
  Masking masking(snapshot);
  for (std::size_t number = 0; number < snapshot.edge_type_count(); ++number) {
    const auto type = static_cast<EdgeType>(number);
    if (std::ranges::find(types, snapshot.name(type)) != types.end()) continue;
    for (const auto edge : snapshot.edges_of(type)) masking.hide(edge);
  }
  return std::move(masking).make();
}

Snapshot with_review(const Snapshot& snapshot, const std::vector<Review>& reviews) {
  return where(
      snapshot, [&](NodeRow node) { return is_reviewed(snapshot, node, reviews); },
      [&](EdgeRow edge) { return is_reviewed(snapshot, edge, reviews); });
}

Snapshot where(const Snapshot& snapshot, const std::function<bool(NodeRow)>& keeps_node,
               const std::function<bool(EdgeRow)>& keeps_edge) {
  Masking masking(snapshot);
  if (keeps_node) {
    for (const auto node : snapshot.nodes())
      if (!keeps_node(node)) masking.hide(node);
  }
  if (keeps_edge) {
    for (const auto edge : snapshot.edges())
      if (!keeps_edge(edge)) masking.hide(edge);
  }
  return std::move(masking).make();
}

}  // namespace policygraph::inline v0
