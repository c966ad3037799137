#include "query/run/path_search.hpp"

#include <algorithm>
#include <utility>

namespace policygraph::inline v0::detail::query {

void PathSearch::look_up(const Execution& execution) {
  hops_.look_up(step_, execution);
  breadth_.look_up();
  trails_.look_up();
}

bool PathSearch::start(const Wanted& wanted) {
  wanted_ = wanted;
  is_by_breadth_ = true;
  has_rounds_ahead_ = false;
  if (!tests_.admits(wanted.from)) return false;
  if (wanted.to) return tests_.admits(*wanted.to) && start_between(wanted, *wanted.to);
  breadth_.spread(wanted.from, wanted.least == 0, wanted.most, wanted.is_all);
  has_rounds_ahead_ = wanted.least > 0 && step_.direction == Direction::both;
  return true;
}

bool PathSearch::start_between(const Wanted& wanted, NodeRow to) {
  const bool may_stay = wanted.least == 0;
  const bool is_round = wanted.from == to && !may_stay && step_.direction == Direction::both;
  const auto shortest = is_round ? rounds_.measure(to, wanted.most, hops_)
                                 : breadth_.meet(wanted.from, to, may_stay, wanted.most, wanted.is_all && wanted.is_sure);
  if (!shortest) return false;
  const bool will_do = wanted.is_sure && *shortest >= wanted.least;
  is_by_breadth_ = will_do && !is_round;
  if (!is_by_breadth_) trails_.start(wanted.from, to, std::max(*shortest, wanted.least), wanted.most, will_do ? &rounds_ : nullptr);
  return true;
}

bool PathSearch::next(std::vector<EdgeRow>& edges, NodeRow& end) {
  if (!is_by_breadth_) {
    end = wanted_.to.value_or(wanted_.from);
    return trails_.next(edges);
  }
  if (breadth_.next(edges, end)) return true;
  return std::exchange(has_rounds_ahead_, false) && next_round(edges, end);
}

bool PathSearch::next_round(std::vector<EdgeRow>& edges, NodeRow& end) {
  const auto length = rounds_.measure(wanted_.from, wanted_.most, hops_);
  if (!length) return false;
  trails_.start(wanted_.from, wanted_.from, *length, wanted_.most, &rounds_);
  is_by_breadth_ = !wanted_.is_all;
  end = wanted_.from;
  return trails_.next(edges);
}

bool PathSearch::next_length() { return !is_by_breadth_ && trails_.next_length(); }

}  // namespace policygraph::inline v0::detail::query
