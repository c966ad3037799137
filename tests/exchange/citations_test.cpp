#include "policygraph/exchange/citations.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "policygraph/exchange/csv.hpp"
#include "policygraph/exchange/json.hpp"

namespace policygraph {
namespace {

constexpr std::string_view kText =
    "Decree\n\nThe ministry met. The Council approved the “Water & Land” programme in 2020, for 5% more. It was praised.\n\nAnother paragraph.";

/// Nodes that rest on words of a document.
class Citations : public ::testing::Test {
 protected:
  void SetUp() override {
    auto transaction = graph_.begin("test");
    SourceDocument source;
    source.title = "Decree on <b>Water</b> | land_use & more";
    source.uri = "https://example.org/a b>c";
    source.publisher = "Council {of} Ministers";
    source.published = PartialDate::parse("2020-10-05");
    source.language = "en";
    document_ = transaction.add_document(source, std::make_shared<const std::string>(kText));
    transaction.node("Programme").set("name", "Water & Land").cite(document_, "“Water & Land” programme").add();
    transaction.node("Body").set("name", "Council").cite(document_, "The Council approved the “Water & Land” programme").add();
    transaction.commit();
  }
  Rows rows(std::string_view text = "MATCH (p:Programme) RETURN p.name AS name") const { return query(graph_.snapshot(), text); }

  Graph graph_ = open_in_memory(Schema::open());
  DocumentId document_;
};

TEST_F(Citations, StylesHaveNames) {
  for (const auto style : {CitationStyle::plain, CitationStyle::markdown, CitationStyle::bibtex, CitationStyle::csl_json, CitationStyle::web_annotation})
    EXPECT_EQ(style_by_name(style_name(style)), style);
  EXPECT_FALSE(style_by_name("chicago"));
}

TEST_F(Citations, QuotationsStandInTheirSentences) {
  const auto quoted = quotations(rows(), 0);
  const auto found = std::ranges::find_if(quoted, [](const Quotation& one) { return one.citation.quote == "“Water & Land” programme"; });
  ASSERT_NE(found, quoted.end());
  EXPECT_EQ(found->before, "The Council approved the ");
  EXPECT_EQ(found->after, " in 2020, for 5% more.");
}

TEST_F(Citations, AWordWithinALongerPassageIsLeftOut) {
  const auto quoted = quotations(rows("MATCH (p:Programme), (b:Body) RETURN p.name, b.name"), 0);
  for (const auto& one : quoted) EXPECT_NE(one.citation.quote, "“Water & Land” programme");
}

TEST_F(Citations, MarkdownEscapesWhatDocumentsSay) {
  const auto text = to_citations(rows(), CitationStyle::markdown);
  EXPECT_NE(text.find("| Water \\& Land | \\[1\\]"), std::string::npos) << text;
  EXPECT_NE(text.find("“Water \\& Land” programme” — [Decree on \\<b\\>Water\\</b\\> \\| land\\_use \\& more](<https://example.org/a%20b%3Ec>), 2020-10-05, line 3"),
            std::string::npos)
      << text;
}

TEST_F(Citations, WhatHasPagesIsCitedByThem) {
  auto transaction = graph_.begin("test");
  SourceDocument source;
  source.title = "Report";
  const auto report = transaction.add_document(source, std::make_shared<const std::string>("One.\fTwo.\n\fThree parks.\n"));
  for (const char* words : {"One", "Two", "Three parks"}) transaction.node("Park").set("name", words).cite(report, words).add();
  transaction.commit();
  const auto answer = rows("MATCH (p:Park) RETURN p.name ORDER BY p.name");
  std::vector<std::uint32_t> pages;
  for (const auto& row : answer) {
    pages.push_back(0);
    for (const auto& one : row.evidence()) pages.back() = std::max(pages.back(), one.page);  // the edit has none
  }
  EXPECT_EQ(pages, (std::vector<std::uint32_t>{1, 3, 2}));
  EXPECT_NE(to_citations(answer, CitationStyle::markdown).find("“Three parks” — Report, page 3\n"), std::string::npos);
  EXPECT_NE(to_citations(answer, CitationStyle::bibtex).find("“Two” (page 2)"), std::string::npos);
  EXPECT_NE(to_citations(answer, CitationStyle::plain).find("Report, page 2"), std::string::npos) << to_citations(answer, CitationStyle::plain);
  EXPECT_NE(to_rows_json(answer, true).find("\"page\":3,\"quote\":\"Three parks\""), std::string::npos) << to_rows_json(answer, true);
  const auto json = to_json(graph_.snapshot());
  EXPECT_NE(json.find("\"page\":3,\"quote\":\"Three parks\""), std::string::npos) << json;
  const auto others = rows();
  for (const auto& one : others[0].evidence()) EXPECT_EQ(one.page, 0U);
}

TEST_F(Citations, BibtexHasAnEntryADocument) {
  const auto text = to_citations(rows("MATCH (n) RETURN n.name"), CitationStyle::bibtex);
  const auto entry = text.substr(text.find("@misc{decree2020_"));
  EXPECT_EQ(text.find("@misc{decree2020_", text.find("@misc{decree2020_") + 1), std::string::npos) << text;
  EXPECT_NE(entry.find("  title = {{Decree on <b>Water</b> | land\\_use \\& more}},\n"), std::string::npos) << text;
  EXPECT_NE(entry.find("  publisher = {Council \\{of\\} Ministers},\n  year = {2020},\n  date = {2020-10-05},\n  url = {https://example.org/a%20b%3Ec},\n"),
            std::string::npos)
      << text;
  EXPECT_NE(entry.find("“Water \\& Land” programme” (line 3)"), std::string::npos) << text;
}

TEST_F(Citations, CslHasPartsOfDates) {
  const auto text = to_citations(rows(), CitationStyle::csl_json);
  EXPECT_NE(text.find("\"issued\":{\"date-parts\":[[2020,10,5]]}"), std::string::npos) << text;
  EXPECT_NE(text.find("\"title\":\"Decree on <b>Water</b> | land_use & more\",\"type\":\"document\"}"), std::string::npos) << text;
}

TEST_F(Citations, AnnotationsFindTheirPassageAgain) {
  const auto text = to_citations(rows(), CitationStyle::web_annotation);
  EXPECT_NE(text.find(R"({"exact":"“Water & Land” programme","prefix":"y met. The Council approved the ","suffix":" in 2020, for 5% more. It was pr","type":"TextQuoteSelector"},)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"({"end":75,"start":51,"type":"TextPositionSelector"})"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("source":"https://example.org/a%20b%3Ec")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("source":"ni:///sha-256;n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg")"), std::string::npos) << "the edit, whose text is 'test'";
  EXPECT_EQ(text, to_citations(rows(), CitationStyle::web_annotation));
}

TEST_F(Citations, OfSomeRows) {
  const auto all = rows("UNWIND [1, 2, 3] AS n RETURN n");
  EXPECT_NE(to_citations(all, CitationStyle::plain, {.rows = std::vector<std::size_t>{2, 0}}).find("│ 3 │         │\n│ 1 │         │\n"), std::string::npos);
  EXPECT_THROW(to_citations(all, CitationStyle::bibtex, {.rows = std::vector<std::size_t>{3}}), Error);
  EXPECT_EQ(to_citations(all, CitationStyle::bibtex), "");
  EXPECT_EQ(to_citations(all, CitationStyle::csl_json), "[]\n");
}

TEST_F(Citations, OfALongLineAreShort) {
  auto transaction = graph_.begin("test");
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "ўз ";
  text += "needle";
  for (int i = 0; i < 100'000; ++i) text += " ўз";
  SourceDocument source;
  source.uri = "long.txt";
  const auto document = transaction.add_document(source, std::make_shared<const std::string>(text));
  transaction.node("Thing").set("name", "needle").cite(document, "needle").add();
  transaction.commit();
  const auto quoted = quotations(rows("MATCH (t:Thing) RETURN t.name"), 0);
  ASSERT_FALSE(quoted.empty());
  for (const auto& one : quoted) {
    EXPECT_LE(one.before.size(), 2'000U);
    EXPECT_LE(one.after.size(), 2'000U);
  }
}

}  // namespace
}  // namespace policygraph
