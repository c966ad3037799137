#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "query/run/batch.hpp"

namespace policygraph::inline v0::detail::query {

// Rows that wait while the graph is written to. Nodes and edges are kept by their keys, for their rows move with the snapshot; each row
// is parked once and taken back once, however many writes lie between.
class Parked {
 public:
  Parked(const Batch& batch, const Snapshot& snapshot);
  std::uint32_t size() const noexcept { return size_; }
  // In that snapshot. What was deleted meanwhile is its key as a plain value, so that it is not taken for null.
  Batch row(std::uint32_t row, const Snapshot& now) const { return rows(row, row + 1, now); }
  Batch all(const Snapshot& now) const { return rows(0, size_, now); }
  std::size_t memory_bytes() const;

 private:
  struct KeyMark {
    std::uint64_t key;
    std::uint32_t what;
  };
  struct KeySet {
    std::vector<KeyMark> marks;
    std::size_t left_out = 0;
  };
  struct Column {
    VectorKind kind = VectorKind::none;
    std::vector<std::uint64_t> keys;
    std::vector<std::uint32_t> numbers;
    std::vector<Value> values;
    std::vector<std::shared_ptr<const KeySet>> sets;
  };

  static Column parked(const Vector& from, const Snapshot& snapshot);
  static std::shared_ptr<const KeySet> parked(const LineageSet& from, const Snapshot& snapshot);
  static std::shared_ptr<const LineageSet> taken(const KeySet& from, const Snapshot& now);
  static void take(const Column& from, std::uint32_t first, std::uint32_t end, const Snapshot& now, Vector& out);
  static bool take_rows(const Column& from, std::uint32_t first, std::uint32_t end, const Snapshot& now, Vector& out);
  Batch rows(std::uint32_t first, std::uint32_t end, const Snapshot& now) const;

  std::vector<std::pair<std::uint32_t, Column>> columns_;  // those with values, by slot
  std::uint32_t size_;
};

}  // namespace policygraph::inline v0::detail::query
