#include <algorithm>
#include <string>

#include "query/bind/binder.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

// Whether whatever has the property has it as a date.
bool is_date(const Schema& schema, std::string_view property) {
  bool is_any = false;
  bool is_all = true;
  const auto look = [&](const PropertyRule* rule) {
    if (rule == nullptr) return;
    is_any = true;
    is_all = is_all && rule->type == PropertyType::partial_date;
  };
  for (const auto& label : schema.labels()) look(schema.property(label.name, property));
  for (const auto& relation : schema.relations()) look(schema.relation_property(relation.name, property));
  return is_any && is_all;
}

std::string as_date(const std::string& text) {
  const auto date = PartialDate::try_parse(text);
  if (!date) return "a date is written date('2020-10-05') or partial_date('2020')";
  return "did you mean " + std::string(date->is_day() ? "date('" : "partial_date('") + text + "')?";
}

}  // namespace

// A date beside a text is never equal to it and neither before nor after: the query is right, and most likely not meant so.
void Binder::note_text_beside_date(Operation op, BoundId left, BoundId right) {
  if (op < Operation::equal || op > Operation::in) return;
  const auto note = [&](BoundId property, BoundId text) {
    const auto& a = out_.expressions[property];
    const auto& b = out_.expressions[text];
    if (a.kind != BoundKind::property || b.kind != BoundKind::literal || b.value.kind() != ValueKind::string) return;
    const auto& name = out_.properties[a.number];
    if (!is_date(snapshot_.schema(), name)) return;
    notify(b.span, "'" + name + "' is a date and never compares with the text '" + b.value.as_string() + "'; " + as_date(b.value.as_string()));
  };
  if (op == Operation::in) {
    if (out_.expressions[right].kind != BoundKind::list) return;
    for (const auto item : out_.expressions[right].children) note(left, item);
    return;
  }
  note(left, right);
  note(right, left);
}

}  // namespace policygraph::inline v0::detail::query
