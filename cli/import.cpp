#include <filesystem>
#include <iostream>
#include <system_error>
#include <utility>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/json.hpp"
#include "policygraph/exchange/read_csv.hpp"

namespace policygraph::cli {
namespace {

[[noreturn]] void refuse(std::string text) { throw Error(ErrorCode::invalid_argument, std::move(text)); }

/// "start=City.name", or "start" alone: a column of keys of nodes.
EdgeEnd end_of(const std::string& text, const char* option) {
  if (text.empty()) refuse(std::string("edges need ") + option + ", a column of keys of nodes, or COLUMN=LABEL.PROPERTY");
  const auto equals = text.rfind('=');
  if (equals == std::string::npos) return {text};
  const auto point = text.find('.', equals);
  if (point == std::string::npos) refuse("'" + text + "' does not say a property; write COLUMN=LABEL.PROPERTY");
  return {text.substr(0, equals), text.substr(equals + 1, point - equals - 1), text.substr(point + 1)};
}

CsvOptions options_of(const ImportCommand& command, const std::stop_token& stop) {
  CsvOptions options;
  if (command.delimiter.size() > 1 && command.delimiter != "\\t") refuse("a delimiter is one character, not '" + command.delimiter + "'");
  if (!command.delimiter.empty()) options.delimiter = command.delimiter == "\\t" ? '\t' : command.delimiter.front();
  for (const auto& text : command.types) {
    const auto equals = text.rfind('=');
    const auto type = equals == std::string::npos ? std::nullopt : property_type_by_name(text.substr(equals + 1));
    if (!type) refuse("'" + text + "' is no type of a column; write COLUMN=TYPE: string, integer, decimal, float, boolean or partial_date");
    options.types[text.substr(0, equals)] = *type;
  }
  options.left_out.insert(command.left_out.begin(), command.left_out.end());
  options.cite_rows = command.cites_rows;
  options.stop = stop;
  return options;
}

CsvCounts import_into(Transaction& edit, const ImportCommand& command, const CsvOptions& options) {
  CsvImport csv(edit);
  if (!command.labels.empty()) return csv.nodes(command.file, {command.labels, command.key, command.id}, options);
  if (command.type.empty()) refuse("say what the rows are: --nodes LABEL or --edges TYPE");
  return csv.edges(command.file, {command.type, end_of(command.from, "--from"), end_of(command.to, "--to")}, options);
}

/// What the user would not see from the counts.
void tell(const CsvCounts& counts, const ImportCommand& command) {
  if (counts.is_replaced)
    std::cerr << "what '" << printable(command.file) << "' said before as "
              << printable(command.labels.empty() ? command.type : command.labels.front())
              << " is replaced; to keep both, import each under a path of its own, for instance its full path\n";
  if (counts.deleted > 0)
    std::cerr << counts.deleted << (counts.deleted == 1 ? " row is a node that was" : " rows are nodes that were")
              << " deleted from the graph before; deleted it stays\n";
}

/// Who makes a .pgraph file and fails leaves none.
class MadeFile {
 public:
  explicit MadeFile(const std::string& path)
      : path_(path), is_new_(is_stored(path) && std::filesystem::status(path, error_).type() == std::filesystem::file_type::not_found) {}
  MadeFile(const MadeFile&) = delete;
  MadeFile& operator=(const MadeFile&) = delete;
  ~MadeFile() {
    if (is_new_) std::filesystem::remove(path_, error_);
  }
  void keep() noexcept { is_new_ = false; }

 private:
  std::error_code error_;
  std::string path_;
  bool is_new_;
};

void summarise(const CsvCounts& counts, const Snapshot& snapshot, const std::string& output) {
  std::cerr << (counts.is_unchanged ? std::string("unchanged") : std::to_string(counts.rows) + (counts.rows == 1 ? " row" : " rows"));
  if (counts.is_replaced) std::cerr << " (replaced)";
  for (const auto& [name, type] : counts.types) std::cerr << ", " << printable(name) << " " << property_type_name(type);
  std::cerr << "; " << snapshot.node_count() << " nodes, " << snapshot.edge_count() << " edges -> " << printable(output) << '\n';
}

}  // namespace

ExitCode run(const ImportCommand& command, const std::stop_token& stop) {
  check_output(command.output, {command.file});
  const auto options = options_of(command, stop);
  MadeFile made(command.output);  // goes after the graph is closed
  auto graph = open_output(command.output, command.schema, command.adds);
  auto edit = graph.begin("import");
  const auto counts = import_into(edit, command, options);
  edit.commit();
  made.keep();
  const auto snapshot = graph.snapshot();
  if (!is_stored(command.output)) write_json(snapshot, command.output);
  tell(counts, command);
  summarise(counts, snapshot, command.output);
  graph.close();
  return kOk;
}

}  // namespace policygraph::cli
