#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "query/bind/binder.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// The parts of a pattern that hang together, by a relationship or by a condition, and those of which nothing says which are meant.
class PatternParts {
 public:
  PatternParts(const BoundQuery& query, const BoundPattern& pattern) : query_(query), pattern_(pattern), above_(pattern.nodes.size()) {
    std::iota(above_.begin(), above_.end(), std::uint32_t{0});
    for (std::uint32_t i = 0; i < pattern.nodes.size(); ++i) numbers_.emplace(pattern.nodes[i].slot, i);
    for (const auto& edge : pattern.edges) {
      join(edge.from, edge.to);
      numbers_.emplace(edge.slot, edge.from);
    }
  }

  void take(BoundId condition) {
    std::set<std::uint32_t> read;
    read_nodes(condition, read);
    for (const auto node : read) join(*read.begin(), node);
    chosen_.insert(read.begin(), read.end());
  }

  // The first node of each part that has no condition and is not known from before.
  std::set<std::uint32_t> open() {
    for (std::uint32_t i = 0; i < pattern_.nodes.size(); ++i) {
      if (!pattern_.nodes[i].is_new) chosen_.insert(i);
    }
    std::set<std::uint32_t> seen;
    for (const auto node : chosen_) seen.insert(top(node));
    std::set<std::uint32_t> out;
    for (std::uint32_t i = 0; i < pattern_.nodes.size(); ++i) {
      if (seen.insert(top(i)).second) out.insert(i);
    }
    return out;
  }

 private:
  std::uint32_t top(std::uint32_t node) {
    while (above_[node] != node) node = above_[node] = above_[above_[node]];
    return node;
  }
  void join(std::uint32_t a, std::uint32_t b) { above_[top(a)] = top(b); }

  // As deep as the expression, which is bounded.
  void read_nodes(BoundId expression, std::set<std::uint32_t>& out) const {
    if (expression == kNone) return;
    const auto& e = query_.expressions[expression];
    if (e.kind == BoundKind::slot) {
      if (const auto found = numbers_.find(e.number); found != numbers_.end()) out.insert(found->second);
    }
    for (const auto child : e.children) read_nodes(child, out);
  }

  const BoundQuery& query_;
  const BoundPattern& pattern_;
  std::vector<std::uint32_t> above_;         // the parts, as trees
  std::map<Slot, std::uint32_t> numbers_;    // of nodes; a relationship is that of the node it comes from
  std::set<std::uint32_t> chosen_;           // nodes of which something is said
};

}  // namespace

// Two parts of a pattern that nothing connects and nothing narrows: each of the one beside each of the other. Where one hangs on rows
// from before, or on a subquery, or is to be written to, that is likely meant.
void Binder::note_cross_product(const BoundClause& match) {
  const auto& pattern = match.pattern;
  if (out_.is_write || pattern.nodes.size() < 2 || !match.subqueries.empty()) return;
  PatternParts parts(out_, pattern);
  for (const auto condition : pattern.predicates) parts.take(condition);
  for (const auto condition : match.where) parts.take(condition);
  const auto open = parts.open();
  if (open.size() < 2) return;
  const auto text_of = [this](const BoundNode& node) { return out_.text.substr(node.span.start, node.span.size()); };
  const auto& one = pattern.nodes[*open.begin()];
  const auto& other = pattern.nodes[*std::next(open.begin())];
  notify(other.span, "a cross product: each " + text_of(one) + " with each " + text_of(other) + "; connect them by a relationship or in WHERE");
}

}  // namespace policygraph::inline v0::detail::query
