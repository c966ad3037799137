#include <algorithm>
#include <utility>

#include "query/bind/binder.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

BoundClause Binder::bind_projection(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  subqueries_ = &out.subqueries;
  const auto items = items_of(clause);
  auto& projection = out.projection;
  projection.is_distinct = clause.projection.is_distinct;
  projection.is_aggregating = std::any_of(items.begin(), items.end(), [&](const ProjectionItem& item) {
    return item.expression != kNone && has_aggregate(item.expression);
  });
  const Scope inner = scope_;
  std::map<Slot, Money> row_money;
  Grouping grouping;
  if (projection.is_aggregating) {
    grouping.inner = &inner;
    grouping.row_money = &row_money;
    bind_aggregating_items(items, projection, grouping, row_money);
  } else {
    bind_plain_items(items, projection);
  }
  if (projection.is_distinct) keep_distinct_currencies(projection);
  grouping.row_money = nullptr;
  if (clause.kind == ClauseKind::with) keep_imports(projection);
  bind_tail(clause, items, out, grouping);
  const auto nameless = std::find_if(items.begin(), items.end(), [](const ProjectionItem& item) { return item.is_nameless; });
  if (nameless != items.end()) {
    fail_bind(out_.text, nameless->span.start, ErrorType::syntax_error, Trouble::no_expression_alias,
              "an expression in WITH needs a name; add AS name");
  }
  return out;
}

std::vector<ProjectionItem> Binder::items_of(const Clause& clause) const {
  std::vector<ProjectionItem> items;
  if (clause.projection.has_star) {
    if (scope_.empty() && clause.projection.items.empty() && clause.kind == ClauseKind::return_) {
      fail_bind(out_.text, clause.span.start, ErrorType::syntax_error, Trouble::no_variables_in_scope, "RETURN * where no variable is there");
    }
    for (const auto& [name, slot] : scope_) {
      ProjectionItem item;
      item.name = name;
      item.span = clause.span;
      items.push_back(std::move(item));
    }
  }
  items.insert(items.end(), clause.projection.items.begin(), clause.projection.items.end());
  std::vector<std::string_view> names;
  for (const auto& item : items) names.push_back(item.name);
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) {
    fail_bind(out_.text, items.back().span.start, ErrorType::syntax_error, Trouble::column_name_conflict,
              "two columns are called '" + std::string(*twice) + "'; rename one with AS");
  }
  return items;
}

bool Binder::has_aggregate(ExpressionId id) const {
  if (id == kNone) return false;
  const auto& e = syntax_.expressions[id];
  if (e.kind == ExpressionKind::count_star) return true;
  if (e.kind == ExpressionKind::call && find_aggregate(e.name) != nullptr) return true;
  return std::any_of(e.children.begin(), e.children.end(), [this](ExpressionId child) { return has_aggregate(child); });
}

// Beside an aggregate only variables, their properties and aggregates may be taken from what is grouped.
void Binder::refuse_ambiguous(ExpressionId id) const {
  const auto& e = syntax_.expressions[id];
  const bool is_property = e.kind == ExpressionKind::property && syntax_.expressions[e.children[0]].kind == ExpressionKind::variable;
  if (e.children.empty() || is_property || has_aggregate(id)) return;
  fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::ambiguous_aggregation_expression,
            "an expression stands beside an aggregate; give it a name in WITH first");
}

// A plain variable keeps its slot; anything else gets one.
Slot Binder::assign(BoundId expression, const std::string& name, std::vector<Assignment>& out) {
  const auto& e = out_.expressions[expression];
  if (e.kind == BoundKind::slot) return e.number;
  const auto slot = new_slot(name, e.type);
  out.push_back({slot, expression});
  keep_currencies(slot, expression, out);
  return slot;
}

void Binder::bind_plain_items(const std::vector<ProjectionItem>& items, BoundProjection& out) {
  for (const auto& item : items) {
    const auto slot = item.expression == kNone ? scope_.at(item.name) : assign(bind_expression(item.expression), item.name, out.before);
    out.columns.push_back({item.name, slot});
  }
}

void Binder::bind_aggregating_items(const std::vector<ProjectionItem>& items, BoundProjection& out, Grouping& grouping, std::map<Slot, Money>& row_money) {
  out.columns.resize(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& item = items[i];
    if (item.expression != kNone && has_aggregate(item.expression)) continue;
    const auto slot = item.expression == kNone ? scope_.at(item.name) : assign(bind_expression(item.expression), item.name, out.before);
    out.columns[i] = {item.name, slot};
    out.keys.push_back(slot);
    if (item.expression != kNone) grouping.keys.push_back({item.expression, slot});
  }
  row_money = money_;
  keep_grouped_currencies(out);
  grouping.aggregates = &out.aggregates;
  grouping.is_strict = grouping.is_beside_aggregate = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].expression == kNone || !has_aggregate(items[i].expression)) continue;
    grouping_ = grouping;
    const auto expression = bind_expression(items[i].expression);
    grouping_ = {};
    const auto slot = assign(expression, items[i].name, out.after);
    if (out_.slots[slot].name.empty()) out_.slots[slot].name = items[i].name;
    out.columns[i] = {items[i].name, slot};
  }
}

// ORDER BY, SKIP, LIMIT and the WHERE of a WITH.
void Binder::bind_tail(const Clause& clause, const std::vector<ProjectionItem>& items, BoundClause& out, Grouping& grouping) {
  auto& projection = out.projection;
  subqueries_ = &projection.late_subqueries;
  Scope visible;
  for (const auto& column : projection.columns) visible[column.name] = column.slot;
  if (clause.kind == ClauseKind::with) visible.insert(imports_.begin(), imports_.end());
  const bool is_closed = projection.is_aggregating || projection.is_distinct;
  Scope tail = visible;
  if (!is_closed) tail.insert(scope_.begin(), scope_.end());
  scope_ = std::move(tail);
  grouping.is_strict = false;
  grouping.inner = &visible;
  grouping.keys.clear();
  for (std::size_t i = 0; is_closed && i < items.size(); ++i) {
    if (items[i].expression != kNone) grouping.keys.push_back({items[i].expression, projection.columns[i].slot});
  }
  for (const auto& item : clause.projection.order) {
    grouping_ = grouping;
    grouping_.is_beside_aggregate = has_aggregate(item.expression);
    projection.order.push_back({bind_expression(item.expression), item.is_descending});
    grouping_ = {};
  }
  projection.skip = bind_constant(clause.projection.skip, "SKIP");
  projection.limit = bind_constant(clause.projection.limit, "LIMIT");
  if (clause.where != kNone) {
    grouping_ = grouping;
    grouping_.aggregates = nullptr;
    grouping_.is_beside_aggregate = false;
    const auto where = bind_predicate(clause.where);
    grouping_ = {};
    expect_type(where, Type::boolean, "WHERE");
    add_conjuncts(where, out.where);
  }
  scope_ = std::move(visible);
}

BoundId Binder::bind_constant(ExpressionId id, std::string_view clause) {
  if (id == kNone) return kNone;
  const auto& e = syntax_.expressions[id];
  const auto name = std::string(clause);
  const auto saved = std::exchange(scope_, {});
  const auto has_variable = [this](auto&& self, ExpressionId at) -> bool {
    const auto& node = syntax_.expressions[at];
    if (node.kind == ExpressionKind::variable || node.query != kNone) return true;
    return std::any_of(node.children.begin(), node.children.end(), [&](ExpressionId child) { return child != kNone && self(self, child); });
  };
  if (has_variable(has_variable, id) || has_aggregate(id)) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::non_constant_expression, name + " takes a constant or a parameter");
  }
  if (e.kind == ExpressionKind::literal && e.value.kind() != ValueKind::integer) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_argument_type, name + " takes an integer, not " + e.value.to_string());
  }
  if (e.kind == ExpressionKind::literal && e.value.as_integer() < 0) {
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::negative_integer_argument, name + " takes an integer from 0 up");
  }
  const auto bound = bind_expression(id);
  scope_ = saved;
  return bound;
}

}  // namespace policygraph::inline v0::detail::query
