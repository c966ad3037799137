#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "policygraph/export.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0 {

struct OpenOptions {
  bool read_only = false;        ///< needs no right to write, of the file or of its folder
  bool create = true;            ///< makes the file where there is none; else Error(not_found)
  std::optional<Schema> schema;  ///< of a new file, else the policy schema; of an old one it must be the same
  /// Of how many records (claims, mentions, pieces of evidence) on a snapshot file is kept beside the file.
  std::uint64_t snapshot_from = std::uint64_t{1} << 16U;
  /// The share of its time that a reader gives at most to what other processes commit. What comes now and then is in the
  /// next snapshot; beside one that commits without a pause `Graph::snapshot` gives what it has for some nine times as long
  /// as its news took to derive (mostly milliseconds). At 1 every snapshot is the newest. Transactions always begin on it.
  double share_for_news = 0.1;
};

/// A graph in a file, x.pgraph: an SQLite database in WAL mode whose tables docs/store_format.md describes. Every commit
/// is one transaction of SQLite and lasts when `commit` returns; a crash at any moment loses none and shows no half one.
///
/// Beside a large graph lies x.pgraph-snapshot: what was derived of the commits, mapped into memory, so that opening takes
/// milliseconds whatever the size. Who opens a graph without one that fits reads and verifies all commits, O(file), and
/// writes it where that is allowed; reading only is no reason not to. It may be removed at any time, and whatever is wrong
/// with it, answers are those of the commits. `snapshot_from` of ~0 never writes one.
///
///     auto graph = policygraph::open("uzbekistan.pgraph");
///     auto transaction = graph.begin("by:anna");
///     transaction.create_node({"Programme"}, {{"name", "Clean Water"}, {"kind", "programme"}});
///     transaction.commit();
///
/// Any number of processes and handles may have the file open. One writes at a time: `begin` waits and then throws
/// Error(busy) that names the process which holds the lock. Readers never wait; `Graph::snapshot` takes in what others
/// committed (asking costs microseconds; `share_for_news`). Snapshots that are held, and their quotes, stay as they were.
///
/// `Graph::close` (or the last copy's end) closes the file; the last to close it takes the log beside it (x.pgraph-wal,
/// -shm) in and removes it, and then the one file is all there is to copy. An open one is copied by `backup_file`. While
/// it is open the file must not be moved, replaced or opened and closed by other means in the same process. A process
/// may fork at any moment: in the child a handle from before gives the state of then, and refuses all else with
/// Error(closed); the child opens the file itself.
///
/// Throws Error(not_found) for a file or folder that is not there, Error(io) where the system refuses, Error(format) for
/// what is no .pgraph file, is damaged, or has a format of a later version, Error(schema) for another schema than the
/// file's, Error(busy), Error(feature_not_built).
POLICYGRAPH_EXPORT Graph open(const std::string& path, const OpenOptions& options = {});

/// Whether this build has `open`: it needs SQLite.
POLICYGRAPH_EXPORT bool can_open_files() noexcept;

}  // namespace policygraph::inline v0
