#include "graph/name_starts.hpp"

#include <algorithm>
#include <utility>

#include "graph/naming.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

using Entries = std::vector<std::pair<std::string, std::uint32_t>>;

void add_value(const Value& value, std::uint32_t row, Entries& out) {
  if (value.kind() == ValueKind::string) out.emplace_back(fold_name(value.as_string()), row);
  if (value.kind() != ValueKind::list) return;
  for (const auto& item : value.as_list()) {
    if (item.kind() == ValueKind::string) out.emplace_back(fold_name(item.as_string()), row);
  }
}

Entries read_names(const Snapshot::Data& data) {
  Entries out;
  std::vector<const Column*> columns;
  for (std::size_t property = 0; property < data.properties.size(); ++property) {
    const auto& name = data.properties[property];
    const bool is_name = name == "name" || name == "title" || name == "number" || name == "aliases" || name == "number_aliases";
    if (is_name && data.node_columns[property] != nullptr) columns.push_back(data.node_columns[property].get());
  }
  visit_indexed_nodes(data, [&](std::uint32_t row) {
    for (const auto* column : columns) {
      if (column->has(row)) add_value(column->value(row), row, out);
    }
    for (const auto key : data.node_mentions[row]) out.emplace_back(fold_name(data.mention(NodeKey{key})->surface()), row);
  });
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

NameStarts::NameStarts(const Snapshot::Data& data) {
  const auto entries = read_names(data);
  rows_.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& [name, row] = entries[i];
    rows_.push_back(row);
    if (i + 1 < entries.size() && entries[i + 1].first == name) continue;
    const auto number = static_cast<std::uint32_t>(name_ends_.size());
    for (std::size_t at = 0; at < name.size(); ++at) {
      if (at == 0 || name[at - 1] == ' ') starts_.push_back({static_cast<std::uint32_t>(names_.size() + at), number});
    }
    names_ += name;
    if (names_.size() > 0xFFFFFFFFU) throw Error(ErrorCode::limit, "the names of the graph are more than 4 GiB; search a part of it");
    name_ends_.push_back(static_cast<std::uint32_t>(names_.size()));
    row_starts_.push_back(static_cast<std::uint32_t>(rows_.size()));
  }
  std::ranges::sort(starts_, [this](const Start& a, const Start& b) {
    const auto left = from(a), right = from(b);
    return left != right ? left < right : a.offset < b.offset;
  });
}

void NameStarts::find(std::string_view folded, std::vector<std::uint32_t>& out) const {
  auto at = std::ranges::lower_bound(starts_, folded, {}, [this](const Start& start) { return from(start); });
  for (; at != starts_.end() && from(*at).starts_with(folded); ++at) {
    out.insert(out.end(), rows_.begin() + row_starts_[at->name], rows_.begin() + row_starts_[at->name + 1]);
  }
}

std::size_t NameStarts::memory_bytes() const noexcept {
  return names_.capacity() + (name_ends_.capacity() + row_starts_.capacity() + rows_.capacity()) * sizeof(std::uint32_t) + starts_.capacity() * sizeof(Start);
}

std::vector<NodeRow> nodes_named(const Snapshot& snapshot, std::string_view folded) {
  const auto& data = snapshot.data();
  const auto starts_of = [](const Snapshot::Data& of) -> const NameStarts& { return of.name_starts.get([&] { return NameStarts(of); }); };
  std::vector<std::uint32_t> rows;
  starts_of(data).find(folded, rows);
  const auto changed = rows.size();
  if (data.base != nullptr) starts_of(*data.base).find(folded, rows);
  std::vector<NodeRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_old = i >= changed && data.changed_nodes.has(rows[i]);
    if (!is_old && snapshot.is_alive(NodeRow{rows[i]})) out.push_back(NodeRow{rows[i]});
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace policygraph::inline v0::detail::graph
