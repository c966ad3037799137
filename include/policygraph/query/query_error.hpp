#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "policygraph/base/error.hpp"
#include "policygraph/export.hpp"

namespace policygraph::inline v0 {

/// What kind of trouble a query is in, as openCypher's compatibility kit (2024.3) classifies it: the kit's eight, and one
/// of openCypher's list that the kit does not use.
enum class POLICYGRAPH_EXPORT QueryErrorType : std::uint8_t {
  syntax_error,
  type_error,
  argument_error,
  entity_not_found,
  procedure_error,
  semantic_error,
  parameter_missing,
  constraint_verification_failed,
  // Not in the kit.
  arithmetic_error,
};

/// When: before a row is read, or while the query runs. A limit or an interrupt is a plain Error.
enum class POLICYGRAPH_EXPORT QueryErrorPhase : std::uint8_t { compile_time, runtime };

/// What exactly, as the kit says it, and below the line what it has no word for.
enum class POLICYGRAPH_EXPORT QueryErrorDetail : std::uint8_t {
  invalid_argument_type,
  variable_already_bound,
  unexpected_syntax,
  undefined_variable,
  variable_type_conflict,
  invalid_argument_value,
  integer_overflow,
  no_single_relationship_type,
  invalid_number_literal,
  ambiguous_aggregation_expression,
  negative_integer_argument,
  invalid_parameter_use,
  invalid_number_of_arguments,
  invalid_aggregation,
  number_out_of_range,
  non_constant_expression,
  invalid_clause_composition,
  deleted_entity_access,
  map_element_access_by_non_string,
  requires_directed_relationship,
  invalid_relationship_pattern,
  invalid_delete,
  different_columns_in_union,
  creating_var_length,
  column_name_conflict,
  merge_read_own_writes,
  procedure_not_found,
  invalid_property_type,
  unknown_function,
  relationship_uniqueness_violation,
  no_variables_in_scope,
  no_expression_alias,
  nested_aggregation,
  invalid_unicode_literal,
  invalid_unicode_character,
  invalid_argument_passing_mode,
  floating_point_overflow,
  missing_parameter,
  delete_connected_node,
  // Not in the kit.
  unknown_label,
  unknown_relationship_type,
  unknown_property,
  numeric_overflow,
  division_by_zero,
  list_element_access_by_non_integer,
  creating_on_null,
  schema_violation,    // a write that the schema does not allow
  unique_value_taken,  // two nodes with one value of a property that is unique, or of a key
};

/// As the kit writes them: "SyntaxError", "compile time", "UndefinedVariable".
POLICYGRAPH_EXPORT std::string_view type_name(QueryErrorType type) noexcept;
POLICYGRAPH_EXPORT std::string_view phase_name(QueryErrorPhase phase) noexcept;
POLICYGRAPH_EXPORT std::string_view detail_name(QueryErrorDetail detail) noexcept;

/// A query that cannot be read (ErrorCode::syntax), does not fit the names and types there are (bind), fails on its
/// way (run), or writes what the schema (schema) or the rest of the graph (conflict) does not allow: openCypher's classification beside the text and the place.
///
///     try { policygraph::query(graph, "RETURN a"); }
///     catch (const policygraph::QueryError& error) {
///       if (error.detail() == policygraph::QueryErrorDetail::undefined_variable) std::cerr << error.report();
///     }
class POLICYGRAPH_EXPORT QueryError : public Error {
 public:
  QueryError(ErrorCode code, QueryErrorType type, QueryErrorDetail detail, std::string text, Place place);

  QueryErrorType type() const noexcept { return type_; }
  QueryErrorDetail detail() const noexcept { return detail_; }
  QueryErrorPhase phase() const noexcept {
    return code() == ErrorCode::syntax || code() == ErrorCode::bind ? QueryErrorPhase::compile_time : QueryErrorPhase::runtime;
  }

 private:
  QueryErrorType type_;
  QueryErrorDetail detail_;
};

}  // namespace policygraph::inline v0
