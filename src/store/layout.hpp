#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "policygraph/model/schema.hpp"
#include "store/database.hpp"
#include "store/digest.hpp"

namespace policygraph::inline v0::detail::store {

/// "pgph": how tools know the file.
inline constexpr std::uint64_t kApplicationId = 0x70677068;
/// What this program writes, and the newest it reads.
inline constexpr std::uint64_t kFormat = 1;

/// The row that says which schema the graph has. Requires: there is none.
void insert_graph(const Database& database, const Schema& schema);
/// Makes the tables in an empty database, or does nothing where another process just did. Requires: a writing
/// connection. Throws Error(busy).
void create_tables(const Database& database, const Schema& schema);
/// Whether the database is one without any table.
bool is_empty(const Database& database);
/// Throws Error(format) unless it is a graph of a format this program reads, whose tables are just those of the format:
/// no others, no triggers.
void check_tables(const Database& database);
/// The schema the file was made with.
Schema read_schema(const Database& database);

/// As it is kept: what tells this graph from one with another schema.
Digest graph_digest(const Database& database);

}  // namespace policygraph::inline v0::detail::store
