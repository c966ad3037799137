#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "query/plan/plan.hpp"
#include "query/run/execution.hpp"
#include "query/run/running.hpp"

namespace policygraph::inline v0::detail::query {

/// What of a snapshot a plan was chosen by: how many there are of what its query names. A name that is not there counts as none.
class PlanBasis {
 public:
  PlanBasis(const BoundQuery& query, const Snapshot& snapshot);
  /// Whether a plan for the one is a sensible plan for the other: what was there is, what was not is not, and no count is past
  /// twice the other or below half of it. Few are near any few.
  bool is_near(const PlanBasis& other) const noexcept;

 private:
  std::vector<std::uint64_t> counts_;
};

/// A plan, and what its names are in a snapshot; it does not hold that snapshot. Or, to go on over commits, what it was chosen by.
struct KeptPlan {
  KeptPlan(std::shared_ptr<const Plan> the_plan, std::shared_ptr<const Names> the_names, std::shared_ptr<const PlanBasis> the_basis);

  std::shared_ptr<const Plan> plan;
  std::shared_ptr<const Names> names;
  std::shared_ptr<const PlanBasis> basis;
  bool asks_clock;
  bool may_run_again;  // its operators, with what they hold
  mutable SpareRun spare;

  /// The same query with evidence, all of it, planned when first asked for. Requires: names, and that evidence is late.
  std::shared_ptr<const KeptPlan> with_evidence(const Snapshot& snapshot, const QueryOptions& bounds) const;

 private:
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const KeptPlan> with_evidence_;
};

/// Plans by text and by what of the options a plan depends on; the last used stay. Whoever has one locks it.
class PlanTable {
 public:
  explicit PlanTable(std::size_t most) : most_(most) {}
  PlanTable(const PlanTable&) = delete;
  PlanTable& operator=(const PlanTable&) = delete;

  /// Null where there is none.
  std::shared_ptr<const KeptPlan> find(std::string_view text, const QueryOptions& options);
  void keep(std::string_view text, const QueryOptions& options, std::shared_ptr<const KeptPlan> plan);
  void clear();
  std::size_t size() const noexcept { return entries_.size(); }

 private:
  struct Entry {
    std::string text;
    bool has_evidence;
    bool is_optimised;
    std::shared_ptr<const Procedures> procedures;
    std::shared_ptr<const KeptPlan> plan;
  };
  void drop(std::list<Entry>::iterator entry);

  std::size_t most_;
  std::list<Entry> entries_;                                                  // used last first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_text_;  // the text is the entry's
};

/// The plan of a text that was asked of the snapshot before, or of one that a commit made it from: kept beside the snapshot and
/// beside the last compaction it rests on, 256 of them each, and gone with those. A plan goes on over commits as long as its PlanBasis
/// is near, and if nothing was to be noted; all of them have one schema. Null: none; never for a view, for rules left out, and for
/// procedures of the caller's, which would live as long as the snapshot.
std::shared_ptr<const KeptPlan> find_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options);
/// Where find_plan would look for it.
void keep_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options, std::shared_ptr<const KeptPlan> plan);

}  // namespace policygraph::inline v0::detail::query
