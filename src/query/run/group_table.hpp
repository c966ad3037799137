#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// Numbers for values, such that two have the same one where same_group says so: nodes, relationships, texts, whole numbers, decimals and
// days tell theirs by themselves, what else there is gets one when first met.
class GroupCodes {
 public:
  explicit GroupCodes(Execution& execution) : execution_(execution) {}
  // Appends those of all rows.
  void read(const Vector& column, std::uint32_t size, std::vector<std::uint64_t>& out);
  void clear();

 private:
  void read_rows(const Vector& column, std::vector<std::uint64_t>& out) const;
  void read_property(const Vector& column, std::vector<std::uint64_t>& out);
  bool read_block(const BlockView& view, std::span<const std::uint32_t> rows, std::vector<std::uint64_t>& out) const;
  std::uint64_t read_cell(ColumnCursor& cursor, std::uint32_t row);
  void read_ids(const Vector& column, std::vector<std::uint64_t>& out) const;
  std::uint64_t of(const Value& value);
  std::uint64_t of_odd(const Value& value);
  const policygraph::Column* texts();

  Execution& execution_;
  std::unordered_multimap<std::size_t, std::uint32_t> odd_;
  std::vector<Value> odd_values_;
  const policygraph::Column* texts_ = nullptr;  // any of the snapshot: they share their texts
};

// The groups that rows fall into by some of their columns, numbered in order of first appearance.
class GroupTable {
 public:
  GroupTable(Execution& execution, std::span<const Slot> keys) : execution_(execution), keys_(keys), codes_(execution) {}

  // The group of each row. Rows that are the first of a group are named in `firsts`, in order.
  void find(const Batch& rows, std::vector<std::uint32_t>& group_of, std::vector<std::uint32_t>& firsts);
  std::uint32_t size() const noexcept { return size_; }
  void clear();

 private:
  void find_single(std::uint32_t rows, std::vector<std::uint32_t>& group_of, std::vector<std::uint32_t>& firsts);
  bool find_pairs(const Batch& rows, std::vector<std::uint32_t>& group_of, std::vector<std::uint32_t>& firsts);
  std::uint32_t find_one(std::uint64_t key);
  void grow_ones();
  void spread_pairs();
  std::uint32_t find(std::uint64_t hash, std::span<const std::uint64_t> key);
  void grow();
  std::uint64_t hash(std::span<const std::uint64_t> key) const;

  Execution& execution_;
  std::span<const Slot> keys_;
  GroupCodes codes_;
  std::vector<std::uint64_t> column_, row_codes_;  // of the batch at hand, row by row
  std::vector<std::uint64_t> group_codes_;
  std::vector<std::uint32_t> places_;  // open addressing: a group and 1
  // Keys of one code, or of two small ones side by side.
  std::vector<std::uint64_t> one_keys_;  // by group
  std::vector<std::uint32_t> ones_;      // open addressing: a group and 1
  bool has_wide_pairs_ = false;          // keys of two codes are not all small: they are kept as longer ones are
  std::vector<std::uint64_t> other_column_;
  struct Known {
    std::uint64_t code = ~std::uint64_t{0};        // of no value
    std::uint32_t group = 0;
  };
  std::vector<Known> known_;                       // single keys met of late, by their hash
  std::uint32_t size_ = 0;
};

}  // namespace policygraph::inline v0::detail::query
