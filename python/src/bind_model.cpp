// model: citations, documents, and the nodes, edges and paths that values name.
#include "core.hpp"
#include "docstrings.hpp"
#include "policygraph/model/evidence.hpp"
#include "policygraph/model/sources.hpp"

namespace policygraph::python {
namespace {

template <class Row>
py::dict properties(const Snapshot& snapshot, Row row) {
  py::dict dict;
  for (const auto property : snapshot.properties(row))
    dict[py::str(std::string(snapshot.name(property)))] = to_python(snapshot.value(row, property), snapshot);
  return dict;
}

template <class Held>
std::vector<Citation> citations(const Held& self) {
  std::vector<Citation> out;
  for (const auto id : self.snapshot.evidence(self.row())) out.push_back(self.snapshot.cite(id));
  return out;
}

template <class Held>
py::object item(const Held& self, const std::string& name) {
  const auto value = self.snapshot.value(self.row(), name);
  if (value.is_null()) throw py::key_error(name);
  return to_python(value, self.snapshot);
}

template <class Held>
py::object item_or(const Held& self, const std::string& name, const py::object& fallback) {
  const auto value = self.snapshot.value(self.row(), name);
  return value.is_null() ? fallback : to_python(value, self.snapshot);
}

std::vector<std::string> labels(const HeldNode& self) {
  std::vector<std::string> out;
  for (const auto label : self.snapshot.label_names(self.row())) out.emplace_back(label);
  return out;
}

std::string type_name(const HeldEdge& self) { return std::string(self.snapshot.name(self.snapshot.type(self.row()))); }

template <class Held, class Class>
void bind_common(Class& bound) {
  bound.def_property_readonly("key", [](const Held& self) { return self.key.value; }, "Assigned once and never reused; what exports and citations name.")
      .def_property_readonly("properties", [](const Held& self) { return properties(self.snapshot, self.row()); })
      .def_property_readonly("modality", [](const Held& self) { return std::string(modality_name(self.snapshot.modality(self.row()))); })
      .def_property_readonly("evidence", &citations<Held>, "The words its existence rests on.")
      .def("__getitem__", &item<Held>, py::arg("property"), "__getitem__(self, property: str) -> object\n\nThe value of a property; KeyError where it has none.")
      .def("get", &item_or<Held>, py::arg("property"), py::arg("default") = py::none(),
           "get(self, property: str, default: object = None) -> object\n\nThe value of a property, or `default` where it has none.")
      .def("__eq__", [](const Held& a, const Held& b) { return a.key == b.key; }, py::is_operator())
      .def("__hash__", [](const Held& self) { return std::hash<std::uint64_t>{}(self.key.value); });
  refuse_others(bound, "__getitem__", {{"property", "a text"}}, 1);
  refuse_others(bound, "get", {{"property", "a text"}, {"default", "anything"}}, 1);
}

void bind_node_and_edge(py::module_& core) {
  py::class_<HeldNode> node(core, "Node", kNodeDoc);
  bind_common<HeldNode>(node);
  node.def_property_readonly("labels", &labels, "The most general first.")
      .def_property_readonly("caption", [](const HeldNode& self) { return self.snapshot.caption(self.row()); })
      .def("__repr__", [](const HeldNode& self) {
        const auto names = labels(self);
        return py::str("<Node {}: {} {!r}>").format(self.key.value, names.empty() ? std::string() : names.back(), self.snapshot.caption(self.row()));
      });
  bind_neighbours(node);
  py::class_<HeldEdge> edge(core, "Edge", kEdgeDoc);
  bind_common<HeldEdge>(edge);
  edge.def_property_readonly("type", &type_name)
      .def_property_readonly("source", [](const HeldEdge& self) { return HeldNode{self.snapshot, self.snapshot.key(self.snapshot.source(self.row()))}; })
      .def_property_readonly("target", [](const HeldEdge& self) { return HeldNode{self.snapshot, self.snapshot.key(self.snapshot.target(self.row()))}; })
      .def("__repr__", [](const HeldEdge& self) {
        const auto row = self.row();
        return py::str("<Edge {}: {!r} {} {!r}>").format(self.key.value, self.snapshot.caption(self.snapshot.source(row)), type_name(self),
                                                         self.snapshot.caption(self.snapshot.target(row)));
      });
}

// Its captions along the edges, each as it points; the middle of a long path is left out.
py::str path_text(const HeldPath& self) {
  constexpr std::size_t kFew = 3;
  const auto& [nodes, edges] = self.path;
  const HeldNode first{self.snapshot, nodes[0]};
  py::str out = py::str("<Path {!r}").format(self.snapshot.caption(first.row()));
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges.size() > 2 * kFew && i == kFew) {
      out = py::str("{} ... {} more ...").format(out, edges.size() - 2 * kFew);
      i = edges.size() - kFew;
    }
    const HeldEdge edge{self.snapshot, edges[i]};
    const bool is_back = self.snapshot.key(self.snapshot.source(edge.row())) != nodes[i];
    const HeldNode end{self.snapshot, nodes[i + 1]};
    out = py::str(is_back ? "{} <-[{}]- {!r}" : "{} -[{}]-> {!r}").format(out, type_name(edge), self.snapshot.caption(end.row()));
  }
  return py::str("{}>").format(out);
}

void bind_path(py::module_& core) {
  py::class_<HeldPath>(core, "Path", kPathDoc)
      .def_property_readonly("nodes", [](const HeldPath& self) {
        std::vector<HeldNode> nodes;
        for (const auto key : self.path.nodes) nodes.push_back({self.snapshot, key});
        return nodes;
      })
      .def_property_readonly("edges", [](const HeldPath& self) {
        std::vector<HeldEdge> edges;
        for (const auto key : self.path.edges) edges.push_back({self.snapshot, key});
        return edges;
      })
      .def("__len__", [](const HeldPath& self) { return self.path.edges.size(); })
      .def("__eq__", [](const HeldPath& a, const HeldPath& b) { return a.path == b.path; }, py::is_operator())
      .def("__hash__", [](const HeldPath& self) { return Value(self.path).hash(); })
      .def("__repr__", &path_text);
}

void bind_citation(py::module_& core) {
  py::class_<Citation>(core, "Citation", kCitationDoc)
      .def_property_readonly("document", [](const Citation& self) { return self.document.value; })
      .def_readonly("title", &Citation::title)
      .def_readonly("uri", &Citation::uri)
      .def_readonly("published", &Citation::published)
      .def_readonly("start", &Citation::start)
      .def_readonly("end", &Citation::end)
      .def_readonly("line", &Citation::line)
      .def_readonly("page", &Citation::page)
      .def_readonly("quote", &Citation::quote)
      .def_readonly("extractor", &Citation::extractor)
      .def_property_readonly("confidence", [](const Citation& self) { return static_cast<double>(self.confidence); })
      .def("__eq__", [](const Citation& a, const Citation& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const Citation& self) { return std::hash<std::uint64_t>{}(self.evidence.value); })
      .def("__repr__", [](const Citation& self) {
        return py::str("<Citation {!r} in {!r}, {}>").format(self.quote, self.title.empty() ? self.uri : self.title, self.line == 0 ? "line 0" : place_of(self));
      });
}

void bind_source(py::module_& core) {
  py::class_<SourceDocument>(core, "SourceDocument", kSourceDocumentDoc)
      .def_property_readonly("id", [](const SourceDocument& self) { return self.id.value; })
      .def_readonly("title", &SourceDocument::title)
      .def_readonly("uri", &SourceDocument::uri)
      .def_readonly("publisher", &SourceDocument::publisher)
      .def_readonly("published", &SourceDocument::published)
      .def_readonly("language", &SourceDocument::language)
      .def_readonly("sha256", &SourceDocument::sha256)
      .def_property_readonly("tier", [](const SourceDocument& self) { return std::string(tier_name(self.tier)); })
      .def_property_readonly("is_edit", [](const SourceDocument& self) { return self.kind == SourceDocument::Kind::edit; })
      .def("__repr__", [](const SourceDocument& self) {
        return py::str("<SourceDocument {}: {!r}>").format(self.id.value, self.title.empty() ? self.uri : self.title);
      });
}

}  // namespace

NodeRow HeldNode::row() const {
  if (const auto row = snapshot.find(key)) return *row;
  throw Error(ErrorCode::not_found, "node " + std::to_string(key.value) + " is not in this snapshot");
}

EdgeRow HeldEdge::row() const {
  if (const auto row = snapshot.find(key)) return *row;
  throw Error(ErrorCode::not_found, "edge " + std::to_string(key.value) + " is not in this snapshot");
}

void bind_model(py::module_& core) {
  bind_citation(core);
  bind_source(core);
  bind_cursors(core);
  bind_node_and_edge(core);
  bind_path(core);
}

}  // namespace policygraph::python
