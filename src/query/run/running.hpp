#pragma once

#include <atomic>
#include <memory>

#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {

struct KeptPlan;

// Whether a query may ask what time it is.
bool asks_clock(const Plan& plan);
// Whether the operators of a plan may be set to its beginning and run with other parameters: each of them says with reset() that it
// keeps nothing but room, and none holds anything that the parameters made.
bool may_run_again(const Plan& plan);

// A plan at work: its options, its operators and the room they have.
struct Running {
  QueryOptions options;
  Execution execution;
  Batch batch;
  OperatorPtr root;  // made when first asked

  Running(const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& the_options, const Limits* since);
  // The same again. Requires: it ended, and was not given to a SpareRun, or taken from one.
  void begin_again(const Snapshot& snapshot, const QueryOptions& the_options, const Limits* since);
  // Nothing is left of what was asked but room, and no snapshot is held.
  void end();
  // Whether the room is little.
  bool is_small() const noexcept;

 private:
  void take_options(const QueryOptions& given);
  bool asks_clock_;
};

// What a run leaves to the next of the same plan, so that a small query allocates little but its answer. Any thread may take it; the
// next that asks makes its own.
class SpareRun {
 public:
  SpareRun() noexcept = default;
  SpareRun(const SpareRun&) = delete;
  SpareRun& operator=(const SpareRun&) = delete;
  ~SpareRun();
  // Null where there is none.
  std::unique_ptr<Running> take() noexcept;
  // One that ended well.
  void put(std::unique_ptr<Running> run) noexcept;

 private:
  std::atomic<Running*> held_{nullptr};
};

}  // namespace policygraph::inline v0::detail::query
