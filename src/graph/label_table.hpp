#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/image.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

/// The labels that some node has, and the sets of them. Sets keep their numbers while snapshots follow one another;
/// labels are numbered by name.
struct LabelTable {
  struct Set {
    std::vector<std::string> all;         // the most general first
    std::vector<std::string_view> names;  // the same, borrowed from `all`
    std::vector<Label> labels;            // sorted by name; none where no node has the set
  };
  std::vector<std::string> labels;
  std::vector<Set> sets;
};

/// `counts`: how many nodes have each set.
std::shared_ptr<const LabelTable> make_label_table(std::vector<std::vector<std::string>> sets,
                                                   const std::vector<std::uint32_t>& counts);

/// Where the last compaction put the nodes: ordered by label set, then by key.
struct NodeOrder {
  std::vector<std::uint32_t> firsts;  // by set: the first of its rows; they end where the next set's begin
  std::uint32_t count = 0;
  std::shared_ptr<const LabelTable> names;
  Stored<NodeRow> row_numbers;                  // 0, 1, 2, ...: what contiguous labels borrow
  std::vector<Stored<NodeRow>> scattered_rows;  // of labels whose rows are not contiguous
  std::vector<std::span<const NodeRow>> rows_of_label;
  std::shared_ptr<const Image> image;  // null: all is owned

  std::uint32_t end(std::size_t set) const noexcept { return set + 1 < firsts.size() ? firsts[set + 1] : count; }
  /// Requires: row < count.
  std::uint32_t set_of(std::uint32_t row) const noexcept;
  std::span<const NodeRow> of_label(std::size_t label) const { return needed(rows_of_label[label]); }
  std::span<const NodeRow> of_set(std::size_t set) const {
    return needed(row_numbers.all().subspan(firsts[set], end(set) - firsts[set]));
  }
  void write(ImageOut& out) const;
  static std::shared_ptr<const NodeOrder> read(ImageIn& in, std::shared_ptr<const LabelTable> names);

 private:
  std::span<const NodeRow> needed(std::span<const NodeRow> rows) const {
    if (image != nullptr) image->need(rows);
    return rows;
  }
};
std::shared_ptr<const NodeOrder> make_node_order(std::vector<std::uint32_t> firsts, std::uint32_t count,
                                                 std::shared_ptr<const LabelTable> names);

/// The rows of labels and of label sets that nodes came to or left since the last compaction; each list is made when
/// first asked for. Any thread may ask. A copy starts empty.
class NodeLists {
 public:
  NodeLists() = default;
  NodeLists(const NodeLists&) noexcept : NodeLists() {}
  NodeLists& operator=(const NodeLists&) = delete;

  std::span<const NodeRow> of_label(const Snapshot::Data& data, std::uint32_t label) const;
  std::span<const NodeRow> of_set(const Snapshot::Data& data, std::uint32_t set) const;
  std::size_t memory_bytes() const;

 private:
  using Lists = std::map<std::uint32_t, std::vector<NodeRow>>;
  mutable std::mutex mutex_;
  mutable Lists labels_;
  mutable Lists sets_;
};

}  // namespace policygraph::inline v0::detail::graph
