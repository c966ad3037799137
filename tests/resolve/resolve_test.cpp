#include "policygraph/resolve/resolve.hpp"

#include <gtest/gtest.h>

#include <set>

namespace policygraph {
namespace {

/// A document of one line and what was read out of it, said by words rather than by offsets.
class Reading {
 public:
  Reading(std::string uri, std::string text) : text_(std::move(text)) {
    DocumentOptions options;
    options.uri = std::move(uri);
    options.language = "en";
    document_.emplace(read_document_bytes(text_, "t.txt", options));
  }

  MentionIndex mention(std::string label, std::string_view words, std::vector<std::pair<std::string, Value>> properties = {}) {
    ExtractedMention mention;
    mention.span = span(words);
    mention.label = std::move(label);
    mention.extractor = "test/1";
    for (auto& [name, value] : properties) mention.properties.push_back({name, value, mention.span, "", 1.0F});
    extraction_.mentions.push_back(std::move(mention));
    return static_cast<MentionIndex>(extraction_.mentions.size() - 1);
  }
  void same(MentionIndex later, MentionIndex earlier) {
    auto& mention = extraction_.mentions[later];
    mention.same_as = earlier;
    mention.same_by = "rule:test/1";
    mention.same_reason = "said so";
  }
  void relation(std::string type, MentionIndex from, MentionIndex to) {
    ExtractedRelation relation;
    relation.type = std::move(type);
    relation.from = from;
    relation.to = to;
    relation.span = {0, static_cast<std::uint32_t>(document_->text().size())};
    relation.extractor = "rule/1";
    relation.modality = Modality::approved;
    extraction_.relations.push_back(std::move(relation));
  }
  ExtractedDocument done() const { return {*document_, extraction_}; }

 private:
  Span span(std::string_view words) const {
    const auto at = document_->text().find(words);
    EXPECT_NE(at, std::string_view::npos) << words;
    return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
  }
  std::string text_;
  std::optional<Document> document_;
  Extraction extraction_;
};

std::vector<std::pair<std::string, Value>> act(std::string number, std::string date) {
  return {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", std::move(number)}, {"date", PartialDate::parse(date)}};
}

Snapshot resolved(std::vector<ExtractedDocument> documents, ResolveCounts* counts = nullptr) {
  auto graph = open_in_memory();
  auto transaction = graph.begin("ingest");
  const auto made = add_documents(transaction, std::move(documents));
  if (counts != nullptr) *counts = made;
  transaction.commit();
  return graph.snapshot();
}

ExtractedDocument decree(std::string uri, std::string number, std::string date) {
  Reading reading(uri, "Decree " + number + " of " + date + " approves it (" + uri + ").");
  reading.mention("Decree", "Decree " + number, act(number, date));
  return reading.done();
}

TEST(Resolve, SameActInTwoDocumentsIsOneNode) {
  const auto snapshot = resolved({decree("a", "PF-1", "2020-10-05"), decree("b", "PF-1", "2020-10-05")});
  EXPECT_EQ(snapshot.nodes("LegalAct").size(), 1U);
  ASSERT_EQ(snapshot.judgements().size(), 1U);
  EXPECT_EQ(snapshot.judgements().front()->by, "rule:act-key/1");
}

TEST(Resolve, SameNumberOfAnotherDateIsAnotherAct) {
  EXPECT_EQ(resolved({decree("a", "PP-409", "2022-10-25"), decree("b", "PP-409", "2024-11-29")}).nodes("LegalAct").size(), 2U);
}

TEST(Resolve, NumberAloneIsNoIdentity) {
  Reading bare("b", "Decree PF-1 says more.");
  bare.mention("Decree", "Decree PF-1", {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-1"}});
  EXPECT_EQ(resolved({decree("a", "PF-1", "2020-10-05"), bare.done()}).nodes("LegalAct").size(), 2U);
}

TEST(Resolve, CoreferenceBecomesAJudgementWithItsReason) {
  Reading reading("a", "The United Nations (UN) met. The UN agreed.");
  const auto first = reading.mention("Organization", "United Nations", {{"name", "United Nations"}, {"kind", "multilateral"}});
  reading.same(reading.mention("Organization", "UN", {{"name", "UN"}, {"kind", "multilateral"}}), first);
  const auto snapshot = resolved({reading.done()});
  ASSERT_EQ(snapshot.nodes("Organization").size(), 1U);
  const auto row = snapshot.nodes("Organization").front();
  EXPECT_EQ(snapshot.value(row, "name"), Value("United Nations"));
  EXPECT_EQ(snapshot.value(row, "aliases"), Value(ValueList{"UN"}));
  ASSERT_EQ(snapshot.judgements().size(), 1U);
  EXPECT_EQ(snapshot.judgements().front()->reason, "said so");
}

TEST(Resolve, ParticularNamesMeetAcrossDocumentsGenericOnesDoNot) {
  const auto make = [](std::string uri, std::string name) {
    Reading reading(uri, "About " + name + " in " + uri);
    reading.mention("Programme", name, {{"name", name}, {"kind", "programme"}});
    return reading.done();
  };
  EXPECT_EQ(resolved({make("a", "Clean Air Initiative"), make("b", "Clean Air Initiative")}).nodes("Programme").size(), 1U);
  EXPECT_EQ(resolved({make("a", "technical assistance"), make("b", "technical assistance")}).nodes("Programme").size(), 2U);
}

TEST(Resolve, LettersThatTwoBodiesShareDoNotJoinThem) {
  const auto make = [](std::string uri, std::string name) {
    Reading reading(uri, "The " + name + " (UB) met in " + uri);
    reading.mention("Organization", name, {{"name", name}, {"aliases", ValueList{"UB"}}});
    return reading.done();
  };
  EXPECT_EQ(resolved({make("a", "Union of Banks"), make("b", "University of Bukhara")}).nodes("Organization").size(), 2U);
  EXPECT_EQ(resolved({make("a", "Union of Banks"), make("b", "Union of Banks")}).nodes("Organization").size(), 1U);
}

TEST(Resolve, SpellingsOfAPersonMeet) {
  const auto make = [](std::string uri, std::string name) {
    Reading reading(uri, name + " spoke in " + uri);
    reading.mention("Person", name, {{"name", name}});
    return reading.done();
  };
  EXPECT_EQ(resolved({make("a", "Farhod Karimov"), make("b", "Farkhod Karimov")}).nodes("Person").size(), 1U);
  EXPECT_EQ(resolved({make("a", "Farhod Karimov"), make("b", "Farrukh Karimov")}).nodes("Person").size(), 2U);
}

TEST(Resolve, SumsAreNeverMergedByAmount) {
  const auto make = [](std::string uri) {
    Reading reading(uri, "EUR 2 million were given in " + uri);
    reading.mention("Funding", "EUR 2 million", {{"kind", "grant"}, {"amount", Decimal(2000000)}, {"currency", "EUR"}});
    return reading.done();
  };
  EXPECT_EQ(resolved({make("a"), make("b")}).nodes("Funding").size(), 2U);
}

TEST(Resolve, WhatLacksARequiredPropertyIsToldAndLeftOut) {
  Reading reading("a", "Some money was given.");
  reading.mention("Funding", "money", {{"kind", "grant"}});
  ResolveCounts counts;
  const auto snapshot = resolved({reading.done()}, &counts);
  EXPECT_TRUE(snapshot.nodes("Funding").empty());
  ASSERT_EQ(counts.diagnostics.size(), 1U);
  EXPECT_NE(counts.diagnostics.front().text.find("states no"), std::string::npos);
}

TEST(Resolve, RelationsCarryTheirWords) {
  Reading reading("a", "Decree PF-1 approves Clean Air Initiative.");
  const auto from = reading.mention("Decree", "Decree PF-1", act("PF-1", "2020-10-05"));
  const auto to = reading.mention("Programme", "Clean Air Initiative", {{"name", "Clean Air Initiative"}, {"kind", "programme"}});
  reading.relation("APPROVES", from, to);
  const auto snapshot = resolved({reading.done()});
  const auto type = snapshot.edge_type("APPROVES");
  ASSERT_TRUE(type);
  const auto edges = snapshot.edges_of(*type);
  ASSERT_EQ(edges.size(), 1U);
  const auto first = *edges.begin();
  ASSERT_EQ(snapshot.evidence(first).size(), 1U);
  EXPECT_EQ(snapshot.cite(snapshot.evidence(first).front()).quote, "Decree PF-1 approves Clean Air Initiative.");
  EXPECT_EQ(snapshot.modality(first), Modality::approved);
}

TEST(Resolve, DocumentsMentionTheirEntities) {
  const auto snapshot = resolved({decree("a", "PF-1", "2020-10-05"), decree("b", "PF-1", "2020-10-05")});
  EXPECT_EQ(snapshot.nodes("Document").size(), 2U);
  const auto type = snapshot.edge_type("MENTIONS");
  ASSERT_TRUE(type);
  EXPECT_EQ(snapshot.edge_count(*type), 2U);
}

std::vector<std::string> facts(const Snapshot& snapshot) {
  std::vector<std::string> all;
  for (const auto row : snapshot.nodes()) {
    std::string text = std::to_string(snapshot.key(row).value) + snapshot.caption(row);
    for (const auto id : snapshot.evidence(row)) text += " " + std::to_string(id.value) + snapshot.cite(id).quote;
    all.push_back(text);
  }
  return all;
}

TEST(Resolve, OrderOfDocumentsDoesNotMatter) {
  const auto a = decree("a", "PF-1", "2020-10-05");
  const auto b = decree("b", "PF-2", "2020-10-05");
  const auto c = decree("c", "PF-1", "2020-10-05");
  EXPECT_EQ(facts(resolved({a, b, c})), facts(resolved({c, b, a})));
}

TEST(Resolve, ReadingAgainChangesNothingOrReplaces) {
  auto graph = open_in_memory();
  const auto add = [&](ExtractedDocument document) {
    auto transaction = graph.begin("ingest");
    const auto counts = add_documents(transaction, {std::move(document)});
    transaction.commit();
    return counts;
  };
  add(decree("a", "PF-1", "2020-10-05"));
  const auto key = graph.snapshot().key(graph.snapshot().nodes("LegalAct").front());
  EXPECT_EQ(add(decree("a", "PF-1", "2020-10-05")).unchanged, 1U);
  EXPECT_EQ(graph.snapshot().nodes("LegalAct").size(), 1U);
  EXPECT_EQ(add(decree("a", "PF-1", "2020-10-06")).replaced, 1U);
  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.nodes("LegalAct").size(), 1U);
  EXPECT_EQ(snapshot.key(snapshot.nodes("LegalAct").front()), key);
  EXPECT_EQ(snapshot.value(snapshot.nodes("LegalAct").front(), "date"), Value(PartialDate::parse("2020-10-06")));
}

TEST(Resolve, NodesThatShareAUniqueValueAreOne) {
  auto graph = open_in_memory(Schema::policy().extended({{"permit.json", R"({"label": "Permit", "properties": [{"name": "serial", "unique": true}]})"}}));
  Reading first("a", "Permit A-1 was given."), second("b", "They hold Permit A-1 and Permit A-2.");
  first.mention("Permit", "Permit A-1", {{"serial", "A-1"}});
  second.mention("Permit", "Permit A-1", {{"serial", "A-1"}});
  second.mention("Permit", "Permit A-2", {{"serial", "A-2"}});
  auto transaction = graph.begin("ingest");
  EXPECT_EQ(add_documents(transaction, {first.done(), second.done()}).judgements, 1U);
  transaction.commit();
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(snapshot.nodes("Permit").size(), 2U);
  EXPECT_EQ(snapshot.mentions(snapshot.find_nodes("Permit", "serial", "A-1").front()).size(), 2U);
}

TEST(Resolve, TwoDocumentsOfOneAddressAreBothKept) {
  const auto snapshot = resolved({decree("a", "PF-1", "2020-10-05"), decree("a", "PF-2", "2020-10-06")});
  EXPECT_EQ(snapshot.sources().documents().size(), 2U);
  EXPECT_EQ(snapshot.nodes("LegalAct").size(), 2U);
}

}  // namespace
}  // namespace policygraph
