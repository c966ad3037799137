#include <array>

#include "query/bind/bound.hpp"

namespace policygraph::inline v0::detail::query {

std::string slot_text(const BoundQuery& query, Slot slot) {
  const auto& name = query.slots[slot].name;
  return name.empty() ? "#" + std::to_string(slot) : name;
}

namespace {

class BoundPrinter {
 public:
  explicit BoundPrinter(const BoundQuery& query) : query_(query) {}

  std::string expression(BoundId id) const {
    if (id == kNone) return "";
    const auto& e = query_.expressions[id];
    switch (e.kind) {
      case BoundKind::literal: return e.value.to_string();
      case BoundKind::parameter: return "$" + query_.parameters[e.number].name;
      case BoundKind::slot: return slot_text(query_, e.number);
      case BoundKind::local: return "@" + std::to_string(e.number);
      case BoundKind::property: return expression(e.children[0]) + "." + query_.properties[e.number];
      case BoundKind::has_labels: return expression(e.children[0]) + labels(e.names);
      case BoundKind::list: return "[" + joined(e.children, ", ") + "]";
      case BoundKind::map: return map(e);
      case BoundKind::unary: return unary(e);
      case BoundKind::binary:
        return "(" + expression(e.children[0]) + " " + std::string(operation_text(e.op)) + " " + expression(e.children[1]) + ")";
      case BoundKind::all_of: return "(" + joined(e.children, " AND ") + ")";
      case BoundKind::any_of: return "(" + joined(e.children, " OR ") + ")";
      case BoundKind::index: return expression(e.children[0]) + "[" + expression(e.children[1]) + "]";
      case BoundKind::slice:
        return expression(e.children[0]) + "[" + expression(e.children[1]) + ".." + expression(e.children[2]) + "]";
      case BoundKind::call: return std::string(e.function->name) + "(" + joined(e.children, ", ") + ")";
      case BoundKind::case_of: return "case(" + joined(e.children, ", ") + ")";
      case BoundKind::comprehension:
        return "[@" + std::to_string(e.number) + " IN " + joined(e.children, " | ") + "]";
      case BoundKind::quantifier:
        return std::string(operation_text(e.op)) + "(@" + std::to_string(e.number) + " IN " + joined(e.children, " WHERE ") + ")";
      case BoundKind::reduce: return "reduce(" + joined(e.children, ", ") + ")";
      case BoundKind::subquery: return inner(e.number);
      case BoundKind::currencies: return "currencies(" + expression(e.children[0]) + ")";
      case BoundKind::path: return "path(" + joined(e.children, ", ") + ")";
    }
    return "";
  }

  std::string pattern(const BoundPattern& p) const {
    std::string out;
    for (const auto& node : p.nodes) {
      out += (out.empty() ? "" : ", ") + std::string("(") + slot_text(query_, node.slot) + labels(node.labels) + (node.is_new ? ")" : " bound)");
    }
    for (const auto& edge : p.edges) out += ", " + this->edge(p, edge);
    return out;
  }

  std::string part(const BoundPart& p, const std::string& indent) const {
    std::string out;
    for (const auto& clause : p.clauses) {
      for (const auto& subquery : clause.subqueries) out += this->subquery(subquery, indent);
      for (const auto& subquery : clause.set_subqueries) out += this->subquery(subquery, indent);
      out += this->clause(clause, indent);
    }
    return out;
  }

 private:
  std::string edge(const BoundPattern& p, const BoundEdge& e) const {
    std::string out = "[" + slot_text(query_, e.slot);
    for (std::size_t i = 0; i < e.types.size(); ++i) out += (i == 0 ? ":" : "|") + query_.types[e.types[i]];
    if (e.is_path) out += "*" + std::to_string(e.least) + ".." + (e.most ? std::to_string(*e.most) : "");
    return slot_text(query_, p.nodes[e.from].slot) + (e.direction == Direction::in ? "<-" : "-") + out + "]" +
           (e.direction == Direction::out ? "->" : "-") + slot_text(query_, p.nodes[e.to].slot);
  }

  // A subquery worked out within an expression.
  static std::string inner(std::uint32_t number) { return "subquery " + std::to_string(number); }

  std::string subquery(const BoundSubquery& s, const std::string& indent) const {
    static constexpr std::string_view kModes[] = {"exists", "count", "collect"};
    return indent + (s.inner == kNone ? slot_text(query_, s.slot) : inner(s.inner)) + " = " + std::string(kModes[static_cast<std::size_t>(s.mode)]) +
           (s.value == kNone ? "" : " " + expression(s.value)) + "\n" + part(query_.subparts[s.part], indent + "  ");
  }

  std::string projection(const BoundClause& c, const std::string& indent) const {
    const auto& p = c.projection;
    std::string out;
    for (const auto& a : p.before) out += indent + slot_text(query_, a.slot) + " := " + expression(a.expression) + "\n";
    for (const auto& a : p.aggregates) {
      out += indent + slot_text(query_, a.slot) + " := " + aggregate_text(a) + (p.keys.empty() ? "" : " by");
      for (const auto key : p.keys) out += " " + slot_text(query_, key);
      out += "\n";
    }
    for (const auto& a : p.after) out += indent + slot_text(query_, a.slot) + " := " + expression(a.expression) + "\n";
    for (const auto& s : p.late_subqueries) out += subquery(s, indent);
    out += indent + (c.kind == ClauseKind::with ? "with" : "return") + (p.is_distinct ? " distinct" : "");
    for (const auto& column : p.columns) {
      const auto slot = slot_text(query_, column.slot);
      out += " " + slot + (slot == column.name ? "" : " as " + column.name);
    }
    for (const auto& item : p.order) out += " order by " + expression(item.expression) + (item.is_descending ? " desc" : "");
    for (const auto slot : p.recalled) out += " recall " + slot_text(query_, slot);
    if (p.skip != kNone) out += " skip " + expression(p.skip);
    if (p.limit != kNone) out += " limit " + expression(p.limit);
    return out + "\n";
  }

  std::string aggregate_text(const BoundAggregate& a) const {
    static constexpr std::string_view kNames[] = {"count", "sum", "avg", "min", "max", "collect", "stDev", "stDevP", "percentileDisc",
                                                  "percentileCont", "currencies"};
    return std::string(kNames[static_cast<std::size_t>(a.aggregate)]) + "(" + (a.is_distinct ? "distinct " : "") +
           (a.argument == kNone ? "*" : expression(a.argument)) + ")";
  }

  std::string clause(const BoundClause& c, const std::string& indent) const {
    static constexpr std::string_view kNames[] = {"match", "with", "return", "unwind", "call", "call", "create", "merge", "set", "remove", "delete"};
    std::string out;
    if (c.kind == ClauseKind::with || c.kind == ClauseKind::return_) {
      out = projection(c, indent);
    } else if (c.kind == ClauseKind::unwind) {
      if (c.unwind_money.slot != kNone) {
        out = indent + slot_text(query_, c.unwind_money.slot) + " := " + expression(c.unwind_money.expression) + "\n";
      }
      out += indent + "unwind " + expression(c.unwind.expression) + " as " + slot_text(query_, c.unwind.slot) + "\n";
    } else if (c.kind == ClauseKind::subquery) {
      out = indent + "call subquery\n";
      for (std::size_t i = 0; i < c.subquery.parts.size(); ++i) {
        if (i > 0) out += indent + (c.subquery.is_union_all ? "union all\n" : "union\n");
        out += part(query_.subparts[c.subquery.parts[i]], indent + "  ");
      }
    } else if (c.kind == ClauseKind::call) {
      out = indent + "call " + c.call.procedure->name() + "(" + joined(c.call.arguments, ", ") + ")";
      for (const auto& yield : c.call.yields) out += " " + c.call.procedure->results()[yield.result].name + " as " + slot_text(query_, yield.slot);
      out += "\n";
    } else {
      out = indent + (c.is_optional ? "optional " : "") + std::string(kNames[static_cast<std::size_t>(c.kind)]);
      if (!c.pattern.nodes.empty()) out += " " + pattern(c.pattern);
      for (const auto& node : c.create.nodes) out += " (" + slot_text(query_, node.slot) + ")";
      for (const auto& e : c.create.edges) out += " [" + slot_text(query_, e.slot) + ":" + e.type + "]";
      for (const auto id : c.deleted) out += " " + expression(id);
      out += "\n";
      for (const auto id : c.pattern.predicates) out += indent + "  where " + expression(id) + "\n";
    }
    for (const auto id : c.where) out += indent + "  where " + expression(id) + "\n";
    return out;
  }

  std::string unary(const BoundExpression& e) const {
    const auto op = std::string(operation_text(e.op));
    if (e.op == Operation::is_null || e.op == Operation::is_not_null) return "(" + expression(e.children[0]) + " " + op + ")";
    return "(" + op + " " + expression(e.children[0]) + ")";
  }

  std::string map(const BoundExpression& e) const {
    std::string out;
    for (std::size_t i = 0; i < e.children.size(); ++i) out += (i == 0 ? "" : ", ") + e.keys[i] + ": " + expression(e.children[i]);
    return "{" + out + "}";
  }

  std::string labels(const std::vector<std::uint32_t>& numbers) const {
    std::string out;
    for (const auto number : numbers) out += ":" + query_.labels[number];
    return out;
  }

  std::string joined(const std::vector<BoundId>& ids, const char* between) const {
    std::string out;
    for (std::size_t i = 0; i < ids.size(); ++i) out += (i == 0 ? "" : between) + expression(ids[i]);
    return out;
  }

  const BoundQuery& query_;
};

}  // namespace

std::string to_text(const BoundQuery& query, BoundId expression) { return BoundPrinter(query).expression(expression); }

std::string to_text(const BoundQuery& query) {
  std::string out;
  for (std::size_t i = 0; i < query.parts.size(); ++i) {
    if (i > 0) out += query.is_union_all ? "union all\n" : "union\n";
    out += BoundPrinter(query).part(query.parts[i], "");
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
