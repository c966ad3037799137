// graph: the handle, snapshots, transactions, verification.
#include "core.hpp"
#include "docstrings.hpp"
#include "held_transaction.hpp"
#include "policygraph/exchange/schema_markdown.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/verify.hpp"
#include "policygraph/graph/walk_filter.hpp"
#include "policygraph/picture/schema_picture.hpp"

namespace policygraph::python {
namespace {

Schema schema_named(const std::string& schema) {
  if (schema == "policy") return Schema::policy();
  if (schema == "open") return Schema::open();
  throw Error(ErrorCode::invalid_argument, "unknown schema '" + schema + "'; there are 'policy', 'open', and files that extend the policy schema");
}

/// The policy schema with the types of files (by name, or already read) added.
Graph open_in_memory_extended(const std::map<std::string, std::string>& files) { return open_in_memory(Schema::policy().extended(files)); }

std::string describe_schema(const Graph& graph, const std::string& format) {
  if (format == "markdown") return to_markdown(graph.schema());
  if (format == "json") return graph.schema().to_json();
  if (format == "svg") return to_svg(graph.schema());
  throw Error(ErrorCode::invalid_argument, "unknown format '" + format + "'; there are 'markdown', 'json' and 'svg'");
}

/// The error says how long the last try took, and people how long they wait.
Error waited(const Error& error, std::chrono::milliseconds patience) {
  const auto text = error.text();
  return Error(error.code(), text.substr(0, text.rfind("; waited ")) + "; waited " + std::to_string(patience.count()) + " ms");
}

std::unique_ptr<HeldTransaction> begin(Graph& graph, const std::string& author, double timeout) {
  const auto patience = std::chrono::milliseconds(static_cast<std::int64_t>(timeout * 1000));
  auto transaction = run_interruptibly([&](const std::stop_token& stop) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
      try {
        return graph.begin(author, std::chrono::milliseconds(20));
      } catch (const Error& error) {
        if (error.code() != ErrorCode::busy || stop.stop_requested()) throw;
        if (std::chrono::steady_clock::now() >= end) throw waited(error, patience);
      }
    }
  });
  return std::make_unique<HeldTransaction>(std::move(transaction));
}

NodeKey node_key(py::handle node) {
  return py::isinstance<HeldNode>(node) ? node.cast<const HeldNode&>().key : NodeKey{node.cast<std::uint64_t>()};
}

void set_property(HeldTransaction& self, py::handle target, const std::string& name, py::handle value) {
  const auto converted = from_python(value);
  self.use([&](Transaction& transaction) {
    if (py::isinstance<HeldEdge>(target)) transaction.set_property(target.cast<const HeldEdge&>().key, name, converted);
    else transaction.set_property(node_key(target), name, converted);
  });
}

using Cited = std::vector<std::pair<std::uint64_t, std::string>>;

/// What node and edge drafts take alike, as python/policygraph/draft.py gives it.
template <class Draft>
Draft said(Draft draft, const py::dict& properties, const std::string& quote, const Cited& cited, const std::string& modality) {
  for (auto& [name, value] : properties_of(properties)) draft.set(name, value);
  if (!quote.empty()) draft = std::move(draft).quote(quote);
  for (const auto& [document, words] : cited) draft = std::move(draft).cite(DocumentId{document}, words);
  const auto known = modality_by_name(modality);
  if (!known) throw Error(ErrorCode::invalid_argument, "unknown modality '" + modality + "'");
  return std::move(draft).modality(*known);
}

std::uint64_t add_node(HeldTransaction& self, const std::vector<std::string>& labels, const py::dict& properties, const std::string& quote,
                       const Cited& cited, const std::string& modality) {
  if (labels.empty()) throw Error(ErrorCode::schema, "a node needs a label");
  return self.use([&](Transaction& transaction) {
    auto draft = transaction.node(labels.front());
    for (std::size_t i = 1; i < labels.size(); ++i) draft = std::move(draft).label(labels[i]);
    return said(std::move(draft), properties, quote, cited, modality).add().value;
  });
}

std::uint64_t add_edge(HeldTransaction& self, py::handle from, const std::string& type, py::handle to, const py::dict& properties,
                       const std::string& quote, const Cited& cited, const std::string& modality, const PartialDate& valid_from,
                       const PartialDate& valid_to) {
  return self.use([&](Transaction& transaction) {
    auto draft = transaction.edge(node_key(from), type, node_key(to)).valid(valid_from, valid_to);
    return said(std::move(draft), properties, quote, cited, modality).add().value;
  });
}

void bind_transaction(py::module_& core) {
  py::class_<HeldTransaction>(core, "Transaction")
      .def("commit", &HeldTransaction::commit)
      .def("rollback", &HeldTransaction::rollback)
      .def_property_readonly("is_over", &HeldTransaction::is_over)
      .def("snapshot", [](HeldTransaction& self) { return self.use([](Transaction& t) { return t.snapshot(); }); })
      .def("set_note", [](HeldTransaction& self, const std::string& note) { self.use([&](Transaction& t) { t.set_note(note); }); })
      .def("create_node", [](HeldTransaction& self, const std::vector<std::string>& labels, const py::dict& properties) {
        const auto list = properties_of(properties);
        return self.use([&](Transaction& t) { return t.create_node(labels, list).value; });
      })
      .def("create_edge", [](HeldTransaction& self, py::handle from, const std::string& type, py::handle to, const py::dict& properties) {
        const auto list = properties_of(properties);
        return self.use([&](Transaction& t) { return t.create_edge(node_key(from), type, node_key(to), list).value; });
      })
      .def("add_node", &add_node)
      .def("add_edge", &add_edge)
      .def("set_property", &set_property)
      .def("set_edge_property", [](HeldTransaction& self, std::uint64_t edge, const std::string& name, py::handle value) {
        const auto converted = from_python(value);
        self.use([&](Transaction& t) { t.set_property(EdgeKey{edge}, name, converted); });
      })
      .def("add_label", [](HeldTransaction& self, py::handle node, const std::string& label) {
        self.use([&](Transaction& t) { t.add_label(node_key(node), label); });
      })
      .def("remove_label", [](HeldTransaction& self, py::handle node, const std::string& label) {
        self.use([&](Transaction& t) { t.remove_label(node_key(node), label); });
      })
      .def("delete_node", [](HeldTransaction& self, py::handle node, bool detach) {
        self.use([&](Transaction& t) { t.delete_node(node_key(node), detach); });
      })
      .def("delete_edge", [](HeldTransaction& self, std::uint64_t edge) { self.use([&](Transaction& t) { t.delete_edge(EdgeKey{edge}); }); })
      .def("merge", [](HeldTransaction& self, py::handle a, py::handle b, const std::string& reason) {
        return self.use([&](Transaction& t) { return t.merge(node_key(a), node_key(b), reason).value; });
      })
      .def("separate", [](HeldTransaction& self, py::handle a, py::handle b, const std::string& reason) {
        return self.use([&](Transaction& t) { return t.separate(node_key(a), node_key(b), reason).value; });
      })
      .def("remove_document", [](HeldTransaction& self, std::uint32_t document) {
        self.use([&](Transaction& t) { t.remove_document(DocumentId{document}); });
      })
      .def("remove_document", [](HeldTransaction& self, const std::string& uri) {
        self.use([&](Transaction& t) {
          const auto* document = t.snapshot().sources().find_uri(uri);
          if (document == nullptr) throw Error(ErrorCode::not_found, "no document '" + uri + "'; MATCH (d:Document) RETURN d.uri lists them");
          t.remove_document(document->id);
        });
      })
      .def("query", [](HeldTransaction& self, const py::str& query_text, const py::dict& parameters, QueryOptions options) {
        const auto text = text_of(query_text, "the query");
        const auto bound = parameters_of(parameters);
        return self.use([&](Transaction& transaction) {
          return run_interruptibly([&](const std::stop_token& stop) {
            options.stop = stop;
            return query(transaction, text, bound, options);
          });
        });
      });
}

// Of seconds; 0: none. A millisecond at least, so that a short time is not taken for none.
std::chrono::milliseconds timeout_of(double seconds) {
  constexpr double kLongest = 1e9;
  if (!(seconds >= 0)) throw Error(ErrorCode::invalid_argument, "timeout is " + py::repr(py::float_(seconds)).cast<std::string>() + "; it is a number of seconds from 0 up, and None for none");
  if (seconds == 0) return {};
  return std::chrono::milliseconds(std::max<std::int64_t>(1, static_cast<std::int64_t>(std::min(seconds, kLongest) * 1000)));
}

template <class Rows>
py::list held(const Snapshot& self, const Rows& rows) {
  return list_of_each(rows, [&](NodeRow row) { return HeldNode{self, self.key(row)}; });
}

// A name that the strict schema does not know is refused, as it is in a walk: an empty answer would hide the slip.
py::list nodes(const Snapshot& self, const std::string& label) {
  if (label.empty()) return held(self, self.nodes());
  detail::graph::known_label(self, label);
  return held(self, self.nodes(label));
}
py::list find_nodes(const Snapshot& self, const std::string& label, const std::string& property, py::handle value) {
  detail::graph::known_label(self, label);
  detail::graph::known_property(self, property);
  return held(self, self.find_nodes(label, property, from_python(value)));
}
py::list find_name(const Snapshot& self, const std::string& label, const std::string& name) {
  detail::graph::known_label(self, label);
  return held(self, self.find_name(label, name));
}

py::list edges(const Snapshot& self, const std::string& type) {
  py::list out;
  const auto wanted = type.empty() ? std::nullopt : detail::graph::known_type(self, type);
  if (!type.empty() && !wanted) return out;
  std::size_t turn = 0;
  for (const auto row : self.edges()) {
    hear(turn++);
    if (!wanted || self.type(row) == *wanted) out.append(HeldEdge{self, self.key(row)});
  }
  return out;
}

/// Labels, types of edges and properties that the snapshot has, each sorted.
py::tuple names(const Snapshot& self) {
  const auto all = [&](std::size_t count, auto first) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i) out.emplace_back(self.name(static_cast<decltype(first)>(i)));
    return out;
  };
  return py::make_tuple(all(self.label_count(), Label{}), all(self.edge_type_count(), EdgeType{}), all(self.property_count(), Property{}));
}

void bind_snapshot(py::module_& core) {
  py::class_<Snapshot>(core, "Snapshot")
      .def_property_readonly("commit", [](const Snapshot& self) { return self.commit().value; })
      .def_property_readonly("schema", [](const Snapshot& self) { return self.schema().name(); })
      .def_property_readonly("node_count", &Snapshot::node_count)
      .def_property_readonly("edge_count", [](const Snapshot& self) { return self.edge_count(); })
      .def_property_readonly("documents", [](const Snapshot& self) { return self.sources().documents(); })
      .def("text", [](const Snapshot& self, std::uint64_t document) -> std::optional<std::string> {
        const auto text = self.sources().text(DocumentId{document});
        return text == nullptr ? std::nullopt : std::optional(*text);
      })
      .def("node", [](const Snapshot& self, std::uint64_t key) -> std::optional<HeldNode> {
        const auto row = self.find(NodeKey{key});
        return row ? std::optional(HeldNode{self, self.key(*row)}) : std::nullopt;
      })
      .def("edge", [](const Snapshot& self, std::uint64_t key) -> std::optional<HeldEdge> {
        const auto row = self.find(EdgeKey{key});
        return row ? std::optional(HeldEdge{self, self.key(*row)}) : std::nullopt;
      })
      .def("nodes", &nodes)
      .def("edges", &edges)
      .def("names", &names)
      .def("find_nodes", &find_nodes)
      .def("find_name", &find_name);
}

void bind_verify(py::module_& core) {
  py::class_<VerifyResult>(core, "VerifyResult", kVerifyResultDoc)
      .def_readonly("documents", &VerifyResult::documents)
      .def_readonly("without_text", &VerifyResult::without_text)
      .def_readonly("quotes", &VerifyResult::quotes)
      .def_readonly("unchecked", &VerifyResult::unchecked)
      .def_readonly("nodes", &VerifyResult::nodes)
      .def_readonly("edges", &VerifyResult::edges)
      .def_readonly("false_documents", &VerifyResult::false_documents)
      .def_readonly("false_quotes", &VerifyResult::false_quotes)
      .def_readonly("without_evidence", &VerifyResult::without_evidence)
      .def_readonly("diagnostics", &VerifyResult::diagnostics)
      .def_property_readonly("is_sound", &VerifyResult::is_sound)
      .def("__bool__", &VerifyResult::is_sound)
      .def("__repr__", [](const VerifyResult& self) {
        return py::str("<VerifyResult: {} quotes true, {} false, {} not checked>").format(self.quotes, self.false_quotes, self.unchecked);
      });
  core.def("verify", [](const Snapshot& snapshot) {
    return run_interruptibly([&](const std::stop_token& stop) { return verify(snapshot, {100, stop}); });
  });
}

/// Work that is finished once it began; who interrupts it does not wait for that.
template <class Work>
void finished(const Graph& self, Work work) {
  run_or_leave([graph = self, work](const std::stop_token&) mutable {
    work(graph);
    return true;
  });
}

}  // namespace

void bind_graph(py::module_& core) {
  bind_snapshot(core);
  bind_only(core);
  py::class_<Graph>(core, "Graph")
      .def_property_readonly("schema", [](const Graph& self) { return self.schema().name(); })
      .def("snapshot", &Graph::snapshot)
      .def("compact", [](const Graph& self) { finished(self, [](Graph& graph) { graph.compact(); }); })
      .def("close", [](const Graph& self) { finished(self, [](Graph& graph) { graph.close(); }); })
      .def_property_readonly("is_open", &Graph::is_open);
  core.def("open_in_memory", [](const std::string& schema) { return open_in_memory(schema_named(schema)); });
  core.def("open_in_memory_extended", &open_in_memory_extended);
  core.def("read_schema_files", &read_schema_files);
  core.def("describe_schema", &describe_schema);
  bind_verify(core);
  // After the options of queries, which a transaction's query takes.
  py::class_<QueryOptions>(core, "QueryOptions")
      .def(py::init([](bool evidence, double timeout, std::int64_t max_rows, const py::dict& procedures, const py::object& now, const py::object& rates) {
        QueryOptions options;
        options.evidence = evidence;
        options.timeout = timeout_of(timeout);
        if (max_rows < 0) throw Error(ErrorCode::invalid_argument, "max_rows is " + std::to_string(max_rows) + "; it is a count of rows, and 0 for no bound");
        options.max_rows = static_cast<std::size_t>(max_rows);
        options.procedures = procedures_of(procedures, rates);
        options.now = now_of(now);
        return options;
      }));
  bind_transaction(core);
  core.def("begin", &begin);
}

}  // namespace policygraph::python
