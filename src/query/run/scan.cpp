#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// All nodes, or those of a label, beside each row of the input.
class Scan : public Operator {
 public:
  Scan(Execution& execution, const Step& step, OperatorPtr input) : execution_(execution), step_(step), input_(std::move(input)) {}

  bool next(Batch& out) override {
    execution_.limits.tick();
    while (true) {
      if (row_ < rows_.size) pass_dead();
      if (row_ < rows_.size && at_ < count_) break;
      at_ = 0;
      if (++row_ < rows_.size) continue;
      if (!input_->next(rows_)) return clear(), false;
      row_ = 0;
      find_nodes();
      if (count_ == 0) row_ = rows_.size;
    }
    fill(out);
    return true;
  }

  void reset() override {
    input_->reset();
    clear();
  }

 private:
  // Also where the input ends, for a filter may have left rows there that it did not keep, and an OPTIONAL MATCH asks
  // again.
  void clear() {
    rows_.clear();
    row_ = at_ = 0;
  }

  // Looked up again for every batch: a write below moves to a new snapshot.
  void find_nodes() {
    nodes_ = {};
    if (step_.labels.empty()) {
      count_ = execution_.snapshot.node_row_limit();
      return;
    }
    if (const auto label = execution_.names->labels[step_.labels[0]]) nodes_ = execution_.snapshot.nodes(*label);
    const auto& part = execution_.part;
    if (part.scan == &step_) nodes_ = nodes_.subspan(part.first, part.end - part.first);
    count_ = static_cast<std::uint32_t>(nodes_.size());
  }

  // Rows of deleted nodes stand among all rows, never in the list of a label.
  void pass_dead() {
    if (!step_.labels.empty()) return;
    while (at_ < count_ && !execution_.snapshot.is_alive(NodeRow{at_})) ++at_;
  }

  void fill(Batch& out) {
    found_.clear();
    auto most = std::min<std::size_t>(execution_.options.vector_size, kTextBytesAtOnce / (rows_.text_bytes(row_) + 1) + 1);
    if (step_.labels.empty()) {
      for (; at_ < count_ && found_.size() < most; ++at_, pass_dead()) found_.push_back(at_);
    } else {
      // Batches begin where blocks of columns do.
      constexpr auto kBlockRows = policygraph::Column::kBlockRows;
      if (most >= kBlockRows) most -= nodes_[at_].value % kBlockRows;
      const auto some = nodes_.subspan(at_, std::min<std::size_t>(most, count_ - at_));
      found_.resize(some.size());
      static_assert(sizeof(NodeRow) == sizeof(std::uint32_t));
      std::memcpy(found_.data(), some.data(), some.size_bytes());
      at_ += static_cast<std::uint32_t>(some.size());
    }
    constexpr std::size_t kFewColumns = 64;  // whose list is not worth charging for
    if (rows_.columns.size() == 0 && out.columns.size() <= kFewColumns) {
      out.clear();
      out.size = static_cast<std::uint32_t>(found_.size());
    } else {
      selection_.assign(found_.size(), row_);
      out.gather(rows_, selection_, &execution_.limits);
    }
    out.columns.fresh(step_.slot, VectorKind::node).rows.swap(found_);
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Batch rows_;
  std::uint32_t row_ = 0, at_ = 0, count_ = 0;
  std::span<const NodeRow> nodes_;
  std::vector<std::uint32_t> selection_, found_;
};

// A key as Cypher's = compares it: 3.0 and decimal('3') are 3 too.
std::optional<std::int64_t> whole_number(const Value& value) {
  if (value.kind() == ValueKind::integer) return value.as_integer();
  if (value.kind() == ValueKind::decimal) return value.as_decimal().to_int64();
  if (value.kind() != ValueKind::floating) return std::nullopt;
  const auto d = value.as_double();
  if (!(d >= 0 && d < 9223372036854775808.0) || d != std::floor(d)) return std::nullopt;
  return static_cast<std::int64_t>(d);
}

// The node of a key, if it has the label; a key that is no whole number, or of no node, finds none.
class Seek : public Operator {
 public:
  Seek(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {}

  bool next(Batch& out) override {
    execution_.limits.tick();
    while (input_->next(out)) {
      const auto node = find(whole_number(evaluator_.value(step_.value, out, 0)));
      if (!node) continue;
      auto& column = out.columns.fresh(step_.slot, VectorKind::node);
      column.rows.assign(out.size, node->value);
      return true;
    }
    return false;
  }
  void reset() override { input_->reset(); }

 private:
  std::optional<NodeRow> find(std::optional<std::int64_t> key) const {
    if (!key || *key <= 0) return std::nullopt;
    const auto& snapshot = execution_.snapshot;
    const auto node = snapshot.find(NodeKey{static_cast<std::uint64_t>(*key)});
    if (!node || step_.labels.empty()) return node;
    const auto label = execution_.names->labels[step_.labels[0]];
    return label && snapshot.has_label(*node, *label) ? node : std::nullopt;
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
};

}  // namespace

OperatorPtr make_scan(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Scan>(execution, step, std::move(input));
}
OperatorPtr make_seek(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Seek>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
