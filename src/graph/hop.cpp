#include "policygraph/graph/hop.hpp"

#include "graph/mask.hpp"
#include "graph/snapshot_data.hpp"

namespace policygraph::inline v0 {

using detail::graph::HopLists;
using detail::graph::KeptLists;
using detail::graph::Masking;

namespace {

const KeptLists& side_of(const detail::graph::Mask& mask, bool is_out) noexcept { return is_out ? mask.out : mask.in; }

}  // namespace

HopEdges Hop::found(std::uint32_t node) const noexcept {
  if (far_.mask != nullptr) {
    const auto& kept = side_of(*far_.mask, far_.is_out);
    if (kept.touched.has(node)) return kept.lists(far_.type).of(node);
  }
  return far_.lists->of(node);
}

Hop Hop::of(const HopLists& lists, Far far) noexcept {
  Hop hop;
  hop.far_ = far;
  hop.far_.lists = &lists;
  const auto& base = lists.base;
  hop.ends_ = base.ends;
  hop.rows_ = base.rows;
  hop.first_edge_ = base.first;
  hop.first_ = base.starts.first;
  hop.starts_ = base.starts.starts;
  hop.bits_ = base.starts.bits;
  hop.before_ = base.starts.before;
  hop.width_ = base.starts.width;
  if (hop.bits_ == nullptr) (hop.starts_ != nullptr ? hop.dense_ : hop.single_) = hop.width_;
  const auto* written = lists.is_written.words;
  hop.flags_ = far.mask != nullptr ? side_of(*far.mask, far.is_out).touched.words() : written;
  hop.more_flags_ = written != nullptr ? written : hop.flags_;
  return hop;
}

Hop Hop::out(const Snapshot& snapshot, EdgeType type) noexcept {
  const auto number = static_cast<std::uint32_t>(type);
  return of(snapshot.data().topology.out_lists(number), {nullptr, Masking::mask_of(snapshot), number, true});
}

Hop Hop::in(const Snapshot& snapshot, EdgeType type) noexcept {
  const auto number = static_cast<std::uint32_t>(type);
  return of(snapshot.data().topology.in_lists(number), {nullptr, Masking::mask_of(snapshot), number, false});
}

Hop Hop::out(const Snapshot& snapshot, std::string_view type) noexcept {
  const auto number = snapshot.edge_type(type);
  return number ? out(snapshot, *number) : Hop();
}

Hop Hop::in(const Snapshot& snapshot, std::string_view type) noexcept {
  const auto number = snapshot.edge_type(type);
  return number ? in(snapshot, *number) : Hop();
}

}  // namespace policygraph::inline v0
