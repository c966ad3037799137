#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/base/id.hpp"
#include "policygraph/export.hpp"
#include "policygraph/model/schema.hpp"

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

struct SalvageOptions {
  Schema schema = Schema::policy();  ///< of the graph, where the file does not tell any more
  std::stop_token stop;              ///< Error(interrupted); nothing is made
};

/// What `salvage_file` got out, and what it could not.
struct SalvageReport {
  std::uint64_t pages = 0;               ///< of the damaged file
  std::uint64_t commits_kept = 0;        ///< as they were: all before the first loss
  std::uint64_t commits_said_again = 0;  ///< later ones that are whole, as new commits
  std::uint64_t commits_lost = 0, texts_lost = 0;
  std::uint64_t records_lost = 0;        ///< of commits said again: what rests on something lost
  std::vector<Diagnostic> lost;          ///< each loss, at most 100
  bool is_whole() const noexcept { return lost.empty() && records_lost == 0; }
};

/// Gets what is whole out of a damaged .pgraph file and its log into a new file, and leaves the damaged one as it is. Pages are
/// looked at one by one, whatever leads to them, and digests tell which commits and texts are as they were written: nothing else
/// gets into the new file. Commits before the first loss are the same there, with their times and ids. Later ones that are whole
/// are said again as new commits by the same authors: what rests on something lost is left out, and ids are new. A document whose
/// text is lost is there without it. The file must not be open in this process. O(size of the file); as much is written twice.
/// Throws Error(not_found), Error(conflict) when `to` is there already, Error(io).
///
///     const auto report = policygraph::salvage_file("broken.pgraph", "saved.pgraph");
///     for (const auto& loss : report.lost) std::cerr << loss.text << '\n';
POLICYGRAPH_EXPORT SalvageReport salvage_file(const std::string& path, const std::string& to, const SalvageOptions& options = {});

/// Removes the text of a document, in every version of it, for good from a .pgraph file and keeps what was found in it: a
/// commit. Who opens the file after it is told that the document is redacted, and quotes of it say so, by `known_at` too; a graph
/// that is open already has the text no more, and quotes "". What names and values say stays, and so do title, address and
/// digest; a later version has its text. When this returns the text is gone from the pages, from what is free of them, and from
/// the log, which costs what writing the file anew does. Error(busy): another writes; or the commit is done and somebody reads an
/// older state out of the log: call again, which redacts nothing more and removes what is left. Copies made before have the text.
/// Throws what `open` throws, Error(not_found), Error(io).
POLICYGRAPH_EXPORT void redact_document(const std::string& path, DocumentId document, std::string_view author = "by:hand",
                                        std::chrono::milliseconds timeout = std::chrono::seconds(5));

/// Copies a .pgraph file, as of the newest commit, while others may be writing to it. The copy appears whole or not at
/// all. Throws Error(conflict) when `to` is there already, Error(io), and what `open` throws.
POLICYGRAPH_EXPORT void backup_file(const std::string& path, const std::string& to);

}  // namespace policygraph::inline v0
