#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "policygraph/query/query.hpp"
#include "query/bind/bound.hpp"
#include "query/limits.hpp"

// How a query will run: steps in an arena, each with the step it takes rows from. Rows are as wide as the query has slots.
namespace policygraph::inline v0::detail::query {

using StepId = std::uint32_t;

enum class StepKind : std::uint8_t {
  unit,          // one row without values
  argument,      // the rows of the step around this inner plan
  scan,          // slot: nodes with labels[0], or all; times the input
  seek,          // slot: the node whose key is value, if it has labels[0]
  seek_property, // slot: nodes with labels[0], or all, whose `property` may be `value` (or one of it); the filter stays above
  seek_name,     // slot: nodes with labels[0], or all, that name_matches may hold of for `value`; the filter stays above
  expand,        // from -> slot over one edge
  expand_into,   // edges between from and to, both known
  expand_path,   // from -> slot (or to, known) over a path of edges
  shortest_path, // the same over the shortest; with inner: over the shortest that the inner plan leaves, `to` being known
  weigh,         // slot: in how many ways the row goes on over `hops`, which nobody asks more of; a row that does not is dropped
  weigh_triangles,  // the same, from -> hops[0] -> hops[1], and over hops[2] to where those end; predicates: asked of the three nodes
  filter,        // predicates, all true
  project,       // assignments
  aggregate,     // keys, aggregates
  recall,        // slots: as the row around CALL { } has them
  distinct,      // keys
  sort,          // order
  top,           // order, skip, limit
  skip, limit,
  unwind,        // assignments[0]
  call,          // call; slots
  call_subquery, // inner; slots: what it gives; kept: what the outer row has
  call_once,     // the same, run for the first row only
  call_writing,  // the same over all rows, before the first is given; is_unit: the rows stay as they are
  optional,      // inner; rows without match keep their place with nulls in `slots`
  subquery,      // inner; slot
  union_,        // input and inner
  create, merge, set, remove, delete_,
};

// Part of a condition on a path: that all of its nodes, or relationships, hold what the quantifier asks, or that none does.
struct PathTest {
  BoundId quantifier = kNone;
  bool is_of_nodes = false;
  bool is_none = false;
};
// And that its length, and so many more, compares so with a value.
struct LengthBound {
  Operation op = Operation::none;
  BoundId value = kNone;
  std::int64_t more = 0;
};

// weigh: what the ways over a hop are a factor of. Two hops that must not take the same edge are one factor: the product of both, less
// the ways in which they would.
struct HopFactor {
  std::uint32_t hop = kNone;    // into Step::hops, as the others
  std::uint32_t other = kNone;
  std::uint32_t both = kNone;
};

// weigh: from a node over one edge, of which only the count is asked for.
struct CountedHop {
  Slot from = kNone, slot = kNone, edge = kNone;
  Slot other_slot = kNone, other_edge = kNone;  // HopFactor::both: the end and the edge are those of the other hop too
  std::vector<std::uint32_t> types;
  Direction direction = Direction::out;
  bool is_loop = false;                    // over edges from the node to itself alone
  std::vector<BoundId> predicates;         // asked of each edge and its end
  std::vector<BoundId> end_predicates;     // asked of the end alone, once a node
  std::vector<Slot> different;             // edges of the row that this one must not be
  std::vector<HopFactor> factors;          // how it goes on from its end
  std::uint32_t unlike = kNone;            // the hop, its only factor, that must not go back over the same edge
  bool is_unlike_loop = false;             // which it might where that is a loop
};

struct Step {
  Step() = default;
  explicit Step(StepKind step_kind) : kind(step_kind) {}

  StepKind kind = StepKind::unit;
  StepId input = kNone;
  StepId inner = kNone;
  Slot slot = kNone;
  Slot from = kNone;
  Slot to = kNone;
  Slot edge = kNone;
  std::vector<std::uint32_t> labels;
  std::vector<std::uint32_t> types;
  Direction direction = Direction::out;
  bool is_known_end = false;               // expand_path: `to` has a value already
  bool lists_nothing = false;              // expand, expand_path, shortest_path: nobody reads its edges
  bool is_reversed = false;                // expand_path: walked against the way it is written
  std::uint32_t least = 1;
  std::optional<std::uint32_t> most;
  PathPattern::Search search = PathPattern::Search::every;
  std::vector<PathTest> tests;             // shortest_path: what its inner plan asks too
  std::vector<LengthBound> bounds;
  bool is_sure = true;                     // shortest_path: the inner plan asks nothing else
  std::vector<Slot> different;             // edges this one must not be
  std::vector<CountedHop> hops;            // weigh
  std::vector<HopFactor> factors;          // weigh: those that begin at nodes of the row
  std::vector<BoundId> predicates;
  std::vector<BoundId> early;              // filter: of those, what stood higher and may fail: a row it fails for passes
  std::vector<BoundId> late;               // filter: what went lower so; asked again once it has failed
  std::vector<Assignment> assignments;
  std::vector<Slot> keys;
  std::vector<BoundAggregate> aggregates;
  std::vector<BoundSort> order;
  BoundId skip = kNone;
  BoundId limit = kNone;
  std::vector<Slot> slots;
  std::vector<Slot> kept;                  // call_subquery: slots of the outer row
  Slot lineage = kNone;                    // aggregate, distinct, subquery; filter, project, writes over inner subqueries: where evidence
                                           // is gathered; none with evidence off
  std::vector<Slot> gathered;              // subquery: what its inner plan binds, for the evidence
  Slot ordinal = kNone;                    // optional, subquery: which outer row
  BoundSubquery::Mode mode = BoundSubquery::Mode::exists;
  BoundId value = kNone;
  BoundId money = kNone;                   // subquery: the currencies of a value; slots[0]: where they go
  std::uint32_t property = kNone;          // seek_property: number in query.properties
  bool is_one_of = false;                  // seek_property: `value` is a list
  bool takes_all_of_null = false;          // seek_name: null is for all nodes
  bool is_unit = false;                    // call_writing
  bool is_row_by_row = false;              // subquery: its inner plan does not keep rows apart
  std::uint32_t match = kNone;             // into Plan::patterns
  std::uint32_t clause = kNone;            // writes: into Plan::writes
  std::uint32_t clause_count = 0;
  std::uint32_t call = kNone;              // into Plan::calls
};

// Rows of the answer are groups of others, and what those rest on is gathered when someone asks.
struct LateEvidence {
  std::vector<Slot> keys;  // that tell the groups apart
  std::vector<Slot> own;   // what a row of the answer has, its keys too: that is evidence of its own
};

struct Plan {
  BoundQuery query;
  std::vector<Step> steps;
  std::vector<BoundPattern> patterns;
  std::vector<BoundClause> writes;
  std::vector<BoundCall> calls;
  std::vector<StepId> inner;                 // of BoundQuery::inner
  std::vector<std::vector<Slot>> inner_gathered;  // what they bind, for the evidence
  StepId root = kNone;
  std::vector<OutputColumn> columns;
  bool has_evidence = true;
  std::optional<LateEvidence> late;              // has_evidence is false then
  std::vector<std::vector<std::uint32_t>> read;  // slot -> properties read from it, for its evidence
};

// Throws QueryError, or Error(limit) for a query of too many clauses, and as the limits do.
Plan make_plan(BoundQuery query, const Snapshot& snapshot, const QueryOptions& options, Limits& limits);
Plan make_plan(BoundQuery query, const Snapshot& snapshot, const QueryOptions& options);

// The step that groups the rows of the answer, where nothing but filters, columns, order and LIMIT stand above it; else
// none.
StepId grouping_step(const Plan& plan);
// What must be kept of the rows for their evidence to be gathered later; none where it has to be at once. Requires: the
// plan as built, with evidence.
std::optional<LateEvidence> late_evidence(const Plan& plan);
// Whether each time it is asked it answers something else.
bool is_fickle(const BoundExpression& e);

// The steps of a pattern on top of `input`; the order of joining is as written, or the one given.
StepId add_pattern(Plan& plan, StepId input, std::uint32_t match, const std::vector<bool>& is_bound, const Snapshot* by_cost,
                   Limits& limits);
StepId add_step(Plan& plan, Step step);
// Slots that have a value above `step`.
std::vector<bool> bound_slots(const Plan& plan, StepId step);
// Whether the step itself gives one of `slots` its value.
bool binds_any(const Plan& plan, const Step& step, const std::vector<bool>& slots);
// Slots that an expression reads, in order; nothing for one that may read more than `most`.
std::optional<std::vector<Slot>> few_read_slots(const BoundQuery& query, BoundId expression, std::size_t most);
// All of them.
void read_slots(const BoundQuery& query, BoundId expression, std::vector<bool>& out);
// Whether a predicate may fail for some row, instead of being true, false or unknown.
bool may_fail(const BoundQuery& query, BoundId predicate);
// Whether an expression reads one of those.
bool reads_slot(const BoundQuery& query, BoundId expression, const std::unordered_set<Slot>& slots);

// Whether an expression, or a subquery in it, reads the path or its relationships.
bool reads_path(const BoundQuery& query, BoundId expression, const std::vector<BoundSubquery>& early, Slot path, Slot edges);
// What of a condition on a path a search can see to while it goes on, put down in `step`; else the step is not sure of what it finds.
void add_path_condition(const BoundQuery& query, BoundId condition, const std::vector<BoundSubquery>& early, Slot path, Step& step);

// A rule: plan in, plan out, and correct when left out. In order of use.
struct Rule {
  std::string_view name;
  void (*apply)(Plan& plan, const Snapshot& snapshot, Limits& limits);
};
std::vector<Rule> rules();
void fold_constants(Plan& plan, const Snapshot& snapshot, Limits& limits);
void choose_start(Plan& plan, const Snapshot& snapshot, Limits& limits);
void push_filters(Plan& plan, const Snapshot& snapshot, Limits& limits);
void seek_keys(Plan& plan, const Snapshot& snapshot, Limits& limits);
void seek_names(Plan& plan, const Snapshot& snapshot, Limits& limits);
void seek_properties(Plan& plan, const Snapshot& snapshot, Limits& limits);
void top_rows(Plan& plan, const Snapshot& snapshot, Limits& limits);
void reach_ends(Plan& plan, const Snapshot& snapshot, Limits& limits);
void weigh_triangles(Plan& plan, const Snapshot& snapshot, Limits& limits);
void weigh_hops(Plan& plan, const Snapshot& snapshot, Limits& limits);

std::string to_text(const Plan& plan);
// A line of that text; the step it tells of, none for headings.
struct PlanLine {
  std::string text;
  StepId step = kNone;
};
std::vector<PlanLine> plan_lines(const Plan& plan);

}  // namespace policygraph::inline v0::detail::query
