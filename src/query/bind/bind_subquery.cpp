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
  const auto writes = writes_, unsteady = unsteady_;
  const auto is_whole = std::exchange(is_whole_, false);
  called.is_once = true;
  for (const auto& part : query.parts) {
    auto imports = imports_of(clause, part, outer);
    called.is_once = called.is_once && imports.empty();
    auto bound = bind_called_part(part, std::move(imports), clause.imports || clause.imports_all);
    if (called.parts.empty()) called.columns = bound.columns;
    check_same_columns(called.columns, bound.columns, part.clauses.back().span);
    called.parts.push_back(static_cast<std::uint32_t>(out_.subparts.size()));
    out_.subparts.push_back(std::move(bound));
  }
  scope_ = outer;
  is_whole_ = is_whole;
  called.is_unit = query.parts.front().clauses.back().kind != ClauseKind::return_;
  called.is_writing = writes_ != writes;
  called.is_once = called.is_once && !called.is_writing && unsteady_ == unsteady;
  bind_called_columns(clause, called);
  return out;
}

BoundPart Binder::bind_called_part(const SingleQuery& part, Scope imports, bool is_lasting) {
  check_order(part, Within::call);
  const auto outer = std::exchange(imports_, is_lasting ? imports : Scope());
  scope_ = std::move(imports);
  auto bound = bind_part(part, false);
  imports_ = outer;
  return bound;
}

// Groups and DISTINCT have let go of the row around; the others still have it.
void Binder::keep_imports(BoundProjection& projection) {
  if (!projection.is_aggregating && !projection.is_distinct) return;
  for (const auto& [name, slot] : imports_) {
    projection.recalled.push_back(slot);
    if (const auto money = money_.find(slot); money != money_.end()) projection.recalled.push_back(money->second.slot);
  }
}

// Of a UNION the columns are slots of their own, and so are the currencies of amounts in them.
void Binder::bind_called_columns(const Clause& clause, BoundCallSubquery& called) {
  const auto place = syntax_.queries[clause.query].parts.front().clauses.back().span;
  called.column_count = called.columns.size();
  for (std::size_t i = 0; i < called.column_count; ++i) {
    auto& column = called.columns[i];
    if (find_variable(column.name) != nullptr) {
      fail_bind(out_.text, place.start, ErrorType::syntax_error, Trouble::variable_already_bound,
                "variable '" + column.name + "' is already there outside of CALL { }; return it under another name with AS");
    }
    if (called.parts.size() > 1) column.slot = new_slot(column.name, Type::any);
    scope_[column.name] = column.slot;
    if (called.parts.size() > 1) keep_union_currencies(i, called);
  }
}

// What CALL (a, b) names; else what a WITH that comes first names and renames nothing.
Scope Binder::imports_of(const Clause& clause, const SingleQuery& part, const Scope& outer) const {
  if (clause.imports_all) return outer;
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
