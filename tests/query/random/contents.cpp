#include "random/contents.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

namespace policygraph::testing {
namespace {

// Twelve digits: sums of quotients may differ in the last ones by the order of adding.
std::string float_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (value == 0) return "0.0";
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.12g", value);
  const std::string out = text.data();
  return out.find_first_of(".en") == std::string::npos ? out + ".0" : out;
}

template <class Row>
std::string properties_text(Row row, const Snapshot& snapshot) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < snapshot.property_count(); ++i) {
    const auto property = static_cast<Property>(i);
    const auto value = snapshot.value(row, property);
    if (!value.is_null()) all.push_back(std::string(snapshot.name(property)) + ": " + value_text(value, false));
  }
  std::sort(all.begin(), all.end());
  std::string out;
  for (const auto& one : all) out += (out.empty() ? "" : ", ") + one;
  return "{" + out + "}";
}

std::string node_text(NodeKey key, const Snapshot* contents) {
  if (contents == nullptr) return "(" + std::to_string(key.value) + ")";
  const auto node = contents->find(key);
  if (!node) return "(gone)";
  auto labels = contents->label_names(*node);
  std::sort(labels.begin(), labels.end());
  std::string out = "(";
  for (const auto label : labels) out += ":" + std::string(label);
  return out + " " + properties_text(*node, *contents) + ")";
}

std::string edge_text(EdgeKey key, const Snapshot* contents) {
  if (contents == nullptr) return "[" + std::to_string(key.value) + "]";
  const auto edge = contents->find(key);
  if (!edge) return "[gone]";
  return "[:" + std::string(contents->name(contents->type(*edge))) + " " + properties_text(*edge, *contents) + "]";
}

}  // namespace

std::string value_text(const Value& value, bool is_bag, const Snapshot* contents) {
  switch (value.kind()) {
    case ValueKind::floating: return float_text(value.as_double());
    case ValueKind::node: return node_text(value.as_node(), contents);
    case ValueKind::edge: return edge_text(value.as_edge(), contents);
    case ValueKind::map: {
      std::string out;
      for (const auto& [key, item] : value.as_map()) out += (out.empty() ? "" : ", ") + key + ": " + value_text(item, is_bag, contents);
      return "{" + out + "}";
    }
    case ValueKind::path: {
      std::string out = "<";
      const auto& path = value.as_path();
      for (std::size_t i = 0; i < path.nodes.size(); ++i) {
        out += node_text(path.nodes[i], contents);
        if (i < path.edges.size()) out += edge_text(path.edges[i], contents);
      }
      return out + ">";
    }
    case ValueKind::list: {
      std::vector<std::string> items;
      for (const auto& item : value.as_list()) items.push_back(value_text(item, is_bag, contents));
      if (is_bag) std::sort(items.begin(), items.end());
      std::string out;
      for (const auto& item : items) out += (out.empty() ? "" : ", ") + item;
      return "[" + out + "]";
    }
    default: return value.to_string();
  }
}

std::string counts_text(const WriteCounts& c) {
  std::string out = "    counts";
  for (const auto count : {c.nodes_created, c.nodes_deleted, c.edges_created, c.edges_deleted, c.properties_set, c.properties_removed, c.labels_added, c.labels_removed}) {
    out += " " + std::to_string(count);
  }
  return out + "\n";
}

std::string contents_text(const Snapshot& snapshot) {
  std::vector<std::string> lines;
  for (const auto node : snapshot.nodes()) lines.push_back(node_text(snapshot.key(node), &snapshot));
  for (const auto edge : snapshot.edges()) {
    lines.push_back(node_text(snapshot.key(snapshot.source(edge)), &snapshot) + edge_text(snapshot.key(edge), &snapshot) +
                    node_text(snapshot.key(snapshot.target(edge)), &snapshot));
  }
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const auto& line : lines) out += "    " + line + "\n";
  return out;
}

}  // namespace policygraph::testing
