#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/later_part.hpp"
#include "graph/packed_ids.hpp"
#include "graph/string_table.hpp"
#include "policygraph/model/assertion.hpp"

namespace policygraph::inline v0::detail::graph {

class ClaimTable;

/// The ids of evidence of one claim: mostly one.
class ClaimEvidence {
 public:
  class Iterator {
   public:
    explicit Iterator(const std::uint32_t* at) noexcept : at_(at) {}
    EvidenceId operator*() const noexcept { return EvidenceId{*at_}; }
    Iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    friend bool operator==(Iterator a, Iterator b) noexcept { return a.at_ == b.at_; }

   private:
    const std::uint32_t* at_;
  };

  explicit ClaimEvidence(std::uint32_t one) noexcept : one_(one) {}
  explicit ClaimEvidence(std::span<const std::uint32_t> several) noexcept : several_(several), is_one_(false) {}
  std::size_t size() const noexcept { return ids().size(); }
  Iterator begin() const noexcept { return Iterator(ids().data()); }
  Iterator end() const noexcept { return Iterator(ids().data() + ids().size()); }

 private:
  std::span<const std::uint32_t> ids() const noexcept { return is_one_ ? std::span(&one_, 1) : several_; }

  std::uint32_t one_ = 0;
  std::span<const std::uint32_t> several_;
  bool is_one_ = true;
};

/// How a value is kept: in the number beside the claim, or at the place it gives.
enum class ValueForm : std::uint8_t {
  null,
  boolean,
  small_integer,
  integer,
  small_decimal,
  decimal,
  floating,
  string,
  plain_date,
  other
};

/// What many claims share.
struct ClaimShape {
  std::uint32_t name = 0;
  float confidence = 1.0F;
  ClaimKind kind = ClaimKind::node;
  Modality modality = Modality::unknown;
  Rank rank = Rank::normal;
  Review review = Review::proposed;
  ValueForm form = ValueForm::null;
  std::uint8_t scale = 0;  // of a small decimal
  bool has_subject = false, has_object = false, has_edge = false;
  bool has_list = false;  // of evidence: none, or several
  bool has_details = false;
  friend bool operator==(const ClaimShape&, const ClaimShape&) = default;
};

/// Shapes by number; they stay where they are. Every look at a claim asks for its shape, so blocks are of a power of
/// two.
class ClaimShapes {
 public:
  const ClaimShape& operator[](std::size_t number) const noexcept {
    return (*blocks_[number / kBlock])[number % kBlock];
  }
  std::size_t size() const noexcept { return size_; }
  void push_back(const ClaimShape& shape) {
    if (size_ % kBlock == 0) blocks_.push_back(std::make_unique<Block>());
    (*blocks_.back())[size_ % kBlock] = shape;
    ++size_;
  }

 private:
  static constexpr std::size_t kBlock = 32;
  using Block = std::array<ClaimShape, kBlock>;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::size_t size_ = 0;
};

/// One claim where a table keeps it: a light view, passed by value, that reads fields one by one. Lives as long as the
/// table, whether or not the table grows.
class Claim {
 public:
  Claim(const ClaimTable& table, std::uint32_t place) noexcept;
  /// Requires: that is its shape.
  Claim(const ClaimTable& table, std::uint32_t place, const ClaimShape& shape) noexcept
      : table_(&table), shape_(&shape), place_(place) {}

  AssertionId id() const noexcept;
  ClaimKind kind() const noexcept { return shape_->kind; }
  NodeKey subject() const noexcept;
  NodeKey object() const noexcept;
  EdgeKey edge() const noexcept;
  std::string_view name() const noexcept;
  std::uint32_t name_number() const noexcept { return shape_->name; }  ///< in the graph's table of strings
  Value value() const;
  ValueKind value_kind() const noexcept;
  /// Requires: value_kind() is string.
  std::string_view text() const noexcept;
  Modality modality() const noexcept { return shape_->modality; }
  Rank rank() const noexcept { return shape_->rank; }
  Review review() const noexcept { return shape_->review; }
  PartialDate valid_from() const noexcept;
  PartialDate valid_to() const noexcept;
  ClaimEvidence evidence() const noexcept;
  Assertion record() const;

  /// How it is kept. It stays where it is as long as the table lives.
  const ClaimShape& shape() const noexcept { return *shape_; }
  /// That of the value: of a string, its number in the graph's table; else as the shape's form says.
  std::uint32_t value_number() const noexcept;
  /// Requires: the shape has no list.
  EvidenceId only_evidence() const noexcept;

  bool is_rejection() const noexcept { return review() == Review::rejected; }
  /// Of a node or one of its properties, not of an edge.
  bool is_of_node() const noexcept { return kind() == ClaimKind::node || kind() == ClaimKind::property; }
  /// That a node or an edge exists, not what it is like.
  bool is_existence() const noexcept { return kind() == ClaimKind::node || kind() == ClaimKind::edge; }
  bool has_value(const Value& other) const;
  bool has_value_of(Claim other) const;

 private:
  const ClaimTable* table_;
  const ClaimShape* shape_;
  std::uint32_t place_;
};

/// Claims in columns, in order of id: what many claims share (kind, name, rank, review, modality, confidence, the form
/// of the value) is a shape that is told once; ids and keys are packed in blocks, strings are numbers into the graph's
/// table; what few claims have (validity, a speaker) stands beside. 7 to 10 bytes a claim of a real graph, where a
/// record takes 250. A table grows and is then sealed; sealed it is safe from any thread.
class ClaimTable {
 public:
  explicit ClaimTable(std::shared_ptr<StringTable> strings) : strings_(std::move(strings)) {}

  /// Requires: ids count up. Throws Error(limit) where an id or a key is past 32 bits, and adds nothing.
  void add(const Assertion& claim);
  /// Adds all claims of another table, whose ids come after. Requires: both number the same strings.
  void add(const ClaimTable& other);
  void seal();

  const std::shared_ptr<StringTable>& strings() const noexcept { return strings_; }
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(ids_.size()); }
  /// Requires: place < size().
  Claim operator[](std::uint32_t place) const noexcept { return {*this, place}; }
  /// `visit(claim)` for all in order; their shapes are unpacked many at a time.
  template <class Visit>
  void visit(Visit visit) const {
    constexpr std::uint32_t kLot = 1024;
    std::array<std::uint32_t, kLot> shapes;
    for (std::uint32_t first = 0; first < size(); first += kLot) {
      const auto count = std::min(kLot, size() - first);
      shape_.read(first, count, shapes.data());
      for (std::uint32_t i = 0; i < count; ++i) visit(Claim(*this, first + i, shapes_[shapes[i]]));
    }
  }
  /// Whether one of them says when it holds, or who says so.
  bool has_details() const noexcept { return !details_.empty(); }
  std::optional<Claim> find(AssertionId id) const noexcept;
  AssertionId first_id() const noexcept { return AssertionId{ids_.first()}; }
  const ClaimShapes& shapes() const noexcept { return shapes_; }  ///< in the order they came
  std::size_t memory_bytes() const noexcept;

  /// Requires: sealed. What lies in an image is read when the table is first `need`ed, which comes before all but its
  /// size and its first id.
  void write(ImageOut& out) const;
  static std::shared_ptr<const ClaimTable> read(ImageIn& in, std::shared_ptr<StringTable> strings);
  void need() const {
    if (later_.is_wanted()) [[unlikely]]
      later_.take([this](ImageIn& in) { const_cast<ClaimTable*>(this)->read_rest(in); });
  }

 private:
  friend class Claim;

  struct Details {
    std::uint32_t place;
    PartialDate valid_from, valid_to;
    NodeKey attributed_to;
    CommitId recorded_to;
  };
  // In one word, as it is handed from one to the other for each claim: members written apart and read together wait for
  // every write before them.
  class Coded {
   public:
    Coded() = default;
    Coded(ValueForm form, std::uint32_t number, std::uint8_t scale = 0) noexcept
        : bits_(number | std::uint64_t{static_cast<std::uint8_t>(form)} << 32U | std::uint64_t{scale} << 40U) {}
    ValueForm form() const noexcept { return static_cast<ValueForm>(bits_ >> 32U & 0xFFU); }
    std::uint32_t number() const noexcept { return static_cast<std::uint32_t>(bits_); }
    std::uint8_t scale() const noexcept { return static_cast<std::uint8_t>(bits_ >> 40U); }

   private:
    std::uint64_t bits_ = 0;
  };

  /// Requires: its shape has details.
  const Details& details(std::uint32_t place) const noexcept;
  Coded coded(const Value& value);
  Value decoded(const ClaimShape& shape, std::uint32_t number) const;
  std::uint32_t number_of(const ClaimShape& shape);
  std::uint32_t look_up(const ClaimShape& shape);
  static std::size_t hash(const ClaimShape& shape) noexcept;
  void write_odd(ImageOut& out) const;
  void read_rest(ImageIn& in);
  void grow_slots();
  std::uint32_t evidence_of(const Assertion& claim);
  ClaimShape shape_of(const Assertion& claim, const Coded& value);
  void add_as_kept(const ClaimTable& other, std::uint32_t place);
  std::uint32_t value_of(const ClaimTable& other, ValueForm form, std::uint32_t number);
  std::uint32_t list_of(const ClaimTable& other, std::uint32_t place);

  std::shared_ptr<StringTable> strings_;
  ClaimShapes shapes_;
  std::array<std::uint32_t, 16> recent_{};  // shapes told last, by name and form
  std::vector<std::uint32_t> slots_;        // shapes by hash while the table grows: number + 1; 0 is free
  PackedIds ids_;
  PackedNumbers shape_;
  // Of a claim without the field the number before is said again, which costs nothing in its block.
  PackedNumbers subject_, object_, edge_, value_;
  PackedNumbers evidence_;  // or a place in lists_
  PackedNumbers commit_;
  struct Last {
    std::uint32_t subject = 0, object = 0, edge = 0, value = 0;
  } last_;

  std::vector<std::uint32_t> lists_;  // a count, and ids
  std::vector<std::int64_t> integers_;
  std::vector<Decimal> decimals_;
  std::vector<double> floats_;
  std::vector<Value> others_;
  std::vector<Details> details_;  // in order of place
  LaterPart later_;
};

inline Claim::Claim(const ClaimTable& table, std::uint32_t place) noexcept
    : table_(&table), shape_(&table.shapes_[table.shape_[place]]), place_(place) {}
inline AssertionId Claim::id() const noexcept { return AssertionId{table_->ids_[place_]}; }
inline NodeKey Claim::subject() const noexcept {
  return shape_->has_subject ? NodeKey{table_->subject_[place_]} : NodeKey();
}
inline NodeKey Claim::object() const noexcept {
  return shape_->has_object ? NodeKey{table_->object_[place_]} : NodeKey();
}
inline EdgeKey Claim::edge() const noexcept { return shape_->has_edge ? EdgeKey{table_->edge_[place_]} : EdgeKey(); }
inline std::uint32_t Claim::value_number() const noexcept { return table_->value_[place_]; }
inline EvidenceId Claim::only_evidence() const noexcept { return EvidenceId{table_->evidence_[place_]}; }
inline std::string_view Claim::name() const noexcept { return (*table_->strings_)[shape_->name]; }
inline std::string_view Claim::text() const noexcept { return (*table_->strings_)[table_->value_[place_]]; }

}  // namespace policygraph::inline v0::detail::graph
