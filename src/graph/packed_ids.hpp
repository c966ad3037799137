#pragma once

#include <cstddef>
#include <cstdint>

#include "graph/packed_numbers.hpp"

namespace policygraph::inline v0::detail::graph {

/// Keys and ids are kept in 32 bits inside a graph; more is a checked error.
inline constexpr std::uint64_t kMostKeys = 0xFFFFFFF0U;

[[noreturn]] void refuse_key(std::uint64_t number, const char* what);

/// The number in 32 bits. Throws Error(limit) past kMostKeys.
inline std::uint32_t narrow(std::uint64_t number, const char* what) {
  if (number > kMostKeys) refuse_key(number, what);
  return static_cast<std::uint32_t>(number);
}

/// Ids that count up, mostly without gaps: kept is how many are missing before each, which costs nothing while none is.
class PackedIds {
 public:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  std::uint32_t operator[](std::size_t place) const noexcept {
    return first_ + static_cast<std::uint32_t>(place) + (has_gaps_ ? missing_[place] : 0);
  }
  std::size_t size() const noexcept { return missing_.size(); }
  /// 0: there is none.
  std::uint32_t first() const noexcept { return first_; }

  /// Requires: greater than the last.
  void push_back(std::uint32_t id) {
    if (size() == 0) first_ = id;
    const auto missing = id - first_ - static_cast<std::uint32_t>(size());
    has_gaps_ = has_gaps_ || missing != 0;
    missing_.push_back(missing);
  }
  /// kNowhere: it is not among them. O(1) without gaps, else O(log n).
  std::size_t find(std::uint64_t id) const noexcept {
    auto high = size();
    if (!has_gaps_) return id - first_ < high ? id - first_ : kNowhere;  // one before the first is huge
    if (id < first_) return kNowhere;
    std::size_t low = 0;
    if (id - first_ < high) {
      if ((*this)[id - first_] == id) return id - first_;
      high = id - first_;  // gaps only move it to the front
    }
    while (low < high) {
      const auto middle = low + (high - low) / 2;
      if ((*this)[middle] < id)
        low = middle + 1;
      else
        high = middle;
    }
    return low < size() && (*this)[low] == id ? low : kNowhere;
  }
  void seal() { missing_.seal(); }
  std::size_t memory_bytes() const noexcept { return missing_.memory_bytes(); }
  void write(ImageOut& out) const {
    out.number(first_);
    out.number(static_cast<std::uint8_t>(has_gaps_));
    missing_.write(out);
  }
  void read(ImageIn& in) {
    first_ = in.small();
    has_gaps_ = in.flag();
    missing_.read(in);
  }
  void need(const Image& image) const { missing_.need(image); }

 private:
  std::uint32_t first_ = 0;
  bool has_gaps_ = false;
  PackedNumbers missing_;
};

}  // namespace policygraph::inline v0::detail::graph
