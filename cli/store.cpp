#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/store/file.hpp"

namespace policygraph::cli {

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

}  // namespace policygraph::cli
