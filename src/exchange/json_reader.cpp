// Reading policygraph-json 1: tables first, then one transaction. docs/json.md gives the format.
#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "exchange/json_load.hpp"
#include "exchange/json_tables.hpp"
#include "policygraph/exchange/json.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::base::Steps;
using detail::exchange::JsonFault;

constexpr const char* kReading = "reading JSON";

/// Line and column of a byte of a stream, counted by reading it again; a fault is rare.
Place place_of(std::istream& in, std::size_t offset) {
  in.clear();
  in.seekg(0);
  Place place;
  place.line = 1;
  place.column = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    const int c = in.get();
    if (c == std::char_traits<char>::eof()) break;
    const bool starts_a_letter = (static_cast<unsigned>(c) & 0xC0U) != 0x80U;
    if (c == '\n') ++place.line, place.column = 1;
    else if (starts_a_letter) ++place.column;
  }
  return place;
}

Error error_of(const JsonFault& fault, std::istream& in, std::string_view name) {
  auto place = place_of(in, fault.offset);
  place.document = std::string(name) + (fault.pointer.empty() ? "" : "#" + fault.pointer);
  const auto pointer = fault.pointer.empty() ? std::string() : " at " + fault.pointer;
  return {fault.code, fault.text + pointer, std::move(place)};
}

template <class Act>
auto with_place(std::istream& in, std::string_view name, Act act) {
  try {
    return act();
  } catch (const JsonFault& fault) {
    throw error_of(fault, in, name);
  }
}

ReadJsonResult read_stream(Graph& graph, std::istream& in, std::string_view name, const ReadJsonOptions& options) {
  return with_place(in, name, [&] {
    Steps steps(options.stop, kReading);
    const auto tables = detail::exchange::read_tables(in, steps);
    return detail::exchange::load_tables(graph, tables, name, steps);
  });
}

std::ifstream open_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::io, "cannot read '" + path + "'");
  if (in.peek() == std::char_traits<char>::eof() && !in.eof()) throw Error(ErrorCode::io, "cannot read '" + path + "'; is it a folder?");
  in.clear();
  return in;
}

Schema schema_of(const detail::exchange::JsonTables& tables) {
  const auto& name = tables.schema;
  if (!tables.rules.empty()) return Schema::from_json(name, {{"/rules", tables.rules}});
  if (name == "policy") return Schema::policy();
  if (name == "open") return Schema::open();
  throw JsonFault{"schema '" + name.substr(0, 40) + "' is not built in; open a graph with that schema and read into it", "/schema", 0};
}

}  // namespace

ReadJsonResult read_json(Graph& graph, const std::string& path, const ReadJsonOptions& options) {
  auto in = open_file(path);
  return read_stream(graph, in, path, options);
}

ReadJsonResult read_json_text(Graph& graph, std::string_view json, std::string_view name) {
  std::istringstream in{std::string(json)};
  return read_stream(graph, in, name, {});
}

Graph open_json(const std::string& path, ReadJsonResult* result, const ReadJsonOptions& options) {
  auto in = open_file(path);
  return with_place(in, path, [&] {
    Steps steps(options.stop, kReading);
    const auto tables = detail::exchange::read_tables(in, steps);
    auto graph = open_in_memory(schema_of(tables));
    auto counts = detail::exchange::load_tables(graph, tables, path, steps);
    if (result != nullptr) *result = std::move(counts);
    return graph;
  });
}

}  // namespace policygraph::inline v0
