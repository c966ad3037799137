#include <algorithm>
#include <utility>

#include "random/expressions.hpp"

namespace policygraph::testing {

std::string ExpressionMaker::pattern() {
  walked_.clear();
  searches_.clear();
  if (may_search && random_.chance(8)) {
    auto out = random_.chance(20) ? path(1) + ", " : std::string();
    out += shortest();
    return random_.chance(12) ? out + ", " + shortest() : out;
  }
  std::string out = path(random_.chance(70) ? 1 : 0);
  if (random_.chance(15)) out += ", " + path(random_.chance(50) ? 1 : 0);
  return out;
}

std::string ExpressionMaker::path(std::size_t least_edges) {
  const auto name = random_.chance(15) ? new_name("p") : std::string();
  auto out = node();
  const auto edges = std::max(least_edges, random_.chance(25) ? std::size_t{2} : random_.below(2));
  for (std::size_t i = 0; i < edges; ++i) {
    out += edge();
    out += node();
  }
  if (name.empty()) return out;
  scope.push_back({name, {Base::node, Shape::path}});
  return name + " = " + out;
}

// Which of several shortest paths is found is open, so only its length may be asked for; all of them are one set.
std::string ExpressionMaker::shortest() {
  has_shortest = true;
  const auto name = new_name("p");
  const bool is_all = random_.chance(50);
  const auto from = node();
  const auto relationships = random_.chance(30) ? new_name("r") : std::string();
  const auto to = random_.chance(10) && from.size() > 3 ? from.substr(0, from.find_first_of(":{ )")) + ")" : node();
  const auto out = name + (is_all ? " = allShortestPaths(" : " = shortestPath(") + from + search_arrow(relationships) + to + ")";
  scope.push_back({name, {Base::node, is_all ? Shape::path : Shape::length}});
  searches_.push_back({name, relationships});
  return out;
}

std::string ExpressionMaker::search_arrow(const std::string& name, bool is_bounded) {
  auto body = "[" + name + types();
  body += is_bounded ? random_.pick({"*..4", "*0..2", "*0..3", "*2..4", "*3"}) : random_.pick({"*", "*", "*0..", "*0..2", "*1..", "*2..", "*..3", "*2..4", "*3"});
  if (random_.chance(10)) body += random_.pick({" {i: 1}", " {s: 'a'}"});
  body += "]";
  return random_.chance(40) ? "-" + body + "->" : random_.chance(50) ? "-" + body + "-" : "<-" + body + "-";
}

// What a WHERE asks of the shortest paths of its MATCH; "" where there are none.
std::string ExpressionMaker::path_conditions(int depth) {
  std::string out;
  for (const auto& search : std::exchange(searches_, {})) {
    const auto count = random_.chance(60) ? 1 + random_.below(2) : 0;
    for (std::size_t i = 0; i < count; ++i) out += (out.empty() ? "" : " AND ") + path_condition(search.path, search.relationships, depth);
  }
  return out;
}

std::string ExpressionMaker::path_condition(const std::string& path, const std::string& relationships, int depth) {
  const auto length = random_.chance(70) ? "length(" + path + ")" : "size(" + random_.pick({"nodes(", "relationships("}) + path + "))";
  const auto number = random_.chance(70) ? std::to_string(random_.below(5)) : integer(1);
  if (random_.chance(30)) return random_.chance(70) ? "(" + length + random_.pick({" > ", " >= ", " < ", " <= ", " = ", " <> "}) + number + ")" : "(" + number + " < " + length + ")";
  if (random_.chance(8)) return "EXISTS { MATCH (" + path + "e) WHERE " + path + "e IN nodes(" + path + ") AND " + path + "e.i > 0 }";
  const bool is_node = random_.chance(60);
  const auto name = new_name("x");
  const auto source = is_node ? "nodes(" + path + ")" : relationships.empty() || random_.chance(40) ? "relationships(" + path + ")" : relationships;
  const Base base = is_node ? Base::node : Base::edge;
  locals.push_back({name, {base, Shape::one}});
  const auto asked = random_.chance(50) ? property_test(name) : boolean(depth, false);
  locals.pop_back();
  const auto cut = random_.chance(10) ? "[1..-1]" : "";
  return random_.pick({"all(", "all(", "none(", "none(", "any(", "single(", "NOT any(", "NOT all("}) + name + " IN " + source + cut + " WHERE " + asked + ")";
}

std::string ExpressionMaker::property_test(const std::string& name) {
  return "(" + name + random_.pick({".i > 0)", ".i <> 1)", ".s IS NULL)", ".b)", ".i IS NOT NULL)", ".m = 1)"});
}

// Between two nodes that are known; the path, or a list of them.
std::string ExpressionMaker::path_search(bool is_all) {
  const auto* from = variable({Base::node, Shape::one});
  const auto* to = variable({Base::node, Shape::one});
  if (from == nullptr || to == nullptr) return "null";
  has_shortest = true;
  return (is_all ? "allShortestPaths((" : "shortestPath((") + from->name + ")" + search_arrow("") + "(" + to->name + "))";
}

std::string ExpressionMaker::node() {
  std::string out = "(";
  const auto* known = variable({Base::node, Shape::one});
  std::string name;
  if (known != nullptr && random_.chance(40)) {
    name = known->name;
  } else if (random_.chance(80)) {
    name = new_name("n");
    scope.push_back({name, {Base::node, Shape::one}});
  }
  out += name;
  if (random_.chance(25)) out += random_.pick({":A", ":B", ":C", ":A:B", ":None"});
  return out + pattern_properties() + ")";
}

std::string ExpressionMaker::types() { return random_.chance(50) ? "" : random_.pick({":R", ":S", ":T", ":R|S", ":S|T|R", ":None"}); }

std::string ExpressionMaker::length() { return random_.pick({"*", "*1..2", "*0..1", "*0..", "*2", "*..2", "*2..3", "*0", "*0..0"}); }

std::string ExpressionMaker::edge() {
  const auto body = random_.chance(15) ? std::string() : edge_body();
  const auto inner = body.empty() ? "" : "[" + body + "]";
  if (random_.chance(45)) return "-" + inner + "->";
  return random_.chance(50) ? "<-" + inner + "-" : "-" + inner + "-";
}

std::string ExpressionMaker::edge_body() {
  const bool is_path = random_.chance(18);
  const Kind kind{Base::edge, is_path ? Shape::list : Shape::one};
  std::string name;
  const auto* known = variable(kind);
  const auto is_free = [&] {
    return std::find(walked_.begin(), walked_.end(), known->name) == walked_.end() &&
           std::none_of(locals.begin(), locals.end(), [&](const Variable& v) { return v.name == known->name; });
  };
  if (known != nullptr && random_.chance(8) && is_free()) {
    name = known->name;
  } else if (random_.chance(50)) {
    name = new_name("r");
    scope.push_back({name, kind});
  }
  if (!name.empty()) walked_.push_back(name);
  auto out = name + types();
  if (is_path) out += length();
  if (random_.chance(8)) out += " {" + std::string(random_.chance(50) ? "i: 1" : "s: 'a'") + "}";
  return out;
}

std::string ExpressionMaker::pattern_properties() {
  if (!random_.chance(10)) return "";
  if (random_.chance(30)) return " {s: " + element(Base::string, 0) + "}";
  return " {i: " + element(Base::integer, random_.chance(20) ? 1 : 0) + "}";
}

// A pattern as a predicate: it names nothing new.
std::string ExpressionMaker::predicate_path() {
  const auto* known = variable({Base::node, Shape::one});
  if (known == nullptr) return literal(Base::boolean);
  const auto end = [&] {
    const auto* other = variable({Base::node, Shape::one});
    return random_.chance(50) ? "(" + other->name + ")" : "(" + random_.pick({"", ":A", ":B"}) + ")";
  };
  const auto body = "[" + types() + (random_.chance(20) ? length() : "") + "]";
  const auto arrow = random_.chance(50) ? "-" + body + "->" : random_.chance(50) ? "<-" + body + "-" : "-" + body + "-";
  return "(" + known->name + ")" + arrow + end();
}

}  // namespace policygraph::testing
