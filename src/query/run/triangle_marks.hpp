#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "policygraph/graph/hop.hpp"
#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// Triangles of many nodes, counted by marks: the third nodes of a first one are marked as often as they are one, and
// what its second nodes lead to adds up the marks. Most lists are short and of no length that could be foreseen, so the
// loops here go round as often whatever the length; and a list is on its way from memory a good while before it is
// read.
class TriangleMarks {
 public:
  // The hops of the step: first to second, second to third, first to third. `are_apart`: the first and the last of them
  // may not take the same edge.
  TriangleMarks(Execution& execution, const Step& step, const std::array<Hop, 3>& hops, bool are_apart);

  // Whether it is worth it by now, so many more first nodes having come: to be asked before each batch of them. Never
  // where more is asked of second and third nodes than labels, the nodes of each of which lie one after another.
  bool is_worth_it(std::size_t rows);
  void put_by(NodeRow first, std::uint32_t row);
  bool is_full() const noexcept { return count_ == put_by_.size(); }
  // Of all that were put by: found(row, ways), or walk(first, row) where two of the nodes may be one, or edges are very
  // many.
  template <class Found, class Walk>
  void count(Found found, Walk walk) {
    for (std::size_t at = 0; at < count_;) {
      const auto end = look_ahead(at);
      const auto* others = others_.data();
      for (; at < end; ++at) {
        const auto& put = put_by_[at];
        const auto ways = is_long(put) ? std::nullopt : ways_of(put, others);
        others += is_long(put) ? 0 : put.seconds.size();
        if (!ways)
          walk(put.first, put.row);
        else if (*ways != 0)
          found(put.row, *ways);
      }
    }
    forget();
  }
  // Those that were put by.
  void forget() noexcept { count_ = 0; }

 private:
  using Ends = std::ranges::subrange<const NodeRow*>;
  struct PutBy {
    NodeRow first;
    std::uint32_t row = 0;
    Ends seconds, thirds;
  };
  // Rows that a node may stand in.
  struct Sieve {
    std::uint32_t first = 0, count = std::numeric_limits<std::uint32_t>::max();
    bool has(NodeRow node) const noexcept { return node.value - first < count; }
    void keep(std::uint32_t other_first, std::uint32_t other_count) noexcept;
  };

  static constexpr std::size_t kRows = 256, kManyLists = 1024, kManyNodes = 65'536;
  static bool is_long(const PutBy& put) noexcept { return put.seconds.size() > kManyLists; }
  bool read_labels();
  bool read_label(BoundId predicate);
  // Asks for the lists of some rows from there on, and gives where it stopped.
  std::size_t look_ahead(std::size_t at);
  std::optional<std::int64_t> ways_of(const PutBy& put, const Ends* others);

  Execution& execution_;
  const Step& step_;
  const std::array<Hop, 3>& hops_;
  std::size_t least_;  // seconds without which there is no triangle
  bool is_fork_;       // seconds and thirds are the same nodes
  std::size_t row_count_ = 0;
  std::optional<bool> may_mark_;
  std::vector<std::uint8_t> marks_;  // by node: how often it is a third one; empty until it is worth it
  Sieve is_second_, is_third_;
  std::vector<PutBy> put_by_;
  std::size_t count_ = 0;
  std::vector<Ends> others_;
};

}  // namespace policygraph::inline v0::detail::query
