// query: answers, explanation, questions.
#include <chrono>
#include <optional>

#include "core.hpp"
#include "docstrings.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/query/questions.hpp"
#include "policygraph/query/why_not.hpp"

namespace policygraph::python {
namespace {

// Most questions take microseconds, and a thread to ask them on takes tens: each has a moment on the caller's own. One that needs
// longer, or that a limit ends, is asked anew on a thread, where Ctrl-C is heard. Not where procedures of the caller's may be called
// twice, nor what may write.
constexpr std::size_t kShortText = 100'000;  // bytes; a longer query takes longer to read alone

std::optional<Rows> answered_at_once(const Snapshot& snapshot, const std::string& text, const Parameters& bound, QueryOptions options) {
  if (options.procedures != nullptr || text.size() > kShortText) return std::nullopt;
  options.timeout = kMoment;
  const py::gil_scoped_release unlocked;
  try {
    return query(snapshot, text, bound, options);
  } catch (const Error& trouble) {
    if (trouble.code() != ErrorCode::limit) throw;
    return std::nullopt;
  }
}

bool may_write(std::string text) {
  for (auto& letter : text)
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  for (const auto* word : {"CREATE", "MERGE", "SET", "DELETE", "REMOVE"})
    if (text.find(word) != std::string::npos) return true;
  return false;
}

Rows query_snapshot(const Snapshot& snapshot, const py::str& query_text, const py::dict& parameters, QueryOptions options) {
  const auto text = text_of(query_text, "the query");
  const auto bound = parameters_of(parameters);
  if (auto rows = answered_at_once(snapshot, text, bound, options)) return std::move(*rows);
  return run_or_leave([snapshot, text, bound, options](const std::stop_token& stop) mutable {
    options.stop = stop;
    return query(snapshot, text, bound, options);
  });
}

// Taking in what other processes committed may wait for them.
Snapshot newest(const Graph& graph) {
  const py::gil_scoped_release unlocked;
  return graph.snapshot();
}

Rows query_graph(Graph& graph, const py::str& query_text, const py::dict& parameters, QueryOptions options) {
  const auto text = text_of(query_text, "the query");
  const auto bound = parameters_of(parameters);
  if (!may_write(text))
    if (auto rows = answered_at_once(newest(graph), text, bound, options)) return std::move(*rows);
  // A commit that has begun is finished; who interrupts it does not wait for that.
  return run_or_leave([graph, text, bound, options](const std::stop_token& stop) mutable {
    options.stop = stop;
    return query(graph, text, bound, options);
  });
}

Answer ask_snapshot(const Snapshot& snapshot, const std::string& name, const py::dict& parameters, QueryOptions options) {
  const auto bound = parameters_of(parameters);
  return run_or_leave([snapshot, name, bound, options](const std::stop_token& stop) mutable {
    options.stop = stop;
    return ask(snapshot, name, bound, options);
  });
}

QueryPhase phase_by_name(const std::string& name) {
  if (name == "syntax") return QueryPhase::syntax;
  if (name == "bound") return QueryPhase::bound;
  if (name == "plan") return QueryPhase::plan;
  throw Error(ErrorCode::invalid_argument, "unknown phase '" + name + "'; there are 'syntax', 'bound' and 'plan'");
}

py::tuple row(const Rows& rows, std::size_t index) { return row_of(rows, index); }

py::dict counts(const Rows& rows) {
  const auto& counted = rows.counts();
  py::dict out;
  out["nodes_created"] = counted.nodes_created;
  out["nodes_deleted"] = counted.nodes_deleted;
  out["edges_created"] = counted.edges_created;
  out["edges_deleted"] = counted.edges_deleted;
  out["properties_set"] = counted.properties_set;
  out["properties_removed"] = counted.properties_removed;
  out["labels_added"] = counted.labels_added;
  out["labels_removed"] = counted.labels_removed;
  return out;
}

// Evidence of groups is gathered when it is asked for, which may take as long as the query: like that on a thread where Ctrl-C is heard.
const Rows& gathered(const Rows& rows, std::size_t index) {
  QueryOptions bounds;
  bounds.timeout = kMoment;
  try {
    const py::gil_scoped_release unlocked;
    rows.gather_evidence(index, 1, bounds);
    return rows;
  } catch (const Error& trouble) {
    if (trouble.code() != ErrorCode::limit) throw;
  }
  run_or_leave([rows, index](const std::stop_token& stop) {
    QueryOptions longer;
    longer.stop = stop;
    rows.gather_evidence(index, 1, longer);
    return true;
  });
  return rows;
}

void bind_rows(py::module_& core) {
  py::class_<Rows>(core, "Rows")
      .def_property_readonly("columns", &Rows::columns)
      .def("__len__", &Rows::size)
      .def("row", &row)
      .def("evidence", [](const Rows& self, std::size_t index) { return gathered(self, index)[index].evidence(); })
      .def("evidence_left_out", [](const Rows& self, std::size_t index) { return gathered(self, index)[index].evidence_left_out(); })
      .def_property_readonly("snapshot", &Rows::snapshot)
      .def_property_readonly("counts", &counts)
      .def_property_readonly("notifications", &Rows::notifications);
}

void bind_questions(py::module_& core) {
  py::class_<Question::Parameter>(core, "QuestionParameter", kQuestionParameterDoc)
      .def_readonly("name", &Question::Parameter::name)
      .def_readonly("description", &Question::Parameter::description)
      .def_readonly("is_required", &Question::Parameter::is_required)
      .def("__repr__", [](const Question::Parameter& self) { return py::str("<QuestionParameter {}>").format(self.name); });
  py::class_<Question>(core, "Question", kQuestionDoc)
      .def_readonly("name", &Question::name)
      .def_readonly("title", &Question::title)
      .def_readonly("parameters", &Question::parameters)
      .def_readonly("answer", &Question::answer)
      .def_readonly("candidates", &Question::candidates)
      .def_readonly("sentence", &Question::sentence)
      .def("__repr__", [](const Question& self) { return py::str("<Question {}: {!r}>").format(self.name, self.title); });
  py::class_<Answer>(core, "Answer")
      .def_property_readonly("question", [](const Answer& self) { return *self.question; })
      .def_readonly("rows", &Answer::rows)
      .def_property_readonly("candidates", [](const Answer& self) { return self.has_evidence() ? std::nullopt : std::optional(self.candidates); })
      .def_property_readonly("has_evidence", &Answer::has_evidence)
      .def_readonly("sentences", &Answer::sentences);
}

void bind_why_not(py::module_& core) {
  py::class_<WhyNot>(core, "WhyNot", kWhyNotDoc)
      .def_readonly("is_there", &WhyNot::is_there)
      .def_readonly("lost_at", &WhyNot::lost_at)
      .def_property_readonly("line", [](const WhyNot& self) { return self.place.line; })
      .def_property_readonly("column", [](const WhyNot& self) { return self.place.column; })
      .def_readonly("rows_before", &WhyNot::rows_before)
      .def_readonly("text", &WhyNot::text)
      .def("__repr__", [](const WhyNot& self) { return "<WhyNot: " + self.text + ">"; });
  core.def("why_not", [](const Snapshot& snapshot, const py::str& query_text, const py::dict& expected, const py::dict& parameters, QueryOptions options) {
    const auto text = text_of(query_text, "the query");
    const auto wanted = parameters_of(expected);
    const auto bound = parameters_of(parameters);
    return run_or_leave([snapshot, text, wanted, bound, options](const std::stop_token& stop) mutable {
      options.stop = stop;
      return why_not(snapshot, text, wanted, bound, options);
    });
  });
}

}  // namespace

void bind_query(py::module_& core) {
  bind_rows(core);
  bind_prepared(core);
  bind_why_not(core);
  bind_questions(core);
  core.def("query", &query_graph);
  core.def("query_snapshot", &query_snapshot);
  core.def("ask", &ask_snapshot);
  core.def("explain", [](const Snapshot& snapshot, const py::str& text, const std::string& phase) {
    const auto wanted = phase_by_name(phase);
    return run_or_leave([snapshot, text = text_of(text, "the query"), wanted](const std::stop_token&) { return explain(snapshot, text, wanted); });
  });
  core.def("questions", [] { return questions(); });
}

}  // namespace policygraph::python
