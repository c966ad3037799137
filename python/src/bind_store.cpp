// store: graphs in files.
#include "policygraph/store/file.hpp"
#include "policygraph/store/open.hpp"

#include "core.hpp"
#include "docstrings.hpp"

namespace policygraph::python {
namespace {

/// `schema` is "policy", "open", or nothing; `files` extend the policy schema.
std::optional<Schema> wanted(const std::optional<std::string>& schema, const std::map<std::string, std::string>& files) {
  if (!files.empty()) return Schema::policy().extended(files);
  if (!schema) return std::nullopt;
  if (*schema == "policy") return Schema::policy();
  if (*schema == "open") return Schema::open();
  throw Error(ErrorCode::invalid_argument, "unknown schema '" + *schema + "'; there are 'policy', 'open', and files that extend the policy schema");
}

Graph open_path(const std::string& path, const std::optional<std::string>& schema, const std::map<std::string, std::string>& files,
                bool read_only, bool create, double share_for_news) {
  OpenOptions options;
  options.read_only = read_only;
  options.create = create;
  options.share_for_news = share_for_news;
  options.schema = wanted(schema, files);
  return run_or_leave([path, options](const std::stop_token&) { return open(path, options); });
}

}  // namespace

void bind_store(py::module_& core) {
  py::class_<CheckReport>(core, "CheckReport", kCheckReportDoc)
      .def_readonly("commits", &CheckReport::commits)
      .def_readonly("documents", &CheckReport::documents)
      .def_readonly("texts", &CheckReport::texts)
      .def_readonly("evidence", &CheckReport::evidence)
      .def_readonly("mentions", &CheckReport::mentions)
      .def_readonly("assertions", &CheckReport::assertions)
      .def_readonly("bytes", &CheckReport::bytes)
      .def_readonly("problems", &CheckReport::problems)
      .def_property_readonly("is_sound", &CheckReport::is_sound)
      .def("__bool__", &CheckReport::is_sound)
      .def("__repr__", [](const CheckReport& self) {
        return py::str("<CheckReport: {} commits, {} texts, {} problems>").format(self.commits, self.texts, self.problems.size());
      });
  core.def("open", &open_path);
  core.def("check_file", [](const std::string& path) {
    return run_interruptibly([&](const std::stop_token& stop) { return check_file(path, {stop}); });
  });
  py::class_<SalvageReport>(core, "SalvageReport", kSalvageReportDoc)
      .def_readonly("pages", &SalvageReport::pages)
      .def_readonly("commits_kept", &SalvageReport::commits_kept)
      .def_readonly("commits_said_again", &SalvageReport::commits_said_again)
      .def_readonly("commits_lost", &SalvageReport::commits_lost)
      .def_readonly("texts_lost", &SalvageReport::texts_lost)
      .def_readonly("records_lost", &SalvageReport::records_lost)
      .def_readonly("lost", &SalvageReport::lost)
      .def_property_readonly("is_whole", &SalvageReport::is_whole)
      .def("__bool__", &SalvageReport::is_whole)
      .def("__repr__", [](const SalvageReport& self) {
        return py::str("<SalvageReport: {} commits kept, {} said again, {} lost>").format(self.commits_kept, self.commits_said_again, self.commits_lost);
      });
  core.def("salvage_file", [](const std::string& path, const std::string& to, const std::optional<std::string>& schema) {
    SalvageOptions options;
    options.schema = wanted(schema, {}).value_or(Schema::policy());
    return run_interruptibly([&](const std::stop_token& stop) {
      options.stop = stop;
      return salvage_file(path, to, options);
    });
  });
  // Both are finished once they began; who interrupts them does not wait for that.
  core.def("redact_document", [](const std::string& path, std::uint64_t document, const std::string& author) {
    run_or_leave([path, document, author](const std::stop_token&) {
      redact_document(path, DocumentId{document}, author);
      return true;
    });
  });
  core.def("backup_file", [](const std::string& path, const std::string& to) {
    run_or_leave([path, to](const std::stop_token&) {
      backup_file(path, to);
      return true;
    });
  });
}

}  // namespace policygraph::python
