#pragma once

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "policygraph/extract/extractor.hpp"

namespace policygraph::cli {

/// What was written on the command line, a record a command. Each command prints to standard output what was asked for, everything
/// else to standard error, and throws Error.
struct IngestCommand {
  std::vector<std::string> paths;
  std::string output;
  std::string schema;  ///< "policy", "open", or a path: what extends the policy schema; empty: that of the output file, or policy
  unsigned threads = 0;
  bool adds = false;  ///< to what `output` holds already
  std::size_t max_mentions = ExtractOptions().max_mentions;
  std::size_t documents_per_commit = 0;  ///< 0: one commit
};
ExitCode run(const IngestCommand& command, const std::stop_token& stop);

struct ImportCommand {
  std::string file;
  std::string output;
  std::string schema;                ///< as of IngestCommand
  std::vector<std::string> labels;   ///< rows are nodes
  std::string type;                  ///< rows are edges
  std::vector<std::string> key;
  std::string id;
  std::string from, to;              ///< a column of keys, or COLUMN=LABEL.PROPERTY
  std::vector<std::string> types;    ///< COLUMN=TYPE
  std::vector<std::string> left_out;
  std::string delimiter;
  bool cites_rows = true;
  bool adds = false;
};
ExitCode run(const ImportCommand& command, const std::stop_token& stop);

struct QueryCommand {
  std::string file;
  std::string text;
  std::vector<std::string> parameters;  ///< name=value
  std::string format = "table";
  bool cites = false;
  bool has_evidence = true;
  bool is_optimised = true;
  bool writes = false;  ///< to a .pgraph file
  double timeout = 0;  ///< seconds; 0: none
  std::string as_of;   ///< a partial date; empty: all edges, whenever valid
  std::string rates;   ///< a table of exchange rates; empty: none
  std::string now;     ///< the time that clocks show; empty: the system's
};
ExitCode run(const QueryCommand& command, const std::stop_token& stop);

struct AskCommand {
  std::string question;
  std::string file;
  std::vector<std::string> parameters;
  std::string format = "table";
  bool cites = false;
  std::string as_of;  ///< a partial date; empty: all edges, whenever valid
  std::string rates;  ///< a table of exchange rates; empty: none
  std::string now;    ///< the time that clocks show; empty: the system's
};
ExitCode run(const AskCommand& command, const std::stop_token& stop);

struct ExportCommand {
  std::string file;
  std::string output;
  std::string format = "json";
  std::string title;
  std::string of;  ///< what a timeline or a flow of money is about: words of its name
  bool has_text = true;
};
ExitCode run(const ExportCommand& command, const std::stop_token& stop);

struct VerifyCommand {
  std::string file;
};
ExitCode run(const VerifyCommand& command, const std::stop_token& stop);

struct CheckCommand {
  std::string file;
};
ExitCode run(const CheckCommand& command, const std::stop_token& stop);

struct HistoryCommand {
  std::string file;
  std::uint64_t node = 0;  ///< 0: the commits
};
ExitCode run(const HistoryCommand& command, const std::stop_token& stop);

struct DiffCommand {
  std::string file;
  std::uint64_t from = 0;
  std::uint64_t to = 0;  ///< 0: the newest
};
ExitCode run(const DiffCommand& command, const std::stop_token& stop);

struct ReviewCommand {
  std::string file;
  std::string action = "list";  ///< or "accept", "reject"
  std::uint64_t a = 0, b = 0;   ///< keys of nodes, to decide of
  std::string note;
  std::string author = "reviewer";
  std::string format = "table";
  std::size_t limit = 0;  ///< 0: all
};
ExitCode run(const ReviewCommand& command, const std::stop_token& stop);

struct BackupCommand {
  std::string file;
  std::string output;
};
ExitCode run(const BackupCommand& command, const std::stop_token& stop);

struct RedactCommand {
  std::string file;
  std::uint64_t document = 0;
};
ExitCode run(const RedactCommand& command, const std::stop_token& stop);

struct RemoveCommand {
  std::string file;
  std::string document;  ///< its number or its address
};
ExitCode run(const RemoveCommand& command, const std::stop_token& stop);

struct SalvageCommand {
  std::string file;
  std::string output;
  std::string schema;  ///< as of IngestCommand; where the file does not tell any more
};
ExitCode run(const SalvageCommand& command, const std::stop_token& stop);

struct AuditCommand {
  std::string file;
};
ExitCode run(const AuditCommand& command, const std::stop_token& stop);

struct ShowCommand {
  std::string file;
  std::string node;  ///< a key or a name
};
ExitCode run(const ShowCommand& command, const std::stop_token& stop);

struct SchemaCommand {
  std::string schema;  ///< as of IngestCommand
  std::string graph;   ///< a graph whose schema is printed instead
  std::string format = "markdown";
  std::string output;  ///< empty: standard output
};
ExitCode run(const SchemaCommand& command, const std::stop_token& stop);

struct ExplainCommand {
  std::string file;
  std::string text;
  std::string phase = "plan";
  bool is_optimised = true;
};
ExitCode run(const ExplainCommand& command, const std::stop_token& stop);

}  // namespace policygraph::cli
