#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// The keys of many rows, in any order. Those of a thousand rows that lie side by side are looked up at once, when some
// of them have been asked for. Borrows the snapshot.
template <class Row>
class KeysOfRows {
 public:
  static constexpr std::uint32_t kMany = 128;  // rows of a block, from which on all its keys are looked up

  explicit KeysOfRows(Execution& execution) : execution_(execution) {}

  std::int64_t of(Row row) {
    const auto number = row.value / kRows;
    if (number >= blocks_.size()) blocks_.resize(number + 1 + number / 2);
    auto& block = blocks_[number];
    if (block.keys == nullptr) {
      if (++block.asked < kMany) return key(row);
      open(number, block);
    }
    return (*block.keys)[row.value % kRows];
  }

 private:
  static constexpr std::uint32_t kRows = 1'024;
  struct Block {
    std::uint32_t asked = 0;
    std::unique_ptr<std::array<std::uint32_t, kRows>> keys;
  };

  std::int64_t key(Row row) const { return static_cast<std::int64_t>(execution_.snapshot.key(row).value); }
  std::uint32_t row_limit() const {
    return std::is_same_v<Row, NodeRow> ? execution_.snapshot.node_row_limit() : execution_.snapshot.edge_row_limit();
  }

  void open(std::uint32_t number, Block& block) {
    execution_.limits.charge(sizeof(*block.keys));
    block.keys = std::make_unique<std::array<std::uint32_t, kRows>>();
    const auto first = number * kRows, end = std::min(row_limit(), first + kRows);
    for (auto row = first; row < end; ++row) (*block.keys)[row - first] = static_cast<std::uint32_t>(key(Row{row}));
  }

  Execution& execution_;
  std::vector<Block> blocks_;
};

}  // namespace policygraph::inline v0::detail::query
