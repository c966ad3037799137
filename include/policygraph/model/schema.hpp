#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/model/value.hpp"

namespace policygraph::inline v0 {

/// Types a property may have (ONTOLOGY, "Value types"). `any` in the open schema.
enum class PropertyType : std::uint8_t { any, string, integer, boolean, decimal, partial_date, floating, list };
/// "any", "string", "integer", "boolean", "decimal", "partial_date", "float", "list": as schema files write them.
POLICYGRAPH_EXPORT std::string_view property_type_name(PropertyType type) noexcept;
POLICYGRAPH_EXPORT std::optional<PropertyType> property_type_by_name(std::string_view name) noexcept;
/// Stands for every label at an end of a relation.
inline constexpr std::string_view kAnyLabel = "*";

/// A property of a node label or of a relation.
struct PropertyRule {
  std::string name;
  PropertyType type = PropertyType::string;
  PropertyType items = PropertyType::any;  ///< of a list: the type of its elements
  bool is_required = false;
  bool is_key = false;               ///< part of identity: of a node within its label, of an edge beside type and ends
  bool is_unique = false;            ///< no two nodes of the label have the same value; checked by `commit`
  std::vector<std::string> choices;  ///< allowed strings; empty: any
  std::string description;
  std::string from;  ///< the standard it is taken from: "ELI", "IATI", ...
  friend bool operator==(const PropertyRule&, const PropertyRule&) = default;
};

/// A node label. Labels form a forest: LegalAct > Decree.
struct LabelRule {
  std::string name;
  std::string parent;  ///< empty: a root
  std::string description;
  std::string from;
  std::vector<PropertyRule> properties;  ///< its own; inherited ones are found through `Schema::property`
  std::string name_property;  ///< what shows as its caption: "name", "number", ...; the parent's where none is given
  friend bool operator==(const LabelRule&, const LabelRule&) = default;
};

/// A relation: its type, and which labels may stand at its ends (descendants included).
struct RelationRule {
  struct Ends {
    std::vector<std::string> from;
    std::vector<std::string> to;
    friend bool operator==(const Ends&, const Ends&) = default;
  };
  std::string name;
  std::vector<Ends> ends;        ///< any of these pairs; `kAnyLabel` fits all
  bool is_within_label = false;  ///< PART_OF: among `ends` are pairs of one label with itself
  bool is_derived = false;       ///< MENTIONS
  std::string description;
  std::string from;
  std::vector<PropertyRule> properties;
  friend bool operator==(const RelationRule&, const RelationRule&) = default;
};

/// What may exist. Data: a folder of JSON files, a file a type; `policy()` is compiled in. Immutable; copies share.
///
///     {"label": "Permit", "parent": "LegalAct", "caption": "number", "description": "...", "from": "...",
///      "properties": [{"name": "fee", "type": "decimal", "required": true, "description": "...", "from": "..."},
///                     {"name": "serial", "type": "string", "unique": true},
///                     {"name": "series", "type": "string", "key": true, "choices": ["A", "B"]}]}
///     {"relation": "PERMITS", "ends": [{"from": ["Permit"], "to": ["Organization", "Place"]}], "within": ["Permit"],
///      "derived": false, "properties": []}
///
/// `choices` lists the strings a property may have, `items` the type of a list's elements, `within` labels that may
/// stand at both ends; "*" at an end is any label. A file may hold many types: {"labels": [...], "relations": [...]}.
///
///     const auto schema = policygraph::Schema::policy().extended(policygraph::read_schema_files("permits.json"));
///     auto graph = policygraph::open_in_memory(schema);
///
/// In the open schema any label, relation and property is allowed and nothing is required.
class POLICYGRAPH_EXPORT Schema {
 public:
  static Schema policy();
  static Schema open();
  /// Name to JSON text; throws Error(format) with file, line and column, or Error(schema) when rules contradict one
  /// another.
  static Schema from_json(std::string name, const std::map<std::string, std::string>& files);
  /// This schema with the types of more files added. A type that is there already gains the properties, choices and
  /// ends named; what it has cannot be changed, and may be said again. Throws like from_json.
  Schema extended(const std::map<std::string, std::string>& files) const;

  const std::string& name() const noexcept;  ///< "policy", "open", or as given
  bool is_open() const noexcept;

  const LabelRule* label(std::string_view name) const noexcept;
  const RelationRule* relation(std::string_view name) const noexcept;
  std::span<const LabelRule> labels() const noexcept;        ///< sorted by name
  std::span<const RelationRule> relations() const noexcept;  ///< sorted by name

  /// The chain from the root down to `label`, both included; {label} where it is unknown (open schema).
  std::vector<std::string> chain(std::string_view label) const;
  bool is_a(std::string_view label, std::string_view ancestor) const noexcept;
  /// The rule of a property for a label, inherited rules included; null: not allowed (or open schema).
  const PropertyRule* property(std::string_view label, std::string_view property) const noexcept;
  /// All property rules of a label, inherited ones included, sorted by name; empty where it is unknown. Valid while a
  /// copy lives.
  std::span<const PropertyRule* const> properties(std::string_view label) const noexcept;
  const PropertyRule* relation_property(std::string_view type, std::string_view property) const noexcept;
  /// Whether any label (or relation) has a property of that name: for binding queries.
  bool has_property(std::string_view property) const noexcept;

  /// Null fits every property (it takes the value away); a node without labels has no properties but in the open
  /// schema. Throw Error(schema) that names the thing, the rule and the way out ("did you mean").
  void check_label(std::string_view label) const;
  void check_property(std::span<const std::string> labels, std::string_view property, const Value& value) const;
  void check_relation(std::string_view type, std::span<const std::string> from_labels,
                      std::span<const std::string> to_labels) const;
  void check_relation_property(std::string_view type, std::string_view property, const Value& value) const;
  /// `present` says whether the node has a property; throws when a required one is missing.
  void check_required(std::span<const std::string> labels, const std::function<bool(std::string_view)>& present) const;
  void check_relation_required(std::string_view type, const std::function<bool(std::string_view)>& present) const;
  /// A value as that property's type wants it, where nothing is lost: "2024" to a partial date, 5 to a decimal. Else
  /// unchanged.
  Value coerced(std::span<const std::string> labels, std::string_view property, Value value) const;
  Value coerced_relation(std::string_view type, std::string_view property, Value value) const;

  /// "; did you mean 'LegalAct'?" or "".
  std::string suggest_label(std::string_view name) const;
  std::string suggest_relation(std::string_view name) const;
  std::string suggest_property(std::string_view name) const;

  /// One JSON text that from_json({"schema.json": text}) reads back; sorted, stable bytes.
  std::string to_json() const;

 private:
  struct Data;
  explicit Schema(std::shared_ptr<const Data> data) noexcept : data_(std::move(data)) {}
  std::shared_ptr<const Data> data_;
};

/// The text of a schema file, or of every *.json in a folder and the folders in it, by path: what `from_json` and
/// `extended` take. Throws Error(not_found), Error(io), and Error(limit) past 4,096 files or 16 MiB.
POLICYGRAPH_EXPORT std::map<std::string, std::string> read_schema_files(const std::string& path);

}  // namespace policygraph::inline v0
