// graph: walking from a node to its neighbours, parts, paths.
#include <algorithm>
#include <set>

#include "core.hpp"
#include "docstrings.hpp"
#include "policygraph/graph/routes.hpp"
#include "policygraph/picture/page.hpp"

namespace policygraph::python {
namespace {

Direction direction_by_name(const std::string& name) {
  if (name == "out") return Direction::out;
  if (name == "in") return Direction::in;
  if (name == "both") return Direction::both;
  throw Error(ErrorCode::invalid_argument, "unknown direction '" + name + "'; there are 'out', 'in' and 'both'");
}

HopOptions options_of(const std::vector<std::string>& types, const std::string& direction, std::size_t max_nodes) {
  HopOptions options;
  options.types = types;
  options.direction = direction_by_name(direction);
  options.max_nodes = max_nodes;
  return options;
}

NodeView view(const HeldNode& node) { return {node.snapshot, node.row()}; }

/// What `node.out()` gives: an iterator that keeps the snapshot.
template <class View, class Held>
class Cursor {
 public:
  Cursor(const HeldNode& node, bool is_out, const std::string& type) : snapshot_(std::make_shared<const Snapshot>(node.snapshot)) {
    const auto number = type.empty() ? std::nullopt : number_of(type);
    const auto count = static_cast<std::uint32_t>(snapshot_->edge_type_count());
    const auto first = type.empty() ? 0 : number.value_or(count);
    const auto end = type.empty() || !number ? count : first + 1;
    at_ = Links<View>(*snapshot_, node.row(), is_out, first, end).begin();
  }
  Held next() {
    if (at_ == std::default_sentinel) throw py::stop_iteration();
    const auto item = *at_;
    ++at_;
    return {*snapshot_, item.key()};
  }

 private:
  std::optional<std::uint32_t> number_of(const std::string& name) const {
    const auto number = Walk(*snapshot_).edge_type(name);
    return number == kNoEdgeType ? std::nullopt : std::optional(static_cast<std::uint32_t>(number));
  }

  std::shared_ptr<const Snapshot> snapshot_;
  typename Links<View>::Iterator at_;
};
using NodeCursor = Cursor<NodeView, HeldNode>;
using EdgeCursor = Cursor<EdgeView, HeldEdge>;

template <class Held>
void bind_cursor(py::module_& core, const char* name) {
  py::class_<Held>(core, name).def("__iter__", [](Held& self) -> Held& { return self; }).def("__next__", &Held::next);
}

struct HeldRegion {
  Snapshot snapshot;
  Region region;
};

std::string svg_of(const HeldRegion& self, const std::string& title, std::size_t max_nodes) {
  return run_or_leave([self, title, max_nodes](const std::stop_token& stop) {
    return to_svg(only(self.snapshot, self.region), {.title = title, .max_nodes = max_nodes, .loose_nodes = true, .stop = stop});
  });
}

void bind_region(py::module_& core) {
  py::class_<HeldRegion>(core, "Region", kRegionDoc)
      .def_property_readonly("nodes", [](const HeldRegion& self) {
        return list_of_each(self.region.nodes, [&](NodeRow row) { return HeldNode{self.snapshot, self.snapshot.key(row)}; });
      })
      .def_property_readonly("edges", [](const HeldRegion& self) {
        return list_of_each(self.region.edges, [&](EdgeRow row) { return HeldEdge{self.snapshot, self.snapshot.key(row)}; });
      })
      .def_property_readonly("is_cut", [](const HeldRegion& self) { return self.region.is_cut; }, "Whether there was more, past max_nodes.")
      .def("to_svg", &svg_of, py::kw_only(), py::arg("title") = "Policy graph", py::arg("max_nodes") = 300, "Its picture as SVG.")
      .def("_repr_svg_", [](const HeldRegion& self) { return svg_of(self, "Policy graph", 300); })
      .def("__len__", [](const HeldRegion& self) { return self.region.nodes.size(); })
      .def("__repr__", [](const HeldRegion& self) {
        return py::str("<Region: {} nodes, {} edges>").format(self.region.nodes.size(), self.region.edges.size());
      });
}

HeldRegion region_of_path(const HeldPath& held) {
  HeldRegion region{held.snapshot, {}};
  for (const auto key : held.path.nodes)
    if (const auto row = held.snapshot.find(key)) region.region.nodes.push_back(*row);
  for (const auto key : held.path.edges)
    if (const auto row = held.snapshot.find(key)) region.region.edges.push_back(*row);
  const auto sort = [](auto& rows) {
    std::ranges::sort(rows);
    const auto rest = std::ranges::unique(rows);
    rows.erase(rest.begin(), rest.end());
  };
  sort(region.region.nodes);
  sort(region.region.edges);
  return region;
}

HeldPath path_of(const Snapshot& snapshot, const Route& route) {
  HeldPath held{snapshot, {}};
  for (const auto& node : route.nodes) held.path.nodes.push_back(node.key());
  for (const auto& edge : route.edges) held.path.edges.push_back(edge.key());
  return held;
}

/// `node` in the snapshot of `from`, which both views borrow.
NodeView view_beside(const HeldNode& from, const HeldNode& node) {
  if (const auto row = from.snapshot.find(node.key)) return {from.snapshot, *row};
  throw Error(ErrorCode::not_found, "node " + std::to_string(node.key.value) + " is not in the snapshot of the other end");
}

/// Every node and edge that the values of some rows hold, with the ends of the edges.
class Holdings {
 public:
  explicit Holdings(const Rows& rows) : snapshot_(rows.snapshot()) {}

  void add(const Value& value) {
    std::vector<const Value*> waiting{&value};
    while (!waiting.empty()) {
      const auto& one = *waiting.back();
      waiting.pop_back();
      if (one.kind() == ValueKind::node) add(one.as_node());
      if (one.kind() == ValueKind::edge) add(one.as_edge());
      if (one.kind() == ValueKind::list)
        for (const auto& item : one.as_list()) waiting.push_back(&item);
      if (one.kind() == ValueKind::map)
        for (const auto& [key, item] : one.as_map()) waiting.push_back(&item);
      if (one.kind() != ValueKind::path) continue;
      for (const auto key : one.as_path().nodes) add(key);
      for (const auto key : one.as_path().edges) add(key);
    }
  }
  HeldRegion region() const {
    return {snapshot_, {{nodes_.begin(), nodes_.end()}, {edges_.begin(), edges_.end()}, false}};
  }

 private:
  void add(NodeKey key) {
    if (const auto row = snapshot_.find(key)) nodes_.insert(*row);
  }
  void add(EdgeKey key) {
    const auto row = snapshot_.find(key);
    if (!row || !edges_.insert(*row).second) return;
    nodes_.insert(snapshot_.source(*row));
    nodes_.insert(snapshot_.target(*row));
  }

  Snapshot snapshot_;
  std::set<NodeRow> nodes_;
  std::set<EdgeRow> edges_;
};

HeldRegion region_of(const Rows& rows, const std::vector<std::size_t>& chosen) {
  return run_by_size(chosen.size() * rows.columns().size(), [rows, chosen](const std::stop_token& stop) {
    Holdings holdings(rows);
    for (const auto number : chosen) {
      if (stop.stop_requested()) throw Error(ErrorCode::interrupted, "stopped while gathering what rows hold");
      const auto row = rows[number];
      for (std::size_t i = 0; i < row.size(); ++i) holdings.add(row[i]);
    }
    return holdings.region();
  });
}

Snapshot part_of(const HeldRegion& region) {
  return run_by_size(size_of(region.snapshot), [region](const std::stop_token&) { return only(region.snapshot, region.region); });
}

/// A search of at most `most` steps; a short one on the caller's own thread. `search(options)` throws Error(limit) past options.max_nodes: a
/// long one is first asked for little, since most find what they look for nearby.
template <class Search>
auto searched(const HopOptions& options, std::size_t few, Search search) {
  const bool is_short = options.max_nodes <= few;
  try {
    const py::gil_scoped_release unlocked;
    auto tried = options;
    tried.max_nodes = std::min(options.max_nodes, few);
    return search(tried);
  } catch (const Error& error) {
    if (is_short || error.code() != ErrorCode::limit) throw;
  }
  return run_or_leave([options, search](const std::stop_token& stop) {
    auto asked = options;
    asked.stop = stop;
    return search(asked);
  });
}
constexpr std::size_t kFew = 1'000;

HeldRegion around(const HeldNode& self, std::uint32_t hops, const std::vector<std::string>& of, const std::string& way, std::size_t max_nodes) {
  return run_by_size(max_nodes, [self, hops, options = options_of(of, way, max_nodes)](const std::stop_token& stop) {
    auto asked = options;
    asked.stop = stop;
    return HeldRegion{self.snapshot, view(self).around(hops, asked)};
  });
}

py::list reached(const HeldNode& self, std::uint32_t hops, const std::vector<std::string>& of, const std::string& way, std::size_t max_nodes) {
  using Found = std::vector<std::pair<NodeKey, std::uint32_t>>;
  const auto all = searched(options_of(of, way, max_nodes), kFew, [self, hops](const HopOptions& options) {
    Found keys;
    for (const auto& found : reach(view(self), hops, options)) keys.emplace_back(found.node.key(), found.hops);
    return keys;
  });
  return list_of_each(all, [&](const auto& found) { return py::make_tuple(HeldNode{self.snapshot, found.first}, found.second); });
}

std::optional<HeldPath> route_to(const HeldNode& self, const HeldNode& to, std::uint32_t hops, const std::vector<std::string>& of, const std::string& way,
                                 std::size_t max_nodes) {
  return searched(options_of(of, way, max_nodes), kFew, [self, to, hops](const HopOptions& options) {
    const auto found = shortest_route(view(self), view_beside(self, to), hops, options);
    return found ? std::optional(path_of(self.snapshot, *found)) : std::nullopt;
  });
}

py::list routes_to(const HeldNode& self, const HeldNode& to, std::uint32_t hops, const std::vector<std::string>& of, const std::string& way,
                   std::size_t max_routes) {
  const auto all = searched(options_of(of, way, 1000), max_routes > 10'000 ? 0 : 10, [self, to, hops, max_routes](const HopOptions& options) {
    std::vector<Path> paths;
    for (const auto& route : routes(view(self), view_beside(self, to), hops, options, max_routes)) paths.push_back(path_of(self.snapshot, route).path);
    return paths;
  });
  return list_of_each(all, [&](const Path& path) { return HeldPath{self.snapshot, path}; });
}

}  // namespace

void bind_only(py::module_& core) {
  core.def("region_of", &region_of);
  core.def("path_region", &region_of_path);
  core.def("part", &part_of);
  core.def("only", [](const Snapshot& snapshot, const HeldRegion& region) {
    if (&snapshot.data() != &region.snapshot.data()) throw Error(ErrorCode::invalid_argument, "the region is of another snapshot");
    return part_of(region);
  });
}

void bind_cursors(py::module_& core) {
  bind_cursor<NodeCursor>(core, "NodeCursor");
  bind_cursor<EdgeCursor>(core, "EdgeCursor");
  bind_region(core);
}

void bind_neighbours(py::class_<HeldNode>& node) {
  const auto type = py::arg("type") = "";
  const auto types = py::arg("types") = std::vector<std::string>{};
  const auto direction = py::arg("direction") = "both";
  node.def("out", [](const HeldNode& self, const std::string& of) { return NodeCursor(self, true, of); }, type,
           "out(self, type: str = '') -> Iterator[Node]\n\nNodes that edges of that type lead to; of any type without one.")
      .def("in_", [](const HeldNode& self, const std::string& of) { return NodeCursor(self, false, of); }, type,
           "in_(self, type: str = '') -> Iterator[Node]\n\nNodes that edges of that type come from.")
      .def("out_edges", [](const HeldNode& self, const std::string& of) { return EdgeCursor(self, true, of); }, type,
           "out_edges(self, type: str = '') -> Iterator[Edge]\n\nEdges of that type that begin here; of any type without one.")
      .def("in_edges", [](const HeldNode& self, const std::string& of) { return EdgeCursor(self, false, of); }, type,
           "in_edges(self, type: str = '') -> Iterator[Edge]\n\nEdges of that type that end here.")
      .def("has_label", [](const HeldNode& self, const std::string& label) { return view(self).has_label(label); }, py::arg("label"),
           "has_label(self, label: str) -> bool\n\nWhether it has the label, or one below it.")
      .def("around", &around, py::arg("hops") = 1, py::kw_only(), types, direction, py::arg("max_nodes") = 1000)
      .def("reach", &reached, py::arg("hops"), py::kw_only(), types, direction, py::arg("max_nodes") = 1000)
      .def("shortest_route", &route_to, py::arg("to"), py::arg("hops") = 32, py::kw_only(), types, direction, py::arg("max_nodes") = 1'000'000)
      .def("routes", &routes_to, py::arg("to"), py::arg("hops"), py::kw_only(), types, direction, py::arg("max_routes") = 1000);
  for (const auto* method : {"out", "in_", "out_edges", "in_edges"}) refuse_others(node, method, {{"type", "a text"}}, 0);
  refuse_others(node, "has_label", {{"label", "a text"}}, 1);
}

}  // namespace policygraph::python
