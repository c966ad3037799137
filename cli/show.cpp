#include <algorithm>
#include <iostream>
#include <map>
#include <vector>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "policygraph/base/error.hpp"
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
    std::cout << notes(snapshot_.evidence(node_.row())) << '\n';
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
    std::cout << notes(snapshot_.evidence(edge.row())) << '\n';
  }

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

}  // namespace

ExitCode run(const ShowCommand& command, const std::stop_token&) {
  const auto graph = read_graph(command.file);
  const auto snapshot = graph.snapshot();
  const Walk walk(snapshot);
  Shown(walk.node(NodeKey{command.node})).print();
  finish_output();
  return kOk;
}

}  // namespace policygraph::cli
