// How the questions of the catalogue run, over a graph with the proportions of real ones: tests/cases/query/plans/NAME.plan, one file a
// question, to be read as plans. With POLICYGRAPH_UPDATE in the environment they are rewritten.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "policygraph/query/questions.hpp"
#include "support/repository.hpp"

namespace policygraph::testing {
namespace {

Graph proportioned() {
  auto graph = open_in_memory();
  const auto write = [&](const char* text) { query(graph, text); };
  write("UNWIND range(1, 60) AS i CREATE (:Decree {jurisdiction: 'UZ', kind: 'decree', number: 'PF-' + toString(i), date: partial_date('2020')})");
  write("UNWIND range(1, 30) AS i CREATE (:Programme {name: 'Programme ' + toString(i), kind: 'programme'})");
  write("UNWIND range(1, 80) AS i CREATE (:Funding {kind: 'grant', amount: decimal(i), currency: 'USD'})");
  write("UNWIND range(1, 20) AS i CREATE (:Partner {name: 'Partner ' + toString(i), kind: 'multilateral'})");
  write("UNWIND range(1, 40) AS i CREATE (:Agency {name: 'Agency ' + toString(i), kind: 'government'})");
  write("UNWIND range(1, 90) AS i CREATE (:Indicator {name: 'wells', value: decimal(i), unit: 'wells', status: 'target'})");
  write("UNWIND range(1, 15) AS i CREATE (:Event {name: 'Forum ' + toString(i), kind: 'forum'})");
  const auto join = [&](const std::string& from, const std::string& type, const std::string& to, int every) {
    query(graph, "MATCH (a:" + from + "), (b:" + to + ") WITH a, b WHERE (id(a) * 7 + id(b) * 3) % " + std::to_string(every) + " = 0 CREATE (a)-[:" + type + "]->(b)");
  };
  join("Decree", "AUTHORISES", "Funding", 60);
  join("Funding", "FUNDS", "Programme", 30);
  join("Partner", "PROVIDES", "Funding", 40);
  join("Programme", "IMPLEMENTED_BY", "Agency", 40);
  join("Programme", "HAS_INDICATOR", "Indicator", 30);
  join("Decree", "APPROVES", "Programme", 60);
  join("Decree", "AMENDS", "Decree", 97);
  join("Decree", "CITES", "Decree", 41);
  join("Decree", "ESTABLISHES", "Agency", 120);
  join("Partner", "PARTNER_IN", "Programme", 30);
  join("Event", "HELD_UNDER", "Programme", 30);
  graph.compact();
  return graph;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Fewer sources than sums that the condition leaves, but all sums are walked to from them.
TEST(QuestionPlans, BeginWhereTheLeastIsToDo) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(0, 1199) AS k CREATE (g:Giver {k: k}) WITH g UNWIND range(g.k * 25, g.k * 25 + 24) AS j "
               "CREATE (g)-[:GIVES]->(:Sum {k: j, currency: 'c' + toString(j % 20)})");
  const auto text = "MATCH (g:Giver)-[:GIVES]->(s:Sum) WHERE s.currency = 'c7' RETURN count(g.k) AS c";
  const auto plan = explain(graph.snapshot(), text);
  EXPECT_NE(plan.find("s:Sum"), std::string::npos) << plan;
  EXPECT_NE(plan.find("expand (s)<-"), std::string::npos) << plan;
  QueryOptions as_written;
  as_written.rules_off = {"choose_start"};
  EXPECT_EQ(query(graph, text)[0][0], query(graph, text, {}, as_written)[0][0]);
  EXPECT_EQ(query(graph, text)[0][0], Value(1500));
  EXPECT_NE(explain(graph.snapshot(), "MATCH (g:Giver)-[:GIVES]->(s:Sum) WHERE g.k = 3 RETURN count(s.k)").find("expand (g)-"), std::string::npos);
  EXPECT_NE(explain(graph.snapshot(), "MATCH (g:Giver)-[:GIVES]->(s:Sum) RETURN count(s.k + g.k)").find("expand (g)-"), std::string::npos);
}

// Thirty edges leave a paper of either kind, a hundred more some of the few that are rare: what a label shares with others says nothing.
TEST(QuestionPlans, GoOnWhereFewerEdgesLeaveANodeThatHasAny) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 300) AS i CREATE (p:Paper) WITH p UNWIND range(1, 30) AS j CREATE (p)-[:NAMES]->(:Thing)");
  query(graph, "UNWIND range(1, 10) AS i CREATE (p:Paper:Rare) WITH p UNWIND range(1, 30) AS j CREATE (p)-[:NAMES]->(:Thing)");
  query(graph, "MATCH (p:Rare) UNWIND range(1, 100) AS j CREATE (p)-[:QUOTES]->(:Thing)");
  graph.compact();
  const auto plan = explain(graph.snapshot(), "MATCH (p:Rare)-[:QUOTES]->(a), (p)-[:NAMES]->(b) RETURN a, b");
  EXPECT_GT(plan.find(":NAMES"), plan.find(":QUOTES")) << plan;  // the lower step stands below
}

// Two papers name an act in the middle, and three acts are cited by one; but who comes from a paper comes to the act that half of them name.
TEST(QuestionPlans, ExpectTheManyEdgesOfANodeThatManyLeadTo) {
  auto graph = open_in_memory(Schema::open());
  query(graph, "UNWIND range(1, 600) AS i CREATE (a:Act {k: i}) WITH a UNWIND range(1, 3) AS j CREATE (a)-[:CITES]->(:Old)");
  query(graph, "MATCH (a:Act) CREATE (:Paper {k: a.k})-[:NAMES]->(a)");
  query(graph, "MATCH (a:Act {k: 1}) UNWIND range(1, 600) AS i CREATE (:Paper {k: 1000 + i})-[:NAMES]->(a)");
  graph.compact();
  const auto plan = explain(graph.snapshot(), "MATCH (p:Paper {k: 7})-[:NAMES]->(a)<-[:NAMES]-(q), (a)-[:CITES]->(b) RETURN q, b");
  EXPECT_GT(plan.find(":CITES"), plan.find(":NAMES]-(q)")) << plan;
}
TEST(QuestionPlans, AreThoseThatWereReviewed) {
  const auto graph = proportioned();
  const auto folder = repository() / "tests" / "cases" / "query" / "plans";
  const bool is_update = std::getenv("POLICYGRAPH_UPDATE") != nullptr;
  for (const auto& one : questions()) {
    const auto text = "answer\n\n" + explain(graph.snapshot(), one.answer) + "\ncandidates\n\n" + explain(graph.snapshot(), one.candidates);
    if (is_update) std::ofstream(folder / (one.name + ".plan")) << text;
    EXPECT_EQ(read(folder / (one.name + ".plan")), text) << one.name;
  }
}

// Names given are looked up, wherever the question begins.
TEST(QuestionPlans, ReadNoNamesThatAreNotAskedFor) {
  const auto graph = proportioned();
  for (const auto& one : questions()) {
    for (const auto& text : {one.answer, one.candidates}) {
      const auto plan = explain(graph.snapshot(), text);
      EXPECT_EQ(plan.find("scan named"), std::string::npos) << plan;
      EXPECT_EQ(plan.find("scan thing\n"), std::string::npos) << plan;
      EXPECT_NE(plan.find("by names with $"), std::string::npos) << plan;
    }
  }
}

// A plan for each set of parameters that are given.
TEST(QuestionPlans, BeginAtWhatIsGiven) {
  const auto snapshot = proportioned().snapshot();
  const auto& asked = question("acts_that_fund");
  const auto lowest = [&](const Parameters& given) {
    const auto plan = explain(snapshot, fitted(asked.answer, given));
    const auto end = plan.rfind("\nunit");
    const auto start = plan.rfind('\n', end - 1) + 1;
    return plan.substr(start, end - start);
  };
  EXPECT_EQ(lowest({{"act", "PF-7"}}), "seek act:LegalAct by names with $act");
  EXPECT_EQ(lowest({{"act", "PF-7"}, {"programme", Value()}}), "seek act:LegalAct by names with $act");
  EXPECT_EQ(lowest({{"programme", "Programme 3"}}), "seek programme:Programme by names with $programme");
  EXPECT_EQ(lowest({}), "scan programme:Programme");
}

TEST(QuestionPlans, FittedQueriesAnswerAlike) {
  const auto snapshot = proportioned().snapshot();
  const auto answer = [&](const std::string& text, const Parameters& given) {
    std::string out;
    for (const auto& row : query(snapshot, text, given)) {
      for (std::size_t i = 0; i < row.size(); ++i) out += row[i].to_string() + ",";
      out += "\n";
    }
    return out;
  };
  const auto& asked = question("acts_that_fund");
  for (const auto& act : {Value(), Value("PF-7"), Value("PF-99")}) {
    for (const auto& programme : {Value(), Value("Programme 3")}) {
      const Parameters given = {{"act", act}, {"programme", programme}};
      for (const auto& text : {asked.answer, asked.candidates}) {
        const auto fit = fitted(text, given);
        EXPECT_EQ(fit.size(), text.size());
        EXPECT_EQ(fit.find("IS NULL"), std::string::npos);
        EXPECT_EQ(answer(fit, given), answer(text, given));
      }
    }
  }
}

}  // namespace
}  // namespace policygraph::testing
