// Answers as columns, and tables as nodes and edges, through the Arrow PyCapsule interface:
// https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
#include "policygraph/exchange/arrow.hpp"
#include "policygraph/exchange/from_table.hpp"

#include "core.hpp"
#include "held_transaction.hpp"

namespace policygraph::python {
namespace {

/// A capsule that owns the structure, and releases it where nobody took it over.
template <class Structure>
py::capsule capsule(std::unique_ptr<Structure> structure, const char* name) {
  const py::capsule out(structure.get(), name, [](PyObject* self) {
    auto* held = static_cast<Structure*>(PyCapsule_GetPointer(self, PyCapsule_GetName(self)));
    if (held->release != nullptr) held->release(held);
    delete held;
  });
  structure.release();
  return out;
}

py::capsule schema_capsule(const Columns& columns) {
  auto schema = std::make_unique<ArrowSchema>();
  export_schema(columns, schema.get());
  return capsule(std::move(schema), "arrow_schema");
}

py::capsule stream_capsule(const Columns& columns) {
  auto stream = std::make_unique<ArrowArrayStream>();
  export_stream(columns, stream.get());
  return capsule(std::move(stream), "arrow_array_stream");
}

Columns columns_of(const Rows& rows, std::size_t first, std::size_t count, std::ptrdiff_t step, bool mixed_as_text, bool evidence) {
  ColumnOptions options{mixed_as_text, evidence, first, count, step, {}};
  return run_or_leave([rows, options](const std::stop_token& stop) mutable {
    options.stop = stop;
    return Columns(rows, options);
  });
}

ColumnData read_whole(const Columns& columns, std::size_t index) {
  return run_or_leave([columns, index](const std::stop_token&) { return columns.read_column(index, 0, columns.size()); });
}

/// The values of a column of fixed width, and a bit for each that is there ("" where all are), as NumPy reads them.
py::tuple dense(const Columns& columns, std::size_t index) {
  const auto read = read_whole(columns, index);
  const auto bytes = [](const std::vector<std::uint8_t>& from) { return py::bytes(reinterpret_cast<const char*>(from.data()), from.size()); };
  return py::make_tuple(bytes(read.values), bytes(read.validity));
}

/// The values of a column of text; None where there is none.
py::list texts(const Columns& columns, std::size_t index) {
  const auto read = read_whole(columns, index);
  const auto end = [&](std::size_t i) { return read.offsets.empty() ? read.large_offsets[i] : std::int64_t{read.offsets[i]}; };
  py::list out(read.length);
  for (std::size_t i = 0; i < read.length; ++i) {
    hear(i);
    const bool is_there = read.validity.empty() || ((read.validity[i / 8] >> (i % 8)) & 1) != 0;
    const auto* text = reinterpret_cast<const char*>(read.values.data());
    if (is_there) out[i] = py::str(text + end(i), static_cast<std::size_t>(end(i + 1) - end(i)));
    else out[i] = py::none();
  }
  return out;
}

py::list column_values(const Rows& rows, std::size_t column, std::size_t first, std::size_t count, std::ptrdiff_t step) {
  py::list out(count);
  for (std::size_t i = 0; i < count; ++i) {
    hear(i);
    const auto row = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(first) + static_cast<std::ptrdiff_t>(i) * step);
    out[i] = to_python(rows[row][column], rows.snapshot());
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> fields(const Columns& columns) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& field : columns.fields()) out.emplace_back(field.name, type_text(field));
  return out;
}

/// Columns that Python holds: of one table, or of several that stand side by side.
struct Table {
  std::vector<ValueColumn> columns;
};

/// What a capsule of that name holds, taken over, unless someone did before; whoever reads it releases it.
template <class Structure>
std::shared_ptr<Structure> taken(const py::capsule& from, const char* name) {
  auto* structure = static_cast<Structure*>(PyCapsule_GetPointer(from.ptr(), name));
  if (structure == nullptr) throw py::error_already_set();
  if (structure->release == nullptr) throw Error(ErrorCode::invalid_argument, "the " + std::string(name) + " was read before; ask for another");
  const std::shared_ptr<Structure> out(new Structure(*structure), [](Structure* held) {
    if (held->release != nullptr) held->release(held);
    delete held;
  });
  structure->release = nullptr;
  return out;
}

Table table_of(const py::capsule& stream, const std::string& name) {
  const auto source = taken<ArrowArrayStream>(stream, "arrow_array_stream");
  return run_or_leave([source, name](const std::stop_token& stop) { return Table{read_stream(source.get(), name, stop)}; });
}

Table table_of_array(const py::capsule& schema, const py::capsule& array, const std::string& name) {
  const auto type = taken<ArrowSchema>(schema, "arrow_schema");
  const auto source = taken<ArrowArray>(array, "arrow_array");
  return run_or_leave([type, source, name](const std::stop_token&) { return Table{read_array(type.get(), source.get(), name)}; });
}

void add_values(Table& table, const std::string& name, const py::sequence& values) {
  ValueColumn column{name, {}};
  column.values.reserve(values.size());
  for (const auto value : values) {
    hear(column.values.size());
    try {
      column.values.push_back(from_python(value));
    } catch (const Error& error) {
      throw Error(error.code(), "column '" + name + "', row " + std::to_string(column.values.size()) + ": " + error.text());
    }
  }
  table.columns.push_back(std::move(column));
}

/// The one column of another table, by that name.
void add_column(Table& table, const std::string& name, Table& from) {
  if (from.columns.size() != 1) throw Error(ErrorCode::invalid_argument, "column '" + name + "' is a table of " + std::to_string(from.columns.size()) + " columns");
  from.columns[0].name = name;
  table.columns.push_back(std::move(from.columns[0]));
}

template <class Key>
std::vector<std::uint64_t> numbers(const std::vector<Key>& keys) {
  std::vector<std::uint64_t> out;
  for (const auto key : keys) out.push_back(key.value);
  return out;
}

std::vector<std::uint64_t> add_nodes_of(HeldTransaction& self, const Table& table, const std::vector<std::string>& labels, const std::vector<std::string>& key) {
  return self.use([&](Transaction& transaction) {
    return run_interruptibly([&](const std::stop_token& stop) { return numbers(add_nodes(transaction, table.columns, {labels, key, stop})); });
  });
}

using End = std::tuple<std::string, std::string, std::string>;
EdgeEnd end_of(const End& end) { return {std::get<0>(end), std::get<1>(end), std::get<2>(end)}; }

std::vector<std::uint64_t> add_edges_of(HeldTransaction& self, const Table& table, const std::string& type, const End& source, const End& target) {
  return self.use([&](Transaction& transaction) {
    return run_interruptibly([&](const std::stop_token& stop) {
      return numbers(add_edges(transaction, table.columns, {type, end_of(source), end_of(target), stop}));
    });
  });
}

}  // namespace

void bind_columns(py::module_& core) {
  py::class_<Columns>(core, "Columns")
      .def(py::init(&columns_of))
      .def("__len__", &Columns::size)
      .def_property_readonly("fields", &fields)
      .def("schema", &schema_capsule)
      .def("stream", &stream_capsule)
      .def("dense", &dense)
      .def("texts", &texts);
  core.def("column_values", &column_values);
  py::class_<Table>(core, "Table")
      .def(py::init([] { return Table(); }))
      .def(py::init(&table_of))
      .def(py::init(&table_of_array))
      .def_property_readonly("names", [](const Table& self) {
        std::vector<std::string> names;
        for (const auto& column : self.columns) names.push_back(column.name);
        return names;
      })
      .def("add_values", &add_values)
      .def("add_column", &add_column);
  core.def("add_nodes", &add_nodes_of);
  core.def("add_edges", &add_edges_of);
}

}  // namespace policygraph::python
