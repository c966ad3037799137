#include <cstdint>

#include "model/schema_data.hpp"

// Values brought to the type a property wants, where nothing is lost on the way.
namespace policygraph::inline v0 {
namespace {

Value to_decimal(Value value) {
  if (value.kind() == ValueKind::integer) return Decimal(value.as_integer());
  if (value.kind() != ValueKind::string) return value;
  const auto decimal = Decimal::try_parse(value.as_string());
  return decimal ? Value(*decimal) : std::move(value);
}

Value to_partial_date(Value value) {
  if (value.kind() == ValueKind::date) {
    const auto [year, month, day] = year_month_day(value.as_date());
    return PartialDate::day(year, month, day);
  }
  if (value.kind() != ValueKind::string || value.as_string().empty()) return value;
  const auto date = PartialDate::try_parse(value.as_string());
  return date ? Value(*date) : std::move(value);
}

Value to_floating(Value value) {
  constexpr std::int64_t kLargestExact = std::int64_t{1} << 53;
  if (value.kind() != ValueKind::integer) return value;
  const auto integer = value.as_integer();
  const bool is_exact = -kLargestExact <= integer && integer <= kLargestExact;
  return is_exact ? Value(static_cast<double>(integer)) : value;
}

Value to_integer(Value value) {
  if (value.kind() != ValueKind::decimal) return value;
  const auto integer = value.as_decimal().to_int64();
  return integer ? Value(*integer) : std::move(value);
}

Value to_type(PropertyType type, Value value) {
  switch (type) {
    case PropertyType::decimal:
      return to_decimal(std::move(value));
    case PropertyType::partial_date:
      return to_partial_date(std::move(value));
    case PropertyType::floating:
      return to_floating(std::move(value));
    case PropertyType::integer:
      return to_integer(std::move(value));
    default:
      return value;
  }
}

Value to_rule(const PropertyRule& rule, Value value) {
  if (rule.type != PropertyType::list || value.kind() != ValueKind::list) return to_type(rule.type, std::move(value));
  if (rule.items == PropertyType::any || rule.items == PropertyType::string) return value;
  ValueList items;
  for (const auto& item : value.as_list()) items.push_back(to_type(rule.items, item));
  return items;
}

}  // namespace

Value Schema::coerced(std::span<const std::string> labels, std::string_view name, Value value) const {
  for (const auto& label : labels) {
    const auto* rule = property(label, name);
    if (rule == nullptr) continue;
    if (rule->type == PropertyType::string || rule->type == PropertyType::any) return value;  // as they are, most often
    return to_rule(*rule, std::move(value));
  }
  return value;
}

Value Schema::coerced_relation(std::string_view type, std::string_view name, Value value) const {
  const auto* rule = relation_property(type, name);
  return rule == nullptr ? value : to_rule(*rule, std::move(value));
}

}  // namespace policygraph::inline v0
