#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "query/plan/fans.hpp"
#include "query/plan/plan.hpp"

// A pattern becomes scans and expansions: one node after another, each edge once, edges that close a cycle as expand_into.
namespace policygraph::inline v0::detail::query {
namespace {

class PatternSteps {
 public:
  PatternSteps(Plan& plan, StepId input, std::uint32_t match, std::vector<bool> is_bound, const Snapshot* by_cost, Limits& limits)
      : plan_(plan), pattern_(plan.patterns[match]), at_(input), match_(match), is_bound_(std::move(is_bound)), by_cost_(by_cost), limits_(limits) {
    is_bound_.resize(plan.query.slots.size());
    is_done_.resize(pattern_.edges.size());
    is_checked_.resize(pattern_.nodes.size());
    if (by_cost_ == nullptr) return;
    fans_.emplace(*by_cost_, plan.query, pattern_);
    walked_ = fans_->nothing_walked();
    find_conditions();
  }

  StepId run() {
    for (std::size_t node = 0; node < pattern_.nodes.size(); ++node) {
      if (is_node_bound(node)) check_labels(node, 0);
      if (is_node_bound(node) && is_alone(node)) add_label_filter(node, 0);
    }
    while (true) {
      limits_.step(pattern_.edges.size() + pattern_.nodes.size());  // each time all of them are weighed
      const auto edge = next_edge();
      if (edge < pattern_.edges.size()) {
        add_edge(edge);
      } else if (!add_start()) {
        return at_;
      }
    }
  }

 private:
  bool is_node_bound(std::size_t node) const { return is_bound_[pattern_.nodes[node].slot]; }

  void push(Step step) {
    step.input = at_;
    step.match = match_;
    at_ = add_step(plan_, std::move(step));
  }

  // Labels beyond what a scan has seen to.
  void check_labels(std::size_t node, std::size_t first) {
    if (std::exchange(is_checked_[node], char{1}) != 0) return;
    if (pattern_.nodes[node].labels.size() > first) add_label_filter(node, first);
  }

  // A node known from before, without labels and edges: MATCH (n) asks that it is one, and not null.
  bool is_alone(std::size_t node) const {
    return pattern_.nodes[node].labels.empty() &&
           std::none_of(pattern_.edges.begin(), pattern_.edges.end(), [&](const BoundEdge& edge) { return edge.from == node || edge.to == node; });
  }

  void add_label_filter(std::size_t node, std::size_t first) {
    const auto& bound = pattern_.nodes[node];
    auto& expressions = plan_.query.expressions;
    BoundExpression slot;
    slot.kind = BoundKind::slot;
    slot.type = Type::node;
    slot.number = bound.slot;
    slot.span = bound.span;
    expressions.push_back(std::move(slot));
    BoundExpression has;
    has.kind = BoundKind::has_labels;
    has.type = Type::boolean;
    has.span = bound.span;
    has.names.assign(bound.labels.begin() + static_cast<std::ptrdiff_t>(first), bound.labels.end());
    has.children = {static_cast<BoundId>(expressions.size() - 1)};
    expressions.push_back(std::move(has));
    Step step{StepKind::filter};
    step.predicates = {static_cast<BoundId>(expressions.size() - 1)};
    push(std::move(step));
  }

  double node_cost(std::size_t node) const { return node_cost_without_conditions(node) * selectivity(pattern_.nodes[node].slot); }

  double node_cost_without_conditions(std::size_t node) const {
    const auto& bound = pattern_.nodes[node];
    double cost = static_cast<double>(by_cost_->node_count());
    for (const auto label : bound.labels) {
      cost = std::min(cost, static_cast<double>(by_cost_->nodes(plan_.query.labels[label]).size()));
    }
    return cost;
  }

  // A condition and, roughly, how many of the nodes it leaves: a key finds one node, words of a name one in fifty, an equality one in
  // twenty, anything else one in three.
  struct Condition {
    std::vector<Slot> reads;
    double share = 1;
  };

  // Those of the pattern, and those that filters above it ask: each is read once, however many nodes are weighed.
  void find_conditions() {
    for (const auto id : pattern_.predicates) note_condition(id);
    limits_.step(plan_.steps.size());
    for (const auto& step : plan_.steps) {
      if (step.kind != StepKind::filter || step.match != kNone) continue;
      for (const auto id : step.predicates) {
        if (std::find(pattern_.predicates.begin(), pattern_.predicates.end(), id) == pattern_.predicates.end()) note_condition(id);
      }
    }
  }

  // One that reads very many slots never narrows a single node.
  void note_condition(BoundId id) {
    constexpr std::size_t kMany = 64;
    limits_.step();
    const auto& query = plan_.query;
    auto slots = few_read_slots(query, id, kMany);
    if (!slots) return;
    Condition condition;
    condition.reads = *std::move(slots);
    for (const auto slot : condition.reads) conditions_of_[slot].push_back(conditions_.size());
    const auto& e = query.expressions[id];
    const bool is_equal = e.kind == BoundKind::binary && e.op == Operation::equal;
    const bool is_key = is_equal && (is_id(e.children[0]) || is_id(e.children[1]));
    const bool is_name = e.kind == BoundKind::call && e.function->name == "name_matches";
    condition.share = is_key ? 1e-9 : is_name ? 0.02 : is_equal ? 0.05 : 0.3;
    conditions_.push_back(std::move(condition));
  }

  // By the conditions that read this node and else only what is known.
  double selectivity(Slot slot) const {
    double out = 1;
    const auto found = conditions_of_.find(slot);
    if (found == conditions_of_.end()) return out;
    for (const auto number : found->second) {
      const auto& condition = conditions_[number];
      const auto is_known = [&](Slot other) { return other == slot || is_bound_[other]; };
      if (std::all_of(condition.reads.begin(), condition.reads.end(), is_known)) out *= condition.share;
    }
    return out;
  }

  bool is_id(BoundId id) const {
    const auto& e = plan_.query.expressions[id];
    return e.kind == BoundKind::call && e.function->name == "id";
  }

  double edge_cost(std::size_t edge) const {
    const auto& bound = pattern_.edges[edge];
    if (is_node_bound(bound.from) && is_node_bound(bound.to)) return 0;
    const auto to = is_node_bound(bound.from) ? bound.to : bound.from;
    return fan_of(edge) * selectivity(pattern_.nodes[to].slot);
  }

  // How many edges leave the end that is known, in the middle.
  double fan_of(std::size_t edge) const {
    const auto& bound = pattern_.edges[edge];
    return fans_->of(edge, is_node_bound(bound.from) ? bound.from : bound.to, walked_) * (bound.is_path ? 100 : 1);
  }

  // Rows and edges come to, were the pattern begun at this node and gone on from there; a row that a scan passes by costs a tenth.
  double work_from(std::size_t start) {
    constexpr double kPassed = 0.1;
    const auto is_bound = is_bound_;
    const auto is_done = is_done_;
    const auto walked = walked_;
    double rows = node_cost(start), work = kPassed * node_cost_without_conditions(start) + rows;
    is_bound_[pattern_.nodes[start].slot] = true;
    for (auto edge = next_edge(); edge < pattern_.edges.size(); edge = next_edge()) {
      const auto& next = pattern_.edges[edge];
      const bool is_closed = is_node_bound(next.from) && is_node_bound(next.to);
      if (!is_closed) work += rows * fan_of(edge);
      if (!is_closed) rows *= edge_cost(edge);
      is_done_[edge] = true;
      fans_->walk(edge, walked_);
      is_bound_[pattern_.nodes[next.from].slot] = is_bound_[pattern_.nodes[next.to].slot] = true;
    }
    is_bound_ = is_bound;
    is_done_ = is_done;
    walked_ = walked;
    return work;
  }

  // A search goes to one node after another, or to all at once: where the end is one of few, or no walk by breadth will do.
  bool needs_both_ends(const BoundEdge& edge) const {
    if (is_node_bound(edge.from) && is_node_bound(edge.to)) return false;
    if (edge.least > 1) return true;
    if (by_cost_ == nullptr) return false;
    constexpr double kFew = 64, kEquality = 0.05;
    const auto end = is_node_bound(edge.from) ? edge.to : edge.from;
    return selectivity(pattern_.nodes[end].slot) <= kEquality || node_cost(end) <= kFew;
  }

  std::size_t next_edge() const {
    auto best = pattern_.edges.size();
    double best_cost = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < pattern_.edges.size(); ++i) {
      const auto& edge = pattern_.edges[i];
      if (is_done_[i] || (!is_node_bound(edge.from) && !is_node_bound(edge.to))) continue;
      if (edge.search != PathPattern::Search::every && needs_both_ends(edge)) continue;
      if (by_cost_ == nullptr) return i;
      const auto cost = edge_cost(i);
      if (cost < best_cost) {
        best = i;
        best_cost = cost;
      }
    }
    return best;
  }

  // The node for which `cost` is the least, of those that are not known yet.
  template <class Cost>
  std::size_t best_start(Cost cost) {
    auto best = pattern_.nodes.size();
    double best_cost = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < pattern_.nodes.size(); ++i) {
      if (is_node_bound(i)) continue;
      const double found = cost(i);
      if (found >= best_cost) continue;
      best = i;
      best_cost = found;
    }
    return best;
  }

  // Where the fewest rows are; where those are many, what they lead to is weighed too.
  std::size_t choose_start() {
    constexpr double kManyRows = 1'000;
    constexpr std::size_t kFewEdges = 8;
    if (by_cost_ == nullptr) return best_start([](std::size_t i) { return static_cast<double>(i); });
    const auto best = best_start([this](std::size_t i) { return node_cost(i); });
    const bool is_long = pattern_.edges.size() > kFewEdges || pattern_.nodes.size() > 2 * kFewEdges;
    if (best == pattern_.nodes.size() || is_long || node_cost(best) < kManyRows) return best;
    limits_.step(pattern_.nodes.size() * (plan_.query.slots.size() + pattern_.edges.size()));
    return best_start([this](std::size_t i) { return work_from(i); });
  }

  bool add_start() {
    const auto best = choose_start();
    if (best == pattern_.nodes.size()) return false;
    auto& node = plan_.patterns[match_].nodes[best];
    if (by_cost_ != nullptr && node.labels.size() > 1) {
      std::stable_sort(node.labels.begin(), node.labels.end(), [this](std::uint32_t a, std::uint32_t b) {
        return by_cost_->nodes(plan_.query.labels[a]).size() < by_cost_->nodes(plan_.query.labels[b]).size();
      });
      pattern_.nodes[best].labels = node.labels;
    }
    Step step{StepKind::scan};
    step.slot = node.slot;
    if (!node.labels.empty()) step.labels = {node.labels[0]};
    is_bound_[node.slot] = true;
    push(std::move(step));
    check_labels(best, 1);
    return true;
  }

  void add_edge(std::size_t index) {
    const auto& edge = pattern_.edges[index];
    const bool is_forward = is_node_bound(edge.from);
    const auto start = is_forward ? edge.from : edge.to;
    const auto end = is_forward ? edge.to : edge.from;
    const bool is_closed = is_node_bound(end);
    const bool is_search = edge.search != PathPattern::Search::every;
    Step step{is_search ? StepKind::shortest_path : edge.is_path ? StepKind::expand_path : is_closed ? StepKind::expand_into : StepKind::expand};
    step.from = pattern_.nodes[start].slot;
    step.to = pattern_.nodes[end].slot;
    step.edge = edge.slot;
    step.is_known_end = is_closed;
    step.is_reversed = !is_forward;
    if (!is_closed) step.slot = step.to;
    step.types = edge.types;
    step.direction = is_forward || edge.direction == Direction::both ? edge.direction
                     : edge.direction == Direction::out              ? Direction::in
                                                                     : Direction::out;
    step.least = edge.least;
    step.most = edge.is_path ? edge.most : std::optional<std::uint32_t>(1);
    step.search = edge.search;
    for (std::size_t i = 0; i < pattern_.edges.size(); ++i) {
      if (is_done_[i] && may_be_same(pattern_.edges[i], edge)) step.different.push_back(pattern_.edges[i].slot);
    }
    step.different.shrink_to_fit();  // in all they are as long as the square of the pattern
    is_done_[index] = true;
    if (fans_) fans_->walk(index, walked_);
    is_bound_[step.to] = true;
    is_bound_[edge.slot] = true;
    push(std::move(step));
    check_labels(end, 0);
  }

  // Shortest paths stand apart: were they kept off the edges of the rest, what is shortest would depend on the order of joining.
  static bool may_be_same(const BoundEdge& a, const BoundEdge& b) {
    if (a.search != PathPattern::Search::every || b.search != PathPattern::Search::every) return false;
    if (a.types.empty() || b.types.empty()) return true;
    return std::any_of(a.types.begin(), a.types.end(), [&](std::uint32_t type) { return std::find(b.types.begin(), b.types.end(), type) != b.types.end(); });
  }

  Plan& plan_;
  BoundPattern pattern_;
  StepId at_;
  std::uint32_t match_;
  std::vector<bool> is_bound_;
  std::vector<bool> is_done_;
  std::vector<char> is_checked_;
  const Snapshot* by_cost_;
  Limits& limits_;
  std::optional<Fans> fans_;  // by_cost_
  Fans::Walked walked_;
  std::vector<Condition> conditions_;
  std::map<Slot, std::vector<std::size_t>> conditions_of_;
};

}  // namespace

StepId add_pattern(Plan& plan, StepId input, std::uint32_t match, const std::vector<bool>& is_bound, const Snapshot* by_cost, Limits& limits) {
  return PatternSteps(plan, input, match, is_bound, by_cost, limits).run();
}

}  // namespace policygraph::inline v0::detail::query
