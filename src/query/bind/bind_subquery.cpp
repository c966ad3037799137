#include <algorithm>
#include <utility>

#include "query/bind/binder.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {

// CALL { }: a query for each row, whose columns join that row. It sees what it imports and nothing else.
BoundClause Binder::bind_subquery_clause(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  auto& called = out.subquery;
  const auto& query = syntax_.queries[clause.query];
  called.is_union_all = query.is_union_all;
  const auto outer = scope_;
  for (const auto& part : query.parts) {
    auto bound = bind_called_part(clause, part, outer);
    if (called.parts.empty()) called.columns = bound.columns;
    check_same_columns(called.columns, bound.columns, part.clauses.back().span);
    called.parts.push_back(static_cast<std::uint32_t>(out_.subparts.size()));
    out_.subparts.push_back(std::move(bound));
  }
  scope_ = outer;
  const auto place = query.parts.front().clauses.back().span;
  for (auto& column : called.columns) {
    if (find_variable(column.name) != nullptr) {
      fail_bind(out_.text, place.start, ErrorType::syntax_error, Trouble::variable_already_bound,
                "variable '" + column.name + "' is already there outside of CALL { }; return it under another name with AS");
    }
    if (query.parts.size() > 1) column.slot = new_slot(column.name, Type::any);
    scope_[column.name] = column.slot;
  }
  return out;
}

BoundPart Binder::bind_called_part(const Clause& clause, const SingleQuery& part, const Scope& outer) {
  check_order(part, true);
  if (part.clauses.back().kind != ClauseKind::return_) {
    fail_bind(out_.text, part.clauses.back().span.start, ErrorType::syntax_error, Trouble::invalid_clause_composition,
              "CALL { } ends with RETURN");
  }
  scope_ = imports_of(clause, part, outer);
  return bind_part(part, false);
}

// What CALL (a, b) names; else what a WITH that comes first names and renames nothing.
Scope Binder::imports_of(const Clause& clause, const SingleQuery& part, const Scope& outer) const {
  if (!clause.imports) return is_import(part.clauses.front(), outer) ? outer : Scope();
  Scope out;
  for (const auto& name : *clause.imports) {
    const auto found = outer.find(name.text);
    if (found == outer.end()) {
      fail_bind(out_.text, name.span.start, ErrorType::syntax_error, Trouble::undefined_variable, "variable '" + name.text + "' is not defined");
    }
    out.insert(*found);
  }
  return out;
}

bool Binder::is_import(const Clause& first, const Scope& outer) const {
  if (first.kind != ClauseKind::with) return false;
  const auto& projection = first.projection;
  const bool is_plain = !projection.is_distinct && projection.order.empty() && projection.skip == kNone && projection.limit == kNone &&
                        first.where == kNone;
  const auto is_variable = [&](const ProjectionItem& item) { return syntax_.expressions[item.expression].kind == ExpressionKind::variable; };
  const auto reads_outer = [&](const ProjectionItem& item) { return is_variable(item) && outer.count(syntax_.expressions[item.expression].name) != 0; };
  if (projection.has_star) return is_plain;
  if (std::ranges::none_of(projection.items, reads_outer)) return false;
  const auto keeps_name = [&](const ProjectionItem& item) { return is_variable(item) && item.name == syntax_.expressions[item.expression].name; };
  if (is_plain && std::ranges::all_of(projection.items, keeps_name)) return true;
  fail_bind(out_.text, first.span.start, ErrorType::syntax_error, Trouble::invalid_clause_composition,
            "the WITH that brings variables into CALL { } names them and does nothing else; put a second WITH behind it");
}

}  // namespace policygraph::inline v0::detail::query
