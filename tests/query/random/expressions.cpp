#include "random/expressions.hpp"

#include <algorithm>

namespace policygraph::testing {

namespace {

const char* property_of(Base base) {
  switch (base) {
    case Base::integer: return "i";
    case Base::floating: return "f";
    case Base::string: return "s";
    case Base::boolean: return "b";
    case Base::decimal: return "d";
    case Base::date: return "t";
    case Base::partial: return "p";
    case Base::moment: return "o";
    case Base::duration: return "w";
    default: return "m";
  }
}

bool is_value(Base base) { return base != Base::node && base != Base::edge; }

}  // namespace

Kind ExpressionMaker::any_kind() {
  const auto base = static_cast<Base>(random_.chance(75) ? random_.below(7) : 7 + random_.below(5));
  if (is_value(base) && random_.chance(12)) return {random_.chance(70) ? Base::integer : base, Shape::list};
  return {base, Shape::one};
}

const Variable* ExpressionMaker::variable(Kind kind) {
  std::vector<const Variable*> found;
  for (const auto* from : {&scope, &locals}) {
    for (const auto& variable : *from) {
      if (variable.kind == kind) found.push_back(&variable);
    }
  }
  return found.empty() ? nullptr : random_.pick(found);
}

std::string ExpressionMaker::expression(Kind kind, int depth) {
  if (kind.shape == Shape::list) return list(kind.base, depth);
  if (kind.shape == Shape::bag) return bag(kind.base, depth);
  if (kind.shape == Shape::path || kind.shape == Shape::length) {
    const auto* known = variable(kind);
    return known != nullptr ? known->name : "null";
  }
  return element(kind.base, depth);
}

std::string ExpressionMaker::element(Base base, int depth) {
  if (random_.chance(3)) return "null";
  const auto* known = variable({base, Shape::one});
  if (known != nullptr && random_.chance(depth <= 0 ? 80 : 35)) return known->name;
  if (base == Base::node || base == Base::edge) {
    if (known == nullptr || depth <= 0) return known == nullptr ? "null" : known->name;
    if (const auto* list = variable({base, Shape::list}); list != nullptr && random_.chance(30)) {
      return random_.pick({"head(", "last("}) + list->name + ")";
    }
    if (const auto* edge = variable({Base::edge, Shape::one}); base == Base::node && edge != nullptr && random_.chance(30)) {
      return random_.pick({"startNode(", "endNode("}) + edge->name + ")";
    }
    return random_.chance(70) ? known->name : choice(base, depth - 1);
  }
  if (depth > 0 && random_.chance(12)) return choice(base, depth - 1);
  switch (base) {
    case Base::integer: return integer(depth);
    case Base::floating: return floating(depth);
    case Base::string: return string(depth);
    case Base::boolean: return boolean(depth, false);
    case Base::decimal: return decimal(depth);
    case Base::date: return date(depth);
    case Base::partial: return partial(depth);
    case Base::moment: return moment(depth);
    case Base::duration: return duration(depth);
    default: return mixed(depth);
  }
}

std::string ExpressionMaker::literal(Base base) {
  switch (base) {
    case Base::integer: return std::to_string(random_.between(-2, 3));
    case Base::floating: return random_.pick({"0.5", "1.5", "-1.25", "2.0", "(0.0 / 0.0)"});
    case Base::string: return random_.pick({"'a'", "'b'", "''", "'ab'", "'B'"});
    case Base::boolean: return random_.pick({"true", "false"});
    case Base::mixed: return random_.pick({"1", "1.5", "'a'", "true", "[1]", "[1, 2]", "null", "{a: 1}", "date('2024-02-29')"});
    case Base::node:
    case Base::edge: return "null";
    default: return exact_literal(base);
  }
}

// Of a node or an edge; a literal where there is none.
std::string ExpressionMaker::property(Base base, int depth) {
  const auto thing = random_.chance(70) ? Base::node : Base::edge;
  auto holder = element(thing, depth > 0 && random_.chance(20) ? depth - 1 : 0);
  if (holder == "null") holder = element(thing == Base::node ? Base::edge : Base::node, 0);
  if (holder == "null") return literal(base);
  const bool is_node_number = base == Base::integer && thing == Base::node && random_.chance(30);
  const std::string name = is_node_number ? "k" : property_of(base);
  return random_.chance(8) ? holder + "['" + name + "']" : holder + "." + name;
}

std::string ExpressionMaker::choice(Base base, int depth) {
  const Kind kind{base, Shape::one};
  if (random_.chance(50)) return "coalesce(" + expression(kind, depth) + ", " + expression(kind, depth) + ")";
  if (random_.chance(50)) {
    return "CASE WHEN " + boolean(depth, false) + " THEN " + expression(kind, depth) +
           (random_.chance(50) ? " ELSE " + expression(kind, depth) : "") + " END";
  }
  const Kind subject{random_.chance(50) ? Base::integer : Base::mixed, Shape::one};
  return "CASE " + expression(subject, depth) + " WHEN " + expression(subject, 0) + " THEN " + expression(kind, depth) + " WHEN " +
         expression(subject, 0) + " THEN " + expression(kind, 0) + (random_.chance(50) ? " ELSE " + expression(kind, 0) : "") + " END";
}

std::string ExpressionMaker::integer(int depth) {
  if (depth <= 0) return random_.chance(60) ? property(Base::integer, 0) : literal(Base::integer);
  const Kind same{Base::integer, Shape::one};
  switch (random_.below(18)) {
    case 17:
      if (random_.chance(40)) return "size(" + path_search(true) + ")";
      return random_.chance(50) ? "length(" + path_search(false) + ")" : "coalesce(length(" + path_search(false) + "), -1)";
    case 16: return part(depth - 1);
    case 0: return "size(" + list(random_.chance(50) ? Base::integer : Base::mixed, depth - 1) + ")";
    case 1: return "size(" + string(depth - 1) + ")";
    case 2: return "size(" + bag(Base::integer, depth - 1) + ")";
    case 3: return "(" + expression(same, depth - 1) + random_.pick({" + ", " - ", " * "}) + expression(same, depth - 1) + ")";
    case 4: return "(" + expression(same, depth - 1) + random_.pick({" % 2)", " % 3)", " / 2)", " / -3)"});
    case 5: return random_.pick({"abs(", "sign("}) + expression(same, depth - 1) + ")";
    case 6: return "(- " + expression(same, depth - 1) + ")";
    case 7: return list(Base::integer, depth - 1) + "[" + expression(same, 0) + "]";
    case 8: return random_.pick({"head(", "last("}) + list(Base::integer, depth - 1) + ")";
    case 9: {
      const auto total = new_name("t"), item = new_name("x");
      return "reduce(" + total + " = 0, " + item + " IN " + bag(Base::integer, depth - 1) + " | " + total + " + " + item + ")";
    }
    case 10: {
      const auto* path = variable({Base::node, Shape::path});
      if (path == nullptr || random_.chance(30)) path = variable({Base::node, Shape::length});
      return path == nullptr ? property(Base::integer, depth) : "length(" + path->name + ")";
    }
    case 11: {
      const auto thing = random_.chance(70) ? element(Base::node, 0) : element(Base::edge, 0);
      return thing == "null" || !has_ids ? literal(Base::integer) : "id(" + thing + ")";
    }
    case 12: return "COUNT { " + subquery(depth - 1) + " }";
    default: return property(Base::integer, depth);
  }
}

std::string ExpressionMaker::floating(int depth) {
  if (depth <= 0) return random_.chance(60) ? property(Base::floating, 0) : literal(Base::floating);
  const Kind same{Base::floating, Shape::one};
  switch (random_.below(6)) {
    case 0: return "(" + expression(same, depth - 1) + random_.pick({" + ", " - "}) + expression(same, depth - 1) + ")";
    case 1: return "toFloat(" + expression({Base::integer, Shape::one}, depth - 1) + ")";
    case 2: return "(" + expression({Base::integer, Shape::one}, depth - 1) + " + " + expression(same, depth - 1) + ")";
    default: return property(Base::floating, depth);
  }
}

std::string ExpressionMaker::string(int depth) {
  if (depth <= 0) return random_.chance(60) ? property(Base::string, 0) : literal(Base::string);
  const Kind same{Base::string, Shape::one};
  switch (random_.below(8)) {
    case 0: return "(" + expression(same, depth - 1) + " + " + expression(same, depth - 1) + ")";
    case 1: return random_.pick({"toUpper(", "toLower(", "trim(", "reverse("}) + expression(same, depth - 1) + ")";
    case 2: return "toString(" + expression({Base::integer, Shape::one}, depth - 1) + ")";
    case 3: return "left(" + expression(same, depth - 1) + ", 1)";
    case 4: {
      const auto edge = element(Base::edge, 0);
      return edge == "null" ? literal(Base::string) : "type(" + edge + ")";
    }
    default: return property(Base::string, depth);
  }
}

std::string ExpressionMaker::mixed(int depth) {
  if (depth <= 0 || random_.chance(60)) return random_.chance(60) ? property(Base::mixed, 0) : literal(Base::mixed);
  if (random_.chance(50)) return list(Base::mixed, depth - 1) + "[" + std::to_string(random_.between(-2, 2)) + "]";
  return random_.pick({"head(", "last("}) + list(Base::mixed, depth - 1) + ")";
}

std::string ExpressionMaker::boolean(int depth, bool may_hold_pattern) {
  if (depth <= 0) return random_.chance(50) ? comparison(0) : random_.chance(60) ? property(Base::boolean, 0) : literal(Base::boolean);
  switch (random_.below(18)) {
    case 17:
    case 16: return column_test(depth);
    case 15: return day_test(depth - 1);
    case 14: {
      const auto node = element(Base::node, 0);
      const auto key = random_.pick({"1", "2", "3", "4", "5", "2.0", "3.5", "'2'", "null"});
      return node == "null" || !has_ids ? literal(Base::boolean) : random_.chance(70) ? "(id(" + node + ") = " + key + ")" : "(" + key + " = id(" + node + "))";
    }
    case 0:
    case 1: {
      std::string out = "(" + boolean(depth - 1, may_hold_pattern);
      const auto op = random_.pick({" AND ", " OR ", " XOR "});
      for (std::size_t i = 0; i < 1 + random_.below(2); ++i) out += op + boolean(depth - 1, may_hold_pattern);
      return out + ")";
    }
    case 2: return "(NOT " + boolean(depth - 1, may_hold_pattern) + ")";
    case 3: return "(" + expression(any_kind(), depth - 1) + random_.pick({" IS NULL)", " IS NOT NULL)"});
    case 4: {
      const auto node = element(Base::node, 0);
      return node == "null" ? literal(Base::boolean) : "(" + node + random_.pick({":A)", ":B)", ":A:B)", ":C)", ":None)"});
    }
    case 5:
    case 6: return list_test(depth - 1);
    case 7:
      return may_hold_pattern && random_.chance(60) ? predicate_path() : "EXISTS { " + subquery(depth - 1) + " }";
    case 8: return property(Base::boolean, depth);
    case 9:
      return "(" + expression({Base::string, Shape::one}, depth - 1) + random_.pick({" STARTS WITH ", " ENDS WITH ", " CONTAINS "}) +
             expression({Base::string, Shape::one}, 0) + ")";
    default: return comparison(depth - 1);
  }
}

std::string ExpressionMaker::comparison(int depth) {
  const auto kind = any_kind();
  const auto op = random_.pick({" = ", " = ", " <> ", " < ", " <= ", " > ", " >= "});
  const bool is_mixed = random_.chance(20);
  auto out = "(" + expression(kind, depth) + op + expression(is_mixed ? Kind{Base::mixed, Shape::one} : kind, depth);
  if (random_.chance(8)) out += random_.pick({" < ", " <= ", " = "}) + expression(kind, 0);
  return out + ")";
}

// What is asked of a property by itself, as filters ask it of whole columns.
std::string ExpressionMaker::column_test(int depth) {
  const auto base = random_.pick(std::vector<Base>{Base::integer, Base::floating, Base::string, Base::decimal, Base::partial, Base::date, Base::mixed});
  const auto holder = element(random_.chance(75) ? Base::node : Base::edge, 0);
  if (holder == "null") return comparison(0);
  const auto column = holder + "." + property_of(base);
  const auto other = [&] { return literal(random_.chance(80) ? base : random_.pick(std::vector<Base>{Base::integer, Base::floating, Base::decimal, Base::mixed, Base::partial})); };
  switch (random_.below(depth > 0 ? 6 : 4)) {
    case 0: return "(" + column + random_.pick({" IS NULL)", " IS NOT NULL)"});
    case 1: return "(" + column + " IN [" + other() + ", " + literal(base) + ", " + literal(base) + "])";
    case 2: return "(" + other() + random_.pick({" = ", " < ", " <= ", " > ", " >= "}) + column + ")";
    case 4: return "(NOT " + column_test(depth - 1) + ")";
    case 5: return "(" + column_test(depth - 1) + random_.pick({" OR ", " AND "}) + column_test(depth - 1) + ")";
    default: return "(" + column + random_.pick({" = ", " <> ", " < ", " <= ", " > ", " >= "}) + other() + ")";
  }
}

std::string ExpressionMaker::list_test(int depth) {
  const auto base = random_.pick(std::vector<Base>{Base::integer, Base::integer, Base::string, Base::mixed, Base::node, Base::edge});
  if (random_.chance(50)) return "(" + expression({base, Shape::one}, depth) + " IN " + bag(base, depth) + ")";
  const auto name = new_name("x");
  const auto source = bag(base, depth);
  locals.push_back({name, {base, Shape::one}});
  auto out = random_.pick({"any(", "all(", "none(", "single("}) + name + " IN " + source + " WHERE " + boolean(depth, false) + ")";
  locals.pop_back();
  return out;
}

std::string ExpressionMaker::list(Base base, int depth) {
  const auto* known = variable({base, Shape::list});
  if (known != nullptr && random_.chance(40)) return known->name;
  if (!is_value(base)) {
    const auto* path = variable({Base::node, Shape::path});
    if (path != nullptr && random_.chance(60)) return std::string(base == Base::node ? "nodes(" : "relationships(") + path->name + ")";
  }
  const auto literal_list = [&] {
    std::string out = "[";
    const auto count = random_.below(4);
    for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : ", ") + element(base, depth - 1);
    return out + "]";
  };
  if (depth <= 0) return base == Base::integer && random_.chance(40) ? std::string("[1, 2, null]") : literal_list();
  switch (random_.below(7)) {
    case 0: return base == Base::integer ? "range(" + std::to_string(random_.between(0, 2)) + ", " + std::to_string(random_.between(0, 4)) + ")" : literal_list();
    case 1: return comprehension(base, Shape::list, depth - 1);
    case 2: return "(" + list(base, depth - 1) + " + " + list(base, depth - 1) + ")";
    case 3: return "tail(" + list(base, depth - 1) + ")";
    case 4: {
      const auto from = random_.chance(70) ? std::to_string(random_.between(-2, 2)) : std::string();
      const auto to = from.empty() || random_.chance(60) ? std::to_string(random_.between(-1, 3)) : std::string();
      return list(base, depth - 1) + "[" + from + ".." + to + "]";
    }
    case 5: {
      const auto node = element(Base::node, 0);
      return base == Base::integer && node != "null" ? node + ".l" : literal_list();
    }
    default: return literal_list();
  }
}

std::string ExpressionMaker::bag(Base base, int depth) {
  const auto* known = variable({base, Shape::bag});
  if (known != nullptr && random_.chance(60)) return known->name;
  if (depth > 0 && random_.chance(15)) {
    const auto before = scope;
    auto out = "[" + path(1);
    if (random_.chance(30)) out += " WHERE " + boolean(depth - 1, false);
    out += " | " + element(base, depth - 1) + "]";
    scope = before;
    return out;
  }
  if (depth > 0 && random_.chance(15)) return comprehension(base, Shape::bag, depth - 1);
  return list(base, depth);
}

std::string ExpressionMaker::comprehension(Base base, Shape source, int depth) {
  const auto from = random_.chance(70) ? base : Base::integer;
  const auto name = new_name("x");
  auto out = "[" + name + " IN " + expression({from, source}, depth);
  locals.push_back({name, {from, Shape::one}});
  if (random_.chance(50)) out += " WHERE " + boolean(depth, false);
  if (from != base || random_.chance(50)) out += " | " + element(base, depth);
  locals.pop_back();
  return out + "]";
}

std::string ExpressionMaker::where(int depth, unsigned percent) {
  const auto asked = path_conditions(1);
  const auto more = random_.chance(percent) ? predicate(depth) : std::string();
  if (asked.empty() && more.empty()) return "";
  return " WHERE " + asked + (asked.empty() || more.empty() ? "" : " AND ") + more;
}

std::string ExpressionMaker::subquery(int depth) {
  const auto before = scope;
  auto out = "MATCH " + pattern() + where(depth, 50);
  if (random_.chance(10)) {
    const auto name = new_name("v");
    out += " WITH DISTINCT " + element(Base::integer, 1) + " AS " + name + " WHERE " + name + " > 0";
    scope = {{name, {Base::integer, Shape::one}}};
  }
  if (random_.chance(15)) out += " RETURN 1 AS one";
  scope = before;
  return out;
}

}  // namespace policygraph::testing
