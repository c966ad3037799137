#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "policygraph/graph/column.hpp"
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
  whole,    // whole numbers, none of them null
  truth,    // rows: 1 for true, 0 for false, kNoRow for null
  value,    // anything
  property,           // what the snapshot's column `source` has at rows, kNoRow for null; only where the query does not write
  node_id, edge_id,   // id() of rows, likewise
  lineage,
};

// The bytes of a long text, 0 for all else.
std::size_t text_bytes(const Value& value);

// The values of one slot for the rows of a batch.
struct Vector {
  VectorKind kind = VectorKind::none;
  const policygraph::Column* source = nullptr;
  std::vector<std::uint32_t> rows;
  std::vector<std::int64_t> wholes;
  std::vector<Value> values;
  std::vector<std::shared_ptr<const LineageSet>> lineages;

  // One of no kind holds nothing.
  void clear(VectorKind of_kind) {
    if (kind != VectorKind::none) drop();
    kind = of_kind;
  }
  void swap(Vector& other) noexcept;
  Value at(std::uint32_t row, const Snapshot& snapshot) const;
  bool is_null(std::uint32_t row) const;
  // Appends the value that `from` has at `row`; kinds that differ become plain values.
  void append(const Vector& from, std::uint32_t row, std::uint32_t size_before, const Snapshot& snapshot);
  // Those at several rows.
  void append_some(const Vector& from, std::span<const std::uint32_t> some, std::uint32_t size_before, const Snapshot& snapshot);
  // All of them.
  void append_all(const Vector& from, std::uint32_t from_size, std::uint32_t size_before, const Snapshot& snapshot);
  void append_null(std::uint32_t size_before);
  // The values of `from` at those rows, null for kNoRow; nothing else.
  void take_some(const Vector& from, std::span<const std::uint32_t> some);
  // The one value of `from`, so many times.
  void repeat(const Vector& from, std::uint32_t size);
  void to_values(std::uint32_t size, const Snapshot& snapshot);
  std::size_t memory_bytes(Limits* limits = nullptr) const;

 private:
  void drop() noexcept {
    source = nullptr;
    rows.clear();
    wholes.clear();
    values.clear();
    lineages.clear();
  }
  bool is_like(const Vector& from) const noexcept { return kind == from.kind && source == from.source; }
  // Whole numbers become values.
  void free_wholes();
  // Ready to take values of `from`.
  void widen(const Vector& from, std::uint32_t size_before, const Snapshot& snapshot);
};

// The vectors of a batch by slot. One exists once something is written into it; a batch may share it with others, and who then writes
// into it gets its own. For one thread.
class BatchColumns {
 public:
  std::size_t size() const noexcept { return cells_.size(); }
  // One of no values where nothing was written.
  const Vector& operator[](std::size_t slot) const noexcept {
    return slot < cells_.size() && cells_[slot] ? cells_[slot].vector() : nothing_;
  }
  // To be changed.
  Vector& edit(std::size_t slot);
  // To be filled anew: nothing that was in it is kept.
  Vector& fresh(std::size_t slot, VectorKind kind);
  // What `from` has there; whoever writes into either first has its own from then on.
  void share(std::size_t slot, const BatchColumns& from, std::size_t slot_from);
  void forget(std::size_t slot);
  void forget_all();
  bool is_shared(std::size_t slot) const noexcept { return cells_[slot].is_shared(); }
  // Of the list itself and of the vectors that are not shared, without what those hold.
  // Room for so many, and a few more.
  void reserve(std::size_t slots) {
    if (slots > cells_.capacity()) cells_.reserve(slots + slots / 8 + 4);
  }
  std::size_t list_bytes() const noexcept { return cells_.capacity() * sizeof(Cell); }
  static constexpr std::size_t own_bytes() { return sizeof(Held) + 32; }

 private:
  struct Held {
    Vector vector;
    std::uint32_t holders = 1;
  };
  class Cell {
   public:
    Cell() noexcept = default;
    Cell(const Cell& from) noexcept : held_(from.held_) {
      if (held_ != nullptr) ++held_->holders;
    }
    Cell(Cell&& from) noexcept : held_(std::exchange(from.held_, nullptr)) {}
    Cell& operator=(Cell from) noexcept {
      std::swap(held_, from.held_);
      return *this;
    }
    ~Cell() {
      if (held_ != nullptr && --held_->holders == 0) delete held_;
    }
    void make(Vector vector) { *this = Cell(new Held{std::move(vector)}); }
    explicit operator bool() const noexcept { return held_ != nullptr; }
    bool is_shared() const noexcept { return held_ != nullptr && held_->holders > 1; }
    Vector& vector() const noexcept { return held_->vector; }

   private:
    explicit Cell(Held* held) noexcept : held_(held) {}
    Held* held_ = nullptr;
  };
  Cell& cell(std::size_t slot) {
    if (slot >= cells_.size()) cells_.resize(slot + 1);
    return cells_[slot];
  }

  static const Vector nothing_;
  std::vector<Cell> cells_;
};

// Rows of a query: a vector for each slot. Rows that a step drops are dropped at once, through a selection of row numbers.
struct Batch {
  BatchColumns columns;
  std::uint32_t size = 0;

  void clear();
  // Keeps the rows named, in that order.
  void keep(std::span<const std::uint32_t> selection);
  // The rows of `from` named (each as often as it is named) become this batch, which shares its columns where they stay as they are.
  // Each row has its own copies of texts: where a few rows become many, the limits are asked for those bytes. They are asked for the
  // columns too, as long as the batch lives.
  void gather(const Batch& from, std::span<const std::uint32_t> selection, Limits* limits = nullptr);
  // All of `from`, shared.
  void take(const Batch& from, Limits& limits);
  // What it holds is charged for otherwise.
  void release() noexcept { held_.release(); }
  // The bytes of long texts in a row.
  std::size_t text_bytes(std::uint32_t row) const;
  void append(const Batch& from, std::uint32_t row, const Snapshot& snapshot);
  void append_all(const Batch& from, const Snapshot& snapshot);
  std::size_t memory_bytes(Limits* limits = nullptr) const;

 private:
  HeldBytes held_;
};

// Whether sharing so many columns of so many rows costs less than copying them.
inline bool is_worth_sharing(std::size_t rows, std::size_t columns) {
  constexpr std::size_t kManyRows = 64, kManyColumns = 32;
  return rows >= kManyRows || columns >= kManyColumns;
}

}  // namespace policygraph::inline v0::detail::query
