#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::exchange {

/// Whether the value of a claim, written as plain JSON, is read back as the same value: the schema of the property (or JSON's
/// own kinds, where the schema is open) decides.
bool reads_back(const Snapshot& snapshot, const Assertion& assertion, bool is_node);

/// What plain JSON of this value reads as, before the schema is asked: dates and decimals are strings.
Value plain(const Value& value);

/// The whole of a schema that is not built in, for whoever opens the file must know it; "" for one that is.
std::string rules_to_write(const Schema& schema);

/// Writes a file under another name in the same folder and renames it: the whole file is there, or the old one. Throws Error(io).
void write_whole(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace policygraph::inline v0::detail::exchange
