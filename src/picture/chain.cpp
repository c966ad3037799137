#include "picture/chain.hpp"

#include <algorithm>
#include <set>

namespace policygraph::inline v0::detail::picture {
namespace {

using Neighbours = std::vector<std::set<std::uint32_t>>;

std::vector<std::uint32_t> walk(const Neighbours& neighbours, std::uint32_t from) {
  std::vector<std::uint32_t> order{from};
  auto before = from;
  while (order.size() < neighbours.size()) {
    const auto at = order.back();
    const auto next = std::ranges::find_if(neighbours[at], [&](std::uint32_t k) { return k != before || order.size() == 1; });
    if (next == neighbours[at].end()) return {};
    before = at;
    order.push_back(*next);
  }
  return order;
}

bool leads_backward(const std::vector<std::uint32_t>& order, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::ptrdiff_t forward = 0;
  for (const auto& [a, b] : links) forward += place[a] < place[b] ? 1 : -1;
  return forward < 0;
}

}  // namespace

std::vector<std::uint32_t> chain_of(std::size_t count, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  Neighbours neighbours(count);
  for (const auto& [a, b] : links) {
    if (a == b) continue;
    neighbours[a].insert(b);
    neighbours[b].insert(a);
  }
  std::size_t ends = 0;
  std::uint32_t first = 0;
  for (auto i = static_cast<std::uint32_t>(count); i-- > 0;) {
    if (neighbours[i].empty() || neighbours[i].size() > 2) return {};
    if (neighbours[i].size() == 2) continue;
    ++ends;
    first = i;
  }
  if (ends != 2) return {};
  auto order = walk(neighbours, first);
  if (!order.empty() && leads_backward(order, links)) std::ranges::reverse(order);
  return order;
}

}  // namespace policygraph::inline v0::detail::picture
