#pragma once

#include <memory>
#include <utility>

#include "query/run/evaluator.hpp"

namespace policygraph::inline v0::detail::query {

// A step at work: gives batches of rows until there are none. A batch given is never empty.
class Operator {
 public:
  virtual ~Operator() = default;
  // False where there are no more, `out` then holding anything; rows put into an Argument since then come with the next call.
  virtual bool next(Batch& out) = 0;
  // From the beginning again, for the next row of a subquery.
  virtual void reset() = 0;
};
using OperatorPtr = std::unique_ptr<Operator>;

// The rows that the operator around puts in; each leaf of the inner plan gives them once.
class Argument {
 public:
  void put(const Batch* batch) {
    batch_ = batch;
    ++turn_;
  }
  void reset() { batch_ = nullptr; }
  const Batch* batch() const { return batch_; }
  std::uint64_t turn() const { return turn_; }

 private:
  const Batch* batch_ = nullptr;
  std::uint64_t turn_ = 0;
};

// The operators from the leaves up to `step`; `argument` is where an inner plan takes its rows from.
OperatorPtr make_operator(Execution& execution, StepId step, Argument* argument);

// A file each.
OperatorPtr make_scan(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_seek(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_seek_property(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_seek_name(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_expand(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_expand_into(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_expand_path(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_shortest_path(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_weigh(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_weigh_triangles(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_filter(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_project(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_aggregate(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_sort(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_skip(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_limit(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_unwind(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_call(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_call_subquery(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_call_once(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_call_writing(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_union(Execution& execution, OperatorPtr first, OperatorPtr second);
OperatorPtr make_optional_match(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_subquery(Execution& execution, const Step& step, OperatorPtr input);
// A subquery of one hop, whose rows nobody asks for.
bool counts_edges(const Execution& execution, const Step& step);
OperatorPtr make_edge_count(Execution& execution, const Step& step, OperatorPtr input);
// Over the step that it names.
OperatorPtr make_wanted(Execution& execution, const Execution::Wanted& wanted, OperatorPtr input);
OperatorPtr make_create(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_merge(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_set(Execution& execution, const Step& step, OperatorPtr input);
OperatorPtr make_delete(Execution& execution, const Step& step, OperatorPtr input);

}  // namespace policygraph::inline v0::detail::query
