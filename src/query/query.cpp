#include "policygraph/query/query.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

#include "policygraph/graph/views.hpp"
#include "query/kept_plans.hpp"
#include "query/rows_data.hpp"
#include "query/run/operator.hpp"
#include "query/run/profile.hpp"
#include "query/run/row_bound.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

Snapshot seen(const Snapshot& snapshot, const QueryOptions& options) {
  return options.as_of.is_unknown() ? snapshot : as_of(snapshot, options.as_of);
}

void refuse_date(const QueryOptions& options) {
  if (options.as_of.is_unknown()) return;
  throw Error(ErrorCode::invalid_argument, "the query writes, and what was true on " + options.as_of.to_string() +
                                               " is only read; leave out the date");
}

Plan plan_text(std::string_view text, const Snapshot& snapshot, const QueryOptions& options, Limits& limits) {
  return make_plan(detail::query::bind(parse(text), snapshot, options.procedures, limits), snapshot, options, limits);
}

// Takes the rows of a plan's root into the answer.
class Collector {
 public:
  Collector(Execution& execution, Rows::Data& data) : execution_(execution), data_(data), lineage_(execution) {}

  void run(Operator& root, Batch& batch) {
    while (root.next(batch)) {
      execution_.limits.tick();
      if (!execution_.plan.columns.empty()) take(batch);
    }
    for (auto& column : data_.wide) column.finish();
    execution_.limits.release(charged_);  // it is the caller's now, and nothing that the run keeps
  }

 private:
  void take(const Batch& batch) {
    const auto& columns = execution_.plan.columns;
    if (execution_.options.max_rows != 0 && data_.size + batch.size > execution_.options.max_rows) {
      refuse_rows();
    }
    if (execution_.plan.has_evidence && data_.marks.empty()) {
      data_.marks.reserve(batch.size * 4);
      data_.mark_ends.reserve(batch.size);
    }
    if (data_.size == 0) begin(batch);
    std::size_t bytes = columns.size() * batch.size * sizeof(Value);
    for (const auto& column : columns) {
      const auto& values = batch.columns[column.slot];
      if (values.kind != VectorKind::property) bytes += values.memory_bytes(&execution_.limits);
    }
    execution_.limits.check(bytes);
    bytes += data_.wide.empty() ? take_rows(batch, bytes) : take_columns(batch, bytes);
    if (execution_.plan.has_evidence)
      for (std::uint32_t row = 0; row < batch.size; ++row) take_lineage(batch, row);
    if (execution_.plan.late && execution_.plan.query.mode == QueryMode::answer) take_groups(batch);
    charge(bytes);
    data_.size += batch.size;
  }

  [[noreturn]] void refuse_rows() const {
    throw Error(ErrorCode::limit,
                "the answer has more than " + std::to_string(execution_.options.max_rows) + " rows; add LIMIT");
  }

  void charge(std::size_t bytes) {
    execution_.limits.charge(bytes);
    charged_ += bytes;
  }

  void begin(const Batch& batch) {
    const auto& columns = execution_.plan.columns;
    if (batch.size >= kWideRows && execution_.plan.query.mode == QueryMode::answer)
      make_wide(columns.size());
    else
      data_.values.reserve(batch.size * columns.size());
  }

  // Rows that are expected take addresses, and memory once they are there.
  void make_wide(std::size_t columns) {
    data_.wide = std::vector<AnswerColumn>(columns);
    const auto rows = row_bound(execution_);
    if (rows > execution_.limits.free_bytes() / (2 * sizeof(Decimal) * columns)) return;
    for (auto& column : data_.wide) column.expect(rows);
  }

  std::size_t take_columns(const Batch& batch, std::size_t before) {
    const auto& columns = execution_.plan.columns;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      bytes += data_.wide[i].take(batch.columns[columns[i].slot], batch.size, execution_, before + bytes);
    }
    return bytes;
  }

  // Both give the bytes that come to those of the batch: of texts that stood in a column so far.
  std::size_t take_rows(const Batch& batch, std::size_t before) {
    const auto& columns = execution_.plan.columns;
    const auto first = data_.values.size();
    data_.values.resize(first + batch.size * columns.size());
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      bytes += put_values(batch.columns[columns[i].slot], batch.size, execution_, data_.values.data() + first + i,
                          columns.size(), before + bytes);
    }
    return bytes;
  }
  void take_lineage(const Batch& batch, std::uint32_t row) {
    const auto before = data_.marks.size();
    const auto left_out = lineage_.of_row(batch, row, data_.marks);
    charge((data_.marks.size() - before) * sizeof(Mark) + 16);
    if (left_out != 0) data_.left_out.resize(data_.size + batch.size);
    if (left_out != 0) data_.left_out[data_.size + row] = left_out;
    if (execution_.plan.query.is_write) keep_evidence(before);
    data_.mark_ends.push_back(data_.marks.size());
  }

  // What the groups rest on is gathered when it is asked for.
  void take_groups(const Batch& batch) {
    if (data_.groups == nullptr) data_.groups = std::make_unique<HeldGroups>(execution_);
    const auto before = data_.marks.size();
    for (std::uint32_t row = 0; row < batch.size; ++row) {
      lineage_.of_slots(batch, row, execution_.plan.late->own, data_.marks);
      data_.mark_ends.push_back(data_.marks.size());
    }
    charge(data_.groups->add(batch, execution_) + (data_.marks.size() - before) * sizeof(Mark) +
           batch.size * sizeof(std::size_t));
  }

  // Rows move with the commit to come; evidence ids do not.
  void keep_evidence(std::size_t first) {
    const auto begin = data_.marks.begin() + static_cast<std::ptrdiff_t>(first);
    const auto ids = resolve_marks(std::span(begin, data_.marks.end()), execution_.snapshot, *execution_.names);
    data_.evidence.insert(data_.evidence.end(), ids.begin(), ids.end());
    data_.evidence_ends.push_back(data_.evidence.size());
    data_.marks.erase(
        std::remove_if(begin, data_.marks.end(), [](const Mark& mark) { return mark.kind() != Mark::Kind::passage; }),
        data_.marks.end());
  }

  Execution& execution_;
  Rows::Data& data_;
  Lineage lineage_;
  std::size_t charged_ = 0;
};

// One that another run left, or a new one.
std::unique_ptr<Running> start(const KeptPlan& kept, const Snapshot& snapshot, const QueryOptions& options,
                               const Limits* since, Transaction* transaction) {
  if (kept.may_run_again && transaction == nullptr) {
    if (auto spare = kept.spare.take()) {
      spare->begin_again(snapshot, options, since);
      return spare;
    }
  }
  auto made = std::make_unique<Running>(kept, snapshot, options, since);
  made->execution.transaction = transaction;
  return made;
}

// Takes all rows, and the plan instead of them where that is asked for.
void answer(Running& run, const Given& given, Rows::Data& data) {
  auto& execution = run.execution;
  const auto& plan = execution.plan;
  std::vector<StepProfile> profile(plan.query.mode == QueryMode::profile ? plan.steps.size() : 0);
  if (plan.query.mode == QueryMode::profile) execution.profile = &profile;
  if (plan.query.mode != QueryMode::explain) given.bind(plan.query, execution.parameters);
  execution.limits.tick();
  if (plan.query.mode != QueryMode::explain) {
    if (run.root == nullptr) run.root = make_operator(execution, plan.root, nullptr);
    Collector(execution, data).run(*run.root, run.batch);
  }
  if (plan.query.mode != QueryMode::answer) answer_with_plan(plan, execution.profile, data);
}

std::shared_ptr<Rows::Data> run_plan(std::shared_ptr<const KeptPlan> kept, const Snapshot& snapshot, const Given& given,
                                     const QueryOptions& options, const Limits* since, Transaction* transaction) {
  auto run = start(*kept, snapshot, options, since, transaction);
  auto data = std::make_shared<Rows::Data>(Snapshot(std::shared_ptr<const Snapshot::Data>()));
  const auto& plan = *kept->plan;
  data->kept = std::move(kept);
  if (!plan.query.notifications.empty()) data->notifications = plan.query.notifications;
  answer(*run, given, *data);
  auto& execution = run->execution;
  data->counts = execution.counts;
  if (!execution.passages.empty()) data->passages = std::move(execution.passages);
  if (!execution.notifications.empty())
    std::ranges::move(execution.notifications, std::back_inserter(data->notifications));
  data->snapshot = std::move(execution.snapshot);
  if (transaction == nullptr && data->kept->may_run_again && run->is_small()) {
    run->end();
    data->kept->spare.put(std::move(run));
  }
  return data;
}

std::shared_ptr<const Names> names_of(const Plan& plan, const Snapshot& snapshot) {
  return std::make_shared<const Names>(resolve_names(plan.query, snapshot));
}

bool is_writing(const Plan& plan) noexcept { return plan.query.is_write && plan.query.mode != QueryMode::explain; }

void refuse_write(const Plan& plan) {
  if (is_writing(plan))
    throw Error(ErrorCode::invalid_argument,
                "the query writes, and a snapshot never changes; run it on the graph (on the command line: --write)");
}

std::shared_ptr<const KeptPlan> kept(Plan plan, const Snapshot& snapshot) {
  auto names = names_of(plan, snapshot);
  return std::make_shared<const KeptPlan>(std::make_shared<const Plan>(std::move(plan)), std::move(names), nullptr);
}

Rows run_reading(std::shared_ptr<const KeptPlan> plan, const Snapshot& snapshot, const Given& given,
                 const QueryOptions& options, const Limits* since = nullptr) {
  return Rows(run_plan(std::move(plan), snapshot, given, options, since, nullptr));
}

std::shared_ptr<const KeptPlan> plan_of(std::string_view text, const Snapshot& snapshot, const QueryOptions& options,
                                        Limits& limits) {
  if (auto found = find_plan(snapshot, text, options)) return found;
  auto plan = kept(plan_text(text, snapshot, options, limits), snapshot);
  keep_plan(snapshot, text, options, plan);
  return plan;
}

// The clause that writes first, in the order of the text.
std::size_t first_write(const Syntax& syntax) {
  auto first = syntax.text.size();
  const auto look = [&](const QuerySyntax& query) {
    for (const auto& part : query.parts) {
      for (const auto& clause : part.clauses) {
        if (clause.kind >= ClauseKind::create) first = std::min<std::size_t>(first, clause.span.start);
      }
    }
  };
  look(syntax.root);
  for (const auto& query : syntax.queries) look(query);
  return first;
}

// What a commit refuses is the sum of all that was written: the place is where the writing begins.
void commit(Transaction& transaction, std::string_view text) {
  if (transaction.is_empty()) return;
  try {
    transaction.commit();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::schema && error.code() != ErrorCode::conflict) throw;
    const auto syntax = parse(text);
    fail_write(syntax.text, first_write(syntax), error);
  }
}

// `known` is the plan for the snapshot that was the newest before the writer's turn came.
Rows write(Graph& graph, std::string_view text, const Snapshot& before, std::shared_ptr<const KeptPlan> known,
           const Parameters& parameters, const QueryOptions& options, Limits& limits) {
  refuse_date(options);
  auto transaction = graph.begin("cypher/1");
  transaction.set_note(std::string(text));
  const auto snapshot = transaction.snapshot();
  if (&snapshot.data() != &before.data()) known = plan_of(text, snapshot, options, limits);
  auto data = run_plan(std::move(known), snapshot, parameters, options, &limits, &transaction);
  commit(transaction, text);
  data->snapshot = graph.snapshot();
  return Rows(std::move(data));
}

}  // namespace
}  // namespace policygraph::inline v0::detail::query

namespace policygraph::inline v0 {

namespace engine = detail::query;

Rows query(const Snapshot& whole, std::string_view text, const Parameters& parameters, const QueryOptions& given) {
  const auto& options = engine::checked(given);
  const auto snapshot = engine::seen(whole, options);
  engine::Limits limits(options);
  auto plan = engine::find_plan(snapshot, text, options);
  const bool is_known = plan != nullptr;
  if (!is_known) plan = engine::kept(engine::plan_text(text, snapshot, options, limits), snapshot);
  engine::refuse_write(*plan->plan);
  if (!is_known) engine::keep_plan(snapshot, text, options, plan);
  return engine::run_reading(std::move(plan), snapshot, parameters, options, &limits);
}

Rows query(Transaction& transaction, std::string_view text, const Parameters& parameters, const QueryOptions& given) {
  engine::refuse_date(given);
  const auto& options = engine::checked(given);
  engine::Limits limits(options);
  const auto snapshot = transaction.snapshot();
  auto data = engine::run_plan(engine::plan_of(text, snapshot, options, limits), snapshot, parameters, options, &limits,
                               &transaction);
  data->snapshot = transaction.snapshot();
  return Rows(std::move(data));
}

Rows query(Graph& graph, std::string_view text, const Parameters& parameters, const QueryOptions& given) {
  const auto& options = engine::checked(given);
  const auto snapshot = engine::seen(graph.snapshot(), options);
  auto plan = engine::find_plan(snapshot, text, options);
  if (plan != nullptr && !engine::is_writing(*plan->plan))
    return engine::run_reading(std::move(plan), snapshot, parameters, options);
  engine::Limits limits(options);
  if (plan == nullptr) plan = engine::plan_of(text, snapshot, options, limits);
  if (!engine::is_writing(*plan->plan))
    return engine::run_reading(std::move(plan), snapshot, parameters, options, &limits);
  return engine::write(graph, text, snapshot, std::move(plan), parameters, options, limits);
}

PreparedQuery::PreparedQuery(std::shared_ptr<const Data> data) noexcept : data_(std::move(data)) {}
const std::vector<std::string>& PreparedQuery::columns() const noexcept { return data_->kept->plan->query.columns; }

std::vector<std::string> PreparedQuery::parameters() const {
  std::vector<std::string> out;
  for (const auto& parameter : data_->kept->plan->query.parameters) out.push_back(parameter.name);
  return out;
}

Rows PreparedQuery::run(const Parameters& parameters, const QueryOptions& given) const {
  return engine::run_reading(data_->kept, data_->snapshot, parameters, engine::checked(given));
}

Rows PreparedQuery::run_in_order(std::span<const Value> values, const QueryOptions& given) const {
  return engine::run_reading(data_->kept, data_->snapshot, values, engine::checked(given));
}

PreparedQuery prepare(const Snapshot& whole, std::string_view text, const QueryOptions& given) {
  const auto& options = engine::checked(given);
  const auto snapshot = engine::seen(whole, options);
  engine::Limits limits(options);
  auto plan = engine::plan_text(text, snapshot, options, limits);
  engine::refuse_write(plan);
  return PreparedQuery(std::make_shared<const PreparedQuery::Data>(
      PreparedQuery::Data{snapshot, engine::kept(std::move(plan), snapshot)}));
}

std::string explain(const Snapshot& snapshot, std::string_view text, QueryPhase phase, const QueryOptions& given) {
  const auto& options = engine::checked(given);
  engine::Limits limits(options);
  const auto syntax = engine::parse(text);
  if (phase == QueryPhase::syntax) return engine::to_text(syntax);
  auto bound = engine::bind(syntax, snapshot, options.procedures, limits);
  if (phase == QueryPhase::bound) return engine::to_text(bound);
  return engine::to_text(engine::make_plan(std::move(bound), snapshot, options, limits));
}

}  // namespace policygraph::inline v0
