#include "random/random_query.hpp"

#include <algorithm>

#include "random/expressions.hpp"

namespace policygraph::testing {
namespace {

constexpr int kDepth = 3;

class QueryMaker {
 public:
  explicit QueryMaker(Random& random) : random_(random), maker_(random) {}

  RandomQuery run() {
    RandomQuery out;
    const auto width = 1 + random_.below(3);
    const auto parts = random_.chance(12) ? 2 + random_.below(2) : 1;
    const bool is_all = random_.chance(50);
    out.is_bag.assign(width, false);
    may_return_bags_ = parts == 1 || is_all;
    for (std::size_t i = 0; i < parts; ++i) {
      if (i > 0) out.text += is_all ? " UNION ALL " : " UNION ";
      out.text += single(width, out);
    }
    out.is_ordered = out.is_ordered && parts == 1;
    out.has_one_lineage = !has_limit_ && !maker_.has_shortest;
    return out;
  }

 private:
  struct Item {
    std::string text, name;
    Kind kind;
    bool is_aggregate = false;
  };

  std::string single(std::size_t width, RandomQuery& out) {
    maker_.scope.clear();
    std::string text;
    const auto clauses = random_.chance(5) ? 0 : 1 + random_.below(4);
    for (std::size_t i = 0; i < clauses; ++i) text += clause(i);
    return text + projection(width, &out);
  }

  std::string clause(std::size_t index) {
    const auto roll = random_.below(100);
    if (index == 0 ? roll < 80 : roll < 35) return match(false);
    if (roll < 55 || (index == 0 && roll < 88)) return match(true);
    if (roll < 66) return unwind();
    if (roll < 72) return call();
    if (roll < 77) return subquery();
    if (roll < 82 && !maker_.scope.empty()) return with_star();
    return projection(1 + random_.below(3), nullptr);
  }

  std::string match(bool is_optional) {
    auto text = std::string(is_optional ? "OPTIONAL MATCH " : "MATCH ") + maker_.pattern();
    return text + maker_.where(kDepth, 45) + " ";
  }

  std::string unwind() {
    const auto base = random_.pick(std::vector<Base>{Base::integer, Base::integer, Base::mixed, Base::string, Base::node, Base::edge});
    const auto list = maker_.expression({base, random_.chance(50) ? Shape::bag : Shape::list}, 2);
    const auto name = maker_.new_name("u");
    maker_.scope.push_back({name, {base, Shape::one}});
    return "UNWIND " + list + " AS " + name + " ";
  }

  std::string with_star() {
    std::string text = "WITH *";
    if (random_.chance(40)) {
      const auto kind = maker_.any_kind();
      const auto name = maker_.new_name("v");
      text += ", " + maker_.expression(kind, 2) + " AS " + name;
      maker_.scope.push_back({name, kind});
    }
    if (random_.chance(40)) text += " WHERE " + maker_.predicate(2);
    return text + " ";
  }

  // CALL of a procedure.
  std::string call() {
    const auto name = maker_.new_name("y");
    std::string text = "CALL ";
    switch (random_.below(4)) {
      case 0: text += "test.nothing() "; return text;
      case 1:
        text += "test.half(" + maker_.expression({Base::floating, Shape::one}, 2) + ") YIELD half AS " + name;
        maker_.scope.push_back({name, {Base::floating, Shape::one}});
        break;
      case 2:
        text += std::string("test.nodes(") + random_.pick({"'A'", "'B'", "'None'"}) + ") YIELD n AS " + name;
        maker_.scope.push_back({name, {Base::node, Shape::one}});
        break;
      default:
        text += "test.upto(" + maker_.expression({Base::integer, Shape::one}, 2) + ") YIELD i AS " + name;
        maker_.scope.push_back({name, {Base::integer, Shape::one}});
    }
    if (random_.chance(30)) text += " WHERE " + maker_.predicate(1);
    return text + " ";
  }

  // CALL { }: it sees what it names; its columns join the row.
  std::string subquery() {
    const auto outer = maker_.scope;
    std::vector<Variable> imports;
    for (const auto& variable : outer) {
      if (variable.kind.shape != Shape::length && random_.chance(50)) imports.push_back(variable);
    }
    std::string names;
    for (const auto& variable : imports) names += (names.empty() ? "" : ", ") + variable.name;
    const bool is_listed = random_.chance(40);
    const auto width = 1 + random_.below(2);
    std::vector<Variable> columns;
    for (std::size_t i = 0; i < width; ++i) columns.push_back({maker_.new_name("q"), {random_.pick(std::vector<Base>{Base::integer, Base::integer, Base::string, Base::node, Base::decimal}), Shape::one}});
    std::string text = is_listed ? "CALL (" + names + ") { " : "CALL { ";
    const auto parts = random_.chance(20) ? 2U : 1U;
    for (std::size_t i = 0; i < parts; ++i) {
      if (i > 0) text += random_.pick({"UNION ", "UNION ALL "});
      if (!is_listed && !names.empty()) text += "WITH " + names + " ";
      maker_.scope = imports;
      text += called_part(columns, is_listed ? &imports : nullptr);
    }
    maker_.scope = outer;
    maker_.scope.insert(maker_.scope.end(), columns.begin(), columns.end());
    return text + "} ";
  }

  // `lasting`: what CALL (a) { } names is there throughout, also behind a WITH that says nothing of it.
  std::string called_part(const std::vector<Variable>& columns, const std::vector<Variable>* lasting) {
    std::string text;
    const auto clauses = 1 + random_.below(2);
    for (std::size_t i = 0; i < clauses; ++i) text += random_.chance(60) ? match(random_.chance(40)) : unwind();
    if (lasting != nullptr && random_.chance(50)) {
      const Variable number{maker_.new_name("w"), {Base::integer, Shape::one}};
      const auto item = random_.pick({"count(*)", "max(", "DISTINCT ", ""});
      text += "WITH " + (item == "count(*)" ? item : item + maker_.expression(number.kind, 1) + (item == "max(" ? ")" : "")) + " AS " + number.name + " ";
      maker_.scope = *lasting;
      maker_.scope.push_back(number);
      if (random_.chance(30)) text += "WHERE " + maker_.predicate(1) + " ";
    }
    text += random_.chance(15) ? "RETURN DISTINCT " : "RETURN ";
    const bool is_aggregating = random_.chance(30);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& [name, kind] = columns[i];
      const bool is_number = kind.base == Base::integer || kind.base == Base::decimal;
      text += i == 0 ? "" : ", ";
      text += is_aggregating && is_number ? random_.pick({"sum(", "max(", "min("}) + maker_.expression(kind, 1) + ")" : maker_.expression(kind, 2);
      text += " AS " + name;
    }
    return text + " ";
  }

  // ---- WITH and RETURN

  std::string projection(std::size_t width, RandomQuery* out) {
    const bool is_distinct = random_.chance(15);
    const bool may_be_bag = !is_distinct && (out == nullptr || may_return_bags_);
    const auto items = make_items(width, out != nullptr, may_be_bag);
    std::string text = std::string(out != nullptr ? "RETURN " : "WITH ") + (is_distinct ? "DISTINCT " : "");
    for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ", ") + items[i].text + " AS " + items[i].name;
    const bool is_closed = is_distinct || std::any_of(items.begin(), items.end(), [](const Item& item) { return item.is_aggregate; });
    const auto before = maker_.scope;
    maker_.scope.clear();
    for (const auto& item : items) maker_.scope.push_back({item.name, item.kind});
    text += tail(items, is_closed, before, out);
    if (out == nullptr && random_.chance(25)) text += " WHERE " + maker_.predicate(2);
    for (std::size_t i = 0; out != nullptr && i < items.size(); ++i) out->is_bag[i] = out->is_bag[i] || items[i].kind.shape == Shape::bag;
    return text + " ";
  }

  std::vector<Item> make_items(std::size_t width, bool is_return, bool may_be_bag) {
    const bool is_aggregating = random_.chance(30);
    std::vector<Item> items;
    for (std::size_t i = 0; i < width; ++i) {
      const bool is_aggregate = is_aggregating && (i + 1 == width || random_.chance(50));
      auto item = is_aggregate ? aggregate(may_be_bag) : plain(may_be_bag && !is_aggregating);
      item.name = is_return ? "c" + std::to_string(i) : maker_.new_name("v");
      items.push_back(std::move(item));
    }
    return items;
  }

  Item plain(bool may_be_bag) {
    if (!maker_.scope.empty() && random_.chance(35)) {
      const auto& known = random_.pick(maker_.scope);
      if ((known.kind.shape != Shape::bag || may_be_bag) && known.kind.shape != Shape::length) return {known.name, "", known.kind};
    }
    auto kind = maker_.any_kind();
    if (may_be_bag && random_.chance(6)) kind.shape = Shape::bag;
    return {maker_.expression(kind, kDepth), "", kind};
  }

  Item aggregate(bool may_be_bag) {
    const std::string distinct = random_.chance(25) ? "DISTINCT " : "";
    const Kind integer{Base::integer, Shape::one}, number{random_.pick(std::vector<Base>{Base::integer, Base::integer, Base::floating, Base::decimal, Base::decimal}), Shape::one};
    const auto any = maker_.any_kind();
    switch (random_.below(9)) {
      case 0: return {"count(*)", "", integer, true};
      case 1: return {"count(" + distinct + maker_.expression(any, 2) + ")", "", integer, true};
      case 2: return {"sum(" + distinct + maker_.expression(number, 2) + ")", "", number, true};
      case 3: {
        const Kind mean{number.base == Base::decimal ? Base::decimal : Base::floating, Shape::one};
        return {"avg(" + distinct + maker_.expression(number, 2) + ")", "", mean, true};
      }
      case 4: return {"min(" + maker_.expression(any, 2) + ")", "", any, true};
      case 5: return {"max(" + maker_.expression(any, 2) + ")", "", any, true};
      case 6: return {"(count(" + maker_.expression(any, 1) + ") + sum(" + maker_.expression(integer, 1) + "))", "", integer, true};
      case 7: return {random_.pick({"percentileDisc(", "percentileDisc("}) + maker_.expression(integer, 1) + random_.pick({", 0.5)", ", 0)", ", 1.0)", ", 0.3)"}), "", integer, true};
      default: break;
    }
    const Kind element{any.base, Shape::one};
    const auto collected = "collect(" + distinct + maker_.expression(element, 2) + ")";
    if (may_be_bag && random_.chance(70)) return {collected, "", {any.base, Shape::bag}, true};
    return {"size(" + collected + ")", "", integer, true};
  }

  // ORDER BY, and SKIP and LIMIT where the order is that of whole rows.
  std::string tail(const std::vector<Item>& items, bool is_closed, const std::vector<Variable>& before, RandomQuery* out) {
    if (!random_.chance(out != nullptr ? 30 : 20)) return "";
    std::string text;
    const auto add = [&](const std::string& key) { text += (text.empty() ? " ORDER BY " : ", ") + key + random_.pick({"", "", " DESC", " ASC"}); };
    const bool has_bag = std::any_of(items.begin(), items.end(), [](const Item& item) { return item.kind.shape == Shape::bag; });
    const bool has_length = std::any_of(items.begin(), items.end(), [](const Item& item) { return item.kind.shape == Shape::length; });
    if (random_.chance(30)) {
      const auto after = maker_.scope;
      if (!is_closed) maker_.scope.insert(maker_.scope.end(), before.begin(), before.end());
      add(maker_.expression({random_.chance(50) ? Base::integer : Base::string, Shape::one}, 2));
      maker_.scope = after;
    }
    for (const auto& item : items) {
      if (item.kind.shape != Shape::bag) add(item.name);
    }
    if (text.empty() || has_bag || has_length) return text;
    if (out != nullptr) out->is_ordered = true;
    if (random_.chance(35)) text += " SKIP " + std::to_string(random_.below(4)), has_limit_ = true;
    if (random_.chance(60)) text += " LIMIT " + std::to_string(random_.below(5)), has_limit_ = true;
    return text;
  }

  Random& random_;
  ExpressionMaker maker_;
  bool has_limit_ = false;
  bool may_return_bags_ = true;
};

}  // namespace

RandomQuery random_query(Random& random) { return QueryMaker(random).run(); }

}  // namespace policygraph::testing
