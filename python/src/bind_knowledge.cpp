// graph: what was known when. Records go over as tuples; python/policygraph/knowledge.py names their parts.
#include "policygraph/graph/knowledge.hpp"

#include "core.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::python {
namespace {

const char* kind_of(const Assertion& claim) {
  switch (claim.kind) {
    case ClaimKind::node: return "node";
    case ClaimKind::property: return "property";
    case ClaimKind::edge: return "edge";
    case ClaimKind::edge_property: return "edge_property";
  }
  return "";
}

template <class Key>
py::object key_or_none(Key key) {
  return key ? py::object(py::int_(key.value)) : py::object(py::none());
}

py::tuple tuple_of(const Assertion& claim, const Snapshot& snapshot) {
  return py::make_tuple(claim.id.value, kind_of(claim), key_or_none(claim.subject), key_or_none(claim.object), key_or_none(claim.edge),
                        claim.name, to_python(claim.value, snapshot), std::string(modality_name(claim.modality)),
                        std::string(rank_name(claim.rank)), std::string(review_name(claim.review)), claim.confidence, claim.valid_from,
                        claim.valid_to);
}

py::tuple tuple_of(const CommitInfo& commit) {
  return py::make_tuple(commit.id.value, commit.time.time_since_epoch().count(), commit.author);
}

py::list commits(const Graph& graph) {
  py::list all;
  for (const auto& commit : graph.commits()) all.append(tuple_of(commit));
  return all;
}

py::list history(const Graph& graph, std::uint64_t node) {
  const auto snapshot = graph.snapshot();
  py::list all;
  for (const auto& event : graph.history(NodeKey{node}))
    all.append(py::make_tuple(tuple_of(event.commit), event.is_withdrawal, tuple_of(event.assertion, snapshot)));
  return all;
}

py::list changes(const Snapshot& before, const Snapshot& after) {
  py::list all;
  for (const auto& change : diff(before, after)) {
    const py::object old = change.before ? py::object(tuple_of(*change.before, before)) : py::object(py::none());
    const py::object now = change.after ? py::object(tuple_of(*change.after, after)) : py::object(py::none());
    all.append(py::make_tuple(std::string(change_name(change.kind)), old, now));
  }
  return all;
}

}  // namespace

void bind_knowledge(py::module_& core) {
  core.def("commits", &commits);
  core.def("known_at", [](const Graph& graph, std::uint64_t commit) { return graph.known_at(CommitId{commit}); },
           py::call_guard<py::gil_scoped_release>());
  core.def("known_at_time",
           [](const Graph& graph, std::int64_t microseconds) { return graph.known_at(CommitTime(std::chrono::microseconds(microseconds))); },
           py::call_guard<py::gil_scoped_release>());
  core.def("history", &history);
  core.def("diff", &changes);
}

}  // namespace policygraph::python
