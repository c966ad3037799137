#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "query/run/compare.hpp"

namespace policygraph::inline v0::detail::query {

// Whether a value is in a list that stays the same: looked up by its hash, once the list was walked a few times and a look-up is worth
// its making.
class Members {
 public:
  explicit Members(Limits& limits) : limits_(limits), room_(limits) {}

  // Cypher's IN for a list that is always the same one. Nothing where the list itself has to be asked: while it is short or was seldom
  // asked for, and for lists, maps, and decimals beside floats, which may fail or be unknown item by item.
  std::optional<Truth> holds(const Value& item, const ValueList& list);

 private:
  void build(const ValueList& list);
  bool may_look_up(const Value& item) const;

  Limits& limits_;
  Room room_;
  std::size_t asked_ = 0;
  bool has_null_ = false, has_float_ = false, has_decimal_ = false;
  std::vector<std::size_t> hashes_;     // of the items
  std::vector<std::uint32_t> places_;   // open addressing: an item's number and one, 0 where there is none
};

}  // namespace policygraph::inline v0::detail::query
