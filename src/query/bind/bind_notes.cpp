#include <algorithm>
#include <optional>
#include <string>

#include "model/suggestion.hpp"
#include "query/bind/binder.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// What the schema says of a property, of whatever may have it.
struct Sense {
  std::vector<const PropertyRule*> rules;

  // Its one type; none if they differ, or nothing has it.
  std::optional<PropertyType> type() const {
    const auto is_other = [this](const PropertyRule* rule) { return rule->type != rules[0]->type; };
    return rules.empty() || std::ranges::any_of(rules, is_other) ? std::nullopt : std::optional(rules[0]->type);
  }
  // What it may be; nothing where it may be anything.
  std::vector<std::string_view> choices() const {
    std::vector<std::string_view> out;
    for (const auto* rule : rules) {
      if (rule->choices.empty()) return {};
      out.insert(out.end(), rule->choices.begin(), rule->choices.end());
    }
    return out;
  }
};

Sense sense_of(const Schema& schema, std::string_view property) {
  Sense out;
  const auto look = [&](const PropertyRule* rule) {
    if (rule != nullptr) out.rules.push_back(rule);
  };
  for (const auto& label : schema.labels()) look(schema.property(label.name, property));
  for (const auto& relation : schema.relations()) look(schema.relation_property(relation.name, property));
  return out;
}

// The same of a node or a relationship of that kind, which may be of any kind below it.
Sense sense_of(const Schema& schema, std::string_view property, bool is_node, std::string_view kind) {
  Sense out;
  const auto look = [&](const PropertyRule* rule) {
    if (rule != nullptr) out.rules.push_back(rule);
  };
  if (!is_node) look(schema.relation_property(kind, property));
  for (const auto& label : schema.labels()) {
    if (is_node && schema.is_a(label.name, kind)) look(schema.property(label.name, property));
  }
  return out;
}

bool is_number(PropertyType type) { return type == PropertyType::integer || type == PropertyType::decimal; }
bool is_number(ValueKind kind) { return kind == ValueKind::integer || kind == ValueKind::floating; }

bool is_null(const BoundExpression& e) { return e.kind == BoundKind::literal && e.value.is_null(); }

std::string as_date(const std::string& text) {
  const auto date = PartialDate::try_parse(text);
  if (!date) return "a date is written date('2020-10-05') or partial_date('2020')";
  return "did you mean " + std::string(date->is_day() ? "date('" : "partial_date('") + text + "')?";
}

}  // namespace

// Nothing compares with null: not true, not false, but null, and WHERE takes that for false.
void Binder::note_null(Operation op, BoundId left, BoundId right) {
  if (op < Operation::equal || op > Operation::greater_equal) return;
  for (const auto id : {left, right}) {
    const auto& e = out_.expressions[id];
    if (!is_null(e)) continue;
    if (op == Operation::equal) return notify(e.span, "nothing is equal to null; write IS NULL");
    if (op == Operation::not_equal) return notify(e.span, "nothing is unequal to null; write IS NOT NULL");
    return notify(e.span, "nothing is less or greater than null; write IS NULL or IS NOT NULL");
  }
}

void Binder::note_kinds(Slot slot, const std::vector<Name>& names) {
  if (snapshot_.schema().is_open()) return;
  auto& kinds = kinds_[slot];
  for (const auto& name : names) kinds.push_back(name.text);
}

// Of the node or the relationship whose property it is; none where that is not known.
std::vector<std::string> Binder::kinds_of(const BoundExpression& property) const {
  const auto& base = out_.expressions[property.children[0]];
  const auto found = base.kind == BoundKind::slot ? kinds_.find(base.number) : kinds_.end();
  return found == kinds_.end() ? std::vector<std::string>() : found->second;
}

// The text or the number is a literal that the property never equals.
void Binder::note_literal(const BoundExpression& property, const BoundExpression& literal, bool is_equality) {
  const bool is_text = literal.value.kind() == ValueKind::string;
  if (!is_text && !is_number(literal.value.kind())) return;
  const auto& name = out_.properties[property.number];
  const auto& base = out_.expressions[property.children[0]];
  // A node has all of its labels, so that each says what the value may be; a relationship has one of its types.
  const bool is_node = base.type == Type::node;
  Sense sense;
  for (const auto& kind : kinds_of(property)) {
    auto own = sense_of(snapshot_.schema(), name, is_node, kind);
    sense.rules.insert(sense.rules.end(), own.rules.begin(), own.rules.end());
  }
  if (sense.rules.empty()) sense = sense_of(snapshot_.schema(), name);
  const auto type = sense.type();
  if (!type) return;
  const auto shown = literal.value.to_string();
  const auto kind = *type == PropertyType::partial_date ? "date" : is_number(*type) ? "number" : "text";
  const auto differs = "'" + name + "' is a " + kind + " and never compares with the " + (is_text ? "text " : "number ") + shown + "; ";
  if (*type == PropertyType::partial_date) return notify(literal.span, differs + as_date(is_text ? literal.value.as_string() : shown));
  if (is_text && is_number(*type)) return notify(literal.span, differs + "write it without quotes");
  if (!is_text && *type == PropertyType::string) return notify(literal.span, differs + "write '" + shown + "'");
  const auto choices = sense.choices();
  if (!is_text || !is_equality || choices.empty() || std::ranges::find(choices, literal.value.as_string()) != choices.end()) return;
  notify(literal.span, "'" + name + "' is never " + shown + " by the schema" + model::did_you_mean(literal.value.as_string(), choices));
}

// A date beside a text is never equal to it and neither before nor after, and so a number beside a text: the query is right, and most
// likely not meant so.
void Binder::note_other_type(Operation op, BoundId left, BoundId right) {
  if (op < Operation::equal || op > Operation::in) return;
  const auto note = [&](BoundId property, BoundId literal) {
    const auto& a = out_.expressions[property];
    const auto& b = out_.expressions[literal];
    if (a.kind != BoundKind::property || b.kind != BoundKind::literal) return;
    note_literal(a, b, op == Operation::equal || op == Operation::not_equal || op == Operation::in);
  };
  if (op == Operation::in) {
    if (out_.expressions[right].kind != BoundKind::list) return;
    for (const auto item : out_.expressions[right].children) note(left, item);
    return;
  }
  note(left, right);
  note(right, left);
}

// (Decree) and -[FUNDS]- are variables, though a label or a type is called so.
void Binder::note_kind_as_name(const Name& name, bool is_node) {
  const auto& schema = snapshot_.schema();
  const bool is_kind = is_node ? schema.label(name.text) != nullptr || snapshot_.label(name.text).has_value()
                               : schema.relation(name.text) != nullptr || snapshot_.edge_type(name.text).has_value();
  if (!is_kind) return;
  notify(name.span, "'" + name.text + "' is a variable here; " + (is_node ? "a label is written (:" + name.text + ")" : "a type is written [:" + name.text + "]"));
}

// Every path there is, however long.
void Binder::note_endless(const EdgePattern& edge) {
  const bool is_endless = edge.is_path && !edge.most && edge.types.empty();
  if (is_endless) notify(edge.span, "a path over any relationships, of any length; name a type, or a bound: -[:TYPE*1..5]-");
}

}  // namespace policygraph::inline v0::detail::query
