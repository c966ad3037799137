#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::exchange {

/// The value that a field says, if it says one of that type. `any` and `list` read as text.
std::optional<Value> read_field(std::string_view field, PropertyType type);

/// Which types the fields of a column, seen one after the other, all fit.
class FieldTypes {
 public:
  void see(std::string_view field);  ///< an empty one fits all
  /// boolean, integer, decimal, float, date: the first that all fit; else, and of no fields, text.
  PropertyType type() const noexcept;
  bool is_text() const noexcept { return fits_ == 0; }

 private:
  enum Fit : std::uint8_t { kBoolean = 1, kInteger = 2, kDecimal = 4, kFloat = 8, kDate = 16 };
  static constexpr std::uint8_t kAll = kBoolean | kInteger | kDecimal | kFloat | kDate;
  std::uint8_t fits_ = kAll;
};

}  // namespace policygraph::inline v0::detail::exchange
