#include <algorithm>
#include <utility>

#include "graph/change.hpp"
#include "graph/derivation.hpp"

namespace policygraph::inline v0::detail::graph {

// A compaction costs what the graph has; it waits until a share of the graph was written. With an empty graph there is
// nothing to share.
bool must_derive_whole(const Snapshot::Data& data) noexcept {
  constexpr std::size_t kLeastRows = 4096;
  if (data.node_count() == 0) return true;
  const auto& base = data.base == nullptr ? data : *data.base;
  return data.written_count() > std::max(kLeastRows, (base.node_count() + base.edge_count()) / 8);
}

std::shared_ptr<Snapshot::Data> derive_on(const std::shared_ptr<const Snapshot::Data>& before, History history,
                                          const Part& part, Sources::FetchText fetch) {
  const auto keep_resting = [&](Snapshot::Data& data) {
    if (const auto* resting = before->resting_lists.made()) data.resting_lists.put(changed_resting(*resting, data, part));
  };
  const auto compacted = [&](History all, Sources::FetchText fetch_text) {
    auto data = derive(before->schema, std::move(all), std::move(fetch_text));
    data->edition = before->edition + 1;  // what rests on documents is shared with the snapshots before
    keep_resting(*data);
    return data;
  };
  if (must_derive_whole(*before)) return compacted(std::move(history), std::move(fetch));
  auto after = std::make_shared<Snapshot::Data>(*before);
  after->base = before->base == nullptr ? before : before->base;
  after->edition = before->edition + 1;
  after->history = std::move(history);
  after->fetch = std::move(fetch);
  if (!Change(*before, *after, part).run()) return compacted(std::move(after->history), std::move(after->fetch));
  keep_resting(*after);
  return after;
}

}  // namespace policygraph::inline v0::detail::graph
