#include <algorithm>
#include <utility>

#include "query/run/operator.hpp"
#include "query/run/path_search.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostEdges = 65'536;
constexpr std::size_t kLongPath = 256;

// shortestPath and allShortestPaths from a known node. Where WHERE asks more of the path than a search by breadth can see to, paths go
// through the inner plan as they are found, length after length, until it leaves one.
class ShortestPath : public Operator {
 public:
  ShortestPath(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), tests_(execution, step), search_(execution, step, tests_) {
    if (step.inner != kNone) inner_ = make_operator(execution, step.inner, &argument_);
    takes_ends_ = step.lists_nothing && !step.is_known_end && step.search == PathPattern::Search::shortest && inner_ == nullptr;
  }

  bool next(Batch& out) override {
    out.clear();
    while (true) {
      execution_.limits.tick();
      if (inner_ == nullptr ? take(out) : take_tested(out)) return true;
      if (!input_->next(rows_)) return rows_.clear(), false;
      search_.look_up(execution_);
      row_ = 0;
      is_open_ = false;
    }
  }

  void reset() override {
    input_->reset();
    if (inner_ != nullptr) inner_->reset();
    argument_.reset();
    rows_.clear();
    row_ = 0;
    is_open_ = false;
  }

 private:
  bool is_one() const { return step_.search == PathPattern::Search::shortest && step_.is_known_end; }
  std::size_t width() const { return execution_.options.vector_size; }

  bool take(Batch& out) {
    drop_found();
    while (found_count() < width() && held_edges_ < kMostEdges && is_at_row()) {
      if (takes_ends_) take_ends();
      if (found_count() == width()) break;
      if (!find()) {
        close_length();
      } else if (is_one()) {
        close_row();
      }
    }
    if (found_count() == 0) return false;
    put_found(out);
    return true;
  }

  // Of one path, few are tried at first: the first of them will often do.
  bool take_tested(Batch& out) {
    while (out.size < width() && is_at_row()) {
      drop_found();
      while (found_count() < tried_at_once_ && held_edges_ < kMostEdges && find()) {}
      if (found_count() == 0) {
        close_length();
        continue;
      }
      tried_at_once_ = std::min(tried_at_once_ * 2, width());
      try_found(out);
    }
    return out.size > 0;
  }

  void try_found(Batch& out) {
    put_found(candidates_);
    argument_.put(&candidates_);
    while (inner_->next(left_)) {
      for (std::uint32_t i = 0; i < left_.size && !(is_one() && has_answer_); ++i) {
        out.append(left_, i, execution_.snapshot);
        has_answer_ = true;
      }
    }
    if (is_one() && has_answer_) close_row();
  }

  // At a row with its search begun; false where this batch has no more.
  bool is_at_row() {
    for (; !is_open_ && row_ < rows_.size; ++row_) {
      if (open_row()) return true;
    }
    return is_open_;
  }

  bool open_row() {
    const auto from = node_at(execution_, step_.from, rows_, row_);
    const auto to = step_.is_known_end ? node_at(execution_, step_.to, rows_, row_) : kNoRow;
    if (from == kNoRow || (step_.is_known_end && to == kNoRow)) return false;
    tests_.begin(rows_, row_);
    const auto lengths = tests_.lengths();
    if (!lengths) return false;
    PathSearch::Wanted wanted{NodeRow{from}, std::nullopt, lengths->least, lengths->most, step_.search == PathPattern::Search::all_shortest, lengths->is_sure};
    if (step_.is_known_end) wanted.to = NodeRow{to};
    has_answer_ = false;
    tried_at_once_ = 1;
    return is_open_ = search_.start(wanted);
  }

  void close_row() {
    is_open_ = false;
    ++row_;
  }

  void close_length() {
    if (has_answer_ || !search_.next_length()) close_row();
  }

  // Where nothing but their ends is asked of paths, one to each node: all at once.
  void take_ends() {
    search_.take_ends(width() - found_count(), ends_);
    execution_.limits.check(ends_.size() * 128);
    parents_.resize(ends_.size(), row_);
  }

  // Finds one more path of this length.
  bool find() {
    NodeRow end;
    if (!search_.next(edges_, end)) return false;
    if (inner_ == nullptr) has_answer_ = true;
    if (!step_.lists_nothing) list_edges();
    if ((found_count() & 1023U) == 1023U) execution_.limits.check(found_count() * 128 + held_edges_ * sizeof(Value));
    parents_.push_back(row_);
    ends_.push_back(end.value);
    return true;
  }

  void list_edges() {
    ValueList keys;
    keys.reserve(edges_.size());
    for (const auto edge : edges_) keys.emplace_back(execution_.snapshot.key(edge));
    if (step_.is_reversed) std::reverse(keys.begin(), keys.end());
    held_edges_ += edges_.size();
    if (edges_.size() > kLongPath) execution_.limits.tick();
    lists_.emplace_back(std::move(keys));
  }

  std::size_t found_count() const { return parents_.size(); }

  void drop_found() {
    parents_.clear();
    ends_.clear();
    lists_.clear();
    held_edges_ = 0;
  }

  void put_found(Batch& out) {
    out.gather(rows_, parents_, &execution_.limits);
    if (!step_.lists_nothing) out.columns.fresh(step_.edge, VectorKind::value).values = std::move(lists_);
    lists_.clear();
    if (step_.is_known_end) return;
    out.columns.fresh(step_.slot, VectorKind::node).rows.swap(ends_);
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  PathTests tests_;
  PathSearch search_;
  Argument argument_;
  OperatorPtr inner_;  // null: every path found is an answer
  Batch rows_, candidates_, left_;
  std::uint32_t row_ = 0;
  bool is_open_ = false, has_answer_ = false, takes_ends_ = false;
  std::size_t tried_at_once_ = 1, held_edges_ = 0;
  std::vector<EdgeRow> edges_;
  std::vector<std::uint32_t> parents_, ends_;
  std::vector<Value> lists_;
};

}  // namespace

OperatorPtr make_shortest_path(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<ShortestPath>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
