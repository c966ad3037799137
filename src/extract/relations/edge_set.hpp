#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// Edges by type and ends, each once: open addressing.
class EdgeSet {
 public:
  // False if it is there already.
  bool add(std::string_view type, MentionIndex from, MentionIndex to) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    const Edge edge{number(type), from, to};
    Edge& slot = slots_[place(edge)];
    if (slot == edge) return false;
    slot = edge;
    ++count_;
    return true;
  }

  bool has(std::string_view type, MentionIndex from, MentionIndex to) const noexcept {
    for (std::uint32_t i = 0; i < types_.size(); ++i) {
      if (types_[i] != type) continue;
      const Edge edge{i + 1, from, to};
      return slots_[place(edge)] == edge;
    }
    return false;
  }

 private:
  struct Edge {
    std::uint32_t type = 0;  // its place in types_ and one; 0: free
    MentionIndex from = 0, to = 0;
    bool operator==(const Edge&) const = default;
  };

  // Types are few.
  std::uint32_t number(std::string_view type) {
    for (std::uint32_t i = 0; i < types_.size(); ++i) {
      if (types_[i] == type) return i + 1;
    }
    types_.emplace_back(type);
    return static_cast<std::uint32_t>(types_.size());
  }

  // Where the edge is, or the free slot that it would take.
  std::size_t place(const Edge& edge) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    const std::uint64_t mixed =
        ((std::uint64_t{edge.from} << 32U | edge.to) + edge.type * 0x9E3779B97F4A7C15U) * 0xC2B2AE3D27D4EB4FU;
    std::size_t at = (mixed >> 32U) & mask;
    while (slots_[at].type != 0 && slots_[at] != edge) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Edge> old(slots_.empty() ? 64 : slots_.size() * 2);
    old.swap(slots_);
    for (const Edge& edge : old) {
      if (edge.type != 0) slots_[place(edge)] = edge;
    }
  }

  std::vector<Edge> slots_;
  std::vector<std::string> types_;
  std::size_t count_ = 0;
};

}  // namespace policygraph::inline v0::detail::extract
