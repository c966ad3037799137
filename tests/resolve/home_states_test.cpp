#include <gtest/gtest.h>

#include "policygraph/document/document.hpp"
#include "policygraph/extract/extractor.hpp"
#include "policygraph/resolve/resolve.hpp"
#include "policygraph/resolve/review.hpp"

// Bodies of a state that name no country are their document's.
namespace policygraph {
namespace {

void add(Graph& graph, const std::string& uri, const std::string& text) {
  DocumentOptions options;
  options.uri = uri;
  auto document = read_document_bytes(text, uri + ".txt", options);
  auto extraction = Extractor().extract(document);
  auto transaction = graph.begin("ingest");
  std::vector<ExtractedDocument> documents;
  documents.push_back({std::move(document), std::move(extraction)});
  add_documents(transaction, std::move(documents));
  transaction.commit();
}

Snapshot read(const std::vector<std::string>& texts) {
  auto graph = open_in_memory();
  for (std::size_t i = 0; i < texts.size(); ++i) add(graph, "d" + std::to_string(i), texts[i]);
  return graph.snapshot();
}

/// Nodes that have one of the names.
std::size_t count(const Snapshot& snapshot, const std::vector<std::string>& names) {
  std::size_t found = 0;
  for (const auto row : snapshot.nodes("Organization"))
    for (const auto& name : names) found += snapshot.value(row, "name") == Value(name);
  return found;
}

const std::string kDecree =
    "By Presidential Decree No. PF-60 of January 28, 2022 a fund was set up. The Ministry of Finance shall report to "
    "the Cabinet of Ministers.\n";
const std::string kResolution =
    "Постановлением Президента Республики Узбекистан от 5 октября 2020 года № ПП-4852 утверждена программа. "
    "Министерству финансов поручено выделить средства.\n";
const std::vector<std::string> kFinance{"Ministry of Finance", "Министерство финансов"};

TEST(HomeStates, MinistriesOfTwoActsOfOneStateAreOne) {
  const auto snapshot = read({kDecree, kResolution});
  EXPECT_EQ(count(snapshot, kFinance), 1U);
  const auto judgements = snapshot.judgements();
  EXPECT_TRUE(std::ranges::any_of(
      judgements, [](const auto* one) { return one->reason.ends_with(", of documents of one state, UZ"); }));
}

TEST(HomeStates, NothingIsToldOfADocumentOfTwoStatesBodies) {
  const auto snapshot = read(
      {kDecree, "The Ministry of Justice of Kazakhstan and the Ministry of Finance met in Tashkent, Uzbekistan.\n"});
  EXPECT_EQ(count(snapshot, kFinance), 2U);
  const auto all = proposals(snapshot);
  EXPECT_TRUE(std::ranges::any_of(all, [](const auto& one) {
    return one.a_name == "Ministry of Finance" && one.reason.ends_with("is not stated");
  }));
}

TEST(HomeStates, MinistriesOfTwoStatesAreNotEvenProposed) {
  const auto snapshot =
      read({kDecree, "Kazakhstan went on with its reform. The Ministry of Finance published the budget.\n"});
  EXPECT_EQ(count(snapshot, kFinance), 2U);
  EXPECT_TRUE(
      std::ranges::none_of(proposals(snapshot), [](const auto& one) { return one.a_name == "Ministry of Finance"; }));
}

TEST(HomeStates, ACountryBesideTheActsOfOneStateDoesNotMatter) {
  const std::string abroad =
      "Presidential Decree No. PF-61 of March 1, 2022 sends fifty students to Japan. The Ministry of Finance pays.\n";
  EXPECT_EQ(count(read({kDecree, abroad}), kFinance), 1U);
  EXPECT_EQ(
      count(read({kDecree, "Fifty students of Uzbekistan went to Japan. The Ministry of Finance pays.\n"}), kFinance),
      2U);
}

TEST(HomeStates, APartnersCountryDoesNotMatter) {
  const auto beside = [](const std::string& partner) { return partner + " trains clerks in Uzbekistan. The Ministry of Finance takes part.\n"; };
  EXPECT_EQ(count(read({kDecree, beside("KOICA")}), kFinance), 1U);
  EXPECT_EQ(count(read({kDecree, beside("The Korea International Cooperation Agency")}), kFinance), 1U);
  EXPECT_EQ(count(read({kDecree, beside("The Agency for Statistics of Kazakhstan")}), kFinance), 2U);
}

TEST(HomeStates, BodiesOfPartsOfAStateStayApart) {
  const auto text = [](const std::string& more) {
    return more +
           " The regional department of the Ministry of Finance and the Finance Division of the Hokimiyat report to "
           "Uzbekistan's Tax Committee.\n";
  };
  const auto snapshot = read({text("In Bukhara."), text("In Nukus.")});
  for (const auto* judgement : snapshot.judgements())
    EXPECT_EQ(judgement->reason.find("Division"), std::string::npos) << judgement->reason;
  for (const auto* judgement : snapshot.judgements())
    EXPECT_EQ(judgement->reason.find("department"), std::string::npos) << judgement->reason;
}

TEST(HomeStates, WhatADocumentOfNoStateNamesIsNobodys) {
  EXPECT_EQ(count(read({kDecree, "The Ministry of Finance published the budget.\n"}), kFinance), 2U);
}

}  // namespace
}  // namespace policygraph
