#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

// Threads for one step of a run, each with an Execution of its own. Whatever goes wrong in one of them, or would be told in the order of
// the rows, undoes all: the step is then done again by one thread, so that answers, errors and notes never depend on how many there are.
class Workers {
 public:
  // As many as are worth it for so many nodes and edges; one, which is the caller, where the run is not for several.
  Workers(Execution& execution, std::size_t work);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // With the caller, which is number 0.
  unsigned size() const noexcept { return static_cast<unsigned>(helpers_.size()) + 1; }
  Execution& execution(unsigned worker) { return worker == 0 ? execution_ : helpers_[worker - 1]->execution; }
  // Calls work(worker, part) for each part by whoever is free; true where all went well, and nothing of it may be kept where not. The work
  // itself says false where it cannot go on so.
  bool run(std::uint32_t parts, const std::function<bool(unsigned worker, std::uint32_t part)>& work);

 private:
  struct Helper {
    Helper(const Execution& of, const QueryOptions& the_options);
    QueryOptions options;
    Execution execution;
  };

  Execution& execution_;
  Room room_;  // what the helpers may hold
  std::vector<std::unique_ptr<Helper>> helpers_;
};

// The scan that the rows of a step come from, where parts of its nodes may be taken apart: over steps that make of each row what they make of
// it whatever rows are beside it. Null where there is none.
const Step* scan_in_parts(const Plan& plan, StepId below);
// How many nodes and edges are come to from there, roughly.
std::size_t work_below(const Execution& execution, StepId below);

}  // namespace policygraph::inline v0::detail::query
