#include "model/known_rules.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::model {
namespace {

bool are_strings(const ValueList& items) noexcept {
  return std::ranges::all_of(items, [](const Value& item) { return item.kind() == ValueKind::string; });
}

}  // namespace

bool fits_as_it_is(const PropertyRule& rule, const Value& value) {
  switch (rule.type) {
    case PropertyType::string:
      return value.kind() == ValueKind::string &&
             (rule.choices.empty() || std::ranges::find(rule.choices, value.as_string()) != rule.choices.end());
    case PropertyType::boolean:
      return value.kind() == ValueKind::boolean;
    case PropertyType::integer:
      return value.kind() == ValueKind::integer;
    case PropertyType::decimal:
      return value.kind() == ValueKind::decimal;
    case PropertyType::partial_date:
      return value.kind() == ValueKind::partial_date;
    case PropertyType::list:
      return value.kind() == ValueKind::list && rule.items == PropertyType::string && are_strings(value.as_list());
    default:
      return false;
  }
}

const PropertyRule* KnownRules::look_up(std::string_view property) {
  for (const auto& label : labels_) {
    const auto* rule = schema_->property(label, property);
    if (rule == nullptr) continue;
    known_.push_back(rule);
    return rule;
  }
  return nullptr;
}

void KnownRules::check(std::string_view property, Value& value) {
  if (!schema_->is_open()) {
    const auto* known = rule(property);
    if (known != nullptr && fits_as_it_is(*known, value)) return;
  }
  value = schema_->coerced(labels_, property, std::move(value));
  schema_->check_property(labels_, property, value);
}

}  // namespace policygraph::inline v0::detail::model
