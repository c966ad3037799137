#include <set>

#include "query/run/write.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// All that is to go is known before the first thing goes; edges go before nodes, each once.
class Delete : public Operator {
 public:
  Delete(Execution& execution, const Step& step, OperatorPtr input)
      : execution_(execution), step_(step), input_(std::move(input)), evaluator_(execution) {}

  bool next(Batch& out) override {
    if (!std::exchange(is_done_, true)) write();
    return held_.next(out, execution_.options.vector_size);
  }
  void reset() override {
    input_->reset();
    held_ = {};
    nodes_.clear();
    edges_.clear();
    is_done_ = false;
  }

 private:
  void write() {
    held_.batches = read_all(*input_, execution_);
    const auto& clause = execution_.plan.writes[step_.clause];
    for (const auto& batch : held_.batches) {
      for (std::uint32_t row = 0; row < batch.size; ++row) {
        execution_.limits.step();
        for (const auto id : clause.deleted) mark(evaluator_.value(id, batch, row), clause);
      }
    }
    auto& transaction = *execution_.transaction;
    for (const auto edge : edges_) {
      const auto row = execution_.snapshot.find(edge);
      execution_.deleted_types.emplace(edge, execution_.snapshot.name(execution_.snapshot.type(*row)));
      transaction.delete_edge(edge);
    }
    try {
      for (const auto node : nodes_) transaction.delete_node(node, clause.is_detach);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::conflict) throw;
      fail_run(execution_.plan.query.text, clause.span.start, ErrorType::constraint_verification_failed, Trouble::delete_connected_node, error.text());
    }
    execution_.counts.edges_deleted += edges_.size();
    execution_.counts.nodes_deleted += nodes_.size();
    execution_.refresh(held_.batches);
  }

  void mark(const Value& value, const BoundClause& clause) {
    switch (value.kind()) {
      case ValueKind::null: return;
      case ValueKind::node: return mark_node(value.as_node(), clause.is_detach);
      case ValueKind::edge: mark_edge(value.as_edge()); return;
      case ValueKind::path:
        for (const auto edge : value.as_path().edges) mark_edge(edge);
        for (const auto node : value.as_path().nodes) mark_node(node, clause.is_detach);
        return;
      default:
        fail_run(execution_.plan.query.text, clause.span.start, ErrorType::type_error, Trouble::invalid_argument_type,
                 "DELETE takes nodes, relationships and paths, not " + excerpt(value));
    }
  }

  // What an earlier DELETE took is not there to go again.
  void mark_edge(EdgeKey key) {
    if (execution_.snapshot.find(key)) edges_.insert(key);
  }

  void mark_node(NodeKey key, bool is_detach) {
    const auto& snapshot = execution_.snapshot;
    const auto row = snapshot.find(key);
    if (!row || !nodes_.insert(key).second || !is_detach) return;
    for (std::size_t type = 0; type < snapshot.edge_type_count(); ++type) {
      const auto out = snapshot.out_edges(*row, EdgeType(type));
      for (std::size_t i = 0; i < out.size(); ++i) edges_.insert(snapshot.key(out.edge(i)));
      for (const auto edge : snapshot.in_edges(*row, EdgeType(type)).edges) edges_.insert(snapshot.key(edge));
    }
  }

  Execution& execution_;
  const Step& step_;
  OperatorPtr input_;
  Evaluator evaluator_;
  HeldRows held_;
  std::set<NodeKey> nodes_;
  std::set<EdgeKey> edges_;
  bool is_done_ = false;
};

}  // namespace

OperatorPtr make_delete(Execution& execution, const Step& step, OperatorPtr input) {
  return std::make_unique<Delete>(execution, step, std::move(input));
}

}  // namespace policygraph::inline v0::detail::query
