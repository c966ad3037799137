#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/json_tree.hpp"
#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::model {

// The rules of a schema, each kind sorted by name.
struct Rules {
  std::vector<LabelRule> labels;
  std::vector<RelationRule> relations;
};

// A property of a schema file, with what the file leaves open.
struct PropertyPatch {
  PropertyRule rule;
  std::size_t offset = 0;
  bool has_type = false;
  bool has_required = false;
  bool has_key = false;
  bool has_unique = false;
};

// A type of a schema file; its properties stand beside its rule, not in it.
template <class Rule>
struct TypePatch {
  Rule rule;
  std::vector<PropertyPatch> properties;
  std::size_t offset = 0;
};
using LabelPatch = TypePatch<LabelRule>;
using RelationPatch = TypePatch<RelationRule>;

struct SchemaFile {
  JsonFile file;
  std::string schema_name;  // empty: not given
  bool is_open = false;
  std::vector<LabelPatch> labels;
  std::vector<RelationPatch> relations;
};

// Throws Error(format) where the text is no schema file.
SchemaFile read_schema_file(const JsonFile& file);

// The rules with those of the files added; throws Error(schema), with a place, where they contradict one another.
Rules merged(Rules rules, const std::vector<SchemaFile>& files);

// What read_schema_file reads back.
std::string write_schema(std::string_view name, bool is_open, const Rules& rules);

// The element of that name in a range sorted by name; null when there is none.
template <class Range>
auto find_rule(Range& rules, std::string_view name) noexcept -> decltype(rules.data()) {
  auto found = std::lower_bound(rules.begin(), rules.end(), name, [](const auto& rule, std::string_view key) {
    return std::string_view(rule.name) < key;
  });
  return found != rules.end() && found->name == name ? &*found : nullptr;
}

}  // namespace policygraph::inline v0::detail::model
