#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/value.hpp"
#include "query/bind/bound.hpp"
#include "query/limits.hpp"

namespace policygraph::inline v0::detail::query {

// Of texts that are copied into one batch, where the rows of a batch may be fewer.
inline constexpr std::size_t kTextBytesAtOnce = std::size_t{16} << 20U;

inline constexpr std::uint32_t kNoRow = ~std::uint32_t{0};

// One thing a row rests on: that a node or an edge is there, the value of one of its properties (numbered by the query), what a
// procedure names: evidence by its id, or a passage by its number in this run.
struct Mark {
  enum class Kind : std::uint32_t { node, edge, node_property, edge_property, evidence, passage };
  std::uint32_t row = 0;
  std::uint32_t what = 0;  // kind in the three low bits, property above
  Mark() = default;
  Mark(Kind kind, std::uint32_t of_row, std::uint32_t property = 0) : row(of_row), what(static_cast<std::uint32_t>(kind) | property << 3) {}
  Kind kind() const noexcept { return static_cast<Kind>(what & 7U); }
  std::uint32_t property() const noexcept { return what >> 3; }
  friend bool operator==(const Mark&, const Mark&) = default;
  friend auto operator<=>(const Mark&, const Mark&) = default;
};

// What an aggregated row rests on: the first kMaxMarks, and how often something beyond them came up.
struct LineageSet {
  std::vector<Mark> marks;  // sorted, without duplicates
  std::size_t left_out = 0;
};
inline constexpr std::size_t kMaxMarks = 1'000;

enum class VectorKind : std::uint8_t {
  none,     // no value: every row is null
  node, edge,  // rows of the snapshot, kNoRow for null
  number,   // plain numbers of the engine's own (which outer row)
  value,    // anything
  lineage,
};

// The bytes of a long text, 0 for all else.
std::size_t text_bytes(const Value& value);

// The values of one slot for the rows of a batch.
struct Vector {
  VectorKind kind = VectorKind::none;
  std::vector<std::uint32_t> rows;
  std::vector<Value> values;
  std::vector<std::shared_ptr<const LineageSet>> lineages;

  void clear(VectorKind of_kind);
  Value at(std::uint32_t row, const Snapshot& snapshot) const;
  bool is_null(std::uint32_t row) const;
  // Appends the value that `from` has at `row`; kinds that differ become plain values.
  void append(const Vector& from, std::uint32_t row, std::uint32_t size_before, const Snapshot& snapshot);
  void append_null(std::uint32_t size_before);
  // The one value of `from`, so many times.
  void repeat(const Vector& from, std::uint32_t size);
  void to_values(std::uint32_t size, const Snapshot& snapshot);
  std::size_t memory_bytes(Limits* limits = nullptr) const;
};

// Rows of a query: a vector for each slot. Rows that a step drops are dropped at once, through a selection of row numbers.
struct Batch {
  std::vector<Vector> columns;
  std::uint32_t size = 0;

  explicit Batch(std::size_t slots = 0) : columns(slots) {}
  void clear();
  // Keeps the rows named, in that order.
  void keep(std::span<const std::uint32_t> selection);
  // The rows of `from` named (each as often as it is named) become this batch. Each has its own copies of texts: where a few rows
  // become many, the limits are asked for those bytes.
  void gather(const Batch& from, std::span<const std::uint32_t> selection, Limits* limits = nullptr);
  // The bytes of long texts in a row.
  std::size_t text_bytes(std::uint32_t row) const;
  void append(const Batch& from, std::uint32_t row, const Snapshot& snapshot);
  std::size_t memory_bytes(Limits* limits = nullptr) const;
};

}  // namespace policygraph::inline v0::detail::query
