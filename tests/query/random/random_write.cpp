#include <algorithm>

#include "random/expressions.hpp"
#include "random/random_query.hpp"

namespace policygraph::testing {
namespace {

constexpr int kDepth = 2;

class WriteMaker {
 public:
  explicit WriteMaker(Random& random) : random_(random), maker_(random) { maker_.has_ids = false; }

  RandomQuery run() {
    RandomQuery out;
    out.is_write = true;
    out.text = reading();
    const auto count = 1 + random_.below(3);
    for (std::size_t i = 0; i < count && !has_deleted_; ++i) {
      out.text += random_.chance(20) ? called() : write();
      if (i + 1 < count && !has_deleted_ && random_.chance(30)) out.text += "WITH * " + match();
    }
    if (random_.chance(60)) out.text += answer();
    return out;
  }

 private:
  std::string match() {
    auto text = std::string(random_.chance(75) ? "MATCH " : "OPTIONAL MATCH ") + maker_.pattern();
    return text + maker_.where(kDepth, 40) + " ";
  }

  std::string reading() {
    if (random_.chance(70)) return match();
    if (random_.chance(40)) return "";
    const auto name = maker_.new_name("u");
    auto text = "UNWIND " + maker_.expression({Base::integer, Shape::list}, kDepth) + " AS " + name + " ";
    maker_.scope.push_back({name, {Base::integer, Shape::one}});
    return text;
  }

  std::string write() {
    switch (random_.below(10)) {
      case 0:
      case 1: return create();
      case 2:
      case 3: return merge();
      case 4: return remove();
      case 5: return erase();
      default: return "SET " + set_items(1 + random_.below(2)) + " ";
    }
  }

  // CALL { } with writes, as a unit or with a column.
  std::string called() {
    std::string names;
    for (const auto& variable : maker_.scope) {
      if (variable.kind.shape != Shape::length) names += (names.empty() ? "" : ", ") + variable.name;
    }
    const auto outer = maker_.scope;
    std::erase_if(maker_.scope, [](const Variable& variable) { return variable.kind.shape == Shape::length; });
    std::string text = "CALL { ";
    if (!names.empty()) text += "WITH " + names + " ";
    if (random_.chance(30)) text += match();
    text += write();
    const bool is_unit = has_deleted_ || random_.chance(50);
    const auto name = maker_.new_name("q");
    if (!is_unit) text += "RETURN " + maker_.expression({Base::integer, Shape::one}, 1) + " AS " + name + " ";
    maker_.scope = outer;
    if (!is_unit) maker_.scope.push_back({name, {Base::integer, Shape::one}});
    return text + "} ";
  }

  std::string known(Base base) {
    std::vector<std::string> found;
    for (const auto& variable : maker_.scope) {
      if (variable.kind == Kind{base, Shape::one}) found.push_back(variable.name);
    }
    return found.empty() ? std::string() : random_.pick(found);
  }

  // Of a node or a relationship to be made; MERGE takes no nulls.
  std::string properties(bool is_merge) {
    if (!is_merge && random_.chance(30)) return "";
    const auto wrap = [&](const std::string& text, const char* other) { return is_merge ? "coalesce(" + text + ", " + other + ")" : text; };
    auto out = " {i: " + wrap(maker_.expression({Base::integer, Shape::one}, 1), "0");
    if (random_.chance(30)) out += ", s: " + wrap(maker_.expression({Base::string, Shape::one}, 1), "'a'");
    if (!is_merge && random_.chance(20)) out += ", d: " + maker_.expression({Base::decimal, Shape::one}, 1);
    if (!is_merge && random_.chance(20)) out += ", t: " + maker_.expression({Base::date, Shape::one}, 1);
    return out + "}";
  }

  std::string new_node(bool is_merge) {
    const auto name = maker_.new_name("n");
    const auto text = "(" + name + random_.pick({":A", ":B", ":A:B", ""}) + properties(is_merge) + ")";
    fresh_.push_back({name, {Base::node, Shape::one}});
    return text;
  }

  std::string end(bool is_merge) {
    const auto node = known(Base::node);
    return node.empty() || random_.chance(30) ? new_node(is_merge) : "(" + node + ")";
  }

  std::string made_path(bool is_merge) {
    fresh_.clear();
    if (random_.chance(40)) return new_node(is_merge);
    const auto from = end(is_merge);
    const auto name = maker_.new_name("r");
    const auto body = "[" + name + random_.pick({":R", ":S"}) + (random_.chance(30) ? properties(is_merge) : "") + "]";
    const bool is_back = random_.chance(30);
    const auto to = end(is_merge);
    fresh_.push_back({name, {Base::edge, Shape::one}});
    return from + (is_back ? "<-" : "-") + body + (is_back ? "-" : "->") + to;
  }

  std::string create() {
    auto text = "CREATE " + made_path(false) + " ";
    maker_.scope.insert(maker_.scope.end(), fresh_.begin(), fresh_.end());
    return text;
  }

  std::string merge() {
    auto text = "MERGE " + made_path(true) + " ";
    maker_.scope.insert(maker_.scope.end(), fresh_.begin(), fresh_.end());
    const auto set = [this] { return holder() + ".i = " + maker_.expression({Base::integer, Shape::one}, 0) + " "; };
    if (random_.chance(30)) text += "ON CREATE SET " + set();
    if (random_.chance(30)) text += "ON MATCH SET " + set();
    return text;
  }

  std::string holder() {
    auto name = known(random_.chance(75) ? Base::node : Base::edge);
    if (name.empty()) name = known(Base::node);
    if (name.empty()) name = known(Base::edge);
    return name.empty() ? "null" : name;
  }

  std::string set_items(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : ", ") + set_item();
    return out;
  }

  std::string set_item() {
    const auto node = known(Base::node);
    if (!node.empty() && random_.chance(15)) return node + random_.pick({":A", ":C", ":A:B"});
    auto name = holder();
    if (name == "null") name = "(null)";
    const auto value = [&](Base base) { return maker_.expression({base, Shape::one}, kDepth); };
    switch (random_.below(8)) {
      case 0: return name + ".s = " + value(Base::string);
      case 1: return name + ".d = " + value(Base::decimal);
      case 2: return name + ".t = " + value(Base::date);
      case 3: return name + ".m = " + value(Base::mixed);
      case 4: return (name == "(null)" ? name + ".i = 1" : name + " += {i: " + value(Base::integer) + ", b: null}");
      case 5: return (name == "(null)" ? name + ".i = 1" : name + " = {i: " + value(Base::integer) + ", s: 'new'}");
      default: return name + ".i = " + value(Base::integer);
    }
  }

  std::string remove() {
    const auto node = known(Base::node);
    if (node.empty()) return "SET " + set_items(1) + " ";
    return "REMOVE " + node + random_.pick({".i", ".s", ":A", ":B:C", ".none"}) + " ";
  }

  // Afterwards nothing is read of what may be gone.
  std::string erase() {
    const auto name = holder();
    if (name == "null") return create();
    has_deleted_ = true;
    const auto node = known(Base::node);
    return (random_.chance(60) ? "DETACH DELETE " : "DELETE ") + name + (node.empty() || random_.chance(70) ? "" : ", " + node) + " ";
  }

  std::string answer() {
    if (has_deleted_ || random_.chance(20)) return "RETURN count(*) AS c0";
    std::string out = "RETURN ";
    const auto width = 1 + random_.below(2);
    for (std::size_t i = 0; i < width; ++i) {
      const auto node = known(Base::node);
      const bool is_node = !node.empty() && random_.chance(40);
      out += (i == 0 ? "" : ", ") + (is_node ? node : maker_.expression({random_.chance(60) ? Base::integer : Base::string, Shape::one}, kDepth)) + " AS c" + std::to_string(i);
    }
    return out;
  }

  Random& random_;
  ExpressionMaker maker_;
  std::vector<Variable> fresh_;
  bool has_deleted_ = false;
};

}  // namespace

RandomQuery random_write(Random& random) { return WriteMaker(random).run(); }

}  // namespace policygraph::testing
