#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/search.hpp"
#include "policygraph/graph/walk.hpp"

namespace policygraph::cli {
namespace {

constexpr std::size_t kMostQuotes = 3;  // of one thing

/// A node as lines; every passage has one number, by which it is named wherever it is rested on.
class Shown {
 public:
  explicit Shown(const NodeView& node) : node_(node), snapshot_(node.snapshot()) {}

  void print() {
    std::cout << '#' << node_.key().value << "  " << printable(node_.caption());
    for (const auto label : snapshot_.label_names(node_.row())) std::cout << "  :" << printable(label);
    std::cout << said(snapshot_.modality(node_.row())) << notes(snapshot_.evidence(node_.row())) << '\n';
    for (const auto property : snapshot_.properties(node_.row())) {
      std::cout << "  " << printable(snapshot_.name(property)) << " = " << printable(snapshot_.value(node_.row(), property).to_string())
                << notes(snapshot_.evidence(node_.row(), property)) << '\n';
    }
    for (const auto& edge : node_.out_edges()) print_edge(edge, true);
    for (const auto& edge : node_.in_edges()) print_edge(edge, false);
    print_quotes();
  }

 private:
  void print_edge(const EdgeView& edge, bool is_out) {
    const auto other = is_out ? edge.target() : edge.source();
    std::cout << (is_out ? "  -[" : "  <-[") << printable(edge.type()) << (is_out ? "]-> #" : "]- #") << other.key().value << "  "
              << printable(other.caption());
    for (const auto property : snapshot_.properties(edge.row()))
      std::cout << "  " << printable(snapshot_.name(property)) << ": " << printable(snapshot_.value(edge.row(), property).to_string());
    std::cout << said(snapshot_.modality(edge.row())) << notes(snapshot_.evidence(edge.row())) << '\n';
  }

  /// "  (denied)", "  (planned)": how far it is so, where that is told.
  static std::string said(Modality modality) { return modality == Modality::unknown ? std::string() : "  (" + std::string(modality_name(modality)) + ")"; }

  template <class Ids>
  std::string notes(const Ids& ids) {
    std::string text;
    std::size_t count = 0;
    for (const auto id : ids) {
      if (++count > kMostQuotes) break;
      const auto place = numbers_.try_emplace(id, quotes_.size() + 1);
      if (place.second) quotes_.push_back(id);
      text += (text.empty() ? "  [" : ", ") + std::to_string(place.first->second);
    }
    return text.empty() ? text : text + "]";
  }

  void print_quotes() const {
    for (std::size_t i = 0; i < quotes_.size(); ++i) {
      const auto citation = snapshot_.cite(quotes_[i]);
      std::cout << '[' << i + 1 << "] " << printable(citation.title.empty() ? citation.uri : citation.title) << ", " << place_of(citation) << ": \""
                << printable(citation.quote) << "\"\n";
    }
  }

  const NodeView node_;
  const Snapshot& snapshot_;
  std::map<EvidenceId, std::size_t> numbers_;
  std::vector<EvidenceId> quotes_;
};

bool is_key(std::string_view text) { return !text.empty() && text.size() < 20 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); }

std::string listed(const Snapshot& snapshot, const std::vector<NameMatch>& found) {
  std::string text;
  for (const auto& one : found) text += (text.empty() ? " #" : ", #") + std::to_string(snapshot.key(one.node).value) + " " + printable(snapshot.caption(one.node));
  return text;
}

/// The node of that key, or the only one of that name.
NodeKey node_of(const Snapshot& snapshot, const std::string& text) {
  if (is_key(text)) return NodeKey{std::stoull(text)};
  const auto found = exact_names(snapshot, text);
  if (found.size() == 1) return snapshot.key(found.front().node);
  if (found.size() > 1) throw Error(ErrorCode::invalid_argument, "'" + text + "' is the name of several nodes, say which by its key:" + listed(snapshot, found));
  const auto near = listed(snapshot, similar_names(snapshot, text, 3));
  throw Error(ErrorCode::not_found, "no node is called '" + text + "'" + (near.empty() ? "; a node is asked for by its name, or its key as id(n) gives it" : "; near:" + near));
}

}  // namespace

ExitCode run(const ShowCommand& command, const std::stop_token&) {
  const auto graph = read_graph(command.file);
  const auto snapshot = graph.snapshot();
  const Walk walk(snapshot);
  Shown(walk.node(node_of(snapshot, command.node))).print();
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
