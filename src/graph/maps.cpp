#include "policygraph/graph/maps.hpp"

namespace policygraph::inline v0 {

double number_at(const Column* column, std::uint32_t row, double missing) {
  if (column == nullptr || !column->has(row)) return missing;
  switch (column->kind(row)) {
    case ColumnKind::integer:
      return static_cast<double>(column->integer(row));
    case ColumnKind::decimal:
      return column->decimal(row).to_double();
    case ColumnKind::floating:
      return column->floating(row);
    case ColumnKind::mixed:
      break;
    default:
      return missing;
  }
  const auto value = column->value(row);
  const auto kind = value.kind();
  const bool is_number = kind == ValueKind::integer || kind == ValueKind::decimal || kind == ValueKind::floating;
  return is_number ? value.as_double() : missing;
}

}  // namespace policygraph::inline v0
