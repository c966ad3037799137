#include "query/run/members.hpp"

#include <bit>
#include <limits>

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kShortList = 8;
constexpr std::size_t kWalks = 3;  // before a look-up is made

bool is_container(const Value& value) { return value.kind() == ValueKind::list || value.kind() == ValueKind::map; }

}  // namespace

std::optional<Truth> Members::holds(const Value& item, const ValueList& list) {
  if (list.size() <= kShortList || list.size() > std::numeric_limits<std::uint32_t>::max() / 4) return std::nullopt;
  if (asked_ < kWalks) return ++asked_, std::nullopt;
  if (places_.empty()) build(list);
  if (item.is_null()) return Truth::unknown;
  if (!may_look_up(item)) return std::nullopt;
  const auto hash = group_hash(item);
  const auto mask = places_.size() - 1;
  for (auto at = hash & mask; places_[at] != 0; at = (at + 1) & mask) {
    const auto number = places_[at] - 1;
    if (hashes_[number] == hash && equal(item, list[number]) == Truth::yes) return Truth::yes;
  }
  return has_null_ ? Truth::unknown : Truth::no;
}

bool Members::may_look_up(const Value& item) const {
  if (is_container(item)) return false;
  return !(item.kind() == ValueKind::decimal && has_float_) && !(item.kind() == ValueKind::floating && has_decimal_);
}

void Members::build(const ValueList& list) {
  const auto size = std::bit_ceil(2 * list.size());
  room_.take(size * sizeof(std::uint32_t) + list.size() * sizeof(std::size_t));
  places_.assign(size, 0);
  hashes_.assign(list.size(), 0);
  for (std::uint32_t i = 0; i < list.size(); ++i) {
    limits_.step();
    const auto& item = list[i];
    has_null_ = has_null_ || item.is_null();
    has_float_ = has_float_ || item.kind() == ValueKind::floating;
    has_decimal_ = has_decimal_ || item.kind() == ValueKind::decimal;
    if (item.is_null() || is_container(item)) continue;  // equal to no plain value
    hashes_[i] = group_hash(item);
    auto at = hashes_[i] & (size - 1);
    while (places_[at] != 0) at = (at + 1) & (size - 1);
    places_[at] = i + 1;
  }
}

}  // namespace policygraph::inline v0::detail::query
