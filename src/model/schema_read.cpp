#include <algorithm>
#include <initializer_list>

#include "model/schema_rules.hpp"
#include "model/suggestion.hpp"

// From the text of a schema file to its types; what they say of one another is looked at later, by `merged`.
namespace policygraph::inline v0::detail::model {
namespace {

constexpr std::size_t kLongestName = 256;

using Kind = JsonNode::Kind;

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kLongestName || (text.front() >= '0' && text.front() <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](char letter) {
    return letter == '_' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || static_cast<unsigned char>(letter) >= 0x80U;
  });
}

// Reads the parts of one file; every refusal names its place.
class FileReader {
 public:
  explicit FileReader(const JsonFile& file) : file_(file) {}

  SchemaFile read() const {
    const auto root = parse_json(file_);
    expect(root, Kind::object, "an object");
    SchemaFile result;
    result.file = file_;
    if (root.find("label") != nullptr)
      result.labels.push_back(read_label(root));
    else if (root.find("relation") != nullptr)
      result.relations.push_back(read_relation(root));
    else
      read_many(root, result);
    return result;
  }

 private:
  [[noreturn]] void refuse(std::string text, std::size_t offset) const {
    file_.refuse(ErrorCode::format, std::move(text), offset);
  }

  void expect(const JsonNode& node, Kind kind, std::string_view what) const {
    if (node.kind != kind) refuse("expected " + std::string(what), node.offset);
  }

  void allow(const JsonNode& object, std::initializer_list<std::string_view> names) const {
    expect(object, Kind::object, "an object");
    for (const auto& [name, value] : object.members) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      Suggestion suggestion(name);
      for (auto known : names) suggestion.offer(known);
      refuse("unknown member '" + name.substr(0, kLongestName) + "'" + suggestion.text(), value.offset);
    }
  }

  std::string string(const JsonNode& object, std::string_view name) const {
    const auto* node = object.find(name);
    if (node == nullptr) return {};
    expect(*node, Kind::string, "a string");
    return node->text;
  }

  bool flag(const JsonNode& object, std::string_view name) const {
    const auto* node = object.find(name);
    if (node == nullptr) return false;
    expect(*node, Kind::boolean, "true or false");
    return node->flag;
  }

  const std::vector<JsonNode>& items(const JsonNode& object, std::string_view name) const {
    static const std::vector<JsonNode> none;
    const auto* node = object.find(name);
    if (node == nullptr) return none;
    expect(*node, Kind::array, "an array");
    return node->items;
  }

  std::string name(const JsonNode& object, std::string_view member) const {
    const auto* node = object.find(member);
    if (node == nullptr) refuse("'" + std::string(member) + "' is missing", object.offset);
    return name(*node);
  }

  std::string name(const JsonNode& node) const {
    expect(node, Kind::string, "a name");
    if (!is_name(node.text)) refuse("a name has letters, digits and '_', and no digit first", node.offset);
    return node.text;
  }

  std::vector<std::string> strings(const JsonNode& object, std::string_view member) const {
    std::vector<std::string> result;
    for (const auto& item : items(object, member)) {
      expect(item, Kind::string, "a string");
      result.push_back(item.text);
    }
    return result;
  }

  std::vector<std::string> labels(const JsonNode& object, std::string_view member) const {
    std::vector<std::string> result;
    for (const auto& item : items(object, member)) {
      const bool is_any = item.kind == Kind::string && item.text == kAnyLabel;
      result.push_back(is_any ? std::string(kAnyLabel) : name(item));
    }
    return result;
  }

  PropertyType type(const JsonNode& object, std::string_view member, PropertyType otherwise) const {
    const auto* node = object.find(member);
    if (node == nullptr) return otherwise;
    expect(*node, Kind::string, "a type");
    if (const auto found = property_type_by_name(node->text)) return *found;
    Suggestion suggestion(node->text);
    std::string all;
    for (auto known : {"any", "string", "integer", "boolean", "decimal", "partial_date", "float", "list"}) {
      suggestion.offer(known);
      all += (all.empty() ? "; it is one of: " : ", ") + std::string(known);
    }
    const auto likely = suggestion.text();
    refuse("unknown type '" + node->text.substr(0, kLongestName) + "'" + (likely.empty() ? all : likely), node->offset);
  }

  PropertyPatch read_property(const JsonNode& node) const {
    allow(node, {"name", "type", "items", "required", "key", "unique", "choices", "description", "from"});
    PropertyPatch patch;
    patch.offset = node.offset;
    patch.has_type = node.find("type") != nullptr;
    patch.has_required = node.find("required") != nullptr;
    patch.has_key = node.find("key") != nullptr;
    patch.has_unique = node.find("unique") != nullptr;
    patch.rule.name = name(node, "name");
    patch.rule.type = type(node, "type", PropertyType::string);
    patch.rule.items = type(node, "items", PropertyType::any);
    patch.rule.is_required = flag(node, "required");
    patch.rule.is_key = flag(node, "key");
    patch.rule.is_unique = flag(node, "unique");
    patch.rule.choices = strings(node, "choices");
    patch.rule.description = string(node, "description");
    patch.rule.from = string(node, "from");
    return patch;
  }

  std::vector<PropertyPatch> read_properties(const JsonNode& node) const {
    std::vector<PropertyPatch> result;
    for (const auto& item : items(node, "properties")) result.push_back(read_property(item));
    return result;
  }

  LabelPatch read_label(const JsonNode& node) const {
    allow(node, {"label", "parent", "description", "from", "caption", "properties"});
    LabelPatch patch;
    patch.offset = node.offset;
    patch.rule.name = name(node, "label");
    if (node.find("parent") != nullptr) patch.rule.parent = name(node, "parent");
    if (node.find("caption") != nullptr) patch.rule.name_property = name(node, "caption");
    patch.rule.description = string(node, "description");
    patch.rule.from = string(node, "from");
    patch.properties = read_properties(node);
    return patch;
  }

  RelationPatch read_relation(const JsonNode& node) const {
    allow(node, {"relation", "within", "ends", "derived", "description", "from", "properties"});
    RelationPatch patch;
    patch.offset = node.offset;
    patch.rule.name = name(node, "relation");
    for (const auto& item : items(node, "within")) patch.rule.ends.push_back({{name(item)}, {name(item)}});
    patch.rule.is_within_label = !patch.rule.ends.empty();
    for (const auto& item : items(node, "ends")) patch.rule.ends.push_back(read_ends(item));
    patch.rule.is_derived = flag(node, "derived");
    patch.rule.description = string(node, "description");
    patch.rule.from = string(node, "from");
    patch.properties = read_properties(node);
    for (const auto& property : patch.properties) {
      if (property.rule.is_unique) refuse("'unique' is for properties of nodes; edges have 'key'", property.offset);
    }
    return patch;
  }

  RelationRule::Ends read_ends(const JsonNode& node) const {
    allow(node, {"from", "to"});
    RelationRule::Ends ends{labels(node, "from"), labels(node, "to")};
    if (ends.from.empty() || ends.to.empty()) refuse("ends need labels in 'from' and in 'to'", node.offset);
    return ends;
  }

  void read_many(const JsonNode& root, SchemaFile& result) const {
    allow(root, {"schema", "open", "labels", "relations"});
    if (root.members.empty()) refuse("expected 'label', 'relation', 'labels' or 'relations'", root.offset);
    result.schema_name = string(root, "schema");
    result.is_open = flag(root, "open");
    for (const auto& item : items(root, "labels")) result.labels.push_back(read_label(item));
    for (const auto& item : items(root, "relations")) result.relations.push_back(read_relation(item));
  }

  const JsonFile& file_;
};

}  // namespace

SchemaFile read_schema_file(const JsonFile& file) { return FileReader(file).read(); }

}  // namespace policygraph::inline v0::detail::model
