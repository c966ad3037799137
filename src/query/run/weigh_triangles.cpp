#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <span>

#include "query/run/edge_walk.hpp"
#include "query/run/operator.hpp"
#include "query/run/triangle_marks.hpp"
#include "query/run/weights.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// In how many triangles the node of a row stands, over three hops: to a second node, from there to a third, and from the first to the
// third. Lists of neighbours are sorted, so the third nodes are found by meeting two lists; parallel edges count each.
class WeighTriangles : public Operator {
 public:
  WeighTriangles(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {
    for (std::size_t i = 0; i < 3; ++i) hops_[i] = hop_of(step.hops[i]);
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        const auto& different = step.hops[j].different;
        if (std::ranges::find(different, step.hops[i].edge) != different.end()) is_apart_[3 - i - j] = true;
      }
    }
    marks_.emplace(execution, step, hops_, is_apart_[1]);
  }

  bool next(Batch& out) override {
    while (input_->next(out)) {
      execution_.limits.tick();
      weights_.assign(out.size, 0);
      marks_->is_worth_it(out.size) ? count_marked(out) : walk_all(out);
      flush();
      if (keep_weighed(out, weights_, step_.slot)) return true;
    }
    return false;
  }
  void reset() override {
    input_->reset();
    marks_->forget();
    forget_found();
  }

 private:
  Hop hop_of(const CountedHop& hop) const {
    const auto type = execution_.names->types[hop.types[0]];
    if (!type) return {};
    return hop.direction == Direction::out ? Hop::out(execution_.snapshot, *type) : Hop::in(execution_.snapshot, *type);
  }

  void walk_all(const Batch& rows) {
    for (std::uint32_t row = 0; row < rows.size; ++row) {
      const auto node = node_at(execution_, step_.from, rows, row);
      if (node != kNoRow) walk(NodeRow{node}, row);
    }
  }

  void count_marked(const Batch& rows) {
    for (std::uint32_t row = 0; row < rows.size; ++row) {
      const auto node = node_at(execution_, step_.from, rows, row);
      if (node == kNoRow) continue;
      marks_->put_by(NodeRow{node}, row);
      if (marks_->is_full()) count_put_by();
    }
    count_put_by();
  }

  void count_put_by() {
    marks_->count([this](std::uint32_t row, std::int64_t ways) { add(row, ways); }, [this](NodeRow first, std::uint32_t row) { walk(first, row); });
  }

  void walk(NodeRow first, std::uint32_t row) {
    const auto seconds = hops_[0].ends(first);
    const auto thirds = hops_[2].ends(first);
    if (seconds.empty() || thirds.empty()) return;
    execution_.limits.step(seconds.size() + 1);
    is_near_ = thirds.size() <= near_.size();
    near_.fill(kNoRow);
    for (std::size_t i = 0; is_near_ && i < thirds.size(); ++i) near_[i] = thirds[static_cast<std::ptrdiff_t>(i)].value;
    for (const auto* at = seconds.begin(); at != seconds.end();) {
      const auto second = *at;
      const auto* const run = at;
      while (at != seconds.end() && *at == second) ++at;
      meet(first, second, at - run, thirds, row);
    }
  }

  void meet(NodeRow first, NodeRow second, std::ptrdiff_t times, std::ranges::subrange<const NodeRow*> thirds, std::uint32_t row) {
    const auto others = hops_[1].ends(second);
    const auto* a = thirds.begin();
    const auto* b = others.begin();
    if (b == others.end() || others.back() < *a || thirds.back() < *b) return;
    if (is_near_ && others.size() <= kFew && !has_near(others)) return;
    execution_.limits.step((thirds.size() + others.size()) / 16 + 1);
    while (a != thirds.end() && b != others.end()) {
      if (*a < *b) {
        a = skip(a, thirds.end(), *b);
      } else if (*b < *a) {
        b = skip(b, others.end(), *a);
      } else {
        const auto third = *a;
        const auto* const run_a = a;
        const auto* const run_b = b;
        while (a != thirds.end() && *a == third) ++a;
        while (b != others.end() && *b == third) ++b;
        const bool is_plain = first != second && third != first && third != second;
        note(first, second, third, is_plain ? multiply_ways(multiply_ways(times, a - run_a), b - run_b) : count_apart(first, second, third), row);
      }
    }
  }

  // Most lists have nothing in common: for short ones that is seen soonest without a branch for each of their nodes.
  bool has_near(std::ranges::subrange<const NodeRow*> others) const {
    std::uint32_t found = 0;
    for (const auto other : others) {
      for (const auto third : near_) found |= static_cast<std::uint32_t>(third == other.value);
    }
    return found != 0;
  }

  // The first that is not below; near ones are found one by one, far ones by doubling steps.
  static const NodeRow* skip(const NodeRow* at, const NodeRow* end, NodeRow least) {
    for (int i = 0; i < 4; ++i) {
      if (++at == end || !(*at < least)) return at;
    }
    std::ptrdiff_t width = 4;
    while (end - at > width && at[width] < least) {
      at += width;
      width *= 2;
    }
    return std::lower_bound(at, std::min(at + width, end), least);
  }

  // Without predicates nothing is put by.
  void note(NodeRow first, NodeRow second, NodeRow third, std::int64_t count, std::uint32_t row) {
    if (count == 0) return;
    if (step_.predicates.empty()) return add(row, count);
    rows_.push_back(row);
    nodes_[0].push_back(first.value);
    nodes_[1].push_back(second.value);
    nodes_[2].push_back(third.value);
    counts_.push_back(count);
    if (rows_.size() >= execution_.options.vector_size) flush();
  }

  void add(std::uint32_t row, std::int64_t count) { weights_[row] = add_ways(weights_[row], count); }

  void flush() {
    if (rows_.empty()) return;
    Batch found;
    found.size = static_cast<std::uint32_t>(rows_.size());
    const std::array<Slot, 3> slots = {step_.from, step_.hops[0].slot, step_.hops[1].slot};
    for (std::size_t i = 0; i < 3; ++i) found.columns.fresh(slots[i], VectorKind::node).rows.swap(nodes_[i]);
    std::vector<std::uint32_t> selection(rows_.size());
    std::iota(selection.begin(), selection.end(), 0U);
    for (const auto predicate : step_.predicates) evaluator_.select(predicate, found, selection);
    for (const auto i : selection) add(rows_[i], counts_[i]);
    forget_found();
  }

  void forget_found() {
    rows_.clear();
    counts_.clear();
    for (auto& nodes : nodes_) nodes.clear();
  }

  // Where two of the nodes are one, an edge could stand for two of the three: those ways are taken off, and what was taken off twice is
  // put back.
  std::int64_t count_apart(NodeRow first, NodeRow second, NodeRow third) {
    const std::array<std::vector<std::uint32_t>, 3> edges = {edges_between(0, first, second), edges_between(1, second, third), edges_between(2, first, third)};
    const auto size = [&](std::size_t i) { return static_cast<std::int64_t>(edges[i].size()); };
    auto ways = multiply_ways(multiply_ways(size(0), size(1)), size(2));
    std::int64_t pairs = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      if (!is_apart_[i]) continue;
      ++pairs;
      ways -= multiply_ways(static_cast<std::int64_t>(in_both(edges[(i + 1) % 3], edges[(i + 2) % 3]).size()), size(i));
    }
    const auto in_all = static_cast<std::int64_t>(in_both(in_both(edges[0], edges[1]), edges[2]).size());
    return ways + (pairs == 3 ? 2 * in_all : pairs == 2 ? in_all : 0);
  }

  std::vector<std::uint32_t> edges_between(std::size_t hop, NodeRow from, NodeRow to) {
    const auto all = hops_[hop].edges(from);
    const auto [begin, end] = std::equal_range(all.ends.begin(), all.ends.end(), to);
    std::vector<std::uint32_t> out;
    for (auto at = begin; at != end; ++at) out.push_back(all.edge(static_cast<std::size_t>(at - all.ends.begin())).value);
    execution_.limits.step(out.size());
    std::ranges::sort(out);
    return out;
  }

  static std::vector<std::uint32_t> in_both(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    std::vector<std::uint32_t> out;
    std::ranges::set_intersection(a, b, std::back_inserter(out));
    return out;
  }

  static constexpr std::size_t kFew = 32;
  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  std::array<std::uint32_t, 16> near_ = {};  // the third nodes there may be, where they are few
  bool is_near_ = false;
  std::array<Hop, 3> hops_;
  std::optional<TriangleMarks> marks_;
  std::array<bool, 3> is_apart_ = {};  // whether the two hops that are not this one may not take the same edge
  std::vector<std::int64_t> weights_, counts_;
  std::vector<std::uint32_t> rows_;
  std::array<std::vector<std::uint32_t>, 3> nodes_;
};

}  // namespace

OperatorPtr make_weigh_triangles(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<WeighTriangles>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
