#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

#include "policygraph/model/value.hpp"
#include "query/limits.hpp"

namespace policygraph::inline v0::detail::query {

// Lists and maps may be long: what compares them looks at the limits, where it is given them.

// Three-valued logic: a comparison with null is unknown.
enum class Truth : std::uint8_t { no, yes, unknown };
inline Truth truth_of(bool value) noexcept { return value ? Truth::yes : Truth::no; }
inline Truth not_of(Truth t) noexcept { return t == Truth::unknown ? t : truth_of(t == Truth::no); }
inline Value value_of(Truth t) { return t == Truth::unknown ? Value() : Value(t == Truth::yes); }

// Cypher's =. Numbers compare by value; lists and maps item by item. Throws ValueTrouble for a decimal beside a float.
Truth equal(const Value& a, const Value& b, Limits* limits = nullptr);
// Cypher's <; unknown for values that do not compare. Partial dates: true when certainly before, false when certainly not.
Truth less(const Value& a, const Value& b, Limits* limits = nullptr);
Truth less_or_equal(const Value& a, const Value& b, Limits* limits = nullptr);
// The order of ORDER BY, min and max, over all values: maps, nodes, relationships, lists, paths, times, strings, booleans, numbers,
// NaN, null.
std::weak_ordering order(const Value& a, const Value& b, Limits* limits = nullptr);
// Sameness for grouping and DISTINCT: null is null, NaN is NaN, 1 is 1.0. Agrees with group_hash.
bool same_group(const Value& a, const Value& b, Limits* limits = nullptr);
std::size_t group_hash(const Value& value, Limits* limits = nullptr);

}  // namespace policygraph::inline v0::detail::query
