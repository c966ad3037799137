#include <algorithm>
#include <utility>

#include "model/suggestion.hpp"
#include "query/bind/binder.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

Type type_of(ProcedureType type) {
  static constexpr Type kTypes[] = {Type::any,    Type::boolean, Type::integer, Type::floating, Type::number, Type::string,
                                    Type::list,   Type::map,     Type::node,    Type::edge,     Type::path};
  return kTypes[static_cast<std::size_t>(type)];
}

// Whether a value of the type, as far as it is known before the query runs, may be given.
bool may_take(ProcedureType wanted, Type given) {
  const auto type = type_of(wanted);
  if (given == Type::any || type == Type::any || given == type) return true;
  const bool is_number = given == Type::integer || given == Type::floating || given == Type::decimal || given == Type::number;
  if (type == Type::number) return is_number;
  if (type == Type::floating) return given == Type::integer || given == Type::number;
  return type == Type::integer && given == Type::number;
}

// An argument of the library's procedures that says of which label the answers are to be.
bool is_label(const Procedure& procedure, const ProcedureField& field, const BoundExpression& given) {
  return field.name == "label" && given.kind == BoundKind::literal && given.value.kind() == ValueKind::string &&
         built_in_procedures().find(procedure.name()) == &procedure;
}

std::vector<const Procedure*> joined(std::vector<const Procedure*> first, std::vector<const Procedure*> second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::string wanted_count(const std::vector<ProcedureField>& fields) {
  const auto least = static_cast<std::size_t>(std::ranges::count_if(fields, [](const ProcedureField& field) { return !field.otherwise; }));
  return least == fields.size() ? std::to_string(least) : std::to_string(least) + " to " + std::to_string(fields.size());
}

}  // namespace

// Alone, a CALL takes its arguments from parameters of their names if none are written, and answers with all results.
BoundClause Binder::bind_procedure(const Clause& clause, bool is_alone) {
  BoundClause out;
  out.kind = clause.kind;
  out.span = clause.span;
  subqueries_ = &out.subqueries;
  ++unsteady_;
  out.call.procedure = &find_procedure(clause.call.procedure);
  out.call.span = clause.call.procedure.span;
  bind_arguments(clause, is_alone, out.call);
  bind_yields(clause, is_alone, out.call);
  subqueries_ = &out.projection.late_subqueries;  // they see what it yields
  if (clause.where != kNone) {
    const auto where = bind_predicate(clause.where);
    expect_type(where, Type::boolean, "WHERE");
    add_conjuncts(where, out.where);
  }
  return out;
}

const Procedure& Binder::find_procedure(const Name& name) const {
  const auto* procedures = out_.procedures.get();
  const auto* found = procedures == nullptr ? nullptr : procedures->find(name.text);
  if (found == nullptr) found = built_in_procedures().find(name.text);
  if (found != nullptr) return *found;
  auto known = built_in_procedures().all();
  if (procedures != nullptr) known = joined(procedures->all(), std::move(known));
  auto hint = model::did_you_mean(name.text, known, &Procedure::name);
  if (hint.empty()) hint = elsewhere(name.text);
  fail_bind(out_.text, name.span.start, ErrorType::procedure_error, Trouble::procedure_not_found,
            "unknown procedure '" + name.text + "'" + (hint.empty() ? "; procedures are given with the options of the query" : hint));
}

void Binder::bind_arguments(const Clause& clause, bool is_alone, BoundCall& out) {
  const auto& call = clause.call;
  const auto& wanted = out.procedure->arguments();
  if (!call.has_arguments && !is_alone) {
    fail_bind(out_.text, call.procedure.span.start, ErrorType::syntax_error, Trouble::invalid_argument_passing_mode,
              "within a query arguments are written out: CALL " + out.procedure->name() + "(...)");
  }
  if (!call.has_arguments) {
    for (const auto& field : wanted) {
      if (field.otherwise) {
        out.arguments.push_back(bind_left_out(field, call.procedure.span));
        continue;
      }
      Expression parameter;
      parameter.name = field.name;
      parameter.span = call.procedure.span;
      out.arguments.push_back(bind_parameter(parameter));
    }
    return;
  }
  const bool is_enough = call.arguments.size() >= wanted.size() || wanted[call.arguments.size()].otherwise;
  if (call.arguments.size() > wanted.size() || !is_enough) {
    fail_bind(out_.text, call.procedure.span.start, ErrorType::syntax_error, Trouble::invalid_number_of_arguments,
              out.procedure->signature() + " takes " + wanted_count(wanted) + " arguments, not " + std::to_string(call.arguments.size()));
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i >= call.arguments.size()) {
      out.arguments.push_back(bind_left_out(wanted[i], call.procedure.span));
      continue;
    }
    out.arguments.push_back(bind_expression(call.arguments[i]));
    const auto& e = out_.expressions[out.arguments.back()];
    if (!snapshot_.schema().is_open() && is_label(*out.procedure, wanted[i], e)) label_number({e.value.as_string(), e.span});
    if (may_take(wanted[i].type, e.type)) continue;
    fail_bind(out_.text, e.span.start, ErrorType::syntax_error, Trouble::invalid_argument_type,
              out.procedure->signature() + " does not take " + std::string(type_text(e.type)) + " for " + wanted[i].name);
  }
}

BoundId Binder::bind_left_out(const ProcedureField& field, Span span) {
  BoundExpression literal;
  literal.value = *field.otherwise;
  literal.span = span;
  return add(std::move(literal));
}

void Binder::bind_yields(const Clause& clause, bool is_alone, BoundCall& out) {
  const auto& call = clause.call;
  const auto& results = out.procedure->results();
  if (call.star && !is_alone) {
    fail_bind(out_.text, call.star->start, ErrorType::syntax_error, Trouble::unexpected_syntax,
              "YIELD * stands alone only; within a query name the results");
  }
  if (!call.has_yield && !is_alone && !results.empty()) {
    fail_bind(out_.text, call.procedure.span.start, ErrorType::syntax_error, Trouble::undefined_variable,
              "the results of " + out.procedure->signature() + " need names within a query; add YIELD " + results[0].name);
  }
  if (call.star || (!call.has_yield && is_alone)) {
    for (std::uint32_t i = 0; i < results.size(); ++i) add_yield({results[i].name, clause.span}, i, out);
    return;
  }
  for (const auto& item : call.yields) {
    const auto found = std::find_if(results.begin(), results.end(), [&](const ProcedureField& field) { return field.name == item.result.text; });
    if (found == results.end()) {
      fail_bind(out_.text, item.result.span.start, ErrorType::syntax_error, Trouble::undefined_variable,
                out.procedure->signature() + " has no result '" + item.result.text + "'" +
                    model::did_you_mean(item.result.text, results, &ProcedureField::name));
    }
    add_yield(item.variable, static_cast<std::uint32_t>(found - results.begin()), out);
  }
}

void Binder::add_yield(const Name& variable, std::uint32_t result, BoundCall& out) {
  if (find_variable(variable.text) != nullptr) {
    fail_bind(out_.text, variable.span.start, ErrorType::syntax_error, Trouble::variable_already_bound,
              "variable '" + variable.text + "' is already there; rename the result with AS");
  }
  const auto slot = declare(variable, type_of(out.procedure->results()[result].type));
  out.yields.push_back({variable.text, slot, result});
}

}  // namespace policygraph::inline v0::detail::query
