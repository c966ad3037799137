#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/value.hpp"

namespace policygraph::testing {

struct KitEntry;

// A value in the kit's notation: 1, 1.0, NaN, 'a', [1], {a: 1}, (:L {a: 1}), [:T {a: 1}], <(:A)-[:T]->(:B)>.
struct KitValue {
  enum class Kind { literal, list, map, node, edge, path };
  Kind kind = Kind::literal;
  Value literal;
  std::vector<std::string> names;                          // labels, or the type
  std::vector<KitValue> items;                             // of a list; of a path: node, edge, node, ...
  std::vector<KitEntry> entries;                           // of a map; properties
  std::vector<bool> is_forward;                            // of a path's edges
};

struct KitEntry {
  std::string key;
  KitValue value;
};

// Throws std::runtime_error for text that is no value.
KitValue read_kit_value(std::string_view text);
// Throws std::runtime_error for nodes, relationships and paths, which a parameter cannot be.
Value to_value(const KitValue& value);

// Text that is the same for equal values and for no others; with is_bag the order of lists does not count. Integers and floats
// differ; a temporal value reads as the string the kit writes for it.
std::string canonical(const KitValue& value, bool is_bag);
std::string canonical(const Value& value, const Snapshot& snapshot, bool is_bag);

}  // namespace policygraph::testing
