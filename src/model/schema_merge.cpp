#include <algorithm>
#include <cstdint>
#include <map>
#include <set>

#include "model/schema_rules.hpp"
#include "model/suggestion.hpp"

// Puts the types of schema files together and checks what they say of one another.
namespace policygraph::inline v0::detail::model {
namespace {

// Bounds that no schema of a human comes near; they keep the tables of inherited properties small whatever is given.
constexpr std::size_t kMostTypes = 4096;
constexpr std::size_t kMostProperties = 256;
constexpr std::size_t kLongestChain = 16;

struct Origin {
  const JsonFile* file = nullptr;
  std::size_t offset = 0;

  [[noreturn]] void refuse(std::string text) const {
    if (file == nullptr) throw Error(ErrorCode::schema, std::move(text));
    file->refuse(ErrorCode::schema, std::move(text), offset);
  }
};

std::string quoted(std::string_view name) { return "'" + std::string(name) + "'"; }

// Sets what was open; refuses to change what is there.
void fill(std::string& held, const std::string& given, std::string_view what, const std::string& type,
          const Origin& origin) {
  if (given.empty() || given == held) return;
  if (!held.empty())
    origin.refuse(std::string(what) + " of " + quoted(type) + " is given already and cannot be changed");
  held = given;
}

void check_choices(const PropertyRule& rule, const Origin& origin) {
  if (rule.choices.empty()) return;
  if (rule.type != PropertyType::string)
    origin.refuse("property " + quoted(rule.name) + " has choices and is no string; only strings have them");
  const std::set<std::string_view> distinct(rule.choices.begin(), rule.choices.end());
  if (distinct.size() != rule.choices.size()) origin.refuse("property " + quoted(rule.name) + " names a choice twice");
}

void check_items(const PropertyRule& rule, const Origin& origin) {
  if (rule.items == PropertyType::any) return;
  if (rule.type != PropertyType::list) origin.refuse("property " + quoted(rule.name) + " has 'items' and is no list");
  if (rule.items == PropertyType::list)
    origin.refuse("property " + quoted(rule.name) + " is a list of lists; a list holds single values");
}

// What of a property's rule a patch would change, as it stands; "" where nothing.
std::string changed(const PropertyRule& held, const PropertyPatch& patch) {
  const auto unless = [](bool is_so, const char* what) { return (is_so ? "" : "not ") + std::string(what); };
  if (patch.has_type && patch.rule.type != held.type) return "of type " + std::string(property_type_name(held.type));
  if (patch.rule.items != PropertyType::any && patch.rule.items != held.items)
    return "a list of " + std::string(property_type_name(held.items));
  if (patch.has_required && patch.rule.is_required != held.is_required) return unless(held.is_required, "required");
  if (patch.has_key && patch.rule.is_key != held.is_key) return unless(held.is_key, "part of the key");
  if (patch.has_unique && patch.rule.is_unique != held.is_unique) return unless(held.is_unique, "unique");
  return {};
}

// A property that is there already gains choices; the rest of it must be as it was, or not be said.
void extend_property(PropertyRule& held, const PropertyPatch& patch, const std::string& type, const Origin& origin) {
  const auto was = changed(held, patch);
  if (!was.empty())
    origin.refuse("property " + quoted(held.name) + " of " + quoted(type) + " is there already and is " + was +
                  "; that cannot be changed, another property can be added");
  if (held.choices.empty() && !patch.rule.choices.empty()) {
    origin.refuse("property " + quoted(held.name) + " takes any string; choices would narrow it");
  }
  check_choices(patch.rule, origin);
  for (const auto& choice : patch.rule.choices) {
    if (std::find(held.choices.begin(), held.choices.end(), choice) == held.choices.end())
      held.choices.push_back(choice);
  }
  fill(held.description, patch.rule.description, "description", held.name, origin);
  fill(held.from, patch.rule.from, "'from'", held.name, origin);
}

void add_properties(std::vector<PropertyRule>& held, const std::vector<PropertyPatch>& patches, const std::string& type,
                    const JsonFile& file) {
  std::set<std::string_view> given;
  std::map<std::string, std::size_t, std::less<>> rows;
  for (std::size_t row = 0; row < held.size(); ++row) rows.emplace(held[row].name, row);
  for (const auto& patch : patches) {
    const Origin origin{&file, patch.offset};
    if (!given.insert(patch.rule.name).second)
      origin.refuse("property " + quoted(patch.rule.name) + " of " + quoted(type) + " is described twice");
    if (const auto row = rows.find(patch.rule.name); row != rows.end()) {
      extend_property(held[row->second], patch, type, origin);
      continue;
    }
    if (held.size() == kMostProperties)
      origin.refuse("a type has at most " + std::to_string(kMostProperties) + " properties");
    check_choices(patch.rule, origin);
    check_items(patch.rule, origin);
    held.push_back(patch.rule);
  }
}

// What is said of a type that is there already, beside its properties.
void extend_type(LabelRule& held, const LabelRule& given, const Origin& origin) {
  if (!given.parent.empty() && given.parent != held.parent) {
    origin.refuse("the parent of " + quoted(held.name) + " is given already and cannot be changed");
  }
  fill(held.name_property, given.name_property, "caption", held.name, origin);
  fill(held.description, given.description, "description", held.name, origin);
  fill(held.from, given.from, "'from'", held.name, origin);
}

void extend_type(RelationRule& held, const RelationRule& given, const Origin& origin) {
  if (given.is_derived && !held.is_derived)
    origin.refuse("relation " + quoted(held.name) + " is not derived; that cannot be changed");
  held.is_within_label = held.is_within_label || given.is_within_label;
  for (const auto& ends : given.ends) {
    if (std::find(held.ends.begin(), held.ends.end(), ends) == held.ends.end()) held.ends.push_back(ends);
  }
  fill(held.description, given.description, "description", held.name, origin);
  fill(held.from, given.from, "'from'", held.name, origin);
}

// The types of one kind, held and added, with the places of those that were added.
template <class Rule>
class Types {
 public:
  Types(std::vector<Rule> held, std::string_view kind) : kind_(kind) {
    for (auto& rule : held) rules_.emplace(rule.name, std::move(rule));
  }

  void add(const TypePatch<Rule>& patch, const JsonFile& file) {
    const Origin origin{&file, patch.offset};
    const auto& name = patch.rule.name;
    if (!origins_.emplace(name, origin).second) origin.refuse(kind_ + " " + quoted(name) + " is described twice");
    if (rules_.size() == kMostTypes)
      origin.refuse("a schema has at most " + std::to_string(kMostTypes) + " types of a kind");
    auto [held, is_new] = rules_.emplace(name, patch.rule);
    if (!is_new) extend_type(held->second, patch.rule, origin);
    add_properties(held->second.properties, patch.properties, name, file);
  }

  Origin origin(const std::string& name) const {
    auto found = origins_.find(name);
    return found == origins_.end() ? Origin{} : found->second;
  }

  std::vector<Rule> rules() && {
    std::vector<Rule> result;
    for (auto& [name, rule] : rules_) result.push_back(std::move(rule));
    return result;
  }

  std::map<std::string, Rule>& by_name() { return rules_; }

 private:
  std::string kind_;
  std::map<std::string, Rule> rules_;
  std::map<std::string, Origin> origins_;
};

std::string unknown_label(std::string_view name, const std::map<std::string, LabelRule>& labels) {
  Suggestion suggestion(name);
  for (const auto& [known, rule] : labels) suggestion.offer(known);
  return "unknown label " + quoted(name) + suggestion.text();
}

// From a label up to its root; refuses an unknown parent and a circle.
std::vector<LabelRule*> ancestry(LabelRule& label, Types<LabelRule>& types) {
  std::vector<LabelRule*> chain = {&label};
  while (!chain.back()->parent.empty()) {
    const auto& child = *chain.back();
    const auto found = types.by_name().find(child.parent);
    if (found == types.by_name().end()) {
      types.origin(child.name)
          .refuse("parent of " + quoted(child.name) + ": " + unknown_label(child.parent, types.by_name()));
    }
    if (chain.size() == kLongestChain) {
      types.origin(label.name)
          .refuse("label " + quoted(label.name) + " has more than " + std::to_string(kLongestChain - 1) +
                  " ancestors, or is its own");
    }
    chain.push_back(&found->second);
  }
  return chain;
}

void check_label(LabelRule& label, Types<LabelRule>& types) {
  const auto chain = ancestry(label, types);
  const auto origin = types.origin(label.name);
  std::set<std::string_view> names;
  for (const auto* ancestor : chain) {
    for (const auto& property : ancestor->properties) {
      if (names.insert(property.name).second) continue;
      origin.refuse("property " + quoted(property.name) + " of " + quoted(label.name) + " is one of " +
                    quoted(ancestor->name) + " already");
    }
  }
  for (const auto* ancestor : chain) {
    if (label.name_property.empty()) label.name_property = ancestor->name_property;
  }
  if (!label.name_property.empty() && !names.contains(label.name_property)) {
    origin.refuse("caption of " + quoted(label.name) + ": it has no property " + quoted(label.name_property));
  }
}

void check_relation(RelationRule& relation, const Origin& origin, const std::map<std::string, LabelRule>& labels) {
  if (relation.ends.empty()) origin.refuse("relation " + quoted(relation.name) + " has no ends");
  for (const auto& ends : relation.ends) {
    for (const auto* side : {&ends.from, &ends.to}) {
      for (const auto& label : *side) {
        if (label == kAnyLabel || labels.contains(label)) continue;
        origin.refuse("ends of " + quoted(relation.name) + ": " + unknown_label(label, labels));
      }
    }
  }
  if (!relation.is_within_label) return;
  // As a file says it: first the labels that stand at both ends.
  std::stable_partition(relation.ends.begin(), relation.ends.end(), [](const auto& ends) {
    return ends.from.size() == 1 && ends.from == ends.to && ends.from[0] != kAnyLabel;
  });
}

}  // namespace

Rules merged(Rules rules, const std::vector<SchemaFile>& files) {
  Types<LabelRule> labels(std::move(rules.labels), "label");
  Types<RelationRule> relations(std::move(rules.relations), "relation");
  for (const auto& file : files) {
    for (const auto& patch : file.labels) labels.add(patch, file.file);
    for (const auto& patch : file.relations) relations.add(patch, file.file);
  }
  for (auto& [name, label] : labels.by_name()) check_label(label, labels);
  for (auto& [name, relation] : relations.by_name()) check_relation(relation, relations.origin(name), labels.by_name());
  return {std::move(labels).rules(), std::move(relations).rules()};
}

}  // namespace policygraph::inline v0::detail::model
