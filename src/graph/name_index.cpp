#include "graph/name_index.hpp"

#include <algorithm>
#include <functional>
#include <string>

#include "graph/snapshot_data.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

bool is_naming(const Snapshot::Data& data, NodeRow row, std::string_view property) {
  if (property == "name" || property == "title" || property == "aliases" || property == "number_aliases") return true;
  const auto& names = data.labels_of(row.value).names;
  return std::ranges::any_of(names, [&](std::string_view label) {
    const auto* rule = data.schema.label(label);
    return rule != nullptr && rule->name_property == property;
  });
}

// Competing and former names count too: whoever asks by one of them means this node.
template <class Visit>
void visit_names(const Snapshot::Data& data, NodeRow row, Visit visit) {
  for (const auto id : data.node_claims[row.value]) {
    const auto claim = data.history.claim(id);
    if (claim.kind() != ClaimKind::property || !is_naming(data, row, claim.name())) continue;
    const auto value = claim.value();
    if (value.kind() == ValueKind::string) visit(value.as_string());
    if (value.kind() != ValueKind::list) continue;
    for (const auto& name : value.as_list()) {
      if (name.kind() == ValueKind::string) visit(name.as_string());
    }
  }
}

std::uint64_t hash_of(std::string_view folded) noexcept { return std::hash<std::string_view>{}(folded); }

}  // namespace

NameIndex::Table NameIndex::build(const Snapshot::Data& data) {
  Table rows;
  const auto add = [&](std::uint32_t row) {
    if (!data.is_alive_node(row)) return;
    visit_names(data, NodeRow{row}, [&](const std::string& name) { rows.emplace_back(hash_of(fold_name(name)), row); });
  };
  if (data.base == nullptr) {
    for (std::uint32_t row = 0; row < data.node_limit; ++row) add(row);
  } else {
    data.changed_nodes.visit(add);
  }
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
    visit_names(data, row, [&](const std::string& name) { is_equal = is_equal || fold_name(name) == folded; });
    if (is_equal) result.push_back(row);
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace policygraph::inline v0::detail::graph
