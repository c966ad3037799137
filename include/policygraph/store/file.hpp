#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

struct CheckOptions {
  std::stop_token stop;  ///< Error(interrupted)
};

/// What `check_file` looked at and what is wrong with it.
struct CheckReport {
  std::uint64_t commits = 0, documents = 0, texts = 0, evidence = 0, mentions = 0, assertions = 0;
  std::uint64_t bytes = 0;            ///< of the database's pages
  std::vector<Diagnostic> problems;   ///< at most 100
  bool is_sound() const noexcept { return problems.empty(); }
};

/// Verifies a .pgraph file (policygraph/store/open.hpp) without changing it: every commit and every text against its
/// digest, that commits and rows count up without gaps, SQLite's own structures. Works while others write. Reads the
/// whole file, a commit or a piece of one at a time. What is wrong within is in the report; throws what `open` throws
/// where there is nothing to check.
POLICYGRAPH_EXPORT CheckReport check_file(const std::string& path, const CheckOptions& options = {});

/// Copies a .pgraph file, as of the newest commit, while others may be writing to it. The copy appears whole or not at
/// all. Throws Error(conflict) when `to` is there already, Error(io), and what `open` throws.
POLICYGRAPH_EXPORT void backup_file(const std::string& path, const std::string& to);

}  // namespace policygraph::inline v0
