#include "exchange/shown.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

std::string edge_caption(EdgeKey key, const Snapshot& snapshot) {
  const auto row = snapshot.find(key);
  return row ? std::string(snapshot.name(snapshot.type(*row))) : "edge " + std::to_string(key.value);
}

std::string node_caption(NodeKey key, const Snapshot& snapshot) {
  const auto row = snapshot.find(key);
  return row ? snapshot.caption(*row) : "node " + std::to_string(key.value);
}

/// Each edge as it points, whichever way the path goes over it.
std::string path_caption(const Path& path, const Snapshot& snapshot) {
  std::string out;
  for (std::size_t i = 0; i < path.nodes.size(); ++i) {
    if (i > 0) {
      const auto edge = snapshot.find(path.edges[i - 1]);
      const bool is_back = edge && snapshot.key(snapshot.source(*edge)) != path.nodes[i - 1];
      out += (is_back ? " <-[" : " -[") + edge_caption(path.edges[i - 1], snapshot) + (is_back ? "]- " : "]-> ");
    }
    out += node_caption(path.nodes[i], snapshot);
  }
  return out;
}

/// Lists hold plain values or nodes; deeper nesting is shown as Cypher text.
std::string list_caption(const ValueList& list, const Snapshot& snapshot) {
  std::string out;
  for (const auto& item : list) {
    if (!out.empty()) out += ", ";
    const bool is_nested = item.kind() == ValueKind::list || item.kind() == ValueKind::map;
    out += is_nested ? item.to_string() : shown(item, snapshot);
  }
  return out;
}

}  // namespace

std::string shown(const Value& value, const Snapshot& snapshot) {
  switch (value.kind()) {
    case ValueKind::null: return {};
    case ValueKind::string: return value.as_string();
    case ValueKind::decimal: return value.as_decimal().to_string();
    case ValueKind::partial_date: return value.as_partial_date().to_string();
    case ValueKind::date: return to_string(value.as_date());
    case ValueKind::local_time: return to_string(value.as_local_time());
    case ValueKind::time: return to_string(value.as_time());
    case ValueKind::local_date_time: return to_string(value.as_local_date_time());
    case ValueKind::date_time: return to_string(value.as_date_time());
    case ValueKind::duration: return to_string(value.as_duration());
    case ValueKind::node: return node_caption(value.as_node(), snapshot);
    case ValueKind::edge: return edge_caption(value.as_edge(), snapshot);
    case ValueKind::path: return path_caption(value.as_path(), snapshot);
    case ValueKind::list: return list_caption(value.as_list(), snapshot);
    default: return value.to_string();
  }
}

}  // namespace policygraph::inline v0::detail::exchange
