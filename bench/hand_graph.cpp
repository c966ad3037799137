#include "hand_graph.hpp"

#include <algorithm>
#include <type_traits>

namespace bench {
namespace {

using namespace policygraph;

constexpr std::uint32_t kNone = 0xFFFFFFFFU;

struct Edge {
  std::uint32_t type, from, to, key;
};

template <class Item, class NumberOf>
void order_by(std::vector<Item>& items, std::uint32_t limit, NumberOf number_of) {
  std::vector<std::uint32_t> next(std::size_t{limit} + 1, 0);
  for (const auto& item : items) ++next[number_of(item) + 1];
  for (std::size_t i = 1; i <= limit; ++i) next[i] += next[i - 1];
  std::vector<Item> ordered(items.size());
  for (const auto& item : items) ordered[next[number_of(item)]++] = item;
  items.swap(ordered);
}

class Maker {
 public:
  explicit Maker(const PlainClaims& claims) : claims_(claims) {}

  HandGraph make() {
    place_nodes();
    place_edges();
    fill_columns();
    graph_.of_nodes = evidence(graph_.node_keys.size(), ClaimKind::node, graph_.row_of_node, &PlainClaim::subject);
    graph_.of_edges = evidence(graph_.edge_keys.size(), ClaimKind::edge, graph_.row_of_edge, &PlainClaim::edge);
    return std::move(graph_);
  }

 private:
  void place_nodes() {
    struct Node {
      std::uint32_t label, key;
    };
    std::vector<Node> nodes;
    std::uint32_t most = 0;
    for (const auto& claim : claims_.all) {
      most = std::max({most, claim.subject, claim.object});
      if (claim.kind == ClaimKind::node) nodes.push_back({claim.name, claim.subject});
    }
    order_by(nodes, static_cast<std::uint32_t>(claims_.names.size()), [](const Node& node) { return node.label; });
    graph_.row_of_node.assign(std::size_t{most} + 1, kNone);
    for (const auto& node : nodes) {
      graph_.row_of_node[node.key] = static_cast<std::uint32_t>(graph_.node_keys.size());
      graph_.node_keys.push_back(node.key);
      graph_.labels.push_back(node.label);
    }
  }

  void place_edges() {
    std::vector<Edge> edges;
    std::uint32_t most = 0;
    for (const auto& claim : claims_.all) {
      if (claim.kind != ClaimKind::edge) continue;
      most = std::max(most, claim.edge);
      edges.push_back({claim.name, graph_.row_of_node[claim.subject], graph_.row_of_node[claim.object], claim.edge});
    }
    const auto nodes = static_cast<std::uint32_t>(graph_.node_keys.size()), types = static_cast<std::uint32_t>(claims_.names.size());
    order_by(edges, nodes, [](const Edge& edge) { return edge.to; });
    order_by(edges, nodes, [](const Edge& edge) { return edge.from; });
    order_by(edges, types, [](const Edge& edge) { return edge.type; });
    graph_.row_of_edge.assign(std::size_t{most} + 1, kNone);
    std::vector<PlainEdge> ends;
    for (const auto& edge : edges) {
      const bool is_new = ends.empty() || ends.back().type != edge.type || ends.back().from != edge.from || ends.back().to != edge.to;
      if (is_new) ends.push_back({edge.type, edge.from, edge.to});
      if (is_new) graph_.edge_keys.push_back(edge.key);
      graph_.row_of_edge[edge.key] = static_cast<std::uint32_t>(ends.size()) - 1;
    }
    graph_.adjacency = make_hand_csr(ends, nodes, types);
  }

  void fill_columns() {
    graph_.columns.resize(claims_.names.size());
    std::vector<std::unordered_map<std::string_view, std::uint32_t>> numbers(claims_.names.size());
    for (const auto& claim : claims_.all) {
      if (claim.kind != ClaimKind::property) continue;
      const auto row = graph_.row_of_node[claim.subject];
      auto& column = graph_.columns[claim.name];
      if (column.present.empty()) column.present.resize(graph_.node_keys.size() / 64 + 1);
      column.present[row / 64] |= std::uint64_t{1} << (row % 64);
      if (claim.value.kind() == ValueKind::string) {
        const auto& text = claim.value.as_string();
        const auto [place, is_new] = numbers[claim.name].try_emplace(text, static_cast<std::uint32_t>(column.strings.size()));
        if (is_new) column.strings.push_back(text);
        put(column, row, place->second);
      } else if (claim.value.kind() == ValueKind::decimal) {
        put(column, row, claim.value.as_decimal());
      } else {
        put(column, row, claim.value.as_partial_date());
      }
    }
  }

  template <class T>
  void put(HandGraph::Column& column, std::uint32_t row, const T& value) {
    if (!std::holds_alternative<std::vector<T>>(column.values)) column.values = std::vector<T>(graph_.node_keys.size());
    std::get<std::vector<T>>(column.values)[row] = value;
  }

  HandGraph::Evidence evidence(std::size_t rows, ClaimKind kind, const std::vector<std::uint32_t>& row_of, std::uint32_t PlainClaim::*key) {
    HandGraph::Evidence lists;
    lists.starts.assign(rows + 1, 0);
    for (const auto& claim : claims_.all) {
      if (claim.kind == kind) ++lists.starts[row_of[claim.*key] + 1];
    }
    for (std::size_t i = 1; i <= rows; ++i) lists.starts[i] += lists.starts[i - 1];
    lists.ids.resize(lists.starts.back());
    auto next = lists.starts;
    for (const auto& claim : claims_.all) {
      if (claim.kind == kind) lists.ids[next[row_of[claim.*key]]++] = claim.evidence;
    }
    for (std::size_t row = 0; row < rows; ++row) {
      if (lists.starts[row + 1] - lists.starts[row] > 1) std::sort(lists.ids.begin() + lists.starts[row], lists.ids.begin() + lists.starts[row + 1]);
    }
    return lists;
  }

  const PlainClaims& claims_;
  HandGraph graph_;
};

Value value_at(const HandGraph::Column& column, std::uint32_t row) {
  if (column.present.empty() || ((column.present[row / 64] >> (row % 64)) & 1U) == 0) return {};
  return std::visit(
      [&](const auto& values) -> Value {
        using Values = std::decay_t<decltype(values)>;
        if constexpr (std::is_same_v<Values, std::monostate>) return {};
        else if constexpr (std::is_same_v<Values, std::vector<std::uint32_t>>) return column.strings[values[row]];
        else return values[row];
      },
      column.values);
}

template <class Ids>
bool has_evidence(const Ids& ids, const HandGraph::Evidence& lists, std::uint32_t row) {
  std::vector<std::uint32_t> mine(lists.ids.begin() + lists.starts[row], lists.ids.begin() + lists.starts[row + 1]);
  mine.erase(std::unique(mine.begin(), mine.end()), mine.end());
  std::vector<std::uint32_t> seen;
  for (const auto id : ids) seen.push_back(static_cast<std::uint32_t>(id.value));
  return seen == mine;
}

std::size_t different_nodes(const Snapshot& snapshot, const PlainClaims& claims, const HandGraph& graph) {
  std::size_t wrong = snapshot.node_count() != graph.node_keys.size();
  for (const auto node : snapshot.nodes()) {
    const auto row = graph.row_of_node[snapshot.key(node).value];
    wrong += snapshot.label_names(node).back() != claims.names[graph.labels[row]];
    wrong += !has_evidence(snapshot.evidence(node), graph.of_nodes, row);
    for (std::size_t name = 0; name < claims.names.size(); ++name) wrong += snapshot.value(node, claims.names[name]) != value_at(graph.columns[name], row);
  }
  return wrong;
}

std::size_t different_edges(const Snapshot& snapshot, const PlainClaims& claims, const HandGraph& graph) {
  std::size_t wrong = snapshot.edge_count() != graph.edge_keys.size();
  std::vector<std::uint32_t> first_of_type(claims.names.size() + 1, 0);
  for (std::size_t type = 0; type < claims.names.size(); ++type)
    first_of_type[type + 1] = first_of_type[type] + static_cast<std::uint32_t>(graph.adjacency.types[type].targets.size());
  for (const auto edge : snapshot.edges()) {
    const auto row = graph.row_of_edge[snapshot.key(edge).value];
    const auto type = static_cast<std::size_t>(std::ranges::upper_bound(first_of_type, row) - first_of_type.begin()) - 1;
    const auto place = row - first_of_type[type];
    const auto& lists = graph.adjacency.types[type];
    const auto from = graph.row_of_node[snapshot.key(snapshot.source(edge)).value];
    wrong += graph.edge_keys[row] != snapshot.key(edge).value;
    wrong += snapshot.name(snapshot.type(edge)) != claims.names[type];
    wrong += place < lists.out_starts[from] || place >= lists.out_starts[from + 1];
    wrong += graph.node_keys[lists.targets[place]] != snapshot.key(snapshot.target(edge)).value;
    wrong += !has_evidence(snapshot.evidence(edge), graph.of_edges, row);
  }
  return wrong;
}

}  // namespace

PlainClaims plain_claims(const Snapshot& snapshot) {
  PlainClaims claims;
  std::unordered_map<std::string, std::uint32_t> numbers;
  const auto assertions = snapshot.assertions();
  claims.all.reserve(assertions.size());
  for (const auto& assertion : assertions) {
    const auto [place, is_new] = numbers.try_emplace(assertion.name, static_cast<std::uint32_t>(claims.names.size()));
    if (is_new) claims.names.push_back(assertion.name);
    const auto number = [](auto id) { return static_cast<std::uint32_t>(id.value); };
    claims.all.push_back({assertion.kind, place->second, number(assertion.subject), number(assertion.object), number(assertion.edge),
                          number(assertion.evidence.front()), assertion.value});
  }
  return claims;
}

HandGraph make_hand_graph(const PlainClaims& claims) { return Maker(claims).make(); }

std::size_t differences(const Snapshot& snapshot, const PlainClaims& claims, const HandGraph& graph) {
  return different_nodes(snapshot, claims, graph) + different_edges(snapshot, claims, graph);
}

}  // namespace bench
