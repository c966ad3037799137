#pragma once

#include "engine.hpp"
#include "hand_tables.hpp"

// What each query costs as a loop over plain arrays made for it: nothing is parsed, planned, checked or shared.
namespace bench::peers {

/// Look-ups, hops and ways; empty: not one of these.
Runner hand_lookup(const HandTables& tables, const std::string& query);
/// Scans, joins and measures of the whole; empty: not one of these.
Runner hand_scan(const HandTables& tables, const std::string& query);

}  // namespace bench::peers
