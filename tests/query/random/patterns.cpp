#include <algorithm>

#include "random/expressions.hpp"

namespace policygraph::testing {

std::string ExpressionMaker::pattern() {
  walked_.clear();
  if (random_.chance(4)) return shortest();
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
  const auto arrow = random_.pick({"-[%*]->", "-[%*]-", "<-[%*]-", "-[%*0..2]->", "-[%*2..]->", "-[%*..3]-"});
  auto body = arrow;
  body.replace(body.find('%'), 1, types());
  const auto out = name + (is_all ? " = allShortestPaths(" : " = shortestPath(") + from + body + node() + ")";
  scope.push_back({name, {Base::node, is_all ? Shape::path : Shape::length}});
  return out;
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
