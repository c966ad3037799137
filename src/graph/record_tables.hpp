#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/later_part.hpp"
#include "graph/packed_ids.hpp"
#include "graph/string_table.hpp"
#include "policygraph/model/evidence.hpp"
#include "policygraph/model/mention.hpp"

namespace policygraph::inline v0::detail::graph {

/// Evidence whose extractor's name is somebody else's: to ask and to add without a string made for it. Lives for a
/// call.
struct EvidenceView {
  DocumentId document;
  Span span;
  std::string_view extractor;
  float confidence = 1.0F;
};
inline EvidenceView view_of(const Evidence& evidence) noexcept {
  return {evidence.document, evidence.span, evidence.extractor, evidence.confidence};
}

/// Evidence in columns, in order of id; who found it and how sure is told once for all that agree in it. 4 to 7 bytes
/// each. A table grows and is then sealed; sealed it is safe from any thread.
class EvidenceTable {
 public:
  explicit EvidenceTable(std::shared_ptr<StringTable> strings) : strings_(std::move(strings)) {}

  /// Requires: ids count up. Throws Error(limit) where one is past 32 bits, Error(format) for a span that ends before
  /// it starts.
  void add(EvidenceId id, const EvidenceView& evidence);
  /// Requires: both number the same strings.
  void add(const EvidenceTable& other);
  void seal();

  const std::shared_ptr<StringTable>& strings() const noexcept { return strings_; }
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(ids_.size()); }
  EvidenceId first_id() const noexcept { return EvidenceId{ids_.first()}; }
  /// Its place; PackedIds::kNowhere: it is not here.
  std::size_t find(EvidenceId id) const noexcept { return ids_.find(id.value); }
  // Requires: place < size().
  EvidenceId id(std::size_t place) const noexcept { return EvidenceId{ids_[place]}; }
  DocumentId document(std::size_t place) const noexcept { return DocumentId{document_[place]}; }
  Evidence operator[](std::size_t place) const;
  bool is_at(std::size_t place, const EvidenceView& evidence) const noexcept;
  /// `visit(number)` for the names of extractors, in the order they came.
  template <class Visit>
  void visit_extractors(Visit visit) const {
    for (const auto& finder : finders_) visit(finder.extractor);
  }
  std::size_t memory_bytes() const noexcept;

  // As of claims.
  void write(ImageOut& out) const;
  static std::shared_ptr<const EvidenceTable> read(ImageIn& in, std::shared_ptr<StringTable> strings);
  void need() const {
    if (later_.is_wanted()) [[unlikely]]
      later_.take([this](ImageIn& in) { const_cast<EvidenceTable*>(this)->read_rest(in); });
  }

 private:
  void read_rest(ImageIn& in);
  struct Finder {
    std::uint32_t extractor;
    float confidence;
    friend bool operator==(const Finder&, const Finder&) = default;
  };
  std::uint32_t number_of(const Finder& finder);

  std::shared_ptr<StringTable> strings_;
  PackedIds ids_;
  PackedNumbers document_, start_, length_, finder_;
  std::vector<Finder> finders_;
  std::uint32_t last_finder_ = 0;
  std::vector<std::uint32_t> slots_;  // finders by hash while the table grows: number + 1; 0 is free
  LaterPart later_;
};

class MentionTable;

/// One mention where a table keeps it: a light view, passed by value. Lives as long as the table.
class KeptMention {
 public:
  KeptMention(const MentionTable& table, std::uint32_t place) noexcept : table_(&table), place_(place) {}
  NodeKey key() const noexcept;
  EvidenceId evidence() const noexcept;
  std::string_view type() const noexcept;
  std::string_view surface() const noexcept;
  std::uint32_t part() const noexcept;  ///< of the history: the one that brought it
  // In the graph's table of strings.
  std::uint32_t type_number() const noexcept;
  std::uint32_t surface_number() const noexcept;
  Mention record() const;

 private:
  const MentionTable* table_;
  std::uint32_t place_;
};

/// Mentions in columns, in the order they came, with the number of the commit's part that brought them. 4 to 8 bytes
/// each and their words. A table grows and is then sealed; sealed it is safe from any thread.
class MentionTable {
 public:
  explicit MentionTable(std::shared_ptr<StringTable> strings) : strings_(std::move(strings)) {}

  /// Throws Error(limit) where a key or an id is past 32 bits, Error(format) where there is no key.
  void add(const Mention& mention, std::uint32_t part);
  /// Requires: both number the same strings.
  void add(const MentionTable& other);
  void seal();

  const std::shared_ptr<StringTable>& strings() const noexcept { return strings_; }
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(key_.size()); }
  /// Requires: place < size().
  KeptMention operator[](std::uint32_t place) const noexcept { return {*this, place}; }
  std::size_t memory_bytes() const noexcept;

  // As of claims.
  void write(ImageOut& out) const;
  static std::shared_ptr<const MentionTable> read(ImageIn& in, std::shared_ptr<StringTable> strings);
  void need() const {
    if (later_.is_wanted()) [[unlikely]]
      later_.take([this](ImageIn& in) { const_cast<MentionTable*>(this)->read_rest(in); });
  }

 private:
  friend class KeptMention;
  void read_rest(ImageIn& in);
  std::shared_ptr<StringTable> strings_;
  PackedNumbers key_, type_, surface_, evidence_, part_;
  LaterPart later_;
};

inline NodeKey KeptMention::key() const noexcept { return NodeKey{table_->key_[place_]}; }
inline EvidenceId KeptMention::evidence() const noexcept { return EvidenceId{table_->evidence_[place_]}; }
inline std::uint32_t KeptMention::part() const noexcept { return table_->part_[place_]; }
inline std::uint32_t KeptMention::type_number() const noexcept { return table_->type_[place_]; }
inline std::uint32_t KeptMention::surface_number() const noexcept { return table_->surface_[place_]; }
inline std::string_view KeptMention::type() const noexcept { return (*table_->strings_)[type_number()]; }
inline std::string_view KeptMention::surface() const noexcept { return (*table_->strings_)[surface_number()]; }
inline Mention KeptMention::record() const { return {key(), std::string(type()), std::string(surface()), evidence()}; }

}  // namespace policygraph::inline v0::detail::graph
