#include <algorithm>

#include "model/schema_data.hpp"
#include "model/suggestion.hpp"
#include "model/value_shown.hpp"
#include "policygraph/base/error.hpp"

// What the schema allows, said so that whoever is refused knows the way out.
namespace policygraph::inline v0 {
namespace {

using detail::model::shown;
using detail::model::Suggestion;

constexpr std::size_t kMostShown = 12;

[[noreturn]] void refuse(std::string text) { throw Error(ErrorCode::schema, std::move(text)); }

// A user's own name in an error, of bounded length.
std::string quoted(std::string_view name) {
  constexpr std::size_t kLongest = 100;
  return "'" + std::string(name.substr(0, kLongest)) + (name.size() > kLongest ? "..." : "") + "'";
}

template <class Names>
std::string joined(const Names& names, std::string_view between, std::string_view last) {
  std::string text;
  const auto count = std::min(names.size(), kMostShown);
  for (std::size_t i = 0; i < count; ++i) {
    if (i != 0) text += i + 1 == names.size() ? last : between;
    text += names[i];
  }
  return names.size() > kMostShown ? text + ", ..." : text;
}

std::string described(std::span<const std::string> labels) {
  return labels.empty() ? "a node without a label" : joined(labels, ":", ":");
}

bool is_kind_of(PropertyType type, ValueKind kind) noexcept {
  switch (type) {
    case PropertyType::any:
      return true;
    case PropertyType::string:
      return kind == ValueKind::string;
    case PropertyType::integer:
      return kind == ValueKind::integer;
    case PropertyType::boolean:
      return kind == ValueKind::boolean;
    case PropertyType::decimal:
      return kind == ValueKind::decimal;
    case PropertyType::partial_date:
      return kind == ValueKind::partial_date;
    case PropertyType::floating:
      return kind == ValueKind::floating;
    case PropertyType::list:
      return kind == ValueKind::list;
  }
  return false;
}

bool can_be_stored(ValueKind kind) noexcept {
  return kind != ValueKind::null && kind != ValueKind::list && kind != ValueKind::map && kind != ValueKind::node &&
         kind != ValueKind::edge && kind != ValueKind::path;
}

// "property 'amount' of Funding", made only when something is wrong with it.
struct Named {
  std::string_view property;
  std::string_view owner;  // empty: not known

  std::string text() const {
    return "property " + quoted(property) + (owner.empty() ? std::string() : " of " + std::string(owner));
  }
};

// Whatever the rule: a property holds a single value or a list of them.
void check_storable(const Named& named, const Value& value) {
  if (value.kind() != ValueKind::list) {
    if (!can_be_stored(value.kind())) refuse(named.text() + " cannot hold a " + shown(value));
    return;
  }
  for (const auto& item : value.as_list()) {
    if (!can_be_stored(item.kind())) refuse(named.text() + " cannot hold a list with " + shown(item));
  }
}

std::string way_out(PropertyType type, const Value& value) {
  if (type == PropertyType::decimal && value.kind() == ValueKind::floating) {
    auto digits = value.to_string();
    if (digits.size() > 2 && digits.substr(digits.size() - 2) == ".0") digits.resize(digits.size() - 2);
    return "; a float is not exact, write decimal('" + digits + "')";
  }
  if (type == PropertyType::partial_date) return "; write for instance '2024', '2024-10-05' or '2024/2029'";
  return "";
}

void check_choice(const Named& named, const PropertyRule& rule, const std::string& text) {
  if (rule.choices.empty() || std::find(rule.choices.begin(), rule.choices.end(), text) != rule.choices.end()) return;
  Suggestion suggestion(text);
  for (const auto& choice : rule.choices) suggestion.offer(choice);
  auto out = suggestion.text();
  if (out.empty()) out = "; it is one of: " + joined(rule.choices, ", ", ", ");
  refuse(named.text() + " cannot be " + quoted(text) + out);
}

void check_value(const Named& named, const PropertyRule& rule, const Value& value) {
  check_storable(named, value);
  if (!is_kind_of(rule.type, value.kind())) {
    refuse(named.text() + " wants " + std::string(property_type_name(rule.type)) + ", found " + shown(value) +
           way_out(rule.type, value));
  }
  if (rule.type == PropertyType::string) check_choice(named, rule, value.as_string());
  if (rule.type != PropertyType::list) return;
  for (const auto& item : value.as_list()) {
    if (is_kind_of(rule.items, item.kind())) continue;
    refuse(named.text() + " wants a list of " + std::string(property_type_name(rule.items)) + ", found " + shown(item) +
           " in it");
  }
}

bool fits(const Schema& schema, const std::vector<std::string>& allowed, std::span<const std::string> labels) {
  return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& end) {
    return end == kAnyLabel ||
           std::any_of(labels.begin(), labels.end(), [&](const std::string& label) { return schema.is_a(label, end); });
  });
}

bool fits(const Schema& schema, const RelationRule& rule, std::span<const std::string> from,
          std::span<const std::string> to) {
  return std::any_of(rule.ends.begin(), rule.ends.end(),
                     [&](const auto& ends) { return fits(schema, ends.from, from) && fits(schema, ends.to, to); });
}

std::string described(const RelationRule& rule) {
  std::vector<std::string> pairs;
  for (const auto& ends : rule.ends)
    pairs.push_back(joined(ends.from, ", ", " or ") + " to " + joined(ends.to, ", ", " or "));
  return joined(pairs, ", ", ", or ");
}

// The first label that has a property of that name, as a hint; labels come sorted.
std::string other_owner(const Schema& schema, std::string_view property) {
  for (const auto& label : schema.labels()) {
    for (const auto& rule : label.properties) {
      if (rule.name == property) return "; it is one of " + label.name;
    }
  }
  return "";
}

std::string nearest_property(const Schema& schema, std::span<const std::string> labels, std::string_view property) {
  Suggestion suggestion(property);
  for (const auto& label : labels) {
    for (const auto* rule : schema.properties(label)) suggestion.offer(rule->name);
  }
  return suggestion.text();
}

[[noreturn]] void refuse_property(const Schema& schema, std::span<const std::string> labels,
                                  std::string_view property) {
  auto out = nearest_property(schema, labels, property);
  if (out.empty()) out = other_owner(schema, property);
  refuse("unknown property " + quoted(property) + " of " + described(labels) + out);
}

}  // namespace

void Schema::check_label(std::string_view name) const {
  if (is_open() || label(name) != nullptr) return;
  refuse("unknown label " + quoted(name) + suggest_label(name));
}

void Schema::check_property(std::span<const std::string> labels, std::string_view name, const Value& value) const {
  if (is_open()) {
    if (!value.is_null()) check_storable({name, ""}, value);
    return;
  }
  for (const auto& label : labels) {
    const auto* rule = property(label, name);
    if (rule == nullptr) continue;
    if (!value.is_null()) check_value({name, label}, *rule, value);
    return;
  }
  for (const auto& label : labels) check_label(label);
  refuse_property(*this, labels, name);
}

void Schema::check_relation(std::string_view type, std::span<const std::string> from_labels,
                            std::span<const std::string> to_labels) const {
  if (is_open()) return;
  const auto* rule = relation(type);
  if (rule == nullptr) refuse("unknown relation " + quoted(type) + suggest_relation(type));
  if (fits(*this, *rule, from_labels, to_labels)) return;
  const bool is_reversed = fits(*this, *rule, to_labels, from_labels);
  refuse("relation " + quoted(type) + " leads from " + described(*rule) + ", not from " + described(from_labels) +
         " to " + described(to_labels) + (is_reversed ? "; did you mean the other direction?" : ""));
}

void Schema::check_relation_property(std::string_view type, std::string_view name, const Value& value) const {
  if (is_open()) {
    if (!value.is_null()) check_storable({name, ""}, value);
    return;
  }
  const auto* rule = relation(type);
  if (rule == nullptr) refuse("unknown relation " + quoted(type) + suggest_relation(type));
  if (const auto* found = relation_property(type, name)) {
    if (!value.is_null()) check_value({name, type}, *found, value);
    return;
  }
  Suggestion suggestion(name);
  for (const auto& candidate : rule->properties) suggestion.offer(candidate.name);
  refuse("unknown property " + quoted(name) + " of relation " + quoted(type) + suggestion.text());
}

void Schema::check_required(std::span<const std::string> labels,
                            const std::function<bool(std::string_view)>& present) const {
  for (const auto& label : labels) {
    for (const auto* rule : properties(label)) {
      if (rule->is_required && !present(rule->name))
        refuse("a node of label " + quoted(label) + " needs property " + quoted(rule->name));
    }
  }
}

void Schema::check_relation_required(std::string_view type,
                                     const std::function<bool(std::string_view)>& present) const {
  const auto* rule = relation(type);
  if (rule == nullptr) return;
  for (const auto& property : rule->properties) {
    if (property.is_required && !present(property.name))
      refuse("a relation " + quoted(type) + " needs property " + quoted(property.name));
  }
}

}  // namespace policygraph::inline v0
