#include "query/bind/binder.hpp"

#include <algorithm>
#include <utility>

#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMaxNotifications = 100;  // nobody reads more

bool is_writing(ClauseKind kind) { return kind >= ClauseKind::create; }

std::string_view clause_text(ClauseKind kind) {
  static constexpr std::string_view kTexts[] = {"MATCH", "WITH", "RETURN", "UNWIND", "CALL", "CALL { }", "CREATE", "MERGE", "SET", "REMOVE", "DELETE"};
  return kTexts[static_cast<std::size_t>(kind)];
}

}  // namespace

BoundQuery bind(const Syntax& syntax, const Snapshot& snapshot, std::shared_ptr<const Procedures> procedures, Limits& limits) {
  return Binder(syntax, snapshot, std::move(procedures), limits).run();
}

BoundQuery bind(const Syntax& syntax, const Snapshot& snapshot, std::shared_ptr<const Procedures> procedures) {
  const QueryOptions none;
  Limits limits(none);
  return bind(syntax, snapshot, std::move(procedures), limits);
}

Binder::Binder(const Syntax& syntax, const Snapshot& snapshot, std::shared_ptr<const Procedures> procedures, Limits& limits)
    : syntax_(syntax), snapshot_(snapshot), limits_(limits) {
  out_.text = syntax.text;
  out_.mode = syntax.mode;
  out_.procedures = std::move(procedures);
}

// A query of one CALL and nothing else.
bool Binder::is_call_alone() const {
  const auto& parts = syntax_.root.parts;
  return parts.size() == 1 && parts[0].clauses.size() == 1 && parts[0].clauses[0].kind == ClauseKind::call;
}

BoundQuery Binder::run() {
  const auto writes = [](const QuerySyntax& query) {
    return std::ranges::any_of(query.parts, [](const SingleQuery& part) {
      return std::ranges::any_of(part.clauses, [](const Clause& clause) { return is_writing(clause.kind); });
    });
  };
  out_.is_write = writes(syntax_.root) || std::ranges::any_of(syntax_.queries, writes);
  bind_root();
  return std::move(out_);
}

void Binder::bind_root() {
  out_.is_union_all = syntax_.root.is_union_all;
  for (const auto& part : syntax_.root.parts) {
    scope_.clear();
    check_order(part, Within::query);
    out_.parts.push_back(bind_part(part, false));
  }
  check_columns();
}

void Binder::check_columns() {
  const auto& first = out_.parts.front().columns;
  for (const auto& column : first) out_.columns.push_back(column.name);
  for (std::size_t i = 1; i < out_.parts.size(); ++i) {
    check_same_columns(first, out_.parts[i].columns, syntax_.root.parts[i].clauses.back().span);
  }
}

void Binder::check_same_columns(const std::vector<OutputColumn>& wanted, const std::vector<OutputColumn>& found, Span place) const {
  const bool is_same = std::equal(found.begin(), found.end(), wanted.begin(), wanted.end(),
                                  [](const OutputColumn& a, const OutputColumn& b) { return a.name == b.name; });
  if (is_same) return;
  fail_bind(out_.text, place.start, ErrorType::syntax_error, Trouble::different_columns_in_union,
            "the parts of a UNION return different columns; give them the same names with AS");
}

void Binder::check_order(const SingleQuery& query, Within within) const {
  const auto& clauses = query.clauses;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const auto kind = clauses[i].kind;
    const auto place = clauses[i].span.start;
    if (!may_write_ && is_writing(kind)) {
      fail_bind(out_.text, place, ErrorType::syntax_error, Trouble::invalid_clause_composition,
                "a subquery of an expression only reads; write outside of it, or in CALL { }");
    }
    if (kind == ClauseKind::return_ && i + 1 < clauses.size()) {
      fail_bind(out_.text, clauses[i + 1].span.start, ErrorType::syntax_error, Trouble::invalid_clause_composition, "nothing may follow RETURN; use WITH");
    }
    if (i == 0 || !is_writing(clauses[i - 1].kind)) continue;
    if (kind == ClauseKind::match || kind == ClauseKind::unwind || kind == ClauseKind::call || kind == ClauseKind::subquery) {
      fail_bind(out_.text, place, ErrorType::syntax_error, Trouble::invalid_clause_composition,
                "WITH is needed between " + std::string(clause_text(clauses[i - 1].kind)) + " and " + std::string(clause_text(kind)));
    }
  }
  const auto& last = clauses.back();
  if (within == Within::expression || may_end(last)) return;
  if (within == Within::query && is_call_alone()) return;
  fail_bind(out_.text, last.span.start, ErrorType::syntax_error, Trouble::invalid_clause_composition,
            within == Within::call ? "CALL { } ends with RETURN, or with a clause that writes"
                                   : "a query cannot end with " + std::string(clause_text(last.kind)) + "; add RETURN");
}

// With RETURN, with a write, or with a CALL { } that gives no columns.
bool Binder::may_end(const Clause& last) const {
  if (last.kind != ClauseKind::subquery) return last.kind == ClauseKind::return_ || is_writing(last.kind);
  return syntax_.queries[last.query].parts.front().clauses.back().kind != ClauseKind::return_;
}

BoundPart Binder::bind_part(const SingleQuery& query, bool is_subquery) {
  BoundPart part;
  for (std::size_t i = 0; i < query.clauses.size(); ++i) bind_clause(query.clauses[i], part, i + 1 == query.clauses.size(), is_subquery);
  return part;
}

void Binder::bind_clause(const Clause& clause, BoundPart& part, bool is_last, bool is_subquery) {
  limits_.step(scope_.size() + 1);
  auto* const outer = subqueries_;
  if (is_writing(clause.kind)) ++writes_;
  switch (clause.kind) {
    case ClauseKind::match: part.clauses.push_back(bind_match(clause)); break;
    case ClauseKind::with:
    case ClauseKind::return_:
      is_last_ = clause.kind == ClauseKind::return_ && is_whole_;
      part.clauses.push_back(bind_projection(clause));
      is_last_ = false;
      break;
    case ClauseKind::unwind: part.clauses.push_back(bind_unwind(clause)); break;
    case ClauseKind::call: part.clauses.push_back(bind_procedure(clause, !is_subquery && is_call_alone())); break;
    case ClauseKind::subquery: part.clauses.push_back(bind_subquery_clause(clause)); break;
    case ClauseKind::create: part.clauses.push_back(bind_create(clause)); break;
    case ClauseKind::merge: part.clauses.push_back(bind_merge(clause)); break;
    case ClauseKind::set:
    case ClauseKind::remove: part.clauses.push_back(bind_set(clause)); break;
    case ClauseKind::delete_: part.clauses.push_back(bind_delete(clause)); break;
  }
  subqueries_ = outer;
  if (is_last && clause.kind == ClauseKind::return_ && !is_subquery) part.columns = part.clauses.back().projection.columns;
  if (clause.kind != ClauseKind::call || is_subquery || !is_call_alone()) return;
  for (const auto& yield : part.clauses.back().call.yields) part.columns.push_back({yield.name, yield.slot});
}

BoundClause Binder::bind_unwind(const Clause& clause) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  subqueries_ = &out.subqueries;
  out.unwind.expression = bind_expression(clause.expression);
  if (find_variable(clause.variable.text) != nullptr) {
    fail_bind(out_.text, clause.variable.span.start, ErrorType::syntax_error, Trouble::variable_already_bound,
              "variable '" + clause.variable.text + "' is already there; choose another name");
  }
  out.unwind.slot = declare(clause.variable, Type::any);
  std::vector<Assignment> money;
  keep_currencies(out.unwind.slot, out.unwind.expression, money);
  if (!money.empty()) out.unwind_money = money.front();
  return out;
}

std::uint32_t Binder::bind_subpart(const QuerySyntax& query, BoundId* value, ExpressionId value_syntax) {
  if (query.parts.size() > 1) {
    fail_bind(out_.text, query.parts[1].clauses.front().span.start, ErrorType::syntax_error, Trouble::invalid_clause_composition,
              "UNION is not supported inside a subquery of an expression");
  }
  const auto scope = scope_;
  auto* const subqueries = subqueries_;
  const auto grouping = std::exchange(grouping_, {});
  const auto may_write = std::exchange(may_write_, false);
  const auto is_whole = std::exchange(is_whole_, false);
  const auto is_last = std::exchange(is_last_, false);
  const auto imports = std::exchange(imports_, {});
  check_order(query.parts.front(), Within::expression);
  auto part = bind_part(query.parts.front(), true);
  if (value != nullptr) {
    subqueries_ = &part.clauses.back().subqueries;
    *value = bind_expression(value_syntax);
  }
  scope_ = scope;
  subqueries_ = subqueries;
  grouping_ = grouping;
  may_write_ = may_write;
  is_whole_ = is_whole;
  is_last_ = is_last;
  imports_ = imports;
  out_.subparts.push_back(std::move(part));
  return static_cast<std::uint32_t>(out_.subparts.size() - 1);
}

Slot Binder::new_slot(std::string name, Type type) {
  out_.slots.push_back({std::move(name), type, false});
  return static_cast<Slot>(out_.slots.size() - 1);
}

Slot Binder::declare(const Name& name, Type type) {
  const auto slot = new_slot(name.text, type);
  scope_[name.text] = slot;
  return slot;
}

const Slot* Binder::find_variable(std::string_view name) const {
  const auto found = scope_.find(name);
  return found == scope_.end() ? nullptr : &found->second;
}

void Binder::notify(Span span, std::string text) {
  if (out_.notifications.size() >= kMaxNotifications) return;
  Diagnostic note;
  note.severity = Severity::warning;
  note.code = ErrorCode::bind;
  note.text = std::move(text);
  note.span = span;
  if (std::find(out_.notifications.begin(), out_.notifications.end(), note) == out_.notifications.end()) {
    out_.notifications.push_back(std::move(note));
  }
}

BoundId Binder::add(BoundExpression expression) {
  out_.expressions.push_back(std::move(expression));
  return static_cast<BoundId>(out_.expressions.size() - 1);
}

BoundId Binder::add_slot(Slot slot, Span span) {
  reads_.push_back(slot);
  BoundExpression e;
  e.kind = BoundKind::slot;
  e.number = slot;
  e.type = out_.slots[slot].type;
  e.span = span;
  return add(std::move(e));
}

}  // namespace policygraph::inline v0::detail::query
