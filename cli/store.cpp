#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/store/file.hpp"

namespace policygraph::cli {
namespace {

DocumentId document_of(const Sources& sources, const std::string& text) {
  if (const auto* named = sources.find_uri(text)) return named->id;
  const bool is_number = !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
  const auto* numbered = is_number ? sources.find(DocumentId{static_cast<std::uint32_t>(std::stoul(text))}) : nullptr;
  if (numbered == nullptr) throw Error(ErrorCode::not_found, "no document '" + text + "'; MATCH (d:Document) RETURN d.uri lists them");
  return numbered->id;
}

}  // namespace

ExitCode run(const RemoveCommand& command, const std::stop_token&) {
  auto graph = open_stored(command.file, false);
  const auto before = graph.snapshot();
  auto transaction = graph.begin("remove");
  transaction.remove_document(document_of(before.sources(), command.document));
  transaction.commit();
  const auto after = graph.snapshot();
  std::cerr << "removed; " << after.node_count() << " nodes of " << before.node_count() << " and " << after.edge_count() << " edges of " << before.edge_count() << " stay\n";
  graph.close();
  return kOk;
}

ExitCode run(const CheckCommand& command, const std::stop_token& stop) {
  CheckOptions options;
  options.stop = stop;
  const auto report = check_file(command.file, options);
  for (const auto& problem : report.problems) show_diagnostic(problem);
  std::cout << "commits    " << report.commits << " as they were written\n"
            << "texts      " << report.texts << " as they were written, of " << report.documents << " documents and their versions\n"
            << "records    " << report.assertions << " assertions, " << report.mentions << " mentions, " << report.evidence
            << " pieces of evidence\n"
            << "bytes      " << report.bytes << '\n'
            << "problems   " << report.problems.size() << '\n';
  finish_output();
  return report.is_sound() ? kOk : kCheckFailed;
}

ExitCode run(const BackupCommand& command, const std::stop_token&) {
  check_output(command.output);
  backup_file(command.file, command.output);
  std::cerr << printable(command.file) << " -> " << printable(command.output) << '\n';
  return kOk;
}

ExitCode run(const RedactCommand& command, const std::stop_token&) {
  redact_document(command.file, DocumentId{command.document});
  std::cerr << "the text of document " << command.document << " is gone from " << printable(command.file) << '\n';
  return kOk;
}

ExitCode run(const SalvageCommand& command, const std::stop_token& stop) {
  check_output(command.output);
  SalvageOptions options;
  options.schema = read_schema(command.schema);
  options.stop = stop;
  const auto report = salvage_file(command.file, command.output, options);
  for (const auto& loss : report.lost) show_diagnostic(loss);
  std::cout << "commits    " << report.commits_kept << " as they were, " << report.commits_said_again << " said again, " << report.commits_lost
            << " lost\n"
            << "texts      " << report.texts_lost << " lost\n"
            << "records    " << report.records_lost << " lost of commits said again\n";
  finish_output();
  return report.is_whole() ? kOk : kCheckFailed;
}

}  // namespace policygraph::cli
