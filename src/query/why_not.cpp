#include "policygraph/query/why_not.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <ranges>
#include <utility>

#include "model/suggestion.hpp"
#include "policygraph/graph/views.hpp"
#include "query/run/operator.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// An expected value, as an expression over slots.
struct Condition {
  BoundId left = kNone;
  Value value;
};

// Some first clauses of the query, the last of them perhaps cut: what may lose a row.
struct Stage {
  std::size_t clauses = 0;
  std::optional<std::size_t> edges;  // of the last: how many relationships of its pattern, from the left; none: all
  std::optional<std::size_t> own;    // of the last: how many predicates of its pattern; none: all
  std::optional<std::size_t> where;  // how many of its conditions
  bool is_cut = false;               // of a projection: before SKIP and LIMIT
  Span span;
};

class Search {
 public:
  Search(BoundQuery query, const Snapshot& snapshot, const Parameters& parameters, const QueryOptions& options)
      : query_(std::move(query)), snapshot_(snapshot), parameters_(parameters), options_(options) {
    options_.evidence = false;
    part_ = std::exchange(query_.parts, {}).front();
    query_.columns.clear();
  }

  WhyNot run(const Parameters& expected) {
    std::vector<Condition> last;
    for (const auto& [name, value] : expected) last.push_back({slot_expression(slot_of(name)), value});
    trace_back(std::move(last));
    WhyNot out;
    std::size_t before = 1;
    bool is_first = true;
    for (const auto& stage : stages()) {
      const auto count = count_rows(stage, behind_[stage.clauses - 1]);
      if (count == 0) return lost(stage, before, is_first ? std::optional(misfit(stage, expected)) : std::nullopt);
      before = count;
      is_first = false;
    }
    out.is_there = true;
    out.rows_before = before;
    out.text = "the answer has such a row";
    return out;
  }

 private:
  // `misfit`: of the first clause, what to say of the values that it was asked for.
  WhyNot lost(const Stage& stage, std::size_t before, const std::optional<std::string>& misfit) const {
    WhyNot out;
    out.rows_before = before;
    out.lost_at = query_.text.substr(stage.span.start, stage.span.size());
    out.place = place_in(query_.text, stage.span.start);
    out.text = misfit ? "nothing fits '" + out.lost_at + "'" + *misfit : "no row fits after '" + out.lost_at + "'; " + std::to_string(before) + " did before it";
    return out;
  }

  // The one value without which something fits the first clause.
  std::string misfit(const Stage& stage, const Parameters& expected) const {
    std::ptrdiff_t number = 0;
    for (const auto& [name, value] : expected) {
      auto others = behind_[stage.clauses - 1];
      others.erase(others.begin() + number++);
      const auto count = count_rows(stage, others);
      if (count == 1) return " with " + value.to_string() + " for " + name + "; 1 row does with another";
      if (count > 1) return " with " + value.to_string() + " for " + name + "; " + std::to_string(count) + " rows do with another";
    }
    return "";
  }

  Slot slot_of(const std::string& name) const {
    std::map<std::string, Slot, std::less<>> known;
    for (Slot slot = 0; slot < query_.slots.size(); ++slot) {
      if (!query_.slots[slot].name.empty()) known[query_.slots[slot].name] = slot;
    }
    for (const auto& column : part_.columns) known[column.name] = column.slot;
    if (const auto found = known.find(name); found != known.end()) return found->second;
    throw Error(ErrorCode::not_found, "the query has no column or variable '" + name + "'" + model::did_you_mean(name, std::views::keys(known)));
  }

  BoundId add(BoundExpression e) {
    query_.expressions.push_back(std::move(e));
    return static_cast<BoundId>(query_.expressions.size() - 1);
  }

  BoundId slot_expression(Slot slot) {
    BoundExpression e;
    e.kind = BoundKind::slot;
    e.number = slot;
    return add(std::move(e));
  }

  // What is expected of the rows behind each clause: a column that a projection works out is, before it, its expression.
  void trace_back(std::vector<Condition> conditions) {
    behind_.assign(part_.clauses.size(), {});
    for (auto i = part_.clauses.size(); i-- > 0;) {
      behind_[i] = conditions;
      for (auto& condition : conditions) {
        const auto& e = query_.expressions[condition.left];
        if (e.kind != BoundKind::slot) continue;
        for (const auto& assignment : part_.clauses[i].projection.before) {
          if (assignment.slot == e.number) {
            condition.left = assignment.expression;
            break;
          }
        }
      }
    }
  }

  std::vector<Stage> stages() const {
    std::vector<Stage> out;
    for (std::size_t i = 0; i < part_.clauses.size(); ++i) {
      const auto& clause = part_.clauses[i];
      Stage stage;
      stage.clauses = i + 1;
      stage.span = clause.span;
      const bool is_whole = clause.kind == ClauseKind::match && clause.is_optional;
      const auto own = is_whole ? 0 : clause.pattern.predicates.size();
      const auto where = is_whole ? 0 : clause.where.size();
      if (own + where > 0) {
        stage.own = 0;
        stage.where = 0;
      }
      if (clause.kind == ClauseKind::match && !is_whole) {
        for (std::size_t k = 0; k < clause.pattern.edges.size(); ++k) out.push_back(shortened(stage, k, clause.pattern));
        stage.span = last_of(clause);
      }
      if (clause.projection.skip != kNone || clause.projection.limit != kNone) {
        stage.is_cut = true;
        out.push_back(stage);
        stage.is_cut = false;
      }
      out.push_back(stage);
      for (std::size_t k = 1; k <= own; ++k) out.push_back(narrowed(stage, k, 0, clause.pattern.predicates[k - 1]));
      for (std::size_t k = 1; k <= where; ++k) out.push_back(narrowed(stage, own, k, clause.where[k - 1]));
    }
    return out;
  }

  // The first `edges` relationships of the pattern; the place is what the last of them adds.
  static Stage shortened(Stage stage, std::size_t edges, const BoundPattern& pattern) {
    stage.edges = edges;
    stage.span = edges == 0 ? pattern.nodes[0].span : hop_of(pattern, edges - 1);
    return stage;
  }

  // A relationship with the nodes that are written beside it.
  static Span hop_of(const BoundPattern& pattern, std::size_t number) {
    const auto& edge = pattern.edges[number];
    auto out = edge.span;
    for (const auto node : {edge.from, edge.to}) {
      const auto& span = pattern.nodes[node].span;
      if (span.end == edge.span.start || span.start == edge.span.end) out = cover(out, span);
    }
    return out;
  }

  // What a MATCH without its WHERE adds at its end.
  static Span last_of(const BoundClause& clause) {
    const auto& pattern = clause.pattern;
    if (!pattern.edges.empty()) return hop_of(pattern, pattern.edges.size() - 1);
    auto out = clause.span;
    out.end = out.start;
    for (const auto& node : pattern.nodes) out.end = std::max(out.end, node.span.end);
    return out;
  }

  static void cut(BoundPattern& pattern, std::size_t edges) {
    pattern.edges.resize(edges);
    pattern.paths.clear();
    std::uint32_t last = 0;
    for (const auto& edge : pattern.edges) last = std::max({last, edge.from, edge.to});
    pattern.nodes.resize(last + 1);
  }

  Stage narrowed(Stage stage, std::size_t own, std::size_t where, BoundId condition) const {
    stage.own = own;
    stage.where = where;
    stage.span = query_.expressions[condition].span;
    return stage;
  }

  std::size_t count_rows(const Stage& stage, const std::vector<Condition>& conditions) const {
    auto query = query_;
    BoundPart part;
    part.clauses.assign(part_.clauses.begin(), part_.clauses.begin() + static_cast<std::ptrdiff_t>(stage.clauses));
    auto& last = part.clauses.back();
    if (stage.edges) cut(last.pattern, *stage.edges);
    if (stage.edges) last.subqueries.clear();
    if (stage.own) last.pattern.predicates.resize(*stage.own);
    if (stage.where) last.where.resize(*stage.where);
    if (stage.is_cut) last.projection.skip = last.projection.limit = kNone;
    part.clauses.push_back(expectation(query, conditions));
    query.parts.push_back(std::move(part));
    query.is_union_all = false;
    drop_unbound(query);
    const auto plan = make_plan(std::move(query), snapshot_, options_);
    const auto names = resolve_names(plan.query, snapshot_);
    Execution execution(plan, options_, snapshot_, names);
    execution.parameters = bind_parameters(plan.query, parameters_);
    const auto root = make_operator(execution, plan.root, nullptr);
    std::size_t out = 0;
    for (Batch batch; root->next(batch); out += batch.size) execution.limits.tick();
    return out;
  }

  // A clause that lets through what fits.
  static BoundClause expectation(BoundQuery& query, const std::vector<Condition>& conditions) {
    const auto add = [&query](BoundExpression e) {
      query.expressions.push_back(std::move(e));
      return static_cast<BoundId>(query.expressions.size() - 1);
    };
    BoundClause out;
    out.kind = ClauseKind::with;
    for (const auto& condition : conditions) {
      BoundExpression test;
      test.type = Type::boolean;
      test.kind = condition.value.is_null() ? BoundKind::unary : BoundKind::binary;
      test.op = condition.value.is_null() ? Operation::is_null : Operation::equal;
      test.children = {condition.left};
      if (!condition.value.is_null()) {
        BoundExpression literal;
        literal.value = condition.value;
        test.children.push_back(add(std::move(literal)));
      }
      out.where.push_back(add(std::move(test)));
    }
    return out;
  }

  // Conditions over what is not there yet ask nothing.
  void drop_unbound(BoundQuery& query) const {
    auto looked_at = query;
    looked_at.parts[0].clauses.back().where.clear();
    auto options = options_;
    options.optimise = false;
    const auto plan = make_plan(std::move(looked_at), snapshot_, options);
    const auto bound = bound_slots(plan, plan.root);
    std::erase_if(query.parts[0].clauses.back().where, [&](BoundId condition) {
      std::vector<bool> reads(query.slots.size());
      read_slots(query, condition, reads);
      for (Slot slot = 0; slot < reads.size(); ++slot) {
        if (reads[slot] && !bound[slot]) return true;
      }
      return false;
    });
  }

  BoundQuery query_;
  BoundPart part_;
  const Snapshot& snapshot_;
  const Parameters& parameters_;
  QueryOptions options_;
  std::vector<std::vector<Condition>> behind_;
};

}  // namespace
}  // namespace policygraph::inline v0::detail::query

namespace policygraph::inline v0 {

WhyNot why_not(const Snapshot& whole, std::string_view text, const Parameters& expected, const Parameters& parameters,
               const QueryOptions& options) {
  namespace engine = detail::query;
  const auto snapshot = options.as_of.is_unknown() ? whole : as_of(whole, options.as_of);
  auto bound = engine::bind(engine::parse(text), snapshot, options.procedures);
  if (bound.is_write) throw Error(ErrorCode::invalid_argument, "the query writes; ask why_not of the part that reads");
  if (bound.parts.size() > 1) throw Error(ErrorCode::invalid_argument, "the query joins parts by UNION; ask why_not of each");
  return engine::Search(std::move(bound), snapshot, parameters, options).run(expected);
}

}  // namespace policygraph::inline v0
