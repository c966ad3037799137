#include "policygraph/query/query_error.hpp"

#include <array>
#include <utility>

namespace policygraph::inline v0 {

std::string_view type_name(QueryErrorType type) noexcept {
  static constexpr auto kNames = std::to_array<std::string_view>({
      "SyntaxError",
      "TypeError",
      "ArgumentError",
      "EntityNotFound",
      "ProcedureError",
      "SemanticError",
      "ParameterMissing",
      "ConstraintVerificationFailed",
      "ArithmeticError",
  });
  static_assert(kNames.size() == static_cast<std::size_t>(QueryErrorType::arithmetic_error) + 1);
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view phase_name(QueryErrorPhase phase) noexcept {
  return phase == QueryErrorPhase::compile_time ? "compile time" : "runtime";
}

std::string_view detail_name(QueryErrorDetail detail) noexcept {
  static constexpr auto kNames = std::to_array<std::string_view>({
      "InvalidArgumentType",
      "VariableAlreadyBound",
      "UnexpectedSyntax",
      "UndefinedVariable",
      "VariableTypeConflict",
      "InvalidArgumentValue",
      "IntegerOverflow",
      "NoSingleRelationshipType",
      "InvalidNumberLiteral",
      "AmbiguousAggregationExpression",
      "NegativeIntegerArgument",
      "InvalidParameterUse",
      "InvalidNumberOfArguments",
      "InvalidAggregation",
      "NumberOutOfRange",
      "NonConstantExpression",
      "InvalidClauseComposition",
      "DeletedEntityAccess",
      "MapElementAccessByNonString",
      "RequiresDirectedRelationship",
      "InvalidRelationshipPattern",
      "InvalidDelete",
      "DifferentColumnsInUnion",
      "CreatingVarLength",
      "ColumnNameConflict",
      "MergeReadOwnWrites",
      "ProcedureNotFound",
      "InvalidPropertyType",
      "UnknownFunction",
      "RelationshipUniquenessViolation",
      "NoVariablesInScope",
      "NoExpressionAlias",
      "NestedAggregation",
      "InvalidUnicodeLiteral",
      "InvalidUnicodeCharacter",
      "InvalidArgumentPassingMode",
      "FloatingPointOverflow",
      "MissingParameter",
      "DeleteConnectedNode",
      "UnknownLabel",
      "UnknownRelationshipType",
      "UnknownProperty",
      "NumericOverflow",
      "DivisionByZero",
      "ListElementAccessByNonInteger",
      "CreatingOnNull",
      "SchemaViolation",
      "UniqueValueTaken",
  });
  static_assert(kNames.size() == static_cast<std::size_t>(QueryErrorDetail::unique_value_taken) + 1);
  return kNames[static_cast<std::size_t>(detail)];
}

QueryError::QueryError(ErrorCode code, QueryErrorType type, QueryErrorDetail detail, std::string text, Place place)
    : Error(code, std::move(text), std::move(place)), type_(type), detail_(detail) {}

}  // namespace policygraph::inline v0
