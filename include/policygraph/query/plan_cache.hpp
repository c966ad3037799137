#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "policygraph/export.hpp"
#include "policygraph/query/query.hpp"

namespace policygraph::inline v0 {

/// Plans of texts asked before, for a program that asks the same of a graph again and again: finding one costs well under
/// a microsecond, where reading, binding and planning cost tens. Any thread may use it.
///
/// The cache keeps plans of the snapshot asked last and lets go of the others, so that it never keeps an old graph in
/// memory for more than one query. After a commit a plan goes on while what its query names is there as before and about as often.
///
///     policygraph::PlanCache plans;
///     auto rows = plans.prepare(graph.snapshot(), "MATCH (a:LegalAct {number: $n}) RETURN a").run({{"n", "PF-6079"}});
class POLICYGRAPH_EXPORT PlanCache {
 public:
  /// Keeps `most` plans, those used last.
  explicit PlanCache(std::size_t most = 256);
  ~PlanCache();
  PlanCache(const PlanCache&) = delete;
  PlanCache& operator=(const PlanCache&) = delete;

  /// As policygraph::prepare. What a plan depends on of the options (evidence, optimise, procedures) is compared; a query
  /// as of a date, or with rules left out, is planned anew.
  PreparedQuery prepare(const Snapshot& snapshot, std::string_view text, const QueryOptions& options = {});

  std::size_t size() const;
  std::size_t hits() const;    ///< since it was made
  std::size_t misses() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace policygraph::inline v0
