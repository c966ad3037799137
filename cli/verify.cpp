#include "policygraph/graph/verify.hpp"

#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::cli {
namespace {

/// Reading checks each quote and each text's digest already; a file that fails there is readable JSON that says something false.
bool says_something_false(const Error& error) {
  if (error.code() != ErrorCode::format || !error.place()) return false;
  const auto& pointer = error.place()->document;
  return pointer.ends_with("/quote") || pointer.ends_with("/sha256") || pointer.ends_with("/end");
}

void print(const VerifyResult& result) {
  std::cout << "documents  " << result.documents << " with text, " << result.without_text << " without\n"
            << "quotes     " << result.quotes << " true, " << result.false_quotes << " false, " << result.unchecked << " not checked\n"
            << "texts      " << result.false_documents << " with another digest\n"
            << "graph      " << result.nodes << " nodes, " << result.edges << " edges, " << result.without_evidence << " without evidence\n";
}

}  // namespace

ExitCode run(const VerifyCommand& command, const std::stop_token& stop) {
  try {
    const auto graph = read_graph(command.file);
    VerifyOptions options;
    options.stop = stop;
    const auto result = verify(graph.snapshot(), options);
    for (const auto& diagnostic : result.diagnostics) show_diagnostic(diagnostic);
    print(result);
    finish_output();
    return result.is_sound() ? kOk : kCheckFailed;
  } catch (const Error& error) {
    if (!says_something_false(error)) throw;
    show_error(error);
    return kCheckFailed;
  }
}

}  // namespace policygraph::cli
