#pragma once

#include <string>

#include "policygraph/query/query.hpp"

namespace policygraph::testing {

// A value as text that two engines may be compared by: floats to twelve digits, bags sorted. With `contents`, nodes and relationships are
// told by what they hold there; else by their keys.
std::string value_text(const Value& value, bool is_bag, const Snapshot* contents = nullptr);
std::string counts_text(const WriteCounts& counts);
// All nodes and relationships, a line each, sorted.
std::string contents_text(const Snapshot& snapshot);

}  // namespace policygraph::testing
