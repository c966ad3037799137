#include "policygraph/resolve/review.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>
#include <utility>

#include "resolve/candidates.hpp"
#include "resolve/identity.hpp"
#include "resolve/sums.hpp"

namespace policygraph::inline v0 {
namespace {

using Pair = std::pair<NodeKey, NodeKey>;

/// Of nodes that are said to be different.
std::set<Pair> kept_apart(const Snapshot& snapshot) {
  std::set<Pair> apart;
  for (const auto* judgement : snapshot.judgements()) {
    if (judgement->kind != JudgementKind::different) continue;
    const auto a = snapshot.find(judgement->a), b = snapshot.find(judgement->b);
    if (a && b) apart.insert(std::minmax(snapshot.key(*a), snapshot.key(*b)));
  }
  return apart;
}

std::vector<Judgement> alike_sums(const Snapshot& snapshot, double least) {
  return detail::resolve::alike_sums(detail::resolve::read_sums(snapshot, detail::resolve::sum_ends(snapshot), {}), least);
}

std::vector<Judgement> likest_first(std::vector<Judgement> nodes, std::vector<Judgement> sums) {
  std::ranges::move(sums, std::back_inserter(nodes));
  std::ranges::stable_sort(nodes, std::greater<>(), &Judgement::score);
  return nodes;
}

}  // namespace

std::vector<Proposal> proposals(const Snapshot& snapshot, const ReviewOptions& options) {
  const auto lexicon = detail::resolve::lexicon_of(options.packs.get());
  const auto apart = kept_apart(snapshot);
  std::vector<Proposal> all;
  for (auto& alike : likest_first(detail::resolve::alike_nodes(snapshot, *lexicon, options.least), alike_sums(snapshot, options.least))) {
    if (options.limit != 0 && all.size() == options.limit) break;
    if (apart.contains(std::minmax(alike.a, alike.b))) continue;
    const auto a = *snapshot.find(alike.a), b = *snapshot.find(alike.b);
    const auto root = detail::resolve::root_label(snapshot, a);
    all.push_back({alike.a, alike.b, std::string(root.empty() ? "Funding" : root), snapshot.caption(a), snapshot.caption(b), alike.score, std::move(alike.by),
                   std::move(alike.reason)});
  }
  return all;
}

}  // namespace policygraph::inline v0
