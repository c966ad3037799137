#include "cli/files.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/exchange_rates.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/store/open.hpp"

namespace policygraph::cli {
namespace {

/// A file that begins otherwise than a JSON object.
bool is_of_others(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) return false;
  std::ifstream in(path, std::ios::binary);
  char first = 0;
  return (in >> first) && first != '{';
}

}  // namespace

bool is_stored(const std::string& path) { return path.ends_with(".pgraph"); }

Graph read_graph(const std::string& path) {
  if (is_stored(path)) return open_stored(path, true);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) throw Error(ErrorCode::not_found, "no file '" + path + "'");
  if (std::filesystem::is_directory(path, error))
    throw Error(ErrorCode::io, "'" + path + "' is a folder; read it with 'policygraph ingest " + path + " -o FILE.json' first");
  ReadJsonResult result;
  auto graph = open_json(path, &result);
  for (const auto& diagnostic : result.diagnostics)
    if (diagnostic.severity != Severity::note) show_diagnostic(diagnostic);
  return graph;
}

Graph open_output(const std::string& path, const std::string& schema, bool adds) {
  if (is_stored(path)) {
    OpenOptions options;
    if (!schema.empty()) options.schema = read_schema(schema);
    return open(path, options);
  }
  std::error_code error;
  if (adds && std::filesystem::exists(path, error)) return read_graph(path);
  return open_in_memory(read_schema(schema));
}

Graph open_stored(const std::string& path, bool read_only) {
  OpenOptions options;
  options.read_only = read_only;
  options.create = false;
  return open(path, options);
}

Schema read_schema(const std::string& name) {
  if (name.empty() || name == "policy") return Schema::policy();
  if (name == "open") return Schema::open();
  return Schema::policy().extended(read_schema_files(name));
}

std::shared_ptr<const Procedures> read_rates(const std::string& path) {
  if (path.empty()) return nullptr;
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::io, "cannot read the rates '" + path + "'");
  std::ostringstream text;
  text << in.rdbuf();
  auto procedures = std::make_shared<Procedures>();
  procedures->add(conversion(read_exchange_rates(text.str(), path)));
  return procedures;
}

void check_output(const std::string& path, const std::vector<std::string>& inputs) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw Error(ErrorCode::io, "'" + path + "' is a folder; name a file");
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, error))
    throw Error(ErrorCode::not_found, "no folder '" + folder.string() + "' to write '" + path + "' into");
  for (const auto& input : inputs)
    if (std::filesystem::equivalent(path, input, error)) throw Error(ErrorCode::invalid_argument, "'" + path + "' is to be read and written over; name another output");
  if (!inputs.empty() && !is_stored(path) && is_of_others(path))
    throw Error(ErrorCode::invalid_argument, "'" + path + "' is there and is no policygraph-json; name another output");
}

}  // namespace policygraph::cli
