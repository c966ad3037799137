#include <iostream>
#include <string>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/temporal.hpp"
#include "policygraph/graph/knowledge.hpp"

namespace policygraph::cli {
namespace {

/// "2026-11-22T09:30:00Z", to the second.
std::string time_text(CommitTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
  return to_string(local_from_seconds(seconds, 0)) + "Z";
}

std::string commit_text(const CommitInfo& commit) {
  return std::to_string(commit.id.value) + "  " + time_text(commit.time) + "  " + printable(commit.author);
}

std::string claim_text(const Assertion& claim) {
  std::string text = printable(claim.name);
  if (claim.kind == ClaimKind::edge) text += " #" + std::to_string(claim.subject.value) + " -> #" + std::to_string(claim.object.value);
  else if (claim.kind == ClaimKind::edge_property) text += " of [#" + std::to_string(claim.edge.value) + "]";
  else text += " of #" + std::to_string(claim.subject.value);
  return claim.value.is_null() ? text : text + " = " + printable(claim.value.to_string());
}

/// One thing changed from one value to another in one line.
std::string change_text(const ClaimChange& change) {
  const auto text = std::string(change_name(change.kind)) + "  " + claim_text(change.after ? *change.after : *change.before);
  return change.kind == ChangeKind::value ? text + " (was " + printable(change.before->value.to_string()) + ")" : text;
}

}  // namespace

ExitCode run(const HistoryCommand& command, const std::stop_token&) {
  const auto graph = read_graph(command.file);
  if (command.node == 0) {
    for (const auto& commit : graph.commits()) std::cout << commit_text(commit) << '\n';
  } else {
    for (const auto& event : graph.history(NodeKey{command.node}))
      std::cout << commit_text(event.commit) << (event.is_withdrawal ? "  - " : "  + ") << claim_text(event.assertion) << '\n';
  }
  finish_output();
  return kOk;
}

ExitCode run(const DiffCommand& command, const std::stop_token&) {
  const auto graph = read_graph(command.file);
  const auto before = graph.known_at(CommitId{command.from});
  const auto after = command.to == 0 ? graph.snapshot() : graph.known_at(CommitId{command.to});
  for (const auto& change : diff(before, after)) std::cout << change_text(change) << '\n';
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
