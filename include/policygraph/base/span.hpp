#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace policygraph::inline v0 {

/// A half-open range of bytes [start, end) in the normalised UTF-8 text of a document or of a query. Documents are at most
/// 256 MiB, so 32 bits are enough. Code points, lines and source offsets are conversions made at the edge, by `text`.
///
/// Requires: start <= end.
struct Span {
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const noexcept { return end - start; }
  constexpr bool empty() const noexcept { return start == end; }
  constexpr bool contains(std::uint32_t offset) const noexcept { return start <= offset && offset < end; }
  constexpr bool contains(Span other) const noexcept { return start <= other.start && other.end <= end; }
  constexpr bool overlaps(Span other) const noexcept { return start < other.end && other.start < end; }

  /// Ordered by start, then by end.
  friend constexpr auto operator<=>(Span, Span) = default;
};

/// The smallest span that covers both.
constexpr Span cover(Span a, Span b) noexcept { return {std::min(a.start, b.start), std::max(a.end, b.end)}; }

}  // namespace policygraph::inline v0
