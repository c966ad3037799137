#include <string>
#include <vector>

#include "random/random_graph.hpp"
#include "random/random_query.hpp"

// Counts over patterns: chains, trees and circles of hops, of which little is asked but how often they are there.
namespace policygraph::testing {
namespace {

class CountMaker {
 public:
  explicit CountMaker(Random& random) : random_(random) {}

  RandomQuery run() {
    RandomQuery out;
    const auto parts = random_.chance(20) ? 2U : 1U;
    for (std::size_t i = 0; i < parts; ++i) {
      out.text += std::string(i > 0 && random_.chance(40) ? "OPTIONAL MATCH " : "MATCH ") + pattern(i > 0) + where() + " ";
    }
    out.text += result();
    out.is_bag.assign(columns_, false);
    return out;
  }

 private:
  std::string node() { return "n" + std::to_string(random_.below(nodes_)); }
  std::string labels() { return random_.chance(25) ? random_.pick({":A", ":B", ":C", ":A:B"}) : ""; }

  std::string pattern(bool is_more) {
    if (random_.chance(20)) return circle();
    std::string out;
    if (!is_more) out = "(n0" + labels() + ")";
    const auto hops = 1 + random_.below(is_more ? 2 : 4);
    for (std::size_t i = 0; i < hops; ++i) {
      const auto from = random_.chance(60) ? "n" + std::to_string(nodes_ - 1) : node();
      out += std::string(out.empty() ? "" : ", ") + "(" + from + ")" + arrow(random_.chance(50)) + end();
    }
    return out;
  }

  std::string end() {
    if (nodes_ > 1 && random_.chance(15)) return "(" + node() + ")";
    return "(n" + std::to_string(nodes_++) + labels() + ")";
  }

  std::string circle() {
    const auto type = random_.pick({":R", ":R", ":S"});
    const auto next = [&] { return std::string("-[") + (random_.chance(80) ? type : random_.pick({":R", ":S", ""})) + random_.pick({"]->", "]->", "]->", "]-"}); };
    const auto a = node(), b = "n" + std::to_string(nodes_), c = "n" + std::to_string(nodes_ + 1);
    nodes_ += 2;
    return "(" + a + labels() + ")" + next() + "(" + b + labels() + ")" + next() + "(" + c + labels() + "), (" + a + ")" + next() + "(" + c + ")";
  }

  std::string arrow(bool is_named) {
    if (is_named) edges_.push_back("r" + std::to_string(edges_.size()));
    const auto length = !is_named && random_.chance(12) ? random_.pick({":S*", ":S*0..", ":R*..2", "*0..2", ":R*2", "*..2"}) : "";
    if (!length.empty()) return random_.chance(50) ? "-[" + length + "]->" : random_.chance(50) ? "<-[" + length + "]-" : "-[" + length + "]-";
    const auto body = "[" + (is_named ? edges_.back() : std::string()) + random_.pick({"", ":R", ":R", ":R", ":S", ":R|S", ":None"}) + "]";
    return random_.chance(40) ? "-" + body + "->" : random_.chance(60) ? "<-" + body + "-" : "-" + body + "-";
  }

  std::string where() {
    if (!random_.chance(50)) return "";
    auto out = " WHERE " + condition();
    if (random_.chance(30)) out += " AND " + condition();
    return out;
  }

  std::string condition() {
    const auto edge = edges_.empty() ? node() : random_.pick(edges_);
    switch (random_.below(11)) {
      case 0: return node() + random_.pick({":A", ":B"});
      case 1: return node() + ".i " + random_.pick({"> 0", "<> 1", "IS NULL", "= 1"});
      case 2:
      case 3: return edge + ".i " + random_.pick({"> 0", "<> 1", "IS NULL", "<= 2"});
      case 4: return node() + ".i <= " + node() + ".i";
      case 5: return edge + ".i = " + node() + ".i";
      case 6: return edge + random_.pick({".m > 0.5", ".f > 0.5", ".d > 0.5"});
      case 7: return node() + ".s STARTS WITH 'a'";
      case 8: return "EXISTS { (" + node() + ")-[:S]->() }";
      case 9: return "id(" + node() + ") <> id(" + node() + ")";
      default: return node() + ".i + " + edge + ".i > 0";
    }
  }

  std::string result() {
    const auto a = node(), b = node();
    const auto edge = edges_.empty() ? a : random_.pick(edges_);
    const auto give = [&](std::size_t columns, const std::string& text) { return columns_ = columns, text; };
    switch (random_.below(15)) {
      case 0:
      case 1: return give(1, "RETURN count(*) AS c0");
      case 2: return give(1, "RETURN count(" + a + ") AS c0");
      case 3: return give(2, "RETURN count(" + edge + ") AS c0, count(DISTINCT " + b + ".i) AS c1");
      case 4: return give(2, "RETURN " + a + ".i AS c0, count(*) AS c1");
      case 5: return give(3, "RETURN id(" + a + ") AS c0, count(*) AS c1, max(" + a + ".i) AS c2");
      case 6: return give(1, "RETURN DISTINCT " + a + ".i AS c0");
      case 7: return give(2, "WITH " + a + ", count(*) AS times RETURN sum(times * (times - 1)) AS c0, count(*) AS c1");
      case 8: return give(3, "RETURN " + a + ".i AS c0, " + b + ".s AS c1, count(*) AS c2");
      case 9: return give(2, "RETURN " + a + ".i AS c0, sum(" + b + ".i) AS c1");
      case 10: return give(2, "WITH " + a + " AS x, count(" + b + ") AS times RETURN x.i AS c0, max(times) AS c1");
      case 12: return give(2, "RETURN DISTINCT " + a + ".i AS c0, id(" + b + ") AS c1");
      case 13: return give(2, "RETURN " + a + ".i AS c0, count(DISTINCT " + b + ") AS c1");
      case 11: return give(2, "RETURN id(" + a + ") AS c0, count(*) AS c1");
      default: return give(2, "WITH " + a + " AS x, " + edge + ".i AS y MATCH (x)" + arrow(false) + "() RETURN y AS c0, count(*) AS c1");
    }
  }

  Random& random_;
  std::size_t nodes_ = 1, columns_ = 0;
  std::vector<std::string> edges_;
};

}  // namespace

RandomQuery random_count(Random& random) { return CountMaker(random).run(); }

// More edges than random_graph has: parallel ones, loops and circles, some withdrawn.
std::vector<std::string> random_web(Random& random) {
  std::vector<std::string> out;
  const auto nodes = 1 + random.below(5);
  for (std::size_t i = 0; i < nodes; ++i) {
    const auto label = random.pick({"", ":A", ":B", ":A:B"});
    out.push_back("CREATE (" + label + " {k: " + std::to_string(i) + ", i: " + std::to_string(random.below(3)) + random.pick({"", ", s: 'ab'"}) + "})");
  }
  const auto edges = random.below(14);
  for (std::size_t i = 0; i < edges; ++i) {
    const auto from = random.below(nodes), to = random.chance(15) ? from : random.below(nodes);
    const auto rest = random.chance(50) ? " {i: " + std::to_string(random.below(3)) + random.pick({"", ", f: 0.75", ", m: 1", ", d: decimal('1')"}) + "}" : "";
    out.push_back("MATCH (a {k: " + std::to_string(from) + "}), (b {k: " + std::to_string(to) + "}) CREATE (a)-[:" + random.pick({"R", "R", "R", "S"}) + rest +
                  "]->(b)");
  }
  if (random.chance(30)) out.push_back("MATCH (n {k: 0})-[r:R {i: 1}]->() DELETE r");
  return out;
}

}  // namespace policygraph::testing
