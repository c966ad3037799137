#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "graph/snapshot_data.hpp"
#include "policygraph/graph/commit_group.hpp"

namespace policygraph::inline v0::detail::graph {

using HeldTexts = std::list<std::pair<DocumentId, std::string>>;  ///< documents and the digests of their texts

/// Commits of a group that do not last yet (policygraph/graph/commit_group.hpp).
struct WaitingCommits {
  std::uint64_t id = 0;  ///< of these alone
  GroupOptions options;
  std::size_t count = 0;
  std::chrono::steady_clock::time_point first{};
  std::shared_ptr<const Snapshot::Data> newest;  ///< null: there is none
  HeldTexts texts;                               ///< that the journal cannot give before they last
  bool is_busy = false;                          ///< a transaction is open
  bool is_left = false;                          ///< the group is gone
};

}  // namespace policygraph::inline v0::detail::graph
