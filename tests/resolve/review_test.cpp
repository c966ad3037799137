#include "policygraph/resolve/review.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "policygraph/document/document.hpp"
#include "policygraph/resolve/resolve.hpp"

namespace policygraph {
namespace {

using Properties = std::vector<std::pair<std::string, Value>>;

/// A document of its own in which each name is said of something of a label.
class Said {
 public:
  explicit Said(std::string uri) : uri_(std::move(uri)) {}
  Said& of(std::string label, std::string name, Properties more = {}) {
    ExtractedMention mention;
    mention.span = {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(text_.size() + name.size())};
    mention.label = std::move(label);
    mention.extractor = "test/1";
    more.emplace_back("name", name);
    for (auto& [property, value] : more) mention.properties.push_back({property, value, mention.span, "", 1.0F});
    extraction_.mentions.push_back(std::move(mention));
    text_ += name + "; ";
    return *this;
  }
  ExtractedDocument done() const {
    DocumentOptions options;
    options.uri = uri_;
    options.language = "en";
    return {read_document_bytes(text_ + uri_, "t.txt", options), extraction_};
  }

 private:
  std::string uri_, text_;
  Extraction extraction_;
};

ExtractedDocument person(std::string uri, std::string name) { return Said(std::move(uri)).of("Person", std::move(name)).done(); }

void add(Graph& graph, std::vector<ExtractedDocument> documents) {
  auto transaction = graph.begin("ingest");
  add_documents(transaction, std::move(documents));
  transaction.commit();
}

Graph made(std::vector<ExtractedDocument> documents) {
  auto graph = open_in_memory();
  add(graph, std::move(documents));
  return graph;
}

std::size_t count(const Graph& graph, std::string_view label) { return graph.snapshot().nodes(label).size(); }

TEST(Identity, PersonsMeetOverScriptsWithInitialsAndPatronymics) {
  EXPECT_EQ(count(made({person("a", "Абдулла Ботирович Каримов"), person("b", "Abdulla Botir o‘g‘li Karimov"), person("c", "Karimov A.B.")}), "Person"), 1U);
  EXPECT_EQ(count(made({person("a", "Gulnora Saidova"), person("b", "Gulnoza Saidova")}), "Person"), 2U);
  EXPECT_EQ(count(made({person("a", "Dilshod Ergashev"), person("b", "Dilshoda Ergasheva")}), "Person"), 2U);
  EXPECT_EQ(count(made({person("a", "A. Karimov"), person("b", "A. Karimov")}), "Person"), 2U);
}

TEST(Identity, InitialsThatFitTwoPersonsJoinNeither) {
  const auto graph = made({person("a", "Abdulla Botirovich Karimov"), person("b", "Karimov A.B."), person("c", "Anvar Baxtiyorovich Karimov")});
  EXPECT_EQ(count(graph, "Person"), 3U);
  EXPECT_EQ(proposals(graph.snapshot()).size(), 2U);
}

TEST(Identity, ANameWithoutAFathersNameJoinsNoneOfTwo) {
  EXPECT_EQ(count(made({person("a", "Karimov Abdulla"), person("b", "Karimov Abdulla Botirovich")}), "Person"), 1U);
  EXPECT_EQ(count(made({person("a", "Karimov Abdulla"), person("b", "Karimov Abdulla Botirovich"), person("c", "Karimov Abdulla Salimovich")}), "Person"), 3U);
}

TEST(Identity, BodiesMeetOverLanguagesWhereTheStateIsTold) {
  const auto body = [](std::string uri, std::string name, std::string country) {
    Properties more{{"kind", "government"}};
    if (!country.empty()) more.emplace_back("country", country);
    return Said(std::move(uri)).of("Agency", std::move(name), more).done();
  };
  EXPECT_EQ(count(made({body("a", "Министерство юстиции", "UZ"), body("b", "Adliya vazirligi", "UZ"), body("c", "Ministry of Justice", "UZ")}), "Organization"), 1U);
  EXPECT_EQ(count(made({body("a", "Министерство юстиции", "UZ"), body("b", "Ministry of Justice", "KZ")}), "Organization"), 2U);
  const auto graph = made({body("a", "Министерство юстиции", "UZ"), body("b", "Adliya vazirligi", "")});
  EXPECT_EQ(count(graph, "Organization"), 2U);
  ASSERT_EQ(proposals(graph.snapshot()).size(), 1U);
  EXPECT_EQ(proposals(graph.snapshot()).front().label, "Organization");
}

TEST(Identity, ProgrammesMeetOverLanguagesByTheirYears) {
  const auto programme = [](std::string uri, std::string name) {
    return Said(std::move(uri)).of("Programme", std::move(name), {{"kind", "strategy"}}).done();
  };
  EXPECT_EQ(count(made({programme("a", "Digital Uzbekistan – 2030"), programme("b", "Цифровой Узбекистан – 2030")}), "Programme"), 1U);
  EXPECT_EQ(count(made({programme("a", "Digital Uzbekistan – 2030"), programme("b", "Цифровой Узбекистан – 2025")}), "Programme"), 2U);
}

TEST(Review, ListsTheLikestFirstWithTheirReasons) {
  const auto graph = made({person("a", "Otabek Mahmudov"), person("b", "O. Mahmudov"), person("c", "Ergash Shomurotov"), person("d", "Ergash Shomurodov")});
  const auto all = proposals(graph.snapshot());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].score, 0.85);
  EXPECT_EQ(all[0].rule, "rule:person-initials/1");
  EXPECT_NE(all[0].reason.find("an initial that fits"), std::string::npos) << all[0].reason;
  EXPECT_EQ(all[1].a_name, "Ergash Shomurotov");
  ReviewOptions few;
  few.limit = 1;
  EXPECT_EQ(proposals(graph.snapshot(), few).size(), 1U);
}

TEST(Review, WhatAPersonDecidesIsNotAskedAgainAndOutlastsIngestion) {
  auto graph = made({person("a", "Otabek Mahmudov"), person("b", "O. Mahmudov")});
  const auto asked = proposals(graph.snapshot()).at(0);
  auto transaction = graph.begin("by:anna");
  transaction.separate(asked.a, asked.b, "his brother");
  transaction.commit();
  EXPECT_TRUE(proposals(graph.snapshot()).empty());
  add(graph, {person("c", "Otabek Mahmudov"), person("a", "Otabek Mahmudov")});
  EXPECT_EQ(count(graph, "Person"), 2U);
  EXPECT_TRUE(proposals(graph.snapshot()).empty());
}

TEST(Review, ADecisionPassesToWhatIsLeftWhenItsWordsAreGone) {
  auto graph = made({person("a", "Alisher Karimov"), person("b", "Sherali Nazarov"), person("c", "Alisher Karimov")});
  const auto key_of = [&](std::string_view name) { return graph.snapshot().key(graph.snapshot().find_nodes("Person", "name", Value(std::string(name))).front()); };
  auto transaction = graph.begin("by:anna");
  transaction.merge(key_of("Alisher Karimov"), key_of("Sherali Nazarov"), "a change of name");
  transaction.commit();
  ASSERT_EQ(count(graph, "Person"), 1U);
  add(graph, {Said("a").of("Person", "Somebody Else").done()});  // the mention that was merged is there no more
  EXPECT_EQ(count(graph, "Person"), 2U);
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(std::ranges::count_if(snapshot.judgements(), [](const auto* one) { return one->by == "by:anna"; }), 2);
  add(graph, {Said("a").of("Person", "Another Person").done()});
  EXPECT_EQ(std::ranges::count_if(graph.snapshot().judgements(), [](const auto* one) { return one->by == "by:anna"; }), 2);
}

TEST(Review, WhatIsKeptApartStaysSoWhenItsWordsAreGone) {
  auto graph = made({person("a", "Alisher Karimov"), person("b", "Alisher Karimov"), person("c", "Alisher Karimov Botirovich")});
  ASSERT_EQ(count(graph, "Person"), 1U);
  auto transaction = graph.begin("by:anna");
  const auto snapshot = graph.snapshot();
  const auto mentions = snapshot.mentions(snapshot.nodes("Person").front());
  transaction.separate(mentions[0].key, mentions[1].key, "two of one name");
  transaction.commit();
  EXPECT_EQ(count(graph, "Person"), 2U);
  add(graph, {person("d", "Alisher Karimov")});
  EXPECT_EQ(count(graph, "Person"), 2U);
}

}  // namespace
}  // namespace policygraph
