#include "graph/twin_views.hpp"

#include <algorithm>

namespace policygraph::testing {
namespace {

bool is_open(const PartialDate& date) { return date.to().precision == PartialDate::Precision::open; }

// On one day, by the words of graph/views.hpp.
bool may_be_valid(const TwinEdge& edge, Day day) {
  const auto &from = edge.valid_from, &to = edge.valid_to;
  return (from.is_unknown() || from.earliest() <= day) && (to.is_unknown() || day <= to.latest());
}
bool is_surely_valid(const TwinEdge& edge, Day day) {
  const auto &from = edge.valid_from, &to = edge.valid_to;
  if (from.is_unknown() && to.is_unknown()) return true;  // states nothing
  const bool has_begun = from.is_unknown() ? is_open(from) || to.earliest() <= day : from.latest() <= day;
  const bool goes_on = to.is_unknown() ? is_open(to) || day <= from.latest() : day <= to.earliest();
  return has_begun && goes_on;
}

// Day by day.
bool is_valid(const TwinEdge& edge, const Lens& lens) {
  const bool is_sure = lens.certainty == Certainty::definitely;
  for (auto day = lens.date.earliest(); day <= lens.date.latest(); ++day.days) {
    if (is_sure && !is_surely_valid(edge, day)) return false;
    if (!is_sure && may_be_valid(edge, day)) return true;
  }
  return is_sure;
}

bool has_any(const auto& have, const auto& wanted) {
  return std::ranges::any_of(wanted, [&](const auto& one) { return have.contains(one); });
}

bool keeps_node(std::uint64_t key, const TwinNode& node, const Lens& lens) {
  if (lens.kind == Lens::Kind::labels) return has_any(node.labels, lens.names);
  if (lens.kind == Lens::Kind::review) return has_any(node.reviews, lens.reviews);
  return lens.kind != Lens::Kind::where || key % lens.divisor != 0;
}

bool keeps_edge(std::uint64_t key, const TwinEdge& edge, const Lens& lens) {
  if (lens.kind == Lens::Kind::as_of) return is_valid(edge, lens);
  if (lens.kind == Lens::Kind::types) return std::ranges::find(lens.names, edge.type) != lens.names.end();
  if (lens.kind == Lens::Kind::review) return has_any(edge.reviews, lens.reviews);
  return lens.kind != Lens::Kind::where || key % lens.divisor != 0;
}

using Meeting = std::pair<std::uint64_t, std::uint64_t>;  // an edge, and the node at its other end

std::string listed(std::vector<Meeting> met) {
  std::ranges::sort(met);
  std::string text = ";";
  for (const auto& [edge, end] : met) text += " " + std::to_string(edge) + ">" + std::to_string(end);
  return text;
}

std::string listed(const Snapshot& view, const IncidentEdges& list) {
  std::vector<Meeting> met;
  for (std::size_t i = 0; i < list.size(); ++i)
    met.emplace_back(view.key(list.edges[i]).value, view.key(list.ends[i]).value);
  return listed(std::move(met));
}

std::string joined(const std::map<std::uint64_t, std::string>& lines) {
  std::string text;
  for (const auto& [key, line] : lines) text += std::to_string(key) + line + "\n";
  return text;
}

}  // namespace

Snapshot seen(const Snapshot& snapshot, const Lens& lens) {
  switch (lens.kind) {
    case Lens::Kind::as_of:
      return as_of(snapshot, lens.date, lens.certainty);
    case Lens::Kind::labels:
      return with_labels(snapshot, lens.names);
    case Lens::Kind::types:
      return with_types(snapshot, lens.names);
    case Lens::Kind::review:
      return with_review(snapshot, lens.reviews);
    case Lens::Kind::where:
      break;
  }
  const auto keeps = [&](auto row) { return snapshot.key(row).value % lens.divisor != 0; };
  return where(snapshot, keeps, keeps);
}

TwinGraph seen(TwinGraph twin, const Lens& lens) {
  std::erase_if(twin.nodes, [&](const auto& node) { return !keeps_node(node.first, node.second, lens); });
  std::erase_if(twin.edges, [&](const auto& edge) {
    return !keeps_edge(edge.first, edge.second, lens) || !twin.nodes.contains(edge.second.from) ||
           !twin.nodes.contains(edge.second.to);
  });
  return twin;
}

std::string turned(const Snapshot& view) {
  const auto backward = reverse(view);
  const auto plain = undirected(backward);
  std::map<std::uint64_t, std::string> lines;
  for (const auto row : view.nodes())
    lines[view.key(row).value] = listed(view, backward.out_edges(row)) + listed(view, backward.in_edges(row)) +
                                 listed(view, plain.leaving(row)) + listed(view, plain.entering(row)) + "; " +
                                 std::to_string(plain.degree(row));
  return joined(lines);
}

std::string turned(const TwinGraph& twin) {
  std::map<std::uint64_t, std::vector<Meeting>> leaving, entering;
  for (const auto& [key, edge] : twin.edges) {
    leaving[edge.from].emplace_back(key, edge.to);
    entering[edge.to].emplace_back(key, edge.from);
  }
  std::map<std::uint64_t, std::string> lines;
  for (const auto& [key, node] : twin.nodes)
    lines[key] = listed(entering[key]) + listed(leaving[key]) + listed(leaving[key]) + listed(entering[key]) + "; " +
                 std::to_string(leaving[key].size() + entering[key].size());
  return joined(lines);
}

}  // namespace policygraph::testing
