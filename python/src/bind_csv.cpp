// CSV files into a graph; a graph for other programs.
#include <filesystem>
#include <fstream>

#include "core.hpp"
#include "held_transaction.hpp"
#include "policygraph/exchange/graphml.hpp"
#include "policygraph/exchange/read_csv.hpp"

namespace policygraph::python {
namespace {

using Types = std::map<std::string, std::string>;
using End = std::tuple<std::string, std::string, std::string>;

CsvOptions options_of(const Types& types, const std::vector<std::string>& left_out, const std::string& delimiter, bool cite_rows, const std::stop_token& stop) {
  CsvOptions options;
  if (delimiter.size() > 1) throw Error(ErrorCode::invalid_argument, "delimiter is '" + delimiter + "'; it is one character");
  if (!delimiter.empty()) options.delimiter = delimiter.front();
  for (const auto& [column, name] : types) {
    const auto type = property_type_by_name(name);
    if (!type) throw Error(ErrorCode::invalid_argument, "'" + name + "' is no type of a column; it is string, integer, decimal, float, boolean or partial_date");
    options.types[column] = *type;
  }
  options.left_out.insert(left_out.begin(), left_out.end());
  options.cite_rows = cite_rows;
  options.stop = stop;
  return options;
}

CsvCounts read_nodes(HeldTransaction& self, const std::string& path, const std::vector<std::string>& labels, const std::vector<std::string>& key,
                     const std::string& id, const Types& types, const std::vector<std::string>& left_out, const std::string& delimiter, bool cite_rows) {
  return self.use([&](Transaction& transaction) {
    return run_interruptibly([&](const std::stop_token& stop) {
      return CsvImport(transaction).nodes(path, {labels, key, id}, options_of(types, left_out, delimiter, cite_rows, stop));
    });
  });
}

EdgeEnd end_of(const End& end) { return {std::get<0>(end), std::get<1>(end), std::get<2>(end)}; }

CsvCounts read_edges(HeldTransaction& self, const std::string& path, const std::string& type, const End& source, const End& target, const Types& types,
                     const std::vector<std::string>& left_out, const std::string& delimiter, bool cite_rows) {
  return self.use([&](Transaction& transaction) {
    return run_interruptibly([&](const std::stop_token& stop) {
      return CsvImport(transaction).edges(path, {type, end_of(source), end_of(target)}, options_of(types, left_out, delimiter, cite_rows, stop));
    });
  });
}

Types types_of(const CsvCounts& counts) {
  Types out;
  for (const auto& [column, type] : counts.types) out.emplace(column, property_type_name(type));
  return out;
}

constexpr const char* kCsvCountsDoc = R"(What a CSV file brought into a graph.

Attributes
----------
rows : int
    Rows that became nodes or edges.
is_unchanged : bool
    The graph has the file as it is, read the same way; nothing was written.
is_replaced : bool
    What a file of this path said before is gone: it, or the way of reading it, changed.
deleted : int
    Rows whose node was deleted from the graph since; it stays deleted.
types : dict
    Types of the columns that became properties, by name.

Examples
--------
>>> import pathlib, tempfile
>>> import policygraph as pg
>>> graph = pg.open_in_memory("open")
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "cities.csv")
...     _ = path.write_text("name,people\nNukus,312100\n")
...     first = graph.read_nodes_csv(path, label="City")
...     again = graph.read_nodes_csv(path, label="City")
>>> first.rows, first.types, again.is_unchanged
(1, {'name': 'string', 'people': 'integer'}, True)
)";

using Write = void (*)(const Snapshot&, std::ostream&, const std::stop_token&);

/// Whole or not at all.
void write_whole(const Snapshot& snapshot, const std::string& path, Write write, const std::stop_token& stop) {
  const auto partial = path + ".partial";
  std::error_code error;
  std::ofstream out(partial, std::ios::binary);
  try {
    write(snapshot, out, stop);
  } catch (const Error&) {
    out.close();
    std::filesystem::remove(partial, error);
    throw;
  }
  out.close();
  if (out) std::filesystem::rename(partial, path, error);
  if (out && !error) return;
  std::filesystem::remove(partial, error);
  throw Error(ErrorCode::io, "cannot write '" + path + "'");
}

void write_file(const std::string& path, const Snapshot& snapshot, Write write) {
  run_or_leave([path, snapshot, write](const std::stop_token& stop) {
    write_whole(snapshot, path, write, stop);
    return true;
  });
}

}  // namespace

void bind_csv(py::module_& core) {
  py::class_<CsvCounts>(core, "CsvCounts", kCsvCountsDoc)
      .def_readonly("rows", &CsvCounts::rows)
      .def_readonly("is_unchanged", &CsvCounts::is_unchanged)
      .def_readonly("is_replaced", &CsvCounts::is_replaced)
      .def_readonly("deleted", &CsvCounts::deleted)
      .def_property_readonly("types", &types_of)
      .def("__repr__", [](const CsvCounts& self) {
        return self.is_unchanged ? py::str("<CsvCounts: unchanged>") : py::str("<CsvCounts: {} rows, {} properties>").format(self.rows, self.types.size());
      });
  core.def("read_nodes_csv", &read_nodes);
  core.def("read_edges_csv", &read_edges);
  core.def("write_graphml", [](const Snapshot& snapshot, const std::string& path) { write_file(path, snapshot, &write_graphml); });
  core.def("write_dot", [](const Snapshot& snapshot, const std::string& path) { write_file(path, snapshot, &write_dot); });
}

}  // namespace policygraph::python
