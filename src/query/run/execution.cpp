#include "query/run/execution.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_map>
#include <utility>

#include "model/suggestion.hpp"
#include "query/run/value_bytes.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

Names resolve_names(const BoundQuery& query, const Snapshot& snapshot) {
  Names names;
  for (const auto& label : query.labels) names.labels.push_back(snapshot.label(label));
  for (const auto& type : query.types) names.types.push_back(snapshot.edge_type(type));
  for (const auto& property : query.properties) {
    const auto number = snapshot.property(property);
    names.properties.push_back(number);
    names.node_columns.push_back(number ? snapshot.node_column(*number) : nullptr);
    names.edge_columns.push_back(number ? snapshot.edge_column(*number) : nullptr);
  }
  return names;
}

namespace {

Moment moment_of(std::chrono::sys_time<std::chrono::nanoseconds> time) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t nanoseconds = time.time_since_epoch().count();
  const auto rest = nanoseconds % kSecond;
  const bool is_cut = rest < 0;
  return {nanoseconds / kSecond - int{is_cut}, static_cast<std::int32_t>(is_cut ? rest + kSecond : rest)};
}

template <class Row>
std::uint32_t moved(std::uint32_t row, const Snapshot& from, const Snapshot& to) {
  if (row == kNoRow) return kNoRow;
  const auto found = to.find(from.key(Row{row}));
  return found ? found->value : kNoRow;
}

std::shared_ptr<const LineageSet> moved(const LineageSet& set, const Snapshot& from, const Snapshot& to) {
  auto out = std::make_shared<LineageSet>();
  out->left_out = set.left_out;
  for (auto mark : set.marks) {
    const bool is_node = mark.kind() == Mark::Kind::node || mark.kind() == Mark::Kind::node_property;
    const bool is_edge = mark.kind() == Mark::Kind::edge || mark.kind() == Mark::Kind::edge_property;
    if (is_node) mark.row = moved<NodeRow>(mark.row, from, to);
    if (is_edge) mark.row = moved<EdgeRow>(mark.row, from, to);
    if (mark.row != kNoRow) out->marks.push_back(mark);
  }
  std::sort(out->marks.begin(), out->marks.end());
  return out;
}

// What was deleted has no row: its column falls back to keys, so that it is not taken for null.
template <class Row>
void move_column(Vector& column, const Snapshot& from, const Snapshot& to) {
  auto rows = column.rows;
  bool is_any_gone = false;
  for (auto& row : rows) {
    const auto before = row;
    row = moved<Row>(row, from, to);
    is_any_gone = is_any_gone || (before != kNoRow && row == kNoRow);
  }
  if (is_any_gone) return column.to_values(static_cast<std::uint32_t>(rows.size()), from);
  column.rows = std::move(rows);
}

void move_rows(Batch& batch, const Snapshot& from, const Snapshot& to) {
  for (std::size_t slot = 0; slot < batch.columns.size(); ++slot) {
    switch (batch.columns[slot].kind) {
      case VectorKind::node: move_column<NodeRow>(batch.columns.edit(slot), from, to); break;
      case VectorKind::edge: move_column<EdgeRow>(batch.columns.edit(slot), from, to); break;
      case VectorKind::lineage:
        for (auto& set : batch.columns.edit(slot).lineages) {
          if (set != nullptr) set = moved(*set, from, to);
        }
        break;
      default: break;
    }
  }
}

}  // namespace

Moment QueryClock::realtime() const { return is_fixed ? statement : moment_of(std::chrono::system_clock::now()); }

Execution::Execution(const Plan& the_plan, const QueryOptions& the_options, Snapshot the_snapshot, const Names& the_names, const Limits* since)
    : plan(the_plan), options(the_options), snapshot(std::move(the_snapshot)), names(&the_names),
      limits(since == nullptr ? Limits(the_options) : Limits(the_options, *since)) {
  read_clock();
}

void Execution::read_clock() {
  clock.is_fixed = options.now.has_value();
  clock.statement = moment_of(options.now ? *options.now : std::chrono::system_clock::now());
}

void Execution::begin_again(const Limits* since) {
  ++runs;
  limits.begin_again(since);
  failed_early.clear();
  passages.clear();
  passage_numbers.clear();
  notifications.clear();
}

std::uint32_t Execution::passage(const Passage& found) {
  const auto [known, is_new] = passage_numbers.try_emplace(found, static_cast<std::uint32_t>(passages.size()));
  if (is_new) passages.push_back(found);
  return known->second;
}

void Execution::notify(Span span, std::string text) {
  const auto is_same = [&](const Diagnostic& note) { return note.text == text; };
  if (notifications.size() >= 100 || std::ranges::any_of(notifications, is_same)) return;
  notifications.push_back({Severity::warning, ErrorCode::run, std::move(text), {}, span});
}

void Execution::refresh(std::vector<Batch>& held) {
  const auto before = snapshot;
  refresh();
  for (auto& batch : held) catch_up(batch, before);
}

void Execution::catch_up(Batch& batch, const Snapshot& from) const { move_rows(batch, from, snapshot); }

void Execution::refresh() {
  auto next = transaction->snapshot();
  for (auto* const batch : along_) move_rows(*batch, snapshot, next);
  views_.clear();
  snapshot = std::move(next);
  ++moves;
  own_names = resolve_names(plan.query, snapshot);
  names = &own_names;
}

namespace {

// Names of values that the query does not ask for.
std::vector<std::string_view> unused(const BoundQuery& query, const Parameters& parameters) {
  std::set<std::string_view> wanted;
  for (const auto& parameter : query.parameters) wanted.insert(parameter.name);
  std::vector<std::string_view> out;
  std::ranges::copy_if(std::views::keys(parameters), std::back_inserter(out), [&](std::string_view name) { return !wanted.contains(name); });
  return out;
}

void refuse_depth(const Value& value) {
  if (value.kind() == ValueKind::list || value.kind() == ValueKind::map) check_value(value, ~std::size_t{0});
}

}  // namespace

void Given::bind(const BoundQuery& query, std::vector<Value>& values) const {
  if (by_name_ == nullptr) return bind_in_order(query, values);
  const auto& parameters = *by_name_;
  auto next = parameters.begin();  // often they come in order of name
  for (const auto& parameter : query.parameters) {
    const auto found = next != parameters.end() && next->first == parameter.name ? next++ : parameters.find(parameter.name);
    if (found == parameters.end()) {
      fail_bind(query.text, parameter.span.start, ErrorType::parameter_missing, Trouble::missing_parameter,
                "parameter $" + parameter.name + " has no value" + model::did_you_mean(parameter.name, unused(query, parameters)));
    }
    refuse_depth(found->second);
    values.push_back(found->second);
  }
  if (values.size() == parameters.size()) return;
  const auto name = "$" + std::string(unused(query, parameters).front());
  const auto with_sign = [](const BoundParameter& parameter) { return "$" + parameter.name; };
  throw Error(ErrorCode::invalid_argument, "the query has no parameter " + name + model::did_you_mean(name, query.parameters, with_sign));
}

void Given::bind_in_order(const BoundQuery& query, std::vector<Value>& values) const {
  if (in_order_.size() != query.parameters.size()) {
    throw Error(ErrorCode::invalid_argument, "the query has " + std::to_string(query.parameters.size()) + " parameters, and " +
                                                 std::to_string(in_order_.size()) + " values are given");
  }
  for (const auto& value : in_order_) {
    refuse_depth(value);
    values.push_back(value);
  }
}

std::vector<Value> bind_parameters(const BoundQuery& query, const Parameters& parameters) {
  std::vector<Value> values;
  Given(parameters).bind(query, values);
  return values;
}

namespace {

// Where the pattern is that takes what an earlier clause gave.
[[noreturn]] void fail_node(const Execution& execution, Slot slot, const Value& found) {
  const auto& query = execution.plan.query;
  std::size_t place = 0;
  for (const auto& pattern : execution.plan.patterns) {
    const auto is_it = [&](const BoundNode& node) { return node.slot == slot && !node.is_new; };
    const auto node = std::ranges::find_if(pattern.nodes, is_it);
    if (node == pattern.nodes.end()) continue;
    place = node->span.start;
    break;
  }
  fail_run(query.text, place, ErrorType::type_error, Trouble::invalid_argument_type,
           "a pattern takes a node, and '" + query.slots[slot].name + "' is " + std::string(kind_name(found.kind())) + " " + excerpt(found));
}

}  // namespace

std::uint32_t node_at(const Execution& execution, Slot slot, const Batch& batch, std::uint32_t row) {
  const auto& vector = batch.columns[slot];
  if (vector.kind == VectorKind::node) return vector.rows[row];
  if (vector.is_null(row)) return kNoRow;
  const auto value = vector.at(row, execution.snapshot);
  if (value.kind() != ValueKind::node) fail_node(execution, slot, value);
  const auto found = execution.snapshot.find(value.as_node());
  return found ? found->value : kNoRow;
}

}  // namespace policygraph::inline v0::detail::query
