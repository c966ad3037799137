#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "query/plan/plan.hpp"
#include "query/run/execution.hpp"

namespace policygraph::inline v0::detail::query {

/// A plan, and what its names are in the snapshot it was made for. It does not hold that snapshot.
struct KeptPlan {
  Plan plan;
  std::shared_ptr<const Names> names;
};

/// Plans of one snapshot by text and by what of the options a plan depends on; the last used stay. Whoever has one locks it.
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

/// The plan of a text that was asked of the snapshot before: kept beside it, 256 of them, and gone with it, so that no schema,
/// no name and no statistics can be others than when it was made. Null: none; never for a view, for rules left out, and for
/// procedures of the caller's, which would live as long as the snapshot.
std::shared_ptr<const KeptPlan> find_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options);
/// Where find_plan would look for it.
void keep_plan(const Snapshot& snapshot, std::string_view text, const QueryOptions& options, std::shared_ptr<const KeptPlan> plan);

}  // namespace policygraph::inline v0::detail::query
