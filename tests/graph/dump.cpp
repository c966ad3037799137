#include "graph/dump.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "policygraph/graph/column.hpp"

namespace policygraph::testing {
namespace {

template <class Ids>
std::string listed(const Ids& ids) {
  std::string text;
  for (const auto id : ids) text += " " + std::to_string(id.value);
  return text;
}

std::string listed_claims(const AssertionList& claims) {
  std::string text;
  for (const auto& claim : claims) text += " " + std::to_string(claim.id.value);
  return text;
}

template <class Row>
std::string values(const Snapshot& snapshot, Row row) {
  std::string text;
  for (const auto property : snapshot.properties(row)) {
    text += "  " + std::string(snapshot.name(property)) + " = " + snapshot.value(row, property).to_string() +
            " evidence" + listed(snapshot.evidence(row, property)) + "\n";
  }
  return text;
}

std::string node_text(const Snapshot& snapshot, NodeRow row) {
  std::string text = "node " + std::to_string(snapshot.key(row).value);
  for (const auto name : snapshot.label_names(row)) text += ":" + std::string(name);
  text += " " + std::string(modality_name(snapshot.modality(row))) + " evidence" + listed(snapshot.evidence(row)) +
          " claims" + listed_claims(snapshot.assertions(row)) + " mentions";
  for (const auto& mention : snapshot.mentions(row)) text += " " + std::to_string(mention.key.value);
  return text + "\n" + values(snapshot, row);
}

std::string edge_text(const Snapshot& snapshot, EdgeRow row) {
  return "edge " + std::to_string(snapshot.key(row).value) + " " +
         std::to_string(snapshot.key(snapshot.source(row)).value) + " " +
         std::string(snapshot.name(snapshot.type(row))) + " " +
         std::to_string(snapshot.key(snapshot.target(row)).value) + " " +
         std::string(modality_name(snapshot.modality(row))) + " [" + snapshot.valid_from(row).to_string() + ", " +
         snapshot.valid_to(row).to_string() + "] evidence" + listed(snapshot.evidence(row)) + " claims" +
         listed_claims(snapshot.assertions(row)) + "\n" + values(snapshot, row);
}

void check_nodes(const Snapshot& snapshot, std::string& wrong) {
  std::size_t in_sets = 0;
  for (std::size_t i = 0; i < snapshot.label_set_count(); ++i) in_sets += snapshot.nodes_of(static_cast<LabelSet>(i)).size();
  if (in_sets != snapshot.node_count()) wrong += "label sets hold other nodes\n";
  std::size_t nodes = 0;
  for (const auto row : snapshot.nodes()) nodes += snapshot.is_alive(row) ? 1U : 0U;
  if (nodes != snapshot.node_count() || snapshot.nodes().size() != nodes) wrong += "the count of nodes\n";
  for (const auto row : snapshot.nodes()) {
    if (snapshot.find(snapshot.key(row)) != row) wrong += "a node is not found by its key\n";
    if (!snapshot.is_alive(row) || row.value >= snapshot.node_row_limit()) wrong += "a dead node is shown\n";
    if (!std::ranges::binary_search(snapshot.nodes_of(snapshot.label_set(row)), row))
      wrong += "a node stands outside its label set\n";
  }
  for (std::size_t i = 0; i < snapshot.label_count(); ++i) {
    const auto label = static_cast<Label>(i);
    std::vector<NodeRow> expected;
    for (const auto row : snapshot.nodes()) {
      if (snapshot.has_label(row, label)) expected.push_back(row);
    }
    if (!std::ranges::equal(snapshot.nodes(label), expected))
      wrong += "nodes of " + std::string(snapshot.name(label)) + "\n";
    if (expected.empty() && !snapshot.is_view()) wrong += "a label without nodes\n";
    if (i > 0 && snapshot.name(static_cast<Label>(i - 1)) >= snapshot.name(label)) wrong += "labels out of order\n";
  }
}

DegreeSpread spread(const std::map<NodeRow, std::uint32_t>& degrees) {
  DegreeSpread all;
  for (const auto& [node, degree] : degrees) {
    ++all.nodes;
    all.most = std::max(all.most, degree);
    all.squares += static_cast<double>(degree) * degree;
    ++all.histogram[static_cast<std::size_t>(std::log2(degree))];
  }
  return all;
}

// Of a view: those of a whole graph are as of its last compaction.
void check_degrees(const Snapshot& view, std::string& wrong) {
  for (std::size_t i = 0; i < view.edge_type_count(); ++i) {
    const auto type = static_cast<EdgeType>(i);
    std::map<NodeRow, std::uint32_t> out, in;
    for (const auto edge : view.edges_of(type)) {
      ++out[view.source(edge)];
      ++in[view.target(edge)];
    }
    if (view.degrees(type) != DegreeStatistics{view.edge_count(type), spread(out), spread(in)}) wrong += "statistics of degrees\n";
  }
}

void check_edges(const Snapshot& snapshot, std::string& wrong) {
  using Edge = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
  std::map<NodeRow, std::uint32_t> out_degree;
  std::map<NodeRow, std::uint32_t> in_degree;
  std::size_t forward = 0;
  for (std::size_t i = 0; i < snapshot.edge_type_count(); ++i) {
    const auto type = static_cast<EdgeType>(i);
    std::set<EdgeRow> all;
    for (const auto row : snapshot.edges_of(type)) all.insert(row);
    if (all.empty() && !snapshot.is_view()) wrong += "a type without edges\n";
    if (all.size() != snapshot.edge_count(type) || all.size() != snapshot.edges_of(type).size())
      wrong += "the count of a type\n";
    std::set<Edge> backward;
    for (const auto node : snapshot.nodes()) {
      const auto out = snapshot.out_edges(node, type);
      if (!std::ranges::is_sorted(out.targets)) wrong += "targets out of order\n";
      for (std::size_t k = 0; k < out.size(); ++k) {
        const auto row = out.edge(k);
        if (!all.contains(row) || !snapshot.is_alive(row)) wrong += "an edge outside its type\n";
        if (snapshot.source(row) != node || snapshot.target(row) != out.targets[k] || snapshot.type(row) != type)
          wrong += "ends of an edge\n";
        if (snapshot.find(snapshot.key(row)) != row) wrong += "an edge is not found by its key\n";
        ++forward;
        ++out_degree[node];
      }
      const auto in = snapshot.in_edges(node, type);
      if (!std::ranges::is_sorted(in.sources) || in.edges.size() != in.size()) wrong += "sources out of order\n";
      for (std::size_t k = 0; k < in.size(); ++k) {
        if (snapshot.source(in.edges[k]) != in.sources[k] || snapshot.target(in.edges[k]) != node)
          wrong += "backward ends\n";
        backward.emplace(in.edges[k].value, in.sources[k].value, node.value);
        ++in_degree[node];
      }
    }
    if (backward.size() != all.size()) wrong += "backward edges are missing\n";
  }
  std::size_t edges = 0;
  for (const auto row : snapshot.edges()) edges += snapshot.is_alive(row) ? 1U : 0U;
  if (edges != snapshot.edge_count() || snapshot.edges().size() != edges) wrong += "the count of edges\n";
  if (forward != snapshot.edge_count()) wrong += "forward edges are missing\n";
  for (const auto node : snapshot.nodes()) {
    if (snapshot.out_degree(node) != out_degree[node] || snapshot.in_degree(node) != in_degree[node])
      wrong += "degrees\n";
  }
}

}  // namespace

std::string dump(const Snapshot& snapshot) {
  std::map<std::uint64_t, std::string> nodes;
  std::map<std::uint64_t, std::string> edges;
  for (const auto row : snapshot.nodes()) nodes.emplace(snapshot.key(row).value, node_text(snapshot, row));
  for (const auto row : snapshot.edges()) edges.emplace(snapshot.key(row).value, edge_text(snapshot, row));
  std::string text;
  for (const auto& [key, line] : nodes) text += line;
  for (const auto& [key, line] : edges) text += line;
  return text;
}

std::string faults(const Snapshot& snapshot) {
  std::string wrong;
  check_nodes(snapshot, wrong);
  check_edges(snapshot, wrong);
  if (snapshot.is_view()) check_degrees(snapshot, wrong);
  for (std::size_t i = 0; i < snapshot.property_count(); ++i) {
    const auto property = static_cast<Property>(i);
    std::size_t count = 0;
    for (const auto row : snapshot.nodes()) count += !snapshot.value(row, property).is_null();
    const auto* column = snapshot.node_column(property);
    if (!snapshot.is_view() && count != (column == nullptr ? 0 : column->value_count()))
      wrong += "values of " + std::string(snapshot.name(property)) + "\n";
  }
  return wrong;
}

}  // namespace policygraph::testing
