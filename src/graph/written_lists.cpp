#include "graph/written_lists.hpp"

#include <algorithm>
#include <bit>

namespace policygraph::inline v0::detail::graph {
namespace {

bool is_set(std::uint64_t bits, std::size_t at) noexcept { return ((bits >> at) & 1U) != 0; }

}  // namespace

HopEdges written_list(const WrittenLists& lists, std::uint32_t node) noexcept {
  const auto& list = lists.of(node);
  return {{list.ends.get(), list.ends.get() + list.size}, {}, list.rows.get()};
}

WrittenList make_written_list(std::vector<std::pair<std::uint32_t, std::uint32_t>> edges) {
  std::ranges::sort(edges);
  const auto ends = std::make_shared<NodeRow[]>(edges.size());
  const auto rows = std::make_shared<EdgeRow[]>(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    ends[i] = NodeRow{edges[i].first};
    rows[i] = EdgeRow{edges[i].second};
  }
  return {ends, rows, static_cast<std::uint32_t>(edges.size())};
}

void WrittenLists::set(std::span<Item> items) {
  for (std::size_t first = 0; first < items.size();) {
    const auto word = items[first].first / 64;
    auto end = first;
    while (end < items.size() && items[end].first / 64 == word) ++end;
    set_group(word, items.subspan(first, end - first));
    first = end;
  }
}

// The lists that stood there and the new ones, which come before old ones of the same node.
void WrittenLists::set_group(std::size_t word, std::span<Item> items) {
  if (word >= words_.size()) words_.resize(word + 1);
  const auto before = words_[word];
  auto after = before;
  for (const auto& item : items) after |= std::uint64_t{1} << (item.first % 64);
  auto& group = own(word);
  const auto lists = std::make_shared<WrittenList[]>(static_cast<std::size_t>(std::popcount(after)));
  auto item = items.begin();
  std::size_t old = 0;
  std::size_t next = 0;
  for (std::size_t at = 0; at < 64; ++at) {
    if (!is_set(after, at)) continue;
    const bool is_new = item != items.end() && item->first % 64 == at;
    lists[next++] = is_new ? std::move((item++)->second) : group[static_cast<std::ptrdiff_t>(old)];
    old += is_set(before, at) ? 1U : 0U;
  }
  count_ += next - old;
  words_[word] = after;
  group = lists;
}

WrittenLists::Group& WrittenLists::own(std::size_t word) {
  const auto at = word / kFan;
  if (at >= directories_.size()) directories_.resize(at + 1);
  auto& held = directories_[at];
  if (held == nullptr || held->edition != edition_) {
    held = held == nullptr ? std::make_shared<Directory>() : std::make_shared<Directory>(*held);
    held->edition = edition_;
  }
  return held->groups[word % kFan];
}

std::size_t WrittenLists::memory_bytes() const noexcept {
  auto bytes = words_.capacity() * sizeof(words_[0]) + directories_.capacity() * sizeof(directories_[0]);
  for (const auto& directory : directories_) bytes += directory == nullptr ? 0 : sizeof(Directory);
  visit([&](const WrittenList& list) { bytes += sizeof(list) + list.size * (sizeof(NodeRow) + sizeof(EdgeRow)); });
  return bytes;
}

}  // namespace policygraph::inline v0::detail::graph
