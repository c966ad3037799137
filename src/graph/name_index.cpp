#include "graph/name_index.hpp"

#include <algorithm>
#include <functional>
#include <string>

#include "graph/naming.hpp"
#include "graph/snapshot_data.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

std::uint64_t hash_of(std::string_view folded) noexcept { return std::hash<std::string_view>{}(folded); }

}  // namespace

NameIndex::Table NameIndex::build(const Snapshot::Data& data) {
  Table rows;
  visit_indexed_nodes(data, [&](std::uint32_t row) {
    visit_names(data, NodeRow{row}, [&](const std::string& name, Claim) { rows.emplace_back(hash_of(fold_name(name)), row); });
  });
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

std::size_t NameIndex::memory_bytes() const noexcept {
  const auto* made = rows_.made();
  return made == nullptr ? 0 : made->capacity() * sizeof(made->front());
}

std::vector<NodeRow> NameIndex::find(const Snapshot::Data& data, std::string_view folded) const {
  std::vector<NodeRow> result;
  if (data.base != nullptr) {
    result = data.base->names.find(*data.base, folded);
    std::erase_if(result, [&](NodeRow row) { return data.changed_nodes.has(row.value); });
  }
  const auto& rows = rows_.get([&] { return build(data); });
  const auto hash = hash_of(folded);
  for (auto at = std::ranges::lower_bound(rows, std::pair{hash, std::uint32_t{0}}); at != rows.end() && at->first == hash;
       ++at) {
    const NodeRow row{at->second};
    bool is_equal = false;
    visit_names(data, row, [&](const std::string& name, Claim) { is_equal = is_equal || fold_name(name) == folded; });
    if (is_equal) result.push_back(row);
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace policygraph::inline v0::detail::graph
