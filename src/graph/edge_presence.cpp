#include "graph/edge_presence.hpp"

#include "graph/mask.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

HopLists lists_of(const Snapshot& snapshot, EdgeType type, bool is_out) noexcept {
  const auto number = static_cast<std::uint32_t>(type);
  const auto& topology = snapshot.data().topology;
  return is_out ? topology.out_lists(number) : topology.in_lists(number);
}

}  // namespace

EdgePresence::EdgePresence(const Snapshot& snapshot, EdgeType type, bool is_out) noexcept
    : row_limit_(snapshot.node_row_limit()), hop_(is_out ? Hop::out(snapshot, type) : Hop::in(snapshot, type)) {
  const auto lists = lists_of(snapshot, type, is_out);
  const auto* const written = lists.is_written.words;
  const auto* const mask = Masking::mask_of(snapshot);
  starts_ = lists.base.starts;
  flags_ = mask == nullptr ? written : (is_out ? mask->out : mask->in).touched.words();
  more_flags_ = written != nullptr ? written : flags_;
}

std::pair<std::uint32_t, std::uint32_t> EdgePresence::bounds() const noexcept {
  if (flags_ != nullptr) return {0, row_limit_};
  return {starts_.first, starts_.limit()};
}

}  // namespace policygraph::inline v0::detail::graph
