#include "policygraph/audit/audit.hpp"

#include <gtest/gtest.h>

#include "policygraph/graph/graph.hpp"

namespace policygraph {
namespace {

class Audit : public ::testing::Test {
 protected:
  DocumentId document(Transaction& transaction, const std::string& uri, const std::string& text, SourceTier tier = SourceTier::media) {
    SourceDocument source;
    source.title = uri;
    source.uri = uri;
    source.tier = tier;
    source.published = PartialDate::parse("2024-05-01");
    return transaction.add_document(source, std::make_shared<const std::string>(text));
  }
  NodeKey claim(Transaction& transaction, DocumentId id, const std::string& words, const std::string& property, Value value) {
    const auto evidence = transaction.add_evidence({id, {0, static_cast<std::uint32_t>(words.size())}, "test/1", 1.0F});
    Mention mention;
    mention.type = "Programme";
    mention.surface = words;
    mention.evidence = evidence;
    const auto key = transaction.add_mention(mention);
    Assertion node;
    node.kind = ClaimKind::node;
    node.subject = key;
    node.name = "Programme";
    node.evidence = {evidence};
    transaction.add_assertion(node);
    Assertion of_property = node;
    of_property.kind = ClaimKind::property;
    of_property.name = property;
    of_property.value = std::move(value);
    transaction.add_assertion(of_property);
    return key;
  }
  void same(Transaction& transaction, NodeKey a, NodeKey b) {
    Judgement judgement;
    judgement.a = a;
    judgement.b = b;
    judgement.by = "test/1";
    transaction.add_judgement(judgement);
  }
  // Two documents that give one programme a value each.
  std::vector<AuditRow> of(Value a, Value b, SourceTier tier_of_second = SourceTier::media, const std::string& property = "cost") {
    auto graph = open_in_memory(Schema::open());
    auto transaction = graph.begin("test");
    const auto one = claim(transaction, document(transaction, "a", "Ten it is"), "Ten", property, std::move(a));
    const auto other = claim(transaction, document(transaction, "b", "Eleven it is", tier_of_second), "Eleven", property, std::move(b));
    same(transaction, one, other);
    transaction.commit();
    return audit(graph.snapshot());
  }
};

TEST_F(Audit, ValuesOfOneStandingThatDifferAreInConflict) {
  const auto rows = of(Value(10), Value(11));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].code, "VALUE_CONFLICT");
  EXPECT_NE(rows[0].explanation.find("'cost' of "), std::string::npos) << rows[0].explanation;
  EXPECT_NE(rows[0].explanation.find(" is 10 and 11"), std::string::npos) << rows[0].explanation;
  ASSERT_EQ(rows[0].evidence.size(), 2U);
  EXPECT_EQ(rows[0].evidence[0].quote, "Ten");
  EXPECT_EQ(rows[0].evidence[1].quote, "Eleven");
  EXPECT_EQ(rows[0].nodes.size(), 1U);
}

TEST_F(Audit, WhatABetterSourceSaysIsNotDisputed) { EXPECT_TRUE(of(Value(10), Value(11), SourceTier::official).empty()); }

TEST_F(Audit, EqualValuesNamesAndDatesThatAgreeAreNot) {
  EXPECT_TRUE(of(Value(10), Value(10)).empty());
  EXPECT_TRUE(of(Value("Parks"), Value("Парки"), SourceTier::media, "name").empty());
  EXPECT_TRUE(of(Value(PartialDate::parse("2024")), Value(PartialDate::parse("2024-10-05"))).empty());
  EXPECT_EQ(of(Value(PartialDate::parse("2023")), Value(PartialDate::parse("2024-10-05"))).size(), 1U);
}

TEST_F(Audit, TellsWhatReadingFound) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("test");
  const auto paper = document(transaction, "a", "Ten it is");
  Finding finding;
  finding.code = "DATE_CONFLICT";
  finding.explanation = "cited with two dates";
  finding.nodes = {claim(transaction, paper, "Ten", "cost", Value(10))};
  finding.evidence = {transaction.add_evidence({paper, {0, 3}, "finding/1", 1.0F})};
  transaction.add_finding(finding);
  transaction.commit();
  const auto rows = audit(graph.snapshot());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].code + ": " + rows[0].explanation, "DATE_CONFLICT: cited with two dates");
  EXPECT_EQ(rows[0].evidence.at(0).quote, "Ten");
}

TEST_F(Audit, TellsOnceWhatSeveralPlacesSay) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin("test");
  const auto paper = document(transaction, "a", "Ten it is");
  Finding finding;
  finding.code = "DATE_CONFLICT";
  finding.explanation = "cited with two dates";
  finding.nodes = {claim(transaction, paper, "Ten", "cost", Value(10))};
  finding.evidence = {transaction.add_evidence({paper, {0, 3}, "finding/1", 1.0F})};
  transaction.add_finding(finding);
  finding.evidence = {transaction.add_evidence({paper, {4, 6}, "finding/1", 1.0F})};
  transaction.add_finding(finding);
  transaction.commit();
  const auto rows = audit(graph.snapshot());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].evidence.size(), 2U);
}

TEST_F(Audit, ComparesTheDaysThatDocumentsGiveAnAct) {
  const auto codes_of = [](const std::string& number, const std::vector<std::string>& dates) {
    auto graph = open_in_memory();
    auto transaction = graph.begin("by:test");
    for (const auto& date : dates)
      transaction.create_node({"Decree"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", number}, {"date", PartialDate::parse(date)}});
    transaction.commit();
    std::string codes;
    for (const auto& row : audit(graph.snapshot())) codes += row.code + " ";
    return codes;
  };
  EXPECT_EQ(codes_of("PF-60", {"2022-01-28", "2022-02-28"}), "DATE_CONFLICT ");
  EXPECT_EQ(codes_of("PF-60", {"2022-01-28", "2022-01-31"}), "DATE_IS_PUBLICATION ");
  EXPECT_EQ(codes_of("PF-60", {"2022-01-28", "2023-02-28"}), "");
  EXPECT_EQ(codes_of("60", {"2022-01-28", "2022-02-28"}), "");
  EXPECT_EQ(codes_of("PF-60", {"2022-09-01", "2023-02-28", "2022-09-10", "2022-09"}), "DATE_IS_PUBLICATION ");
}

TEST_F(Audit, SeesWhatEndsBeforeItBegins) {
  auto graph = open_in_memory();
  auto transaction = graph.begin("by:test");
  const auto grant = [&](const std::string& from, const std::string& to) {
    transaction.create_node({"Funding"}, {{"kind", "grant"}, {"amount", Decimal(5)}, {"currency", "USD"}, {"period_from", PartialDate::parse(from)}, {"period_to", PartialDate::parse(to)}});
  };
  grant("2024-06-10", "2024-06-02");
  grant("2024", "2024-06-02");
  transaction.commit();
  const auto rows = audit(graph.snapshot());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].code, "PERIOD_ORDER");
}

}  // namespace
}  // namespace policygraph
