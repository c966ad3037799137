#include <chrono>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/parameters.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/csv.hpp"
#include "policygraph/query/questions.hpp"

namespace policygraph::cli {
namespace {

void list_questions() {
  for (const auto& question : questions()) {
    std::cout << question.name << "\n    " << question.title << '\n';
    for (const auto& parameter : question.parameters)
      std::cout << "    --param " << parameter.name << "=…  " << parameter.description << (parameter.is_required ? "" : " (optional)") << '\n';
  }
}

/// A name that no question has is a slip on the command line, not a file that is absent.
const Question& named(const std::string& name) try {
  return question(name);
} catch (const Error& error) {
  throw Error(ErrorCode::invalid_argument, error.text());
}

void print_json(const Answer& answer, bool cites) {
  std::cout << "{\"question\": \"" << answer.question->name << "\", \"has_evidence\": " << (answer.has_evidence() ? "true" : "false")
            << ", \"rows\": " << to_rows_json(answer.rows, cites);
  if (!answer.has_evidence()) std::cout << ", \"candidates\": " << to_rows_json(answer.candidates, cites);
  std::cout << "}\n";
}

void print_sentences(const Answer& answer, bool cites) {
  for (std::size_t i = 0; i < answer.sentences.size(); ++i) {
    std::cout << printable(answer.sentences[i]) << '\n';
    if (!cites) continue;
    for (const auto& citation : answer.rows[i].evidence())
      std::cout << "    “" << printable(citation.quote) << "” — " << printable(citation.title.empty() ? citation.uri : citation.title)
                << ", " << place_of(citation) << '\n';
  }
}

/// To standard error where the output is data, so that a program that reads it still finds only rows there.
void print_no_evidence(const Answer& answer, const AskCommand& command) {
  const bool is_data = command.format == "csv";
  auto& out = is_data ? std::cerr : std::cout;
  out << "no evidence: nothing read states an answer\n";
  if (answer.candidates.empty()) return;
  out << "what comes near, and why it does not suffice:\n";
  out << to_table(answer.candidates, output_width(), command.cites);
}

void print(const Answer& answer, const AskCommand& command) {
  if (command.format == "json") return print_json(answer, command.cites);
  if (!answer.has_evidence()) return print_no_evidence(answer, command);
  if (command.format == "text") return print_sentences(answer, command.cites);
  print_rows(answer.rows, command.format, command.cites);
}

}  // namespace

ExitCode run(const AskCommand& command, const std::stop_token& stop) {
  if (command.question.empty()) {
    list_questions();
    return kOk;
  }
  const auto& asked = named(command.question);
  const auto parameters = parse_text_parameters(command.parameters);
  const auto graph = read_graph(command.file);
  QueryOptions options;
  options.stop = stop;
  options.as_of = parse_date(command.as_of);
  options.procedures = read_rates(command.rates);
  options.now = parse_now(command.now);
  const auto start = std::chrono::steady_clock::now();
  const auto answer = ask(graph.snapshot(), asked.name, parameters, options);
  if (command.cites) gather_evidence(answer.rows, options, start);
  if (command.cites) gather_evidence(answer.candidates, options, start);
  print(answer, command);
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
