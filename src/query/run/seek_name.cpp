#include "graph/name_starts.hpp"
#include "query/functions/pieces.hpp"
#include "query/run/seek_nodes.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The nodes that name_matches may hold of for the text of the row; the filter above decides. What is no text finds all nodes, and so
// does null where the query says that null is for all.
class SeekName : public SeekNodes {
 public:
  using SeekNodes::SeekNodes;

 private:
  void find_nodes() override {
    const auto label = step_.labels.empty() ? std::nullopt : execution_.names->labels[step_.labels[0]];
    if (!step_.labels.empty() && !label) return;
    const auto text = value();
    const bool takes_all = text.kind() == ValueKind::null ? step_.takes_all_of_null : text.kind() != ValueKind::string;
    if (takes_all) return find_all(label);
    if (text.kind() != ValueKind::string) return;
    const auto folded = fold_words(text.as_string(), execution_.limits);
    if (!folded.empty()) found_ = graph::nodes_named(execution_.snapshot, folded);
    if (label) std::erase_if(found_, [&](NodeRow node) { return !execution_.snapshot.has_label(node, *label); });
  }
};

}  // namespace

OperatorPtr make_seek_name(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<SeekName>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
