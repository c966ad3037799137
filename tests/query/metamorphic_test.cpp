#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "random/compare.hpp"
#include "random/expressions.hpp"
#include "random/random_graph.hpp"

// Queries that must answer alike, whatever the right answer is: what the reference interpreter would get wrong together with the engine
// (the parser and the binder are shared) is seen here.
namespace policygraph::testing {
namespace {

constexpr std::size_t kGraphs = 12;
constexpr std::size_t kQueriesAGraph = 20;

using Lines = std::vector<std::string>;

// The rows, sorted; empty where the query fails, as a random predicate may.
std::optional<Lines> answer(const Snapshot& snapshot, const std::string& text) {
  QueryOptions options;
  options.evidence = false;
  options.vector_size = 3;
  const auto outcome = engine_outcome(snapshot, {text, {}, false, false}, options);
  if (outcome.is_error) {
    EXPECT_EQ(outcome.error.find("SyntaxError"), std::string::npos);
    return std::nullopt;
  }
  Lines out;
  for (const auto& line : outcome.lines) out.push_back(line.values);
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<Lines> together(const Snapshot& snapshot, const std::vector<std::string>& texts) {
  Lines all;
  for (const auto& text : texts) {
    auto part = answer(snapshot, text);
    if (!part) return std::nullopt;
    all.insert(all.end(), part->begin(), part->end());
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string shown(const Lines& lines) {
  std::string out;
  for (std::size_t i = 0; i < lines.size() && i < 25; ++i) out += "  " + lines[i] + "\n";
  return out;
}

struct Pair {
  std::vector<std::string> a, b;  // the rows of all queries of a, and of all of b
};

// What each variable is: keys of nodes and edges, lengths of the rest.
std::string columns_of(const std::vector<Variable>& scope, std::size_t null_from = ~std::size_t{0}) {
  std::string out;
  for (std::size_t i = 0; i < scope.size(); ++i) {
    const auto& [name, kind] = scope[i];
    const auto shape = kind.shape;
    const auto what = shape == Shape::one ? "id(" + name + ")" : (shape == Shape::list ? "size(" : "length(") + name + ")";
    out += (out.empty() ? "" : ", ") + (i >= null_from ? "null" : what) + " AS c" + std::to_string(i);
  }
  return out.empty() ? "1 AS c" : out;
}

// Makes kGraphs * kQueriesAGraph pairs and compares them; most must be comparable.
template <class Make>
void compare_pairs(std::uint64_t seed, Make make) {
  std::size_t compared = 0;
  for (std::size_t g = 0; g < kGraphs; ++g) {
    Random random(seed * 7919 + g);
    const auto statements = random_graph(random);
    const auto graph = graph_of(statements);
    for (std::size_t i = 0; i < kQueriesAGraph; ++i) {
      ExpressionMaker maker(random);
      const Pair pair = make(maker, random);
      const auto a = together(graph.snapshot(), pair.a);
      const auto b = together(graph.snapshot(), pair.b);
      if (!a || !b) continue;
      ++compared;
      if (*a == *b) continue;
      std::string text = to_text(Reproduction{statements, {pair.a.front(), {}, false, false}});
      for (const auto& query : pair.b) text += "  against  " + query + "\n";
      ADD_FAILURE() << text << shown(*a) << "  against\n" << shown(*b);
      return;
    }
  }
  EXPECT_GT(compared, kGraphs * kQueriesAGraph * 3 / 4);
}

TEST(Metamorphic, AFilterSplitsTheRowsInThree) {
  compare_pairs(1, [](ExpressionMaker& maker, Random&) {
    maker.may_search = false;
    const auto match = "MATCH " + maker.pattern();
    const auto scope = maker.scope;
    const auto p = maker.predicate(3);
    const auto end = " RETURN " + columns_of(scope);
    return Pair{{match + end}, {match + " WHERE " + p + end, match + " WHERE NOT " + p + end, match + " WHERE (" + p + ") IS NULL" + end}};
  });
}

TEST(Metamorphic, APatternMayBeReadBackwards) {
  compare_pairs(2, [](ExpressionMaker& maker, Random& random) {
    const auto count = 1 + random.below(3);
    std::vector<std::string> nodes, bodies;
    std::vector<int> directions;
    for (std::size_t i = 0; i <= count; ++i) {
      const bool is_again = i > 0 && random.chance(20);
      nodes.push_back("(" + (is_again ? maker.scope.front().name : maker.new_name("n")) + random.pick({"", "", ":A", ":B {i: 1}"}) + ")");
      if (!is_again) maker.scope.push_back({nodes.back().substr(1, nodes.back().find_first_of(":)") - 1), {Base::node, Shape::one}});
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto length = random.chance(25) ? random.pick({"*", "*0..2", "*1..2", "*2"}) : std::string();
      bodies.push_back("[" + maker.new_name("r") + random.pick({"", ":R", ":R|S", ":T"}) + length + "]");
      directions.push_back(static_cast<int>(random.below(3)));
      const auto name = bodies.back().substr(1, bodies.back().find_first_of(":*]") - 1);
      maker.scope.push_back({name, {Base::edge, length.empty() ? Shape::one : Shape::list}});
    }
    const auto arrow = [&](std::size_t i, bool is_back) {
      const auto way = directions[i] == 0 ? 0 : is_back ? 3 - directions[i] : directions[i];
      return (way == 1 ? "<-" : "-") + bodies[i] + (way == 2 ? "->" : "-");
    };
    std::string there = "p = " + nodes[0], back = "p = " + nodes[count];
    for (std::size_t i = 0; i < count; ++i) {
      there += arrow(i, false) + nodes[i + 1];
      back += arrow(count - 1 - i, true) + nodes[count - 1 - i];
    }
    const auto end = " RETURN " + columns_of(maker.scope) + ", length(p) AS l";
    return Pair{{"MATCH " + there + end}, {"MATCH " + back + end}};
  });
}

TEST(Metamorphic, OptionalMatchIsMatchOrNulls) {
  compare_pairs(3, [](ExpressionMaker& maker, Random& random) {
    const auto first = "MATCH " + maker.pattern();
    const auto known = maker.scope.size();
    auto second = "MATCH " + maker.pattern();
    const auto scope = maker.scope;
    if (random.chance(60)) second += " WHERE " + maker.predicate(2);
    const auto all = " RETURN " + columns_of(scope);
    return Pair{{first + " OPTIONAL " + second + all},
                {first + " " + second + all + " UNION ALL " + first + " WITH * WHERE NOT EXISTS { " + second + " } RETURN " + columns_of(scope, known)}};
  });
}

TEST(Metamorphic, ShortestPathsAreTheLeastOfAllPaths) {
  compare_pairs(11, [](ExpressionMaker& maker, Random& random) {
    maker.scope = {{"a", {Base::node, Shape::one}}, {"b", {Base::node, Shape::one}}};
    const bool is_named = random.chance(40);
    const auto ends = random.pick({"MATCH (a {k: 0}), (b) ", "MATCH (a {k: 1}), (b:A) ", "MATCH (a {k: 0}) WITH a, a AS b "});
    const auto pattern = "(a)" + maker.search_arrow(is_named ? "r" : "", true) + "(b)";
    const auto asked = random.chance(80) ? " WHERE " + maker.path_condition("p", is_named ? "r" : "", 2) : std::string();
    const auto end = " RETURN id(a) AS a, id(b) AS b, [r IN relationships(p) | id(r)] AS ids";
    const auto all = "MATCH p = " + pattern + asked + " WITH a, b, ";
    return Pair{{ends + "MATCH p = allShortestPaths(" + pattern + ")" + asked + end},
                {ends + all + "min(length(p)) AS least " + all + "least, p WHERE length(p) = least" + end}};
  });
}

TEST(Metamorphic, DistinctTwiceIsDistinct) {
  compare_pairs(4, [](ExpressionMaker& maker, Random&) {
    const auto match = "MATCH " + maker.pattern();
    const auto x = maker.expression({Base::mixed, Shape::one}, 2) + " AS x, " + maker.expression({Base::integer, Shape::one}, 2) + " AS y";
    return Pair{{match + " RETURN DISTINCT " + x},
                {match + " WITH DISTINCT " + x + " RETURN DISTINCT x, y"}};
  });
}

TEST(Metamorphic, WithStarChangesNothing) {
  compare_pairs(5, [](ExpressionMaker& maker, Random&) {
    maker.may_search = false;
    const auto match = "MATCH " + maker.pattern();
    const auto p = maker.predicate(2);
    const auto more = " OPTIONAL MATCH " + maker.pattern() + " ";
    const auto end = "RETURN " + columns_of(maker.scope);
    return Pair{{match + " WHERE " + p + more + end}, {match + " WITH * WHERE " + p + more + "WITH *, 1 AS one " + end}};
  });
}

TEST(Metamorphic, PatternsMayChangePlaces) {
  compare_pairs(6, [](ExpressionMaker& maker, Random& random) {
    std::vector<std::string> parts;
    std::vector<std::string> names = {"a", "b", "c"};
    for (const auto& name : names) maker.scope.push_back({name, {Base::node, Shape::one}});
    for (std::size_t i = 0; i < 3; ++i) {
      const auto edge = maker.new_name("r");
      maker.scope.push_back({edge, {Base::edge, Shape::one}});
      parts.push_back("(" + names[i] + ")-[" + edge + random.pick({"", ":R", ":S|R"}) + random.pick({"]->", "]-"}) + "(" + names[random.below(3)] + ")");
    }
    const auto end = " RETURN " + columns_of(maker.scope);
    const auto p = random.chance(50) ? " WHERE " + maker.predicate(2) : std::string();
    const auto match = [&](std::size_t x, std::size_t y, std::size_t z) {
      return "MATCH (a), (b), (c) MATCH " + parts[x] + ", " + parts[y] + ", " + parts[z] + p + end;
    };
    return Pair{{match(0, 1, 2)}, {random.chance(50) ? match(2, 0, 1) : "MATCH " + parts[1] + ", (c), " + parts[0] + ", (b), " + parts[2] + ", (a)" + p + end}};
  });
}

TEST(Metamorphic, CollectedRowsUnwindAsTheyWere) {
  compare_pairs(7, [](ExpressionMaker& maker, Random&) {
    const auto match = "MATCH " + maker.pattern() + " WHERE " + maker.predicate(2);
    const auto x = maker.expression({Base::integer, Shape::one}, 2), y = maker.expression({Base::string, Shape::one}, 2);
    return Pair{{match + " RETURN " + x + " AS x, " + y + " AS y"},
                {match + " WITH collect([" + x + ", " + y + "]) AS all UNWIND all AS row RETURN row[0] AS x, row[1] AS y"}};
  });
}

TEST(Metamorphic, CountOfASubqueryIsACount) {
  compare_pairs(8, [](ExpressionMaker& maker, Random&) {
    const auto match = "MATCH " + maker.pattern() + " WHERE " + maker.predicate(2);
    return Pair{{match + " RETURN count(*) AS c, count(*) > 0 AS e"}, {"RETURN COUNT { " + match + " } AS c, EXISTS { " + match + " } AS e"}};
  });
}

// Read for each row of one, of none and of three; alone it runs once, beside an import for each.
TEST(Metamorphic, CallOfAQueryIsTheQuery) {
  compare_pairs(10, [](ExpressionMaker& maker, Random& random) {
    const auto match = "MATCH " + maker.pattern() + " WHERE " + maker.predicate(2);
    const auto x = maker.expression({Base::mixed, Shape::one}, 2) + " AS x, " + maker.expression({Base::date, Shape::one}, 2) + " AS y ";
    const auto times = random.below(4);
    const auto rows = "UNWIND range(1, " + std::to_string(times) + ") AS times ";
    const std::string import = random.chance(50) ? "WITH times " : "";
    return Pair{std::vector<std::string>(times, match + " RETURN " + x), {rows + "CALL { " + import + match + " RETURN " + x + "} RETURN x, y"}};
  });
}

TEST(Metamorphic, LimitAndSkipCutInTwo) {
  compare_pairs(9, [](ExpressionMaker& maker, Random& random) {
    const auto query = "MATCH " + maker.pattern() + " RETURN " + maker.expression({Base::integer, Shape::one}, 2) + " AS x, " +
                       maker.expression({Base::string, Shape::one}, 2) + " AS y";
    const auto order = query + " ORDER BY x" + random.pick({"", " DESC"}) + ", y";
    const auto cut = std::to_string(random.below(6));
    return Pair{{query}, {order + " LIMIT " + cut, order + " SKIP " + cut}};
  });
}

}  // namespace
}  // namespace policygraph::testing
