#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "policygraph/export.hpp"
#include "policygraph/graph/snapshot.hpp"

/// What the ranges of a walk can do beside the standard's adaptors: `where`, `first`, `count`, `is_empty`, and `labelled`
/// for nodes (graph/walk.hpp is the manual).
namespace policygraph::inline v0 {

template <class Range, class Keep>
class Filtered;

namespace detail::graph {
/// The number of a name; empty where the graph has none. Throws Error(schema) with "did you mean" for a name that the
/// strict schema does not know.
POLICYGRAPH_EXPORT std::optional<Label> known_label(const Snapshot& snapshot, std::string_view name);
POLICYGRAPH_EXPORT std::optional<EdgeType> known_type(const Snapshot& snapshot, std::string_view name);
POLICYGRAPH_EXPORT std::optional<Property> known_property(const Snapshot& snapshot, std::string_view name);
}  // namespace detail::graph

/// What every iterator of a walk is: it makes its items, so for algorithms of old it only reads.
template <class Iterator, class Item>
struct WalkIterator {
  using iterator_concept = std::forward_iterator_tag;
  using iterator_category = std::input_iterator_tag;
  using value_type = Item;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = Item;
  friend Iterator operator++(Iterator& at, int) {
    auto old = at;
    ++at;
    return old;
  }
};

/// What every range of a walk can do.
template <class Range>
class WalkRange : public std::ranges::view_base {
 public:
  /// Those that `keep` takes: act.out("AUTHORISES").where([](auto sum) { return sum.text("currency") == "EUR"; }).
  template <class Keep>
  auto where(Keep keep) const {
    return Filtered<Range, Keep>(self(), std::move(keep));
  }
  /// Nodes with the label or one below it; looked up once.
  auto labelled(std::string_view label) const {
    return where([label = detail::graph::known_label(self().snapshot(), label)](const auto& node) {
      return label && node.snapshot().has_label(node.row(), *label);
    });
  }
  /// The first one; empty when there is none.
  auto first() const {
    auto at = self().begin();
    using Item = std::remove_cvref_t<decltype(*at)>;
    return at == self().end() ? std::optional<Item>() : std::optional<Item>(*at);
  }
  std::size_t count() const {
    std::size_t count = 0;
    for (auto at = self().begin(); at != self().end(); ++at) ++count;
    return count;
  }
  bool is_empty() const { return self().begin() == self().end(); }

 private:
  const Range& self() const noexcept { return static_cast<const Range&>(*this); }
};

/// Items of a range that a predicate takes.
template <class Range, class Keep>
class Filtered : public WalkRange<Filtered<Range, Keep>> {
  // A lambda cannot be assigned, and a view must be.
  struct Held {
    explicit Held(Keep given) : keep(std::move(given)) {}
    Held(const Held&) = default;
    Held(Held&&) = default;
    Held& operator=(const Held& other) {
      if (this != &other) keep.emplace(*other.keep);
      return *this;
    }
    std::optional<Keep> keep;
  };
  using Base = decltype(std::declval<const Range&>().begin());
  using Item = std::remove_cvref_t<decltype(*std::declval<const Base&>())>;

 public:
  class Iterator : public WalkIterator<Iterator, Item> {
   public:
    Iterator() = default;
    Iterator(Base at, const Keep* keep) : at_(std::move(at)), keep_(keep) { skip(); }
    Item operator*() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      skip();
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend bool operator==(const Iterator& a, std::default_sentinel_t end) { return a.at_ == end; }

   private:
    void skip() {
      while (at_ != std::default_sentinel && !std::invoke(*keep_, *at_)) ++at_;
    }
    Base at_{};
    const Keep* keep_ = nullptr;
  };

  Filtered(Range range, Keep keep) : range_(std::move(range)), held_(std::move(keep)) {}
  Iterator begin() const { return {range_.begin(), &*held_.keep}; }
  std::default_sentinel_t end() const noexcept { return {}; }
  const Snapshot& snapshot() const noexcept { return range_.snapshot(); }

 private:
  Range range_;
  Held held_;
};

}  // namespace policygraph::inline v0
