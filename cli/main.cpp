// The command line: each command is a record that CLI11 fills and a function that runs it.
#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <new>
#include <stop_token>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/version.hpp"

namespace {

using namespace policygraph::cli;

using Run = std::function<ExitCode(const std::stop_token&)>;

/// Every command of the program; `chosen` is the one the user wrote.
struct Commands {
  IngestCommand ingest;
  ImportCommand importing;
  QueryCommand query;
  AskCommand ask;
  ExportCommand exporting;
  VerifyCommand verify;
  ExplainCommand explain;
  SchemaCommand schema;
  CheckCommand check;
  BackupCommand backup;
  HistoryCommand history;
  DiffCommand diff;
  RedactCommand redact;
  RemoveCommand remove;
  SalvageCommand salvage;
  ShowCommand show;
  AuditCommand audit;
  ReviewCommand review;
  Run chosen;
};

template <class Command>
void choose(CLI::App& app, Commands& commands, const Command& command) {
  app.callback([&commands, &command] { commands.chosen = [&command](const std::stop_token& stop) { return run(command, stop); }; });
}

void add_ingest(CLI::App& program, Commands& commands) {
  auto& command = commands.ingest;
  auto* app = program.add_subcommand("ingest", "Read documents and folders into a graph");
  app->add_option("PATH", command.paths, "Documents (text, HTML) and folders of them")->required();
  app->add_option("-o,--output", command.output, "The file: x.pgraph, which is made or added to, or policygraph-json, which is written")->required();
  app->add_option("--threads", command.threads, "Threads; 0: as many as there are cores")->check(CLI::Range(0, 1024));
  app->add_option("--schema", command.schema, "policy: only what the policy schema allows; open: anything; or a JSON file (or folder) that extends the policy schema");
  app->add_option("--max-mentions", command.max_mentions, "Mentions that are kept of one document; 0: all")->check(CLI::Range(0, 1'000'000'000));
  app->add_option("--commit-every", command.documents_per_commit, "Documents of a commit of a .pgraph file, so that who is stopped goes on behind it; 0: all in one")
      ->check(CLI::Range(0, 1'000'000'000));
  app->add_flag("--add", command.adds, "Add to what the output file holds already");
  choose(*app, commands, command);
}

void add_import(CLI::App& program, Commands& commands) {
  auto& command = commands.importing;
  auto* app = program.add_subcommand("import", "Read a CSV file into a graph, a row a node or an edge");
  app->add_option("FILE", command.file, "A CSV file whose first line names the columns")->required();
  app->add_option("-o,--output", command.output, "The file: x.pgraph, which is made or added to, or policygraph-json, which is written")->required();
  auto* nodes = app->add_option("--nodes", command.labels, "Rows are nodes with this label; may be repeated")->expected(1)->take_all();
  auto* edges = app->add_option("--edges", command.type, "Rows are edges of this type")->excludes(nodes);
  app->add_option("--key", command.key, "A column that says which node a row is; may be repeated")->expected(1)->take_all()->needs(nodes);
  app->add_option("--id", command.id, "A column of numbers that become the keys of nodes")->needs(nodes);
  app->add_option("--from", command.from, "Where edges begin: a column of keys of nodes, or COLUMN=LABEL.PROPERTY")->needs(edges);
  app->add_option("--to", command.to, "Where edges end, likewise")->needs(edges);
  app->add_option("--type", command.types, "The type of a column, COLUMN=TYPE: string, integer, decimal, float, boolean or partial_date; may be repeated")->expected(1)->take_all();
  app->add_option("--leave-out", command.left_out, "A column that is not read; may be repeated")->expected(1)->take_all();
  app->add_option("--delimiter", command.delimiter, "What stands between fields; without: told from the first line");
  app->add_flag("!--no-rows", command.cites_rows, "Let claims rest on the file, not on their rows: smaller and faster");
  app->add_option("--schema", command.schema, "policy: only what the policy schema allows; open: anything; or a JSON file (or folder) that extends the policy schema");
  app->add_flag("--add", command.adds, "Add to what the output file holds already");
  choose(*app, commands, command);
}

void add_query(CLI::App& program, Commands& commands) {
  auto& command = commands.query;
  auto* app = program.add_subcommand("query", "Answer a Cypher query");
  app->add_option("FILE", command.file, "A graph: .pgraph or policygraph-json")->required();
  app->add_option("CYPHER", command.text, "The query")->required();
  app->add_option("--param", command.parameters, "A parameter, NAME=VALUE; may be repeated")->expected(1)->take_all();
  app->add_option("--format", command.format, "table, json or csv")->check(CLI::IsMember({"table", "json", "csv"}));
  app->add_flag("--cite", command.cites, "Show the words each row rests on");
  app->add_flag("!--no-evidence", command.has_evidence, "Do not track evidence");
  app->add_flag("!--no-optimise", command.is_optimised, "Run the plan as bound, for comparison");
  app->add_option("--timeout", command.timeout, "Seconds after which to give up")->check(CLI::NonNegativeNumber);
  app->add_option("--as-of", command.as_of, "Only relations possibly valid on that date: 2022-01-01, 2022");
  app->add_option("--rates", command.rates, "Exchange rates for money.convert: CSV or JSON with date, from, to, rate, source");
  app->add_option("--now", command.now, "The time that date() and the other clocks show: 2024-05-06, 2024-05-06T12:30+05:00");
  app->add_flag("--write", command.writes, "Let the query write to a .pgraph file");
  choose(*app, commands, command);
}

void add_ask(CLI::App& program, Commands& commands) {
  auto& command = commands.ask;
  auto* app = program.add_subcommand("ask", "Ask a question that has a name; without a name: list them");
  auto* question = app->add_option("QUESTION", command.question, "For instance acts_that_fund");
  auto* file = app->add_option("FILE", command.file, "A graph: .pgraph or policygraph-json");
  question->needs(file);
  app->add_option("--param", command.parameters, "A parameter, NAME=TEXT; may be repeated")->expected(1)->take_all();
  app->add_option("--format", command.format, "table, text (sentences), json or csv")->check(CLI::IsMember({"table", "text", "json", "csv"}));
  app->add_flag("--cite", command.cites, "Show the words each row rests on");
  app->add_option("--as-of", command.as_of, "Only relations possibly valid on that date: 2022-01-01, 2022");
  app->add_option("--rates", command.rates, "Exchange rates for money.convert: CSV or JSON with date, from, to, rate, source");
  app->add_option("--now", command.now, "The time that date() and the other clocks show: 2024-05-06, 2024-05-06T12:30+05:00");
  choose(*app, commands, command);
}

void add_export(CLI::App& program, Commands& commands) {
  auto& command = commands.exporting;
  auto* app = program.add_subcommand("export", "Write a graph in another form");
  app->add_option("FILE", command.file, "A graph: .pgraph or policygraph-json")->required();
  app->add_option("-o,--output", command.output, "The file to write (of csv: the folder); -: standard output")->required();
  app->add_option("--format", command.format, "json, jsonl (a record a line), html (a page), csv (nodes.csv and edges.csv), graphml, dot (for Graphviz), or a picture: svg (of the graph), "
                                            "timeline (of one thing) or flow (of money)")
      ->check(CLI::IsMember({"json", "jsonl", "html", "csv", "graphml", "dot", "svg", "timeline", "flow"}));
  app->add_option("--title", command.title, "The title of the page or the picture");
  app->add_option("--of", command.of, "What the timeline or the flow is about: words of its name; without it a flow shows every sum");
  app->add_flag("!--no-text", command.has_text, "Leave the documents' texts out of JSON; quotes cannot be verified then");
  choose(*app, commands, command);
}

void add_verify(CLI::App& program, Commands& commands) {
  auto* app = program.add_subcommand("verify", "Check every quote against the text of its document");
  app->add_option("FILE", commands.verify.file, "A graph: .pgraph or policygraph-json")->required();
  choose(*app, commands, commands.verify);
}

void add_explain(CLI::App& program, Commands& commands) {
  auto& command = commands.explain;
  auto* app = program.add_subcommand("explain", "Show how a query is understood");
  app->add_option("FILE", command.file, "A graph: .pgraph or policygraph-json")->required();
  app->add_option("CYPHER", command.text, "The query")->required();
  app->add_option("--phase", command.phase, "syntax, bound or plan")->check(CLI::IsMember({"syntax", "bound", "plan"}));
  app->add_flag("!--no-optimise", command.is_optimised, "The plan as bound");
  choose(*app, commands, command);
}

void add_check(CLI::App& program, Commands& commands) {
  auto* app = program.add_subcommand("check", "Check a .pgraph file itself: every commit and text against its digest");
  app->add_option("FILE", commands.check.file, "A .pgraph file")->required();
  choose(*app, commands, commands.check);
}

void add_backup(CLI::App& program, Commands& commands) {
  auto& command = commands.backup;
  auto* app = program.add_subcommand("backup", "Copy a .pgraph file, also while it is written to");
  app->add_option("FILE", command.file, "A .pgraph file")->required();
  app->add_option("-o,--output", command.output, "The copy; it must not be there yet")->required();
  choose(*app, commands, command);
}

void add_redact(CLI::App& program, Commands& commands) {
  auto& command = commands.redact;
  auto* app = program.add_subcommand("redact", "Remove the text of a document from a .pgraph file for good; what was found in it stays");
  app->add_option("FILE", command.file, "A .pgraph file")->required();
  app->add_option("DOCUMENT", command.document, "The number of a document: 3 of d3 in an export")->required();
  choose(*app, commands, command);
}

void add_remove(CLI::App& program, Commands& commands) {
  auto& command = commands.remove;
  auto* app = program.add_subcommand("remove", "Take a document out of a .pgraph file, and what rested on it alone");
  app->add_option("FILE", command.file, "A .pgraph file")->required();
  app->add_option("DOCUMENT", command.document, "A document: its address as it was read, or its number, 3 of d3 in an export")->required();
  choose(*app, commands, command);
}

void add_salvage(CLI::App& program, Commands& commands) {
  auto& command = commands.salvage;
  auto* app = program.add_subcommand("salvage", "Get what is whole out of a damaged .pgraph file");
  app->add_option("FILE", command.file, "The damaged file, which stays as it is")->required();
  app->add_option("-o,--output", command.output, "The new .pgraph file; it must not be there yet")->required();
  app->add_option("--schema", command.schema, "policy, open, or a JSON file (or folder) that extends the policy schema: where the file does not tell any more");
  choose(*app, commands, command);
}

void add_show(CLI::App& program, Commands& commands) {
  auto& command = commands.show;
  auto* app = program.add_subcommand("show", "Show all that is known of a node, with its sources");
  app->add_option("FILE", command.file, "A graph: .pgraph or policygraph-json")->required();
  app->add_option("NODE", command.node, "A node: its key, as id(n) gives it, or its name or number")->required();
  choose(*app, commands, command);
}

void add_audit(CLI::App& program, Commands& commands) {
  auto& command = commands.audit;
  auto* app = program.add_subcommand("audit", "List what is wrong with what is known, or worth a look, with its sources");
  app->add_option("FILE", command.file, "A graph: .pgraph or policygraph-json")->required();
  choose(*app, commands, command);
}

void add_history(CLI::App& program, Commands& commands) {
  auto& command = commands.history;
  auto* app = program.add_subcommand("history", "List the commits of a .pgraph file, or what was claimed of a node");
  app->add_option("FILE", command.file, "A .pgraph file")->required();
  app->add_option("NODE", command.node, "The key of a node, as id(n) gives it");
  choose(*app, commands, command);
}

void add_diff(CLI::App& program, Commands& commands) {
  auto& command = commands.diff;
  auto* app = program.add_subcommand("diff", "List the claims that two commits of a .pgraph file differ in");
  app->add_option("FILE", command.file, "A .pgraph file")->required();
  app->add_option("FROM", command.from, "A commit; 0: the empty graph")->required();
  app->add_option("TO", command.to, "A later one; without: the newest");
  choose(*app, commands, command);
}

void add_review(CLI::App& program, Commands& commands) {
  auto& command = commands.review;
  auto* app = program.add_subcommand("review", "List nodes that may be one thing, and decide of them");
  app->add_option("FILE", command.file, "A graph: .pgraph or policygraph-json")->required();
  app->add_option("ACTION", command.action, "list, accept (the two are one) or reject (they are not)")->check(CLI::IsMember({"list", "accept", "reject"}));
  auto* a = app->add_option("A", command.a, "The key of a node");
  app->add_option("B", command.b, "The key of another")->needs(a);
  app->add_option("--note", command.note, "Why; kept with the decision");
  app->add_option("--by", command.author, "Who decides; kept with the decision");
  app->add_option("--limit", command.limit, "List no more than that many; 0: all")->check(CLI::NonNegativeNumber);
  app->add_option("--format", command.format, "table or json")->check(CLI::IsMember({"table", "json"}));
  choose(*app, commands, command);
}

void add_schema(CLI::App& program, Commands& commands) {
  auto& command = commands.schema;
  auto* app = program.add_subcommand("schema", "Print a schema: what may be said");
  auto* graph = app->add_option("FILE", command.graph, "A graph whose schema to print");
  app->add_option("--schema", command.schema, "policy, open, or a JSON file (or folder) that extends the policy schema")->excludes(graph);
  app->add_option("--format", command.format, "markdown, svg (a picture) or json (a schema file)")->check(CLI::IsMember({"markdown", "svg", "json"}));
  app->add_option("-o,--output", command.output, "The file to write; without: standard output");
  choose(*app, commands, command);
}

/// Runs what was chosen; every failure ends here as a message and an exit code.
ExitCode run_chosen(const Run& chosen) {
  const Interrupt interrupt;
  try {
    return chosen(interrupt.token());
  } catch (const policygraph::Error& error) {
    if (error.code() == policygraph::ErrorCode::interrupted) say_interrupted();
    else show_error(error);
    return exit_code(error.code());
  } catch (const std::bad_alloc&) {
    show_error("out of memory");
    return kLimit;
  } catch (const std::exception& error) {
    show_error(error.what());
    return kInternal;
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App program("Knowledge graphs of policy documents, every answer with its sources.", "policygraph");
  program.set_version_flag("--version", "policygraph " + std::string(policygraph::kVersion));
  program.require_subcommand(1);
  program.footer("Exit codes: 0 done, 1 a check failed, 2 usage, 3 bad input or query, 4 files, 5 limits, 130 interrupted.");
  Commands commands;
  add_import(program, commands);
  add_ingest(program, commands);
  add_query(program, commands);
  add_ask(program, commands);
  add_export(program, commands);
  add_verify(program, commands);
  add_explain(program, commands);
  add_schema(program, commands);
  add_check(program, commands);
  add_backup(program, commands);
  add_history(program, commands);
  add_diff(program, commands);
  add_redact(program, commands);
  add_remove(program, commands);
  add_salvage(program, commands);
  add_show(program, commands);
  add_audit(program, commands);
  add_review(program, commands);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? kOk : kUsage;
  }
  return run_chosen(commands.chosen);
}
