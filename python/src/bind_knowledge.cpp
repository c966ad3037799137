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
  const auto all = run_or_leave([graph](const std::stop_token&) { return graph.commits(); });
  return list_of_each(all, [](const CommitInfo& commit) { return tuple_of(commit); });
}

py::list history(const Graph& graph, std::uint64_t node) {
  const auto snapshot = graph.snapshot();
  const auto events = run_or_leave([graph, node](const std::stop_token&) { return graph.history(NodeKey{node}); });
  return list_of_each(events, [&](const auto& event) {
    return py::make_tuple(tuple_of(event.commit), event.is_withdrawal, tuple_of(event.assertion, snapshot));
  });
}

py::list changes(const Snapshot& before, const Snapshot& after) {
  const auto found = run_or_leave([before, after](const std::stop_token&) { return diff(before, after); });
  return list_of_each(found, [&](const auto& change) {
    const py::object old = change.before ? py::object(tuple_of(*change.before, before)) : py::object(py::none());
    const py::object now = change.after ? py::object(tuple_of(*change.after, after)) : py::object(py::none());
    return py::make_tuple(std::string(change_name(change.kind)), old, now);
  });
}

}  // namespace

void bind_knowledge(py::module_& core) {
  core.def("commits", &commits);
  core.def("known_at", [](const Graph& graph, std::uint64_t commit) {
    return run_or_leave([graph, commit](const std::stop_token&) { return graph.known_at(CommitId{commit}); });
  });
  core.def("known_at_time", [](const Graph& graph, std::int64_t microseconds) {
    const auto time = CommitTime(std::chrono::microseconds(microseconds));
    return run_or_leave([graph, time](const std::stop_token&) { return graph.known_at(time); });
  });
  core.def("history", &history);
  core.def("diff", &changes);
}

}  // namespace policygraph::python
