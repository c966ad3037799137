#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// Byte offsets of a derived text ("target": normalised, stripped of markup) beside those of what it was made from
/// ("source"), both ways, as a sorted list of stretches. Built left to right; lookups are O(log stretches). Maps compose.
/// Neighbouring replacements of the same two sizes share a stretch (a word of windows-1251: one byte for two each), so a
/// stretch costs 20 bytes and stands for a run. Offsets are below 4 GiB.
class POLICYGRAPH_EXPORT OffsetMap {
 public:
  OffsetMap() = default;  ///< empty: maps 0 to 0
  static OffsetMap identity(std::size_t size);

  /// The next `size` bytes of target are the same as `size` bytes at `source`. Source left out between two calls is dropped.
  /// A call whose source overlaps the one before joins it: both then stand for the whole.
  void copy(std::size_t source, std::size_t size);
  /// The next `target_size` bytes of target stand for `source_size` bytes at `source` as a whole (an entity, a composed letter,
  /// a run of blanks). Either size may be 0 (inserted or dropped).
  void replace(std::size_t source, std::size_t source_size, std::size_t target_size);

  std::size_t target_size() const noexcept { return target_size_; }
  std::size_t source_size() const noexcept { return source_size_; }

  /// The source bytes that a target span rests on. A span that touches a replaced stretch takes all of its source.
  Span to_source(Span target) const noexcept;
  /// The target span that holds a source span (what was dropped maps to an empty span).
  Span to_target(Span source) const noexcept;

  /// first: A -> B, second: B -> C; gives A -> C (source A, target C). One that changes nothing costs nothing when both are moved in.
  static OffsetMap compose(OffsetMap first, OffsetMap second);
  std::size_t stretches() const noexcept { return stretches_.size(); }

 private:
  /// `units` pieces in a row, each of `unit_target` bytes that stand for `unit_source` bytes; 1 and 1 is a plain copy.
  struct Stretch {
    std::uint32_t target, source, units, unit_target, unit_source;
    std::uint32_t target_end() const noexcept { return target + units * unit_target; }
    std::uint32_t source_end() const noexcept { return source + units * unit_source; }
  };
  bool is_identity() const noexcept;
  void append(std::size_t source, std::size_t units, std::size_t unit_target, std::size_t unit_source);
  void absorb(std::size_t source, std::size_t units, std::size_t unit_target, std::size_t unit_source);
  void compose_copy(const OffsetMap& first, const Stretch& copied, std::size_t& cursor);

  std::vector<Stretch> stretches_;
  std::size_t target_size_ = 0;
  std::size_t source_size_ = 0;
};

}  // namespace policygraph::inline v0
