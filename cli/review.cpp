#include "policygraph/resolve/review.hpp"

#include <iostream>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/exchange/json.hpp"

namespace policygraph::cli {
namespace {

std::string score_text(double score) {
  const auto hundredths = static_cast<int>(score * 100 + 0.5);
  return hundredths >= 100 ? "1.00" : (hundredths < 10 ? "0.0" : "0.") + std::to_string(hundredths);
}

void print_table(const std::vector<Proposal>& all) {
  for (const auto& one : all) {
    std::cout << score_text(one.score) << "  " << one.label << "  " << one.a.value << ' ' << printable(one.a_name) << "  =?  " << one.b.value
              << ' ' << printable(one.b_name) << "\n      " << printable(one.reason) << " (" << one.rule << ")\n";
  }
}

/// Of text without control characters.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : printable(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void print_json(const std::vector<Proposal>& all) {
  std::cout << '[';
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto& one = all[i];
    std::cout << (i == 0 ? "\n" : ",\n") << " {\"a\": " << one.a.value << ", \"b\": " << one.b.value << ", \"label\": " << quoted(one.label)
              << ", \"a_name\": " << quoted(one.a_name) << ", \"b_name\": " << quoted(one.b_name) << ", \"score\": " << score_text(one.score)
              << ", \"rule\": " << quoted(one.rule) << ", \"reason\": " << quoted(one.reason) << '}';
  }
  std::cout << (all.empty() ? "]\n" : "\n]\n");
}

void list(const ReviewCommand& command) {
  const auto graph = read_graph(command.file);
  ReviewOptions options;
  options.limit = command.limit;
  const auto all = proposals(graph.snapshot(), options);
  command.format == "json" ? print_json(all) : print_table(all);
  finish_output();
}

NodeKey node_of(const Snapshot& snapshot, std::uint64_t key) {
  if (!snapshot.find(NodeKey{key})) throw Error(ErrorCode::invalid_argument, "no node " + std::to_string(key) + "; 'policygraph review FILE' lists the keys");
  return NodeKey{key};
}

void decide(const ReviewCommand& command) {
  if (command.a == 0 || command.b == 0) throw Error(ErrorCode::invalid_argument, command.action + " takes the keys of two nodes");
  auto graph = is_stored(command.file) ? open_stored(command.file, false) : read_graph(command.file);
  auto transaction = graph.begin("by:" + command.author);
  const auto snapshot = transaction.snapshot();
  const auto a = node_of(snapshot, command.a), b = node_of(snapshot, command.b);
  const bool accepts = command.action == "accept";
  accepts ? transaction.merge(a, b, command.note) : transaction.separate(a, b, command.note);
  transaction.commit();
  if (!is_stored(command.file)) write_json(graph.snapshot(), command.file);
  std::cerr << a.value << " and " << b.value << (accepts ? " are one\n" : " are kept apart\n");
}

}  // namespace

ExitCode run(const ReviewCommand& command, const std::stop_token&) {
  command.action == "list" ? list(command) : decide(command);
  return kOk;
}

}  // namespace policygraph::cli
