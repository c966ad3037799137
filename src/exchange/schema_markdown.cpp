#include "policygraph/exchange/schema_markdown.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace policygraph::inline v0 {
namespace {

// Text that is no markup: what could begin some is escaped, line ends become blanks.
std::string plain(std::string_view text) {
  constexpr std::string_view kMarkup = "\\`*_{}[]<>|#";
  std::string out;
  for (const char letter : text) {
    if (kMarkup.find(letter) != std::string_view::npos) out += '\\';
    out += static_cast<unsigned char>(letter) < ' ' ? ' ' : letter;
  }
  return out;
}

// A name or a choice: code, without the one letter that would end it.
std::string code(std::string_view text) {
  std::string out = "`";
  for (const char letter : text) {
    if (letter == '|') out += '\\';
    out += letter == '`' || static_cast<unsigned char>(letter) < ' ' ? ' ' : letter;
  }
  return out + "`";
}

template <class Names>
std::string codes(const Names& names, std::string_view between) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? std::string() : std::string(between)) + code(name);
  return out;
}

std::string anchor(std::string_view label) {
  std::string out;
  for (const char letter : label) out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
  return out;
}

std::string link(std::string_view label) { return "[" + plain(label) + "](#" + anchor(label) + ")"; }

std::string type_of(const PropertyRule& rule) {
  std::string out(property_type_name(rule.type));
  if (rule.type == PropertyType::list && rule.items != PropertyType::any)
    out += " of " + std::string(property_type_name(rule.items));
  return out;
}

// What a property must be beyond its type.
std::string bounds_of(const PropertyRule& rule) {
  std::string out;
  const auto add = [&out](std::string_view text) { out += (out.empty() ? "" : ", ") + std::string(text); };
  if (rule.is_required) add("required");
  if (rule.is_key) add("key");
  if (rule.is_unique) add("unique");
  if (!rule.choices.empty()) add("one of " + codes(rule.choices, " "));
  return out;
}

class Page {
 public:
  explicit Page(const Schema& schema) : schema_(schema) {}

  std::string write() {
    out_ = "# The " + plain(schema_.name()) + " schema\n\n";
    if (schema_.is_open()) out_ += "Open: any label, relation and property is allowed and nothing is required.\n\n";
    out_ += std::to_string(schema_.labels().size()) + " labels, " + std::to_string(schema_.relations().size()) +
            " relations. Printed by `policygraph schema`.\n";
    if (!schema_.labels().empty()) write_labels();
    if (!schema_.relations().empty()) write_relations();
    return std::move(out_);
  }

 private:
  void write_labels() {
    out_ += "\n## Labels\n\nA node has a label and all those above it.\n\n";
    write_tree();
    for (const auto& rule : schema_.labels()) write_label(rule);
  }

  // Children below their parents, each kind by name; no deeper than the schema's own bound.
  void write_tree() {
    std::vector<std::pair<const LabelRule*, std::size_t>> open;
    const auto push_children = [&](std::string_view parent, std::size_t depth) {
      const auto labels = schema_.labels();
      for (auto rule = labels.rbegin(); rule != labels.rend(); ++rule)
        if (rule->parent == parent) open.emplace_back(&*rule, depth);
    };
    push_children("", 0);
    while (!open.empty()) {
      const auto [rule, depth] = open.back();
      open.pop_back();
      out_ += std::string(depth * 2, ' ') + "- " + link(rule->name) + "\n";
      push_children(rule->name, depth + 1);
    }
  }

  void write_label(const LabelRule& rule) {
    out_ += "\n### " + plain(rule.name) + "\n\n" + plain(rule.description);
    if (!rule.parent.empty()) out_ += (rule.description.empty() ? "A kind of " : " A kind of ") + link(rule.parent) + ".";
    if (!rule.from.empty()) out_ += " From " + plain(rule.from) + ".";
    if (!rule.name_property.empty()) out_ += " Shown by its " + code(rule.name_property) + ".";
    out_ += "\n";
    write_properties(rule.properties);
  }

  void write_properties(const std::vector<PropertyRule>& rules) {
    if (rules.empty()) return;
    out_ += "\n| property | type | | what it says | from |\n|---|---|---|---|---|\n";
    for (const auto& rule : rules) {
      out_ += "| " + code(rule.name) + " | " + type_of(rule) + " | " + bounds_of(rule) + " | " + plain(rule.description) +
              " | " + plain(rule.from) + " |\n";
    }
  }

  std::string ends_of(const std::vector<std::string>& labels) const {
    std::string out;
    for (const auto& label : labels)
      out += (out.empty() ? "" : ", ") + (label == kAnyLabel ? std::string("any") : link(label));
    return out;
  }

  // PART_OF among nodes of one label is said once for all such labels.
  std::string ends_of(const RelationRule& rule) const {
    std::string out;
    std::vector<std::string> within;
    for (const auto& ends : rule.ends) {
      if (rule.is_within_label && ends.from.size() == 1 && ends.from == ends.to && ends.from[0] != kAnyLabel)
        within.push_back(ends.from[0]);
    }
    if (!within.empty()) out = "within " + ends_of(within);
    for (const auto& ends : rule.ends) {
      if (!within.empty() && ends.from.size() == 1 && ends.from == ends.to && ends.from[0] != kAnyLabel) continue;
      out += (out.empty() ? "" : "; ") + ends_of(ends.from) + " → " + ends_of(ends.to);
    }
    return out;
  }

  void write_relations() {
    out_ += "\n## Relations\n\n| relation | from → to | what it says | from |\n|---|---|---|---|\n";
    for (const auto& rule : schema_.relations()) {
      out_ += "| " + code(rule.name) + " | " + ends_of(rule) + " | " + plain(rule.description) +
              (rule.is_derived ? " Derived." : "") + " | " + plain(rule.from) + " |\n";
    }
    for (const auto& rule : schema_.relations()) {
      if (rule.properties.empty()) continue;
      out_ += "\n### " + plain(rule.name) + "\n";
      write_properties(rule.properties);
    }
  }

  const Schema& schema_;
  std::string out_;
};

}  // namespace

std::string to_markdown(const Schema& schema) { return Page(schema).write(); }

}  // namespace policygraph::inline v0
