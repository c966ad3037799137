// exchange: JSON both ways; rows as a table, CSV and JSON.
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <vector>

#include "core.hpp"
#include "docstrings.hpp"
#include "policygraph/exchange/citations.hpp"
#include "policygraph/exchange/csv.hpp"
#include "policygraph/exchange/json.hpp"

namespace policygraph::python {
namespace {

/// Said as what it is: Python expects FileNotFoundError.
void check_file(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) throw Error(ErrorCode::not_found, "no file '" + path + "'");
}

Graph open_file(const std::string& path) {
  check_file(path);
  return run_or_leave([path](const std::stop_token& stop) { return open_json(path, nullptr, {stop}); });
}

ReadJsonResult read_file(const Graph& graph, const std::string& path) {
  check_file(path);
  return run_or_leave([graph = graph, path](const std::stop_token& stop) mutable { return read_json(graph, path, {stop}); });
}

void write_file(const Snapshot& snapshot, const std::string& path, bool texts, bool lines) {
  run_or_leave([snapshot, path, texts, lines](const std::stop_token& stop) {
    write_json(snapshot, path, {texts, lines, stop});
    return true;
  });
}

/// What will be asked for, while Ctrl-C is heard.
void gather(const Rows& rows, std::size_t first, std::size_t count, const std::stop_token& stop) {
  QueryOptions bounds;
  bounds.stop = stop;
  rows.gather_evidence(first, count, bounds);
}
std::string cite_rows(const Rows& rows, const std::string& style, std::vector<std::size_t> chosen, std::size_t width) {
  const auto known = style_by_name(style);
  if (!known) {
    throw Error(ErrorCode::invalid_argument,
                "unknown style '" + style + "'; there are 'plain', 'markdown', 'bibtex', 'csl-json' and 'web-annotation'");
  }
  const CitationOptions options{std::move(chosen), width};
  return run_or_leave([rows, style = *known, options](const std::stop_token& stop) {
    if (!options.rows->empty()) {
      const auto [first, last] = std::ranges::minmax(*options.rows);
      gather(rows, first, last - first + 1, stop);
    }
    return to_citations(rows, style, options);
  });
}

void bind_citations(py::module_& core) {
  py::class_<Quotation>(core, "Quotation", kQuotationDoc)
      .def_readonly("citation", &Quotation::citation)
      .def_readonly("before", &Quotation::before)
      .def_readonly("after", &Quotation::after)
      .def("__eq__", [](const Quotation& a, const Quotation& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const Quotation& self) { return std::hash<std::uint64_t>{}(self.citation.evidence.value); })
      .def("__repr__", [](const Quotation& self) {
        return py::str("<Quotation {!r} in {!r}>").format(self.citation.quote, self.before + self.citation.quote + self.after);
      });
  core.def("to_citations", &cite_rows);
  core.def("quotations", [](const Rows& rows, std::size_t row) {
    return run_or_leave([rows, row](const std::stop_token& stop) {
      gather(rows, row, 1, stop);
      return quotations(rows, row);
    });
  });
}

}  // namespace

void bind_exchange(py::module_& core) {
  py::class_<ReadJsonResult>(core, "ReadJsonResult", kReadJsonResultDoc)
      .def_readonly("documents", &ReadJsonResult::documents)
      .def_readonly("nodes", &ReadJsonResult::nodes)
      .def_readonly("edges", &ReadJsonResult::edges)
      .def_readonly("assertions", &ReadJsonResult::assertions)
      .def_readonly("diagnostics", &ReadJsonResult::diagnostics)
      .def("__repr__", [](const ReadJsonResult& self) {
        return py::str("<ReadJsonResult: {} documents, {} nodes, {} edges>").format(self.documents, self.nodes, self.edges);
      });
  core.def("open_json", &open_file);
  core.def("read_json", &read_file);
  core.def("write_json", &write_file);
  core.def("to_table", [](const Rows& rows, std::size_t width, bool cite) {
    return run_or_leave([rows, width, cite](const std::stop_token& stop) {
      if (cite) gather(rows, 0, rows.size(), stop);
      return to_table(rows, width, cite);
    });
  });
  core.def("to_csv", [](const Rows& rows, bool evidence) {
    WriteCsvOptions options;
    options.evidence = evidence;
    return run_or_leave([rows, options](const std::stop_token& stop) {
      if (options.evidence) gather(rows, 0, rows.size(), stop);
      return to_csv(rows, options);
    });
  });
  core.def("to_json", [](const Rows& rows, bool evidence) {
    return run_or_leave([rows, evidence](const std::stop_token& stop) {
      if (evidence) gather(rows, 0, rows.size(), stop);
      return to_rows_json(rows, evidence);
    });
  });
  bind_citations(core);
}

}  // namespace policygraph::python
