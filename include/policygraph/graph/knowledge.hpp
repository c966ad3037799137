#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/id.hpp"
#include "policygraph/export.hpp"
#include "policygraph/model/assertion.hpp"

// What was known when: the axis of time that commits make. What was true when is graph/views.hpp. Graphs in files
// (module store) keep it; one in memory keeps the present alone.
//
//     auto graph = policygraph::open("uz.pgraph");
//     const auto then = graph.known_at(policygraph::CommitId{12});       // a snapshot like any other
//     for (const auto& change : policygraph::diff(then, graph.snapshot()))
//       std::cout << change_name(change.kind) << " " << (change.after ? change.after : change.before)->name << '\n';
namespace policygraph::inline v0 {

class Snapshot;

using CommitTime = std::chrono::sys_time<std::chrono::microseconds>;

/// A commit: when it was made and who wrote ("ingest", "cypher/1", "by:anna").
struct CommitInfo {
  CommitId id;
  CommitTime time;
  std::string author;
  friend bool operator==(const CommitInfo&, const CommitInfo&) = default;
};

/// A claim came, or was withdrawn.
struct ClaimEvent {
  CommitInfo commit;
  bool is_withdrawal = false;
  Assertion assertion;
};

enum class ChangeKind : std::uint8_t {
  added,      ///< claimed after, not before
  withdrawn,  ///< claimed before, not after
  value,      ///< of the same thing another value, validity, modality, rank or review is claimed
  evidence,   ///< the same is claimed, on other words or with another confidence
};
/// "added", "withdrawn", "value", "evidence".
POLICYGRAPH_EXPORT std::string_view change_name(ChangeKind kind) noexcept;

struct ClaimChange {
  ChangeKind kind = ChangeKind::added;
  std::optional<Assertion> before;  ///< as of the first snapshot; none of what was added
  std::optional<Assertion> after;   ///< none of what was withdrawn
};

/// How the claims of two snapshots of one graph differ, in order of the claims' ids, those of `after` first. A claim of a
/// document that was read again is the same when it is about the same mention (or ends) and property. O(claims) to tell
/// equal ones apart, O(d log d) for the d others.
POLICYGRAPH_EXPORT std::vector<ClaimChange> diff(const Snapshot& before, const Snapshot& after);

}  // namespace policygraph::inline v0
