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
/// Of new files, and the newest that is read. A file of an earlier one stays so.
inline constexpr std::uint64_t kFormat = 2;

/// The row that says which schema the graph has. Requires: there is none.
void insert_graph(const Database& database, const Schema& schema);
/// Makes the tables in an empty database, or does nothing where another process just did. Requires: a writing
/// connection. Throws Error(busy).
void create_tables(const Database& database, const Schema& schema);
/// Whether small commits are rows of one table: from format 2 on.
bool has_small_commits(const Database& database);
/// Asks for versions of documents after two places, a version and a row of `small_commits`: version, document, sha256,
/// has_text, redacted, and the row of `small_commits`, or 0.
std::string documents_after(bool has_small);
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
