#include "policygraph/query/questions.hpp"

#include <gtest/gtest.h>

#include "policygraph/graph/graph.hpp"

namespace policygraph {
namespace {

// A small graph of our own: one act with money for a programme, one that only approves.
Graph sample() {
  auto graph = open_in_memory();
  query(graph,
        "CREATE (act:Resolution {jurisdiction: 'UZ', kind: 'resolution', number: 'PP-7', date: partial_date('2024-05-06')}), "
        "(money:Funding {kind: 'allocation', amount: decimal('2500000.50'), currency: 'EUR', period_from: partial_date('2024'), "
        "period_to: partial_date('2026')}), (water:Programme {name: 'Clean Water', kind: 'programme'}), "
        "(bank:Partner {name: 'River Bank', kind: 'multilateral'}), (agency:Agency {name: 'Water Agency', kind: 'government'}), "
        "(act)-[:AUTHORISES]->(money)-[:FUNDS]->(water), (bank)-[:PROVIDES]->(money), (water)-[:IMPLEMENTED_BY]->(agency), "
        "(water)-[:HAS_INDICATOR]->(:Indicator {name: 'wells', value: decimal('30'), unit: 'wells', status: 'target', by: partial_date('2026')}), "
        "(decree:Decree {jurisdiction: 'UZ', kind: 'decree', number: 'PF-9', date: partial_date('2023-01-02')}), "
        "(roads:Strategy {name: 'Better Roads', kind: 'strategy'}), (decree)-[:APPROVES]->(roads), (act)-[:AMENDS]->(decree), "
        "(decree)-[:ESTABLISHES]->(agency)");
  return graph;
}

TEST(Questions, AreThoseOfTheManual) {
  std::string names;
  for (const auto& one : questions()) names += one.name + " ";
  EXPECT_EQ(names, "acts_that_fund amended_by established_by funding_of partners_of targets_and_results timeline_of who_implements ");
}

TEST(Questions, AllBindAgainstThePolicySchema) {
  const auto graph = open_in_memory();
  for (const auto& one : questions()) {
    EXPECT_NO_THROW(explain(graph.snapshot(), one.answer)) << one.name;
    EXPECT_NO_THROW(explain(graph.snapshot(), one.candidates)) << one.name;
    const auto candidates = explain(graph.snapshot(), one.candidates);
    EXPECT_NE(candidates.substr(0, candidates.find('\n')).find("why"), std::string::npos) << one.name;
  }
}

TEST(Questions, NameTheActTheMoneyAndTheProgramme) {
  const auto graph = sample();
  const auto answer = ask(graph.snapshot(), "acts_that_fund");
  ASSERT_EQ(answer.rows.size(), 1U);
  EXPECT_EQ(answer.sentences.front(),
            "PP-7 of 2024-05-06 authorises 2500000.50 EUR for Clean Water, given by River Bank, carried out by Water Agency, from 2024 to 2026.");
  EXPECT_TRUE(answer.candidates.empty());
  EXPECT_FALSE(answer.rows[0].evidence_ids().empty());
}

TEST(Questions, NameWhatComesNearWhereNothingIsStated) {
  const auto graph = sample();
  const auto answer = ask(graph.snapshot(), "acts_that_fund", {{"programme", "better roads"}});
  EXPECT_FALSE(answer.has_evidence());
  ASSERT_EQ(answer.candidates.size(), 1U);
  EXPECT_EQ(answer.candidates[0]["act"].as_string(), "PF-9");
  EXPECT_EQ(answer.candidates[0]["why"].as_string(), "the act approves the programme, and no document says that it authorises money for it");
}

TEST(Questions, FindByFoldedWordsOfTheName) {
  const auto graph = sample();
  const auto first = [&](const char* name, const Parameters& parameters) {
    const auto answer = ask(graph.snapshot(), name, parameters);
    return answer.sentences.empty() ? std::string("none") : answer.sentences.front();
  };
  EXPECT_EQ(first("funding_of", {{"programme", "CLEAN"}}), "Clean Water is funded with 2500000.50 EUR by River Bank under PP-7, from 2024 to 2026.");
  EXPECT_EQ(first("who_implements", {{"programme", "water"}}), "Clean Water is carried out by Water Agency.");
  EXPECT_EQ(first("partners_of", {{"programme", "water"}}), "River Bank is a partner in Clean Water: it gives money.");
  EXPECT_EQ(first("amended_by", {{"act", "PF 9"}}), "PF-9 is changed by PP-7 of 2024-05-06 (AMENDS).");
  EXPECT_EQ(first("established_by", {{"name", "water agency"}}), "Water Agency was established by PF-9 of 2023-01-02.");
  EXPECT_EQ(first("targets_and_results", {{"subject", "clean water"}}), "Clean Water: 30 wells wells (target) by 2026.");
  EXPECT_EQ(first("timeline_of", {{"name", "clean water"}}), "2024: begin of the period of 2500000.50 EUR (FUNDS).");
}

TEST(Questions, RefuseWhatTheyDoNotKnow) {
  const auto graph = sample();
  const auto text = [&](const char* name, const Parameters& parameters) {
    try {
      ask(graph.snapshot(), name, parameters);
      return std::string("no error");
    } catch (const Error& error) {
      return error.text();
    }
  };
  EXPECT_EQ(text("funding_off", {}), "no question is called 'funding_off'; did you mean 'funding_of'?");
  EXPECT_EQ(text("funding_of", {}), "funding_of needs the parameter 'programme': words of its name");
  EXPECT_EQ(text("funding_of", {{"program", "x"}}), "funding_of needs the parameter 'programme': words of its name");
  EXPECT_EQ(text("acts_that_fund", {{"programm", "x"}}), "acts_that_fund has no parameter 'programm'; did you mean 'programme'?");
}

TEST(Questions, AreReadWithThePlaceOfAFault) {
  EXPECT_THROW(parse_question("x", "MATCH (n) RETURN n"), Error);
  try {
    parse_question("x", "// title: T\n// colour: red\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.place()->line, 2U);
  }
}

}  // namespace
}  // namespace policygraph
