#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/model/assertion.hpp"
#include "policygraph/model/mention.hpp"

namespace policygraph::inline v0 {

/// Steps through a list whose items are made when they are looked at: `*it` is a value, not a reference.
template <class List>
class ListIterator {
 public:
  using value_type = typename List::value_type;
  using reference = value_type;
  using pointer = void;
  using difference_type = std::ptrdiff_t;
  using iterator_category = std::input_iterator_tag;
  using iterator_concept = std::random_access_iterator_tag;

  ListIterator() = default;
  ListIterator(const List* list, std::size_t place) noexcept : list_(list), place_(place) {}
  value_type operator*() const { return (*list_)[place_]; }
  value_type operator[](difference_type step) const { return *(*this + step); }

  ListIterator& operator+=(difference_type step) noexcept {
    place_ += static_cast<std::size_t>(step);
    return *this;
  }
  ListIterator& operator-=(difference_type step) noexcept { return *this += -step; }
  ListIterator& operator++() noexcept { return *this += 1; }
  ListIterator& operator--() noexcept { return *this += -1; }
  ListIterator operator++(int) noexcept { return std::exchange(*this, *this + 1); }
  ListIterator operator--(int) noexcept { return std::exchange(*this, *this - 1); }
  friend ListIterator operator+(ListIterator it, difference_type step) noexcept { return it += step; }
  friend ListIterator operator+(difference_type step, ListIterator it) noexcept { return it += step; }
  friend ListIterator operator-(ListIterator it, difference_type step) noexcept { return it -= step; }
  friend difference_type operator-(ListIterator a, ListIterator b) noexcept {
    return static_cast<difference_type>(a.place_) - static_cast<difference_type>(b.place_);
  }
  friend bool operator==(ListIterator a, ListIterator b) noexcept { return a.place_ == b.place_; }
  friend auto operator<=>(ListIterator a, ListIterator b) noexcept { return a.place_ <=> b.place_; }

 private:
  const List* list_ = nullptr;
  std::size_t place_ = 0;
};

/// Records of a snapshot. They are kept packed, some 10 bytes a claim, so each is put together when it is looked at and
/// is a value of its own. A list costs 4 bytes a record and holds the snapshot it is of.
///
///     for (const auto& claim : snapshot.assertions(row, "amount"))
///       std::cout << claim.value.to_string() << " by " << claim.evidence.size() << " passages\n";
template <class Record>
class RecordList {
 public:
  using value_type = Record;
  using iterator = ListIterator<RecordList>;
  using const_iterator = iterator;
  using Read = Record (*)(const void* owner, std::uint32_t id);

  RecordList() = default;
  /// `read` makes the record of an id from what `owner` points to.
  RecordList(std::shared_ptr<const void> owner, Read read, std::vector<std::uint32_t> ids) noexcept
      : owner_(std::move(owner)), read_(read), ids_(std::move(ids)) {}

  std::size_t size() const noexcept { return ids_.size(); }
  bool empty() const noexcept { return ids_.empty(); }
  /// Requires: place < size().
  Record operator[](std::size_t place) const { return read_(owner_.get(), ids_[place]); }
  Record front() const { return (*this)[0]; }
  Record back() const { return (*this)[size() - 1]; }
  /// Iterators live as long as the list.
  iterator begin() const noexcept { return {this, 0}; }
  iterator end() const noexcept { return {this, size()}; }

 private:
  std::shared_ptr<const void> owner_;
  Read read_ = nullptr;
  std::vector<std::uint32_t> ids_;
};

using AssertionList = RecordList<Assertion>;  ///< in order of id
using MentionList = RecordList<Mention>;      ///< in order of key

/// Ids of evidence, in order, where the snapshot keeps them: a view of 4 bytes an id, borrowed from the snapshot.
class EvidenceIds {
 public:
  using value_type = EvidenceId;
  using iterator = ListIterator<EvidenceIds>;
  using const_iterator = iterator;

  EvidenceIds() = default;
  explicit EvidenceIds(std::span<const std::uint32_t> ids) noexcept : ids_(ids) {}

  std::size_t size() const noexcept { return ids_.size(); }
  bool empty() const noexcept { return ids_.empty(); }
  /// Requires: place < size().
  EvidenceId operator[](std::size_t place) const noexcept { return EvidenceId{ids_[place]}; }
  EvidenceId front() const noexcept { return (*this)[0]; }
  EvidenceId back() const noexcept { return (*this)[size() - 1]; }
  /// Requires: count <= size().
  EvidenceIds first(std::size_t count) const noexcept { return EvidenceIds(ids_.first(count)); }
  /// Iterators live as long as this view.
  iterator begin() const noexcept { return {this, 0}; }
  iterator end() const noexcept { return {this, size()}; }

 private:
  std::span<const std::uint32_t> ids_;
};

}  // namespace policygraph::inline v0
