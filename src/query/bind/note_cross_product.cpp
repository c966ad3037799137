#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "query/bind/binder.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Parts of a pattern that hang together.
class Components {
 public:
  explicit Components(std::size_t size) : above_(size) { std::iota(above_.begin(), above_.end(), std::size_t{0}); }
  std::size_t find(std::size_t i) {
    while (above_[i] != i) i = above_[i] = above_[above_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { above_[find(a)] = find(b); }

 private:
  std::vector<std::size_t> above_;
};

}  // namespace

// Which of `numbers` an expression reads, by slot.
void Binder::read_of(BoundId expression, const std::map<Slot, std::size_t>& numbers, std::set<std::size_t>& out) const {
  if (expression == kNone) return;
  const auto& e = out_.expressions[expression];
  if (e.kind == BoundKind::slot) {
    if (const auto found = numbers.find(e.number); found != numbers.end()) out.insert(found->second);
  }
  for (const auto child : e.children) read_of(child, numbers, out);
}

// Two parts of a pattern that nothing connects, and of which nothing says which: each of the one beside each of the other. Where one
// hangs on rows from before, or on a subquery, that is likely meant.
void Binder::note_cross_product(const BoundClause& match) {
  const auto& pattern = match.pattern;
  if (out_.is_write || pattern.nodes.size() < 2 || !match.subqueries.empty()) return;
  Components parts(pattern.nodes.size());
  std::map<Slot, std::size_t> numbers;
  std::set<std::size_t> chosen;  // nodes of which something is said
  for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
    numbers.emplace(pattern.nodes[i].slot, i);
    if (!pattern.nodes[i].is_new) chosen.insert(i);
  }
  for (const auto& edge : pattern.edges) {
    parts.join(edge.from, edge.to);
    numbers.emplace(edge.slot, edge.from);
  }
  for (const auto* predicates : {&pattern.predicates, &match.where}) {
    for (const auto predicate : *predicates) {
      std::set<std::size_t> read;
      read_of(predicate, numbers, read);
      for (const auto node : read) parts.join(*read.begin(), node);
      chosen.insert(read.begin(), read.end());
    }
  }
  std::set<std::size_t> chosen_parts;
  for (const auto node : chosen) chosen_parts.insert(parts.find(node));
  std::map<std::size_t, std::size_t> open;  // part -> its first node
  for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
    if (!chosen_parts.contains(parts.find(i))) open.emplace(parts.find(i), i);
  }
  if (open.size() < 2) return;
  std::set<std::size_t> firsts;
  for (const auto& [part, first] : open) firsts.insert(first);
  const auto text_of = [this](const BoundNode& node) { return out_.text.substr(node.span.start, node.span.size()); };
  const auto& one = pattern.nodes[*firsts.begin()];
  const auto& other = pattern.nodes[*std::next(firsts.begin())];
  notify(other.span, "a cross product: each " + text_of(one) + " with each " + text_of(other) + "; connect them by a relationship or in WHERE");
}

}  // namespace policygraph::inline v0::detail::query
