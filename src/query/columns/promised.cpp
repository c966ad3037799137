#include "query/columns/promised.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "query/plan/plan.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr int kMostSteps = 64;  // from a column back to what it is made of
constexpr std::uint8_t kDigits = 2;

ColumnField plain(FieldKind kind) {
  ColumnField field;
  field.kind = kind;
  if (kind == FieldKind::decimal) field.scale = kDigits;
  return field;
}

ColumnField list_of(ColumnField item) {
  auto field = plain(FieldKind::list);
  item.name = "item";
  field.children.push_back(std::move(item));
  return field;
}

FieldKind kind_of(PropertyType type) {
  switch (type) {
    case PropertyType::string:
    case PropertyType::partial_date: return FieldKind::text;
    case PropertyType::integer: return FieldKind::integer;
    case PropertyType::boolean: return FieldKind::boolean;
    case PropertyType::decimal: return FieldKind::decimal;
    case PropertyType::floating: return FieldKind::floating;
    default: return FieldKind::null;
  }
}

FieldKind kind_of(Type type) {
  switch (type) {
    case Type::boolean: return FieldKind::boolean;
    case Type::integer: return FieldKind::integer;
    case Type::floating: return FieldKind::floating;
    case Type::decimal: return FieldKind::decimal;
    case Type::string: return FieldKind::text;
    default: return FieldKind::null;
  }
}

ColumnField field_of(const PropertyRule& rule) {
  return rule.type == PropertyType::list ? list_of(plain(kind_of(rule.items))) : plain(kind_of(rule.type));
}

/// The field that all of some rules give; null where they differ, or there is none.
class Agreement {
 public:
  void hear(const PropertyRule* rule) {
    if (rule == nullptr) return;
    auto field = field_of(*rule);
    if (agreed_ && !(*agreed_ == field)) differs_ = true;
    agreed_ = std::move(field);
  }
  bool is_empty() const { return !agreed_; }
  ColumnField field() const { return agreed_ && !differs_ ? *agreed_ : ColumnField(); }

 private:
  std::optional<ColumnField> agreed_;
  bool differs_ = false;
};

/// Follows a column back to a property, a function or an aggregate.
class Origin {
 public:
  Origin(const Plan& plan, const Schema& schema) : plan_(plan), query_(plan.query), schema_(schema) {}

  ColumnField of(Slot slot) {
    int lists = 0;
    auto field = followed(slot, lists);
    for (; lists > 0; --lists) field = list_of(std::move(field));
    return field;
  }

 private:
  ColumnField followed(Slot slot, int& lists) {
    for (int step = 0; step < kMostSteps; ++step) {
      BoundId next = kNone;
      if (const auto* aggregate = aggregate_of(slot)) {
        if (aggregate->aggregate == Aggregate::count) return plain(FieldKind::integer);
        if (!keeps_type(aggregate->aggregate) || aggregate->argument == kNone) return {};
        lists += aggregate->aggregate == Aggregate::collect ? 1 : 0;
        next = aggregate->argument;
      } else if (const auto made = expression_of(slot)) {
        next = *made;
      } else {
        return plain(kind_of(query_.slots[slot].type));
      }
      const auto& expression = query_.expressions[next];
      if (expression.kind != BoundKind::slot) return of_expression(expression);
      if (expression.number == slot) return {};
      slot = expression.number;
    }
    return {};
  }

  static bool keeps_type(Aggregate aggregate) {
    return aggregate == Aggregate::collect || aggregate == Aggregate::sum || aggregate == Aggregate::least || aggregate == Aggregate::greatest;
  }

  ColumnField of_expression(const BoundExpression& expression) const {
    if (expression.kind == BoundKind::property && query_.expressions[expression.children[0]].kind == BoundKind::slot)
      return of_property(query_.expressions[expression.children[0]].number, query_.properties[expression.number]);
    return plain(kind_of(expression.kind == BoundKind::call && expression.function != nullptr ? expression.function->result : expression.type));
  }

  /// The rules of the labels or types that the pattern gives; where it gives none, those of all.
  ColumnField of_property(Slot slot, const std::string& property) const {
    Agreement named, any;
    const auto from = source(slot);
    for (const auto& pattern : plan_.patterns) {
      for (const auto& node : pattern.nodes)
        for (const auto label : node.labels)
          if (node.slot == from) named.hear(schema_.property(query_.labels[label], property));
      for (const auto& edge : pattern.edges)
        for (const auto type : edge.types)
          if (edge.slot == from) named.hear(schema_.relation_property(query_.types[type], property));
    }
    if (!named.is_empty()) return named.field();
    for (const auto& label : schema_.labels()) any.hear(schema_.property(label.name, property));
    for (const auto& relation : schema_.relations()) any.hear(schema_.relation_property(relation.name, property));
    return any.field();
  }

  /// The slot that a pattern binds, behind its later names.
  Slot source(Slot slot) const {
    for (int step = 0; step < kMostSteps; ++step) {
      const auto made = expression_of(slot);
      if (!made || query_.expressions[*made].kind != BoundKind::slot) return slot;
      slot = query_.expressions[*made].number;
    }
    return slot;
  }

  const BoundAggregate* aggregate_of(Slot slot) const {
    for (const auto& step : plan_.steps)
      for (const auto& aggregate : step.aggregates)
        if (aggregate.slot == slot) return &aggregate;
    return nullptr;
  }
  std::optional<BoundId> expression_of(Slot slot) const {
    for (const auto& step : plan_.steps) {
      if (step.kind != StepKind::project) continue;
      for (const auto& assignment : step.assignments)
        if (assignment.slot == slot) return assignment.expression;
    }
    return std::nullopt;
  }

  const Plan& plan_;
  const BoundQuery& query_;
  const Schema& schema_;
};

}  // namespace

std::vector<ColumnField> promised_fields(const Plan& plan, const Schema& schema) {
  std::vector<ColumnField> out;
  Origin origin(plan, schema);
  for (const auto& column : plan.columns) out.push_back(plan.query.parts.size() > 1 ? ColumnField() : origin.of(column.slot));
  return out;
}

}  // namespace policygraph::inline v0::detail::query
