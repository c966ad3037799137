#pragma once

#include <chrono>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/export.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/evidence.hpp"
#include "policygraph/model/value.hpp"
#include "policygraph/query/procedure.hpp"
#include "policygraph/query/query_error.hpp"

namespace policygraph::inline v0 {

/// Values for $names; bound, never spliced.
using Parameters = std::map<std::string, Value, std::less<>>;

struct QueryOptions {
  /// Each row knows the assertions it rests on. Off: it costs nothing, and the answers are the same. Where rows are groups of others (an
  /// aggregation, DISTINCT) next to nothing either until someone asks: then the rows of those groups are met once more, of up to 64 rows
  /// of the answer first and of all when more are asked for, within `max_memory`, without `timeout` and `stop`: `Rows::gather_evidence`
  /// takes those. The Rows hold their snapshot, as always, and the keys of their groups.
  bool evidence = true;
  std::size_t max_rows = 0;               ///< 0: no bound; past it Error(limit)
  std::size_t max_memory = std::size_t{2} << 30;  ///< bytes of intermediate and result rows; past it Error(limit)
  std::chrono::milliseconds timeout{0};   ///< 0: none; past it Error(limit)
  /// Error(interrupted), as a rule within 100 ms, and giving the memory back within 0.4 s (tests/query/runaway_test.cpp). Asked within every
  /// function, comparison and sort; comparing or copying one text of hundreds of megabytes is not cut short.
  std::stop_token stop;
  std::shared_ptr<const Procedures> procedures;  ///< what CALL may call; a prepared query keeps those it was prepared with
  bool optimise = true;                   ///< false: the plan as bound, for comparison
  /// Optimiser rules to leave out: "fold_constants", "choose_start", "push_filters", "seek_keys", "seek_properties", "seek_names",
  /// "spread_searches", "top_rows", "reach_ends", "weigh_triangles", "weigh_hops"; "late_evidence": evidence of groups is gathered at once.
  std::vector<std::string> rules_off;
  /// Unless unknown: only edges possibly valid on that date are seen (graph/views.hpp). For reading queries; a prepared
  /// one keeps the date it was prepared with.
  PartialDate as_of;
  std::uint32_t vector_size = 2048;       ///< rows a batch, 1 to 65,536
  /// Threads that scans and sums over many nodes may use: 0: as many as there are processors. The answer is the same with any number,
  /// order and errors too.
  unsigned threads = 0;
  /// The time that date(), datetime.realtime() and the other clocks show; else one reading of the system's clock a query, in UTC.
  std::optional<std::chrono::sys_time<std::chrono::nanoseconds>> now = std::nullopt;
};

class Rows;

/// One row of an answer; valid as long as its Rows.
class POLICYGRAPH_EXPORT Row {
 public:
  const Value& operator[](std::size_t column) const;      ///< throws Error(invalid_argument) past the last
  const Value& operator[](std::string_view column) const; ///< throws Error(not_found) with the names there are
  std::size_t size() const noexcept;
  /// What the row rests on, without duplicates, the longest passages first (they say most; equal ones in order of id); empty with
  /// evidence off. Quotes are cut here, when asked. Words that a search found, which no claim rests on, have no id.
  std::vector<Citation> evidence() const;
  std::vector<EvidenceId> evidence_ids() const;
  /// Likewise: evidence left out because of the bound for aggregates (1,000 a row).
  std::size_t evidence_left_out() const;

 private:
  friend class Rows;
  Row(const Rows* rows, std::size_t index) noexcept : rows_(rows), index_(index) {}
  const Rows* rows_;
  std::size_t index_;
};

/// How a write changed the graph.
struct WriteCounts {
  std::size_t nodes_created = 0, nodes_deleted = 0, edges_created = 0, edges_deleted = 0, properties_set = 0, properties_removed = 0,
              labels_added = 0, labels_removed = 0;
  friend bool operator==(const WriteCounts&, const WriteCounts&) = default;
};

/// The answer of a query: columns by name, rows in order, each with its evidence. Complete when returned; copies share.
class POLICYGRAPH_EXPORT Rows {
 public:
  const std::vector<std::string>& columns() const noexcept;
  std::size_t size() const noexcept;
  bool empty() const noexcept { return size() == 0; }
  Row operator[](std::size_t row) const;  ///< throws Error(invalid_argument) past the last
  class Iterator;
  Iterator begin() const noexcept;
  Iterator end() const noexcept;
  /// Gathers the evidence of these rows where it has to be gathered yet (see QueryOptions::evidence), within the memory, the time and the
  /// stop token of `bounds`; throws past them as a query does. Who asks without it waits as long as it takes.
  void gather_evidence(std::size_t first, std::size_t count, const QueryOptions& bounds) const;
  /// The snapshot that answered; nodes and edges in values are keys of it.
  const Snapshot& snapshot() const noexcept;
  const WriteCounts& counts() const noexcept;
  /// Notifications: the query is right, and most likely not meant so. Names that nothing has (open schema), a comparison with null or
  /// with a value of another type, a cross product, a path without any bound, ... (docs/cypher.md). Spans are bytes of the query's text.
  const std::vector<Diagnostic>& notifications() const noexcept;

  struct Data;  ///< private
  explicit Rows(std::shared_ptr<const Data> data) noexcept;
  const Data& data() const noexcept { return *data_; }

 private:
  friend class Row;
  std::shared_ptr<const Data> data_;
};

class Rows::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Row;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = Row;
  Iterator() noexcept = default;
  Iterator(const Rows* rows, std::size_t index) noexcept : rows_(rows), index_(index) {}
  Row operator*() const { return (*rows_)[index_]; }
  Iterator& operator++() noexcept { ++index_; return *this; }
  Iterator operator++(int) noexcept { auto old = *this; ++index_; return old; }
  friend bool operator==(const Iterator&, const Iterator&) = default;

 private:
  const Rows* rows_ = nullptr;
  std::size_t index_ = 0;
};

/// Runs a reading query on a snapshot, or any query on a graph (a write is one transaction, committed at the end). The plan of a
/// reading one is kept beside its snapshot: the same text asked again is found in well under a microsecond. (Not of views, nor with
/// procedures of the caller's: `prepare` and `PlanCache` are for those.)
/// Throws QueryError (syntax, bind, run) with line, column and "did you mean", or plain Error (limit, interrupted).
///
///     auto rows = policygraph::query(graph, "MATCH (a:LegalAct)-[:AUTHORISES]->(f) WHERE f.currency = $c RETURN a.number, f.amount",
///                                    {{"c", "EUR"}});
POLICYGRAPH_EXPORT Rows query(Graph& graph, std::string_view text, const Parameters& parameters = {}, const QueryOptions& options = {});
POLICYGRAPH_EXPORT Rows query(const Snapshot& snapshot, std::string_view text, const Parameters& parameters = {}, const QueryOptions& options = {});
/// Inside a transaction of the caller: sees its writes, adds its own, does not commit.
POLICYGRAPH_EXPORT Rows query(Transaction& transaction, std::string_view text, const Parameters& parameters = {}, const QueryOptions& options = {});

/// A reading query parsed, bound and planned once for one snapshot; running it again costs neither planning nor a transaction, and
/// a small one allocates little but its answer: what the last run had room in is kept for the next. Any number of threads may run it.
class POLICYGRAPH_EXPORT PreparedQuery {
 public:
  Rows run(const Parameters& parameters = {}, const QueryOptions& options = {}) const;
  /// With the values of its parameters in the order of `parameters()`, which need not be looked up by name.
  Rows run_in_order(std::span<const Value> values, const QueryOptions& options = {}) const;
  const std::vector<std::string>& columns() const noexcept;
  /// Names of its parameters, without $, in the order in which the text names them first.
  std::vector<std::string> parameters() const;

  struct Data;  ///< private
  explicit PreparedQuery(std::shared_ptr<const Data> data) noexcept;
  const Data& data() const noexcept { return *data_; }

 private:
  std::shared_ptr<const Data> data_;
};
POLICYGRAPH_EXPORT PreparedQuery prepare(const Snapshot& snapshot, std::string_view text, const QueryOptions& options = {});

/// The forms a query goes through, as text: what it parsed as, what its names mean, how it will run.
enum class QueryPhase : std::uint8_t { syntax, bound, plan };
POLICYGRAPH_EXPORT std::string explain(const Snapshot& snapshot, std::string_view text, QueryPhase phase = QueryPhase::plan,
                    const QueryOptions& options = {});

}  // namespace policygraph::inline v0
