#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// Folded names of nodes by where their words start, so that those that hold a text from the start of a word on are found without
/// reading the others: names, titles, numbers, aliases, and what documents call a node. Of a base it has all nodes, of a delta
/// those that changed.
class NameStarts {
 public:
  explicit NameStarts(const Snapshot::Data& data);
  /// Appends the rows of the nodes that have such a name; in no order, and maybe more than once.
  void find(std::string_view folded, std::vector<std::uint32_t>& out) const;
  std::size_t memory_bytes() const noexcept;

 private:
  struct Start {
    std::uint32_t offset;
    std::uint32_t name;
  };
  std::string_view from(const Start& start) const noexcept {
    return std::string_view(names_).substr(start.offset, name_ends_[start.name] - start.offset);
  }

  std::string names_;  // different ones, sorted, one after the other
  std::vector<std::uint32_t> name_ends_;
  std::vector<std::uint32_t> row_starts_{0}, rows_;  // of each: the nodes
  std::vector<Start> starts_;  // in order of the text that begins there
};

/// The nodes with such a name, in order of row. Requires: the text is folded, and not empty.
std::vector<NodeRow> nodes_named(const Snapshot& snapshot, std::string_view folded);

}  // namespace policygraph::inline v0::detail::graph
