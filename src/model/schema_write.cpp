#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "model/schema_rules.hpp"

namespace policygraph::inline v0::detail::model {
namespace {

using Writer = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

void write_string(Writer& out, std::string_view text) {
  out.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write_member(Writer& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  write_string(out, name);
  write_string(out, text);
}

void write_flag(Writer& out, std::string_view name, bool flag) {
  if (!flag) return;
  write_string(out, name);
  out.Bool(true);
}

void write_list(Writer& out, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  write_string(out, name);
  out.StartArray();
  for (const auto& text : texts) write_string(out, text);
  out.EndArray();
}

void write_property(Writer& out, const PropertyRule& rule) {
  out.StartObject();
  write_member(out, "name", rule.name);
  write_member(out, "type", property_type_name(rule.type));
  if (rule.items != PropertyType::any) write_member(out, "items", property_type_name(rule.items));
  write_flag(out, "required", rule.is_required);
  write_flag(out, "key", rule.is_key);
  write_flag(out, "unique", rule.is_unique);
  write_list(out, "choices", rule.choices);
  write_member(out, "description", rule.description);
  write_member(out, "from", rule.from);
  out.EndObject();
}

void write_properties(Writer& out, const std::vector<PropertyRule>& rules) {
  if (rules.empty()) return;
  write_string(out, "properties");
  out.StartArray();
  for (const auto& rule : rules) write_property(out, rule);
  out.EndArray();
}

void write_label(Writer& out, const LabelRule& rule) {
  out.StartObject();
  write_member(out, "label", rule.name);
  write_member(out, "parent", rule.parent);
  write_member(out, "caption", rule.name_property);
  write_member(out, "description", rule.description);
  write_member(out, "from", rule.from);
  write_properties(out, rule.properties);
  out.EndObject();
}

bool is_one_label(const RelationRule::Ends& ends) {
  return ends.from.size() == 1 && ends.from == ends.to && ends.from.front() != kAnyLabel;
}

void write_ends(Writer& out, const RelationRule& rule) {
  std::vector<std::string> within;
  std::vector<const RelationRule::Ends*> others;
  for (const auto& ends : rule.ends) {
    if (rule.is_within_label && is_one_label(ends))
      within.push_back(ends.from.front());
    else
      others.push_back(&ends);
  }
  write_list(out, "within", within);
  if (others.empty()) return;
  write_string(out, "ends");
  out.StartArray();
  for (const auto* ends : others) {
    out.StartObject();
    write_list(out, "from", ends->from);
    write_list(out, "to", ends->to);
    out.EndObject();
  }
  out.EndArray();
}

void write_relation(Writer& out, const RelationRule& rule) {
  out.StartObject();
  write_member(out, "relation", rule.name);
  write_ends(out, rule);
  write_flag(out, "derived", rule.is_derived);
  write_member(out, "description", rule.description);
  write_member(out, "from", rule.from);
  write_properties(out, rule.properties);
  out.EndObject();
}

}  // namespace

std::string write_schema(std::string_view name, bool is_open, const Rules& rules) {
  rapidjson::StringBuffer buffer;
  Writer out(buffer);
  out.SetIndent(' ', 2);
  out.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  out.StartObject();
  write_string(out, "schema");
  write_string(out, name);
  write_flag(out, "open", is_open);
  write_string(out, "labels");
  out.StartArray();
  for (const auto& rule : rules.labels) write_label(out, rule);
  out.EndArray();
  write_string(out, "relations");
  out.StartArray();
  for (const auto& rule : rules.relations) write_relation(out, rule);
  out.EndArray();
  out.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace policygraph::inline v0::detail::model
