#include <algorithm>
#include <utility>

#include "query/bind/binder.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

BoundId Binder::bind_call(const Expression& e) {
  if (e.kind == ExpressionKind::count_star) return bind_aggregate(e, nullptr);
  if (const auto* aggregate = find_aggregate(e.name)) return bind_aggregate(e, aggregate);
  const auto* function = find_function(e.name);
  // exists((a)-->(b)) is the pattern's own truth.
  if (function != nullptr && function->name == "exists" && e.children.size() == 1 &&
      syntax_.expressions[e.children[0]].kind == ExpressionKind::pattern) {
    return bind_predicate(e.children[0]);
  }
  if (function == nullptr) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::unknown_function, "unknown function '" + e.name + "'" + suggest_function(e.name));
  }
  if (e.is_distinct) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::unexpected_syntax, "DISTINCT belongs to aggregates; " + e.name + " is none");
  }
  if (e.children.size() < function->least_arguments || e.children.size() > function->most_arguments) {
    const auto least = std::to_string(function->least_arguments);
    const auto wanted = function->least_arguments == function->most_arguments ? least
                                                                              : least + " to " + std::to_string(function->most_arguments);
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_number_of_arguments,
              std::string(function->name) + " takes " + wanted + (wanted == "1" ? " argument, not " : " arguments, not ") + std::to_string(e.children.size()));
  }
  if (is_in_aggregate_ && function->name == "rand") {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::non_constant_expression, "rand() differs from row to row; use WITH before aggregating");
  }
  if (function->name == "rand" || function->name.ends_with(".realtime")) ++unsteady_;
  std::vector<BoundId> children;
  for (const auto child : e.children) children.push_back(bind_expression(child));
  if (!children.empty()) check_argument(*function, children[0]);
  const auto bound = copy_of(e, BoundKind::call, function->result);
  out_.expressions[bound].function = function;
  out_.expressions[bound].children = std::move(children);
  return bound;
}

namespace {

// Lengths of paths, sizes of lists and texts, and how many a pattern finds are three things.
std::string_view other_way(std::string_view function, Type given) {
  if (function == "length" && (given == Type::string || given == Type::list)) return "; size(...) counts";
  if (function == "size" && given == Type::path) return "; length(...) counts its relationships";
  if (function == "size" && given == Type::boolean) return "; COUNT { (a)-->(b) } counts what a pattern finds";
  return "";
}

}  // namespace

// Functions of nodes, relationships and paths refuse what is known to be another thing.
void Binder::check_argument(const Function& function, BoundId argument) {
  struct Taken {
    std::string_view name;
    std::vector<Type> types;
  };
  static const std::vector<Taken> kTaken = {{"labels", {Type::node}},        {"type", {Type::edge}},
                                            {"length", {Type::path}},        {"nodes", {Type::path}},
                                            {"relationships", {Type::path}}, {"properties", {Type::node, Type::edge, Type::map}},
                                            {"size", {Type::list, Type::string}}, {"startNode", {Type::edge}},
                                            {"endNode", {Type::edge}}};
  const auto& e = out_.expressions[argument];
  if (e.type == Type::any) return;
  for (const auto& taken : kTaken) {
    if (taken.name != function.name || std::find(taken.types.begin(), taken.types.end(), e.type) != taken.types.end()) continue;
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_argument_type,
              std::string(function.name) + " does not take " + std::string(type_text(e.type)) +
                  std::string(other_way(function.name, e.type)));
  }
}

BoundId Binder::bind_aggregate(const Expression& e, const AggregateFunction* function) {
  if (grouping_.aggregates == nullptr) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, is_in_aggregate_ ? Trouble::nested_aggregation : Trouble::invalid_aggregation,
              is_in_aggregate_ ? "an aggregate cannot stand inside another; use WITH first"
                               : "an aggregate can stand in RETURN and WITH only; WITH a, count(b) AS many WHERE many > 1");
  }
  const std::size_t wanted = function == nullptr ? 0 : function->arguments;
  if (e.children.size() != wanted) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_number_of_arguments,
              e.name + " takes " + std::to_string(wanted) + (wanted == 1 ? " argument, not " : " arguments, not ") + std::to_string(e.children.size()));
  }
  const auto grouping = std::exchange(grouping_, {});
  const auto scope = std::exchange(scope_, *grouping.inner);
  is_in_aggregate_ = true;
  BoundAggregate aggregate;
  aggregate.is_distinct = e.is_distinct;
  aggregate.span = e.span;
  if (function != nullptr) aggregate.aggregate = function->aggregate;
  const auto money = std::exchange(money_, grouping.row_money ? *grouping.row_money : money_);
  if (wanted > 0) aggregate.argument = bind_expression(e.children[0]);
  if (wanted > 0) keep_aggregate_currencies(aggregate);
  if (wanted > 1) aggregate.second = bind_expression(e.children[1]);
  money_ = money;
  is_in_aggregate_ = false;
  scope_ = scope;
  grouping_ = grouping;
  auto type = function == nullptr ? Type::integer : function->result;
  aggregate.slot = new_slot("", type);
  if (aggregate.money != kNone) money_[aggregate.slot] = {aggregate.money_slot, aggregate.money_text};
  grouping_.aggregates->push_back(aggregate);
  return add_slot(aggregate.slot, e.span);
}

// A predicate names no new variables: they would be visible nowhere.
void Binder::check_predicate(const PathPattern& path) const {
  const auto check = [this](const std::optional<Name>& name) {
    if (!name || find_variable(name->text) != nullptr) return;
    fail_bind(out_.text, name->span.start, ErrorType::syntax_error, Trouble::undefined_variable,
              "variable '" + name->text + "' is not defined; a pattern in an expression cannot introduce one, EXISTS { } can");
  };
  for (const auto& node : path.nodes) check(node.variable);
  for (const auto& edge : path.edges) check(edge.variable);
}

BoundId Binder::bind_subquery(const Expression& e) {
  const auto& query = syntax_.queries[e.query];
  BoundSubquery subquery;
  subquery.mode = e.kind == ExpressionKind::count          ? BoundSubquery::Mode::count
                  : e.kind == ExpressionKind::pattern_list ? BoundSubquery::Mode::collect
                                                           : BoundSubquery::Mode::exists;
  if (e.kind == ExpressionKind::pattern && !may_hold_pattern_) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::unexpected_syntax,
              "a pattern can stand in WHERE only; COUNT { (a)-->(b) } counts, EXISTS { } asks, [(a)-->(b) | b.name] lists");
  }
  if (subqueries_ == nullptr) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::unexpected_syntax, "a pattern cannot stand here");
  }
  if (e.kind == ExpressionKind::path_search) subquery.mode = BoundSubquery::Mode::collect;
  const auto read_before = reads_.size();
  // Within, the variables of comprehensions around are slots like any other.
  const auto scope = scope_;
  const auto locals = std::exchange(locals_, {});
  const bool is_in_set = std::exchange(is_with_expression_, false);
  for (const auto& local : locals) {
    subquery.locals.push_back({local.number, new_slot(local.name, local.type)});
    scope_[local.name] = subquery.locals.back().slot;
  }
  if (e.kind == ExpressionKind::pattern) check_predicate(query.parts[0].clauses[0].patterns[0]);
  if (e.kind == ExpressionKind::path_search) check_ends(query.parts[0].clauses[0].patterns[0]);
  const bool is_list = subquery.mode == BoundSubquery::Mode::collect;
  subquery.part = bind_subpart(query, is_list ? &subquery.value : nullptr, is_list ? e.children[0] : kNone);
  scope_ = scope;
  locals_ = locals;
  is_with_expression_ = is_in_set;
  subquery.reads = read_since(read_before);
  const auto type = is_list ? Type::list : subquery.mode == BoundSubquery::Mode::count ? Type::integer : Type::boolean;
  return is_in_set || !subquery.locals.empty() ? add_inner(std::move(subquery), type, e) : add_early(std::move(subquery), type, e.span);
}

// Each once; they count for a subquery around too.
std::vector<Slot> Binder::read_since(std::size_t count) {
  const auto first = reads_.begin() + static_cast<std::ptrdiff_t>(count);
  std::sort(first, reads_.end());
  reads_.erase(std::unique(first, reads_.end()), reads_.end());
  return {reads_.begin() + static_cast<std::ptrdiff_t>(count), reads_.end()};
}

// shortestPath((a)-[*]-(b)) as a value: the path, null where there is none; allShortestPaths a list of them.
BoundId Binder::bind_path_search(const Expression& e) {
  const auto list = bind_subquery(e);
  if (syntax_.queries[e.query].parts[0].clauses[0].patterns[0].search == PathPattern::Search::all_shortest) return list;
  const auto bound = copy_of(e, BoundKind::call, Type::path);
  out_.expressions[bound].function = find_function("head");
  out_.expressions[bound].children = {list};
  return bound;
}

void Binder::check_ends(const PathPattern& path) const {
  const auto name = std::string(path.search == PathPattern::Search::shortest ? "shortestPath" : "allShortestPaths");
  for (const auto& node : path.nodes) {
    if (node.variable && find_variable(node.variable->text) != nullptr) continue;
    fail_bind(out_.text, node.span.start, ErrorType::syntax_error, Trouble::undefined_variable,
              name + " in an expression goes between two nodes that are known, such as (a) after MATCH (a); a MATCH finds its ends too");
  }
  for (const auto& edge : path.edges) {
    if (!edge.variable || find_variable(edge.variable->text) != nullptr) continue;
    fail_bind(out_.text, edge.variable->span.start, ErrorType::syntax_error, Trouble::undefined_variable,
              "variable '" + edge.variable->text + "' would be seen nowhere; leave it out, or read relationships(" + name + "(...))");
  }
}

BoundId Binder::add_early(BoundSubquery subquery, Type type, Span span) {
  const auto slot = subquery.slot = new_slot("", type);
  if (may_hold_money(subquery.value)) {
    subquery.money = currencies_of(subquery.value);
    subquery.money_slot = new_slot("", Type::list);
    money_[slot] = {subquery.money_slot, money_text(subquery.value)};
  }
  subqueries_->push_back(std::move(subquery));
  return add_slot(slot, span);
}

BoundId Binder::add_inner(BoundSubquery subquery, Type type, const Expression& e) {
  const auto number = subquery.inner = static_cast<std::uint32_t>(out_.inner.size());
  out_.inner.push_back(subquery);
  subqueries_->push_back(std::move(subquery));
  const auto bound = copy_of(e, BoundKind::subquery, type);
  out_.expressions[bound].number = number;
  return bound;
}

}  // namespace policygraph::inline v0::detail::query
