// pipeline: documents into a graph.
#include "bind_extract.hpp"
#include "docstrings.hpp"
#include "policygraph/pipeline/ingest.hpp"
#include "policygraph/audit/audit.hpp"
#include "policygraph/resolve/review.hpp"

namespace policygraph::python {
namespace {

/// Calls Python from whichever thread has news. What the callback raises stops the work and is raised again at the end.
class Progress {
 public:
  explicit Progress(py::object callback) : callback_(std::move(callback)) {}
  ~Progress() {
    const py::gil_scoped_acquire locked;
    failure_.reset();
    callback_ = py::object();
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void tell(const IngestProgress& progress, const std::stop_token& stop) {
    const py::gil_scoped_acquire locked;
    if (failure_ || stop.stop_requested()) return;
    try {
      callback_(progress.documents_done, progress.documents_total, progress.document);
    } catch (py::error_already_set& error) {
      failure_ = std::make_unique<py::error_already_set>(error);
      throw Error(ErrorCode::interrupted, "the progress callback raised");
    }
  }
  void raise_again() {
    if (failure_) throw py::error_already_set(*failure_);
  }

 private:
  py::object callback_;
  std::unique_ptr<py::error_already_set> failure_;
};

IngestResult ingest_paths(Graph& graph, const std::vector<std::string>& paths, unsigned threads, const py::object& callback,
                          const py::list& recognizers, std::size_t max_mentions, std::size_t commit_every) {
  IngestOptions options;
  options.threads = threads;
  options.max_mentions = max_mentions;
  options.documents_per_commit = commit_every;
  for (const auto recognizer : recognizers)
    options.recognizers.push_back(std::make_shared<PythonRecognizer>(py::reinterpret_borrow<py::object>(recognizer)));
  const auto progress = callback.is_none() ? nullptr : std::make_shared<Progress>(callback);
  try {
    return run_or_leave([graph, paths, options, progress](const std::stop_token& stop) mutable {
      options.stop = stop;
      if (progress) options.progress = [progress, stop](const IngestProgress& news) { progress->tell(news, stop); };
      return ingest(graph, paths, options);
    });
  } catch (const Error&) {
    if (progress) progress->raise_again();
    throw;
  }
}

/// Records go over as tuples; python/policygraph/review.py names their parts.
py::list proposals_of(const Snapshot& snapshot, double least, std::size_t limit) {
  ReviewOptions options;
  options.least = least;
  options.limit = limit;
  const auto found = run_or_leave([snapshot, options](const std::stop_token&) { return proposals(snapshot, options); });
  py::list all;
  for (const auto& one : found)
    all.append(py::make_tuple(one.a.value, one.b.value, one.label, one.a_name, one.b_name, one.score, one.rule, one.reason));
  return all;
}

/// As above; python/policygraph/audit.py names their parts.
py::list findings_of(const Snapshot& snapshot) {
  const auto rows = run_or_leave([snapshot](const std::stop_token&) { return audit(snapshot); });
  py::list all;
  for (const auto& row : rows) {
    py::list keys, names;
    for (const auto key : row.nodes) {
      keys.append(key.value);
      names.append(snapshot.caption(*snapshot.find(key)));
    }
    all.append(py::make_tuple(row.code, severity_name(row.severity), row.explanation, py::tuple(keys), py::tuple(names), py::tuple(py::cast(row.evidence))));
  }
  return all;
}

}  // namespace

void bind_pipeline(py::module_& core) {
  py::class_<IngestResult>(core, "IngestResult", kIngestResultDoc)
      .def_readonly("documents", &IngestResult::documents)
      .def_readonly("unchanged", &IngestResult::unchanged)
      .def_readonly("replaced", &IngestResult::replaced)
      .def_readonly("failed", &IngestResult::failed)
      .def_readonly("mentions", &IngestResult::mentions)
      .def_readonly("assertions", &IngestResult::assertions)
      .def_readonly("judgements", &IngestResult::judgements)
      .def_readonly("bytes", &IngestResult::bytes)
      .def_readonly("diagnostics", &IngestResult::diagnostics)
      .def("__repr__", [](const IngestResult& self) {
        return py::str("<IngestResult: {} documents, {} mentions, {} assertions, {} diagnostics>")
            .format(self.documents, self.mentions, self.assertions, self.diagnostics.size());
      });
  core.def("ingest", &ingest_paths);
  core.def("proposals", &proposals_of);
  core.def("audit", &findings_of);
}

}  // namespace policygraph::python
