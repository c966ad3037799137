#pragma once

#include <vector>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {

// Beside each row of the input the nodes that an index finds for it. Which, those who derive from it say.
class SeekNodes : public Operator {
 public:
  SeekNodes(Execution& execution, const Step& step, OperatorPtr input);
  bool next(Batch& out) override;
  void reset() override;

 protected:
  // A batch of rows has come: a write below may have moved to a new snapshot.
  virtual void begin_batch() {}
  // Into found_, for the row at hand.
  virtual void find_nodes() = 0;

  Value value() { return evaluator_.value(step_.value, rows_, row_); }
  // Those of a label, or all.
  void find_all(std::optional<Label> label);

  Execution& execution_;
  const Step& step_;
  std::vector<NodeRow> found_;

 private:
  void fill(Batch& out);

  OperatorPtr input_;
  Evaluator evaluator_;
  Batch rows_;
  std::uint32_t row_ = 0;
  std::size_t at_ = 0;
  std::vector<std::uint32_t> selection_;
};

}  // namespace policygraph::inline v0::detail::query
