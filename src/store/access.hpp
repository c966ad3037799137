#pragma once

#include <memory>
#include <string>

#include "policygraph/model/schema.hpp"
#include "store/database.hpp"

namespace policygraph::inline v0::detail::store {

/// A connection that writes. Throws Error(not_found, io, format, busy).
std::unique_ptr<Database> open_for_writing(const std::string& path);
/// The same; makes the file where there is none.
std::unique_ptr<Database> create(const std::string& path, const Schema& schema);
/// A connection that reads, whatever rights there are (docs/store_format.md, "Opening").
std::unique_ptr<Database> open_for_reading(const std::string& path);

/// The file and its folder.
bool may_write(const std::string& path);

/// "process 4711 (policygraph)": who holds the lock for writing; "another process" where the system does not tell.
std::string writer_of(const std::string& path);

}  // namespace policygraph::inline v0::detail::store
