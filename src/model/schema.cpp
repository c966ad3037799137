#include "policygraph/model/schema.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/embedded_file.hpp"
#include "model/policy_schema.hpp"
#include "model/schema_data.hpp"
#include "model/suggestion.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::model::find_rule;
using detail::model::SchemaFile;
using detail::model::Suggestion;

// In the order of the enumerators.
constexpr std::array<std::string_view, 8> kTypeNames = {"any",     "string",       "integer", "boolean",
                                                        "decimal", "partial_date", "float",   "list"};

std::vector<SchemaFile> read_files(const std::map<std::string, std::string>& files) {
  std::vector<SchemaFile> result;
  for (const auto& [name, text] : files) result.push_back(detail::model::read_schema_file({name, text}));
  return result;
}

std::map<std::string, std::string> policy_files() {
  std::map<std::string, std::string> files;
  for (const auto& file : detail::model::policy_schema()) files.emplace(file.path, file.text);
  return files;
}

bool by_name(const PropertyRule* a, const PropertyRule* b) noexcept { return a->name < b->name; }

}  // namespace

std::string_view property_type_name(PropertyType type) noexcept { return kTypeNames[static_cast<std::size_t>(type)]; }

std::optional<PropertyType> property_type_by_name(std::string_view name) noexcept {
  const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), name);
  if (found == kTypeNames.end()) return std::nullopt;
  return static_cast<PropertyType>(std::distance(kTypeNames.begin(), found));
}

Schema::Data::Data(std::string name_given, bool is_open_given, detail::model::Rules rules_given)
    : name(std::move(name_given)), is_open(is_open_given), rules(std::move(rules_given)) {
  for (const auto& label : rules.labels) {
    auto& own = properties.emplace_back();
    for (const auto* ancestor = &label; ancestor != nullptr;
         ancestor = find_rule(std::as_const(rules.labels), ancestor->parent)) {
      for (const auto& property : ancestor->properties) own.push_back(&property);
    }
    std::sort(own.begin(), own.end(), by_name);
    rows.add(label.name, static_cast<std::uint32_t>(properties.size() - 1));
    auto& place = places.emplace_back();
    for (std::size_t i = 0; i < own.size(); ++i) place.add(own[i]->name, static_cast<std::uint32_t>(i));
    for (const auto& property : label.properties) property_names.push_back(property.name);
  }
  for (const auto& relation : rules.relations) {
    for (const auto& property : relation.properties) property_names.push_back(property.name);
  }
  std::sort(property_names.begin(), property_names.end());
  property_names.erase(std::unique(property_names.begin(), property_names.end()), property_names.end());
}

std::size_t Schema::Data::row(std::string_view label) const noexcept {
  return std::min<std::size_t>(rows.find(label), rules.labels.size());
}

Schema Schema::policy() {
  static const Schema schema = from_json("policy", policy_files());
  return schema;
}

Schema Schema::open() {
  static const Schema schema(std::make_shared<const Data>("open", true, detail::model::Rules{}));
  return schema;
}

Schema Schema::from_json(std::string name, const std::map<std::string, std::string>& files) {
  const auto read = read_files(files);
  bool is_open = false;
  for (const auto& file : read) {
    is_open = is_open || file.is_open;
    if (name.empty()) name = file.schema_name;
  }
  return Schema(std::make_shared<const Data>(std::move(name), is_open, detail::model::merged({}, read)));
}

Schema Schema::extended(const std::map<std::string, std::string>& files) const {
  return Schema(std::make_shared<const Data>(data_->name, data_->is_open,
                                             detail::model::merged(data_->rules, read_files(files))));
}

const std::string& Schema::name() const noexcept { return data_->name; }
bool Schema::is_open() const noexcept { return data_->is_open; }
std::span<const LabelRule> Schema::labels() const noexcept { return data_->rules.labels; }
std::span<const RelationRule> Schema::relations() const noexcept { return data_->rules.relations; }
const LabelRule* Schema::label(std::string_view name) const noexcept {
  const auto row = data_->row(name);
  return row == data_->rules.labels.size() ? nullptr : &data_->rules.labels[row];
}
const RelationRule* Schema::relation(std::string_view name) const noexcept {
  return find_rule(data_->rules.relations, name);
}

std::vector<std::string> Schema::chain(std::string_view name) const {
  std::vector<std::string> result = {std::string(name)};
  for (const auto* rule = label(name); rule != nullptr && !rule->parent.empty(); rule = label(rule->parent)) {
    result.push_back(rule->parent);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

bool Schema::is_a(std::string_view name, std::string_view ancestor) const noexcept {
  if (name == ancestor) return true;
  const auto* rule = label(name);
  while (rule != nullptr && rule->name != ancestor) rule = rule->parent.empty() ? nullptr : label(rule->parent);
  return rule != nullptr;
}

const PropertyRule* Schema::property(std::string_view label, std::string_view property) const noexcept {
  const auto row = data_->row(label);
  if (row == data_->properties.size()) return nullptr;
  const auto place = data_->places[row].find(property);
  return place == detail::base::NameTable::kNone ? nullptr : data_->properties[row][place];
}

std::span<const PropertyRule* const> Schema::properties(std::string_view label) const noexcept {
  const auto row = data_->row(label);
  if (row == data_->properties.size()) return {};
  return data_->properties[row];
}

const PropertyRule* Schema::relation_property(std::string_view type, std::string_view property) const noexcept {
  const auto* rule = relation(type);
  if (rule == nullptr) return nullptr;
  const auto found = std::find_if(rule->properties.begin(), rule->properties.end(),
                                  [&](const PropertyRule& candidate) { return candidate.name == property; });
  return found == rule->properties.end() ? nullptr : &*found;
}

bool Schema::has_property(std::string_view property) const noexcept {
  return std::binary_search(data_->property_names.begin(), data_->property_names.end(), property);
}

std::string Schema::suggest_label(std::string_view name) const {
  Suggestion suggestion(name);
  for (const auto& rule : labels()) suggestion.offer(rule.name);
  return suggestion.text();
}

std::string Schema::suggest_relation(std::string_view name) const {
  Suggestion suggestion(name);
  for (const auto& rule : relations()) suggestion.offer(rule.name);
  return suggestion.text();
}

std::string Schema::suggest_property(std::string_view name) const {
  Suggestion suggestion(name);
  for (const auto known : data_->property_names) suggestion.offer(known);
  return suggestion.text();
}

std::string Schema::to_json() const { return detail::model::write_schema(name(), is_open(), data_->rules); }

}  // namespace policygraph::inline v0
