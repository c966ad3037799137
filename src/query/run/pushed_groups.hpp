#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "query/run/edge_walk.hpp"
#include "query/run/evaluator.hpp"

namespace policygraph::inline v0::detail::query {

// Nodes that are a group each, and the hop of an OPTIONAL MATCH from them whose ends are counted and summed.
struct GroupedHop {
  const Step* scan = nullptr;    // of the groups
  const Step* expand = nullptr;
  std::uint32_t label = kNone;   // of the ends, into Names::labels
  std::vector<BoundId> of_end;   // asked of an end alone
  std::vector<BoundId> of_edge;  // of the edge too
};
// None where rows are grouped otherwise, or more is asked of them.
std::optional<GroupedHop> find_grouped_hop(const Plan& plan, const Step& aggregate);

// The rows of such a hop read from where its edges end: nodes of one label lie one after another there, as do their properties, while the
// ends of the edges of one group lie all about. Rows come in another order; those of a group without any do not come.
class PushedGroups {
 public:
  PushedGroups(Execution& execution, const GroupedHop& hop);
  // Whether most of the nodes would be come to anyhow, and the groups lie one after another.
  bool is_worth_it() const;
  std::span<const NodeRow> groups() const noexcept { return groups_; }
  // Some rows and the group of each; false where there are no more.
  bool next(Batch& rows, std::vector<std::uint32_t>& group_of);
  // Groups that no row was in.
  std::vector<std::uint32_t> empty_groups() const;

 private:
  bool open();
  void take(std::vector<std::uint32_t>& group_of);
  void ask(Batch& rows, std::vector<std::uint32_t>& group_of);

  Execution& execution_;
  const GroupedHop& shape_;
  Evaluator evaluator_;
  StepHops hops_;
  std::span<const NodeRow> groups_, ends_;
  std::size_t next_end_ = 0;               // not taken yet
  Batch chunk_;
  std::vector<std::uint32_t> selection_;   // of the chunk
  std::size_t at_ = 0, edge_at_ = 0;       // into the selection, and into the edges of the node there
  std::vector<std::uint32_t> nodes_, edges_;
  std::vector<std::uint8_t> has_rows_;     // by group
};

}  // namespace policygraph::inline v0::detail::query
