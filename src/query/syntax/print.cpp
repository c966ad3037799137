#include <array>
#include <utility>

#include "query/syntax/ast.hpp"

namespace policygraph::inline v0::detail::query {

std::string_view operation_text(Operation op) noexcept {
  static constexpr std::array<std::string_view, 28> kTexts = {
      "", "+", "-", "*", "/", "%", "^", "-", "+", "NOT", "XOR", "=", "<>", "<", "<=", ">", ">=", "IN", "STARTS WITH", "ENDS WITH",
      "CONTAINS", "=~", "IS NULL", "IS NOT NULL", "all", "any", "none", "single"};
  return kTexts[static_cast<std::size_t>(op)];
}

namespace {

std::string quoted(std::string_view name) {
  bool is_plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
  for (const char c : name) {
    is_plain = is_plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
  }
  if (is_plain) return std::string(name);
  std::string out = "`";
  for (const char c : name) out.append(c == '`' ? 2 : 1, c);
  return out + "`";
}

class Printer {
 public:
  explicit Printer(const Syntax& syntax) : syntax_(syntax) {}

  std::string query(const QuerySyntax& query, std::string_view between) const {
    std::string out;
    for (std::size_t i = 0; i < query.parts.size(); ++i) {
      if (i > 0) out += (query.is_union_all ? "UNION ALL" : "UNION") + std::string(between);
      for (const auto& c : query.parts[i].clauses) out += clause(c) + std::string(between);
    }
    return out;
  }

  std::string expression(ExpressionId id) const {
    const auto& e = syntax_.expressions[id];
    switch (e.kind) {
      case ExpressionKind::literal: return e.value.to_string();
      case ExpressionKind::parameter: return "$" + quoted(e.name);
      case ExpressionKind::variable: return quoted(e.name);
      case ExpressionKind::property: return expression(e.children[0]) + "." + quoted(e.name);
      case ExpressionKind::has_labels: return expression(e.children[0]) + names(e.names);
      case ExpressionKind::list: return "[" + joined(e.children, ", ") + "]";
      case ExpressionKind::map: return map(e);
      case ExpressionKind::all_of: return "(" + joined(e.children, " AND ") + ")";
      case ExpressionKind::any_of: return "(" + joined(e.children, " OR ") + ")";
      case ExpressionKind::call: return e.name + "(" + (e.is_distinct ? "DISTINCT " : "") + joined(e.children, ", ") + ")";
      case ExpressionKind::count_star: return "count(*)";
      default: return other(e);
    }
  }

 private:
  std::string other(const Expression& e) const {
    const auto op = std::string(operation_text(e.op));
    switch (e.kind) {
      case ExpressionKind::unary:
        return e.op == Operation::is_null || e.op == Operation::is_not_null ? "(" + expression(e.children[0]) + " " + op + ")"
                                                                           : "(" + op + " " + expression(e.children[0]) + ")";
      case ExpressionKind::binary: return "(" + expression(e.children[0]) + " " + op + " " + expression(e.children[1]) + ")";
      case ExpressionKind::index: return expression(e.children[0]) + "[" + expression(e.children[1]) + "]";
      case ExpressionKind::slice:
        return expression(e.children[0]) + "[" + optional("", e.children[1]) + ".." + optional("", e.children[2]) + "]";
      case ExpressionKind::case_of: return cases(e);
      case ExpressionKind::comprehension:
        return "[" + quoted(e.name) + " IN " + expression(e.children[0]) + optional(" WHERE ", e.children[1]) +
               optional(" | ", e.children[2]) + "]";
      case ExpressionKind::quantifier:
        return op + "(" + quoted(e.name) + " IN " + expression(e.children[0]) + optional(" WHERE ", e.children[1]) + ")";
      case ExpressionKind::reduce:
        return "reduce(" + quoted(e.name) + " = " + expression(e.children[0]) + ", " + quoted(e.names[0]) + " IN " +
               expression(e.children[1]) + " | " + expression(e.children[2]) + ")";
      case ExpressionKind::path_search:
      case ExpressionKind::pattern: return path(syntax_.queries[e.query].parts[0].clauses[0].patterns[0]);
      case ExpressionKind::pattern_list: {
        const auto& clause = syntax_.queries[e.query].parts[0].clauses[0];
        return "[" + path(clause.patterns[0]) + optional(" WHERE ", clause.where) + " | " + expression(e.children[0]) + "]";
      }
      default: return (e.kind == ExpressionKind::exists ? "EXISTS { " : "COUNT { ") + query(syntax_.queries[e.query], " ") + "}";
    }
  }

  std::string optional(std::string_view before, ExpressionId id) const {
    return id == kNone ? std::string() : std::string(before) + expression(id);
  }

  std::string joined(const std::vector<ExpressionId>& ids, std::string_view between) const {
    std::string out;
    for (const auto id : ids) out += (out.empty() ? std::string() : std::string(between)) + expression(id);
    return out;
  }

  static std::string names(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += ":" + quoted(name);
    return out;
  }

  std::string map(const Expression& e) const {
    std::string out;
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      out += (out.empty() ? "" : ", ") + quoted(e.names[i]) + ": " + expression(e.children[i]);
    }
    return "{" + out + "}";
  }

  std::string cases(const Expression& e) const {
    std::string out = "CASE";
    std::size_t i = 0;
    if (e.has_subject) out += " " + expression(e.children[i++]);
    for (; i + 1 < e.children.size(); i += 2) out += " WHEN " + expression(e.children[i]) + " THEN " + expression(e.children[i + 1]);
    if (e.has_else) out += " ELSE " + expression(e.children.back());
    return out + " END";
  }

  static std::string imports(const Clause& c) {
    if (!c.imports) return "";
    if (c.imports_all) return "(*) ";
    std::string out;
    for (const auto& name : *c.imports) out += (out.empty() ? "" : ", ") + quoted(name.text);
    return "(" + out + ") ";
  }

  std::string call(const Clause& c) const {
    std::string out = "CALL " + c.call.procedure.text + (c.call.has_arguments ? "(" + joined(c.call.arguments, ", ") + ")" : "");
    if (c.call.has_yield) out += c.call.star ? " YIELD *" : c.call.yields.empty() ? " YIELD -" : " YIELD ";
    for (std::size_t i = 0; i < c.call.yields.size(); ++i) {
      const auto& [result, variable] = c.call.yields[i];
      out += (i == 0 ? "" : ", ") + quoted(result.text) + (result.text == variable.text ? "" : " AS " + quoted(variable.text));
    }
    return out + optional(" WHERE ", c.where);
  }

  std::string node(const NodePattern& n) const {
    std::string out = "(";
    if (n.variable) out += quoted(n.variable->text);
    for (const auto& label : n.labels) out += ":" + quoted(label.text);
    return out + optional(out.size() > 1 ? " " : "", n.properties) + ")";
  }

  std::string edge(const EdgePattern& e) const {
    std::string out;
    if (e.variable) out += quoted(e.variable->text);
    for (std::size_t i = 0; i < e.types.size(); ++i) out += (i == 0 ? ":" : "|") + quoted(e.types[i].text);
    if (e.is_path) out += "*" + std::to_string(e.least) + ".." + (e.most ? std::to_string(*e.most) : "");
    out += optional(out.empty() ? "" : " ", e.properties);
    const auto body = out.empty() ? std::string("--") : "-[" + out + "]-";
    return (e.direction == Direction::in ? "<" : "") + body + (e.direction == Direction::out ? ">" : "");
  }

  std::string path(const PathPattern& p) const {
    std::string out = node(p.nodes[0]);
    for (std::size_t i = 0; i < p.edges.size(); ++i) out += edge(p.edges[i]) + node(p.nodes[i + 1]);
    if (p.search == PathPattern::Search::shortest) out = "shortestPath(" + out + ")";
    if (p.search == PathPattern::Search::all_shortest) out = "allShortestPaths(" + out + ")";
    return p.variable && !p.variable->text.empty() ? quoted(p.variable->text) + " = " + out : out;
  }

  std::string paths(const std::vector<PathPattern>& patterns) const {
    std::string out;
    for (const auto& p : patterns) out += (out.empty() ? "" : ", ") + path(p);
    return out;
  }

  std::string projection(const Projection& p) const {
    std::string out = p.is_distinct ? " DISTINCT" : "";
    const char* before = " ";
    if (p.has_star) out += std::exchange(before, ", ") + std::string("*");
    for (const auto& item : p.items) {
      out += std::exchange(before, ", ") + expression(item.expression) + " AS " + quoted(item.name);
    }
    for (std::size_t i = 0; i < p.order.size(); ++i) {
      out += (i == 0 ? " ORDER BY " : ", ") + expression(p.order[i].expression) + (p.order[i].is_descending ? " DESC" : "");
    }
    return out + optional(" SKIP ", p.skip) + optional(" LIMIT ", p.limit);
  }

  std::string set_items(const std::vector<SetItem>& items) const {
    std::string out;
    for (const auto& item : items) {
      out += (out.empty() ? " " : ", ") + expression(item.target);
      if (item.kind == SetItem::Kind::property) out += "." + quoted(item.property);
      for (const auto& label : item.labels) out += ":" + quoted(label.text);
      out += optional(item.kind == SetItem::Kind::add ? " += " : " = ", item.value);
    }
    return out;
  }

  std::string clause(const Clause& c) const {
    switch (c.kind) {
      case ClauseKind::match: return (c.is_optional ? "OPTIONAL MATCH " : "MATCH ") + paths(c.patterns) + optional(" WHERE ", c.where);
      case ClauseKind::with: return "WITH" + projection(c.projection) + optional(" WHERE ", c.where);
      case ClauseKind::return_: return "RETURN" + projection(c.projection);
      case ClauseKind::unwind: return "UNWIND " + expression(c.expression) + " AS " + quoted(c.variable.text);
      case ClauseKind::call: return call(c);
      case ClauseKind::subquery: return "CALL " + imports(c) + "{ " + query(syntax_.queries[c.query], " ") + "}";
      case ClauseKind::create: return "CREATE " + paths(c.patterns);
      case ClauseKind::merge:
        return "MERGE " + paths(c.patterns) + (c.items.empty() ? "" : " ON CREATE SET" + set_items(c.items)) +
               (c.match_items.empty() ? "" : " ON MATCH SET" + set_items(c.match_items));
      case ClauseKind::set: return "SET" + set_items(c.items);
      case ClauseKind::remove: return "REMOVE" + set_items(c.items);
      default: return (c.is_detach ? "DETACH DELETE " : "DELETE ") + joined(c.deleted, ", ");
    }
  }

  const Syntax& syntax_;
};

}  // namespace

std::string to_text(const Syntax& syntax) { return Printer(syntax).query(syntax.root, "\n"); }
std::string to_text(const Syntax& syntax, ExpressionId expression) { return Printer(syntax).expression(expression); }

bool same_expression(const Syntax& syntax, ExpressionId a, ExpressionId b) {
  if (a == b) return true;
  if (a == kNone || b == kNone) return false;
  const auto& x = syntax.expressions[a];
  const auto& y = syntax.expressions[b];
  if (x.kind != y.kind || x.op != y.op || x.name != y.name || x.is_distinct != y.is_distinct || x.depth != y.depth) return false;
  if (x.has_subject != y.has_subject || x.has_else != y.has_else || x.children.size() != y.children.size()) return false;
  if (x.query != kNone || x.names != y.names || !(x.value == y.value)) return false;
  for (std::size_t i = 0; i < x.children.size(); ++i) {
    if (!same_expression(syntax, x.children[i], y.children[i])) return false;
  }
  return true;
}

}  // namespace policygraph::inline v0::detail::query
