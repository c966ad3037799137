#include "policygraph/extract/extractor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "support/repository.hpp"
#include "support/slowness.hpp"

namespace policygraph {
namespace {

double seconds_for(const Extractor& extractor, const std::string& text) {
  const Document document = read_document_bytes(text, "a.txt");
  const auto start = std::clock();
  extractor.extract(document);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += piece;
  return out;
}

TEST(Extractor, AnEmptyDocumentHasNothing) {
  const Extraction found = Extractor().extract(read_document_bytes("", "a.txt"));
  EXPECT_TRUE(found.mentions.empty());
  EXPECT_TRUE(found.diagnostics.empty());
}

TEST(Extractor, TheSameDocumentGivesTheSameExtraction) {
  const Document document = read_document_bytes("Decree No. UP-5 of May 1, 2020 allocates USD 5 million to 3 schools. Decree No. UP-5 stands.", "a.txt");
  EXPECT_EQ(to_text(Extractor().extract(document), document.text()), to_text(Extractor().extract(document), document.text()));
}

// Says one thing of every document, and fails at some.
class Odd : public Recognizer {
 public:
  std::string name() const override { return "odd/1"; }
  void recognise(const DocumentView& view, Extraction& out) const override {
    if (view.text().empty()) return;
    ExtractedMention mention;
    mention.span = {0, 1};
    mention.literal = "odd";
    mention.value = Value(static_cast<std::int64_t>(view.tokens().size()));
    out.mentions.push_back(mention);
    if (view.tokens().size() % 2 == 1) throw std::runtime_error("too odd");
  }
};

std::vector<Document> sample_documents() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(testing::repository() / "examples" / "documents")) paths.push_back(entry.path().string());
  std::ranges::sort(paths);
  std::vector<Document> documents{read_document_bytes("", "a.txt")};
  for (const auto& path : paths)
    if (path.ends_with(".txt") || path.ends_with(".html")) documents.push_back(read_document(path));
  std::string large;  // read alone
  while (large.size() < (std::size_t{80} << 10)) large += documents[2].text();
  documents.insert(documents.begin() + 4, read_document_bytes(large, "large.txt"));
  return documents;
}

std::string all_of(const Extraction& extraction, const Document& document) {
  std::string out = to_text(extraction, document.text());
  for (const Diagnostic& diagnostic : extraction.diagnostics) out += diagnostic.text + "\n";
  return out;
}

TEST(Extractor, OfManyAtOnceEachIsAsAlone) {
  Extractor extractor;
  extractor.add(std::make_shared<Odd>());
  const std::vector<Document> documents = sample_documents();
  std::vector<const Document*> pointers;
  for (const Document& document : documents) pointers.push_back(&document);
  for (const std::size_t most : {std::size_t{0}, std::size_t{30}}) {
    ExtractOptions options;
    options.max_mentions = most;
    const auto together = extractor.extract(pointers, options);
    ASSERT_EQ(together.size(), documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i)
      EXPECT_EQ(all_of(together[i], documents[i]), all_of(extractor.extract(documents[i], options), documents[i])) << documents[i].source().uri;
  }
  EXPECT_TRUE(extractor.extract(std::span<const Document* const>()).empty());
}

// What recognisers of dates and acts say, before anything is made of it.
std::vector<std::string> told_of_acts(const Extraction& extraction) {
  std::vector<std::string> out;
  for (const ExtractedMention& mention : extraction.mentions) {
    if (mention.extractor != "legal-act/1" && mention.extractor != "date/1") continue;
    std::string line = std::to_string(mention.span.start) + "-" + std::to_string(mention.span.end) + " " + mention.label + mention.literal;
    for (const ExtractedProperty& property : mention.properties)
      if (property.extractor.empty() || property.extractor == "legal-act/1") line += " " + property.name + "=" + property.value.to_string();
    out.push_back(std::move(line));
  }
  return out;
}

TEST(Extractor, ActsAloneAreThoseOfTheWhole) {
  const Extractor extractor;
  std::size_t told = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(testing::repository() / "tests" / "corpus" / "documents")) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".txt" && extension != ".html") continue;
    const Document document = read_document(entry.path().string());
    const auto alone = told_of_acts(extractor.find_acts(document));
    EXPECT_EQ(alone, told_of_acts(extractor.extract(document))) << entry.path();
    told += alone.size();
  }
  EXPECT_GT(told, 1000U);
}

TEST(Extractor, ActsAloneOfALongDocumentAreReadInParts) {
  const std::string text = repeated("By Decree No. UP-5 of May 1, 2020 the fund was set up.\n\n", 8000);
  const Document document = read_document_bytes(text, "a.txt");
  ExtractOptions options;
  options.part_bytes = 1024;
  const Extractor extractor;
  EXPECT_EQ(told_of_acts(extractor.find_acts(document, options)), told_of_acts(extractor.extract(document, options)));
  EXPECT_GT(extractor.find_acts(document, options).mentions.size(), 100U);
}

// Four times the text may cost six times, not sixteen.
TEST(Extractor, TimeIsLinearOnHostileText) {
  const Extractor extractor;
  const std::size_t bytes = testing::kSlowness == 1 ? 100'000 : 10'000;
  for (const char* piece : {"1 ", "No. ", "№", "USD ", "5 million ", "2020 ", "2020, ", "Decree ", "of the ", "“", "«», ", "PF-", "from 2020 to ", "Law “On ", "17-son ",
                            "5 and ", "06/20/", "; 2020 N 5", "Resolution on a", "Resolution No. 5 of 1 May 2020; ", "more than 5 people (7) ", "Ministry of "}) {
    const double once = seconds_for(extractor, repeated(piece, bytes));
    const double four = seconds_for(extractor, repeated(piece, 4 * bytes));
    EXPECT_LT(four, 6 * once + 0.25) << piece;
  }
}

TEST(Extractor, SampleDocumentsNameTheirActs) {
  const auto folder = testing::repository() / "examples/documents";
  const Document document = read_document((folder / "05_cabinet_innovation_system.html").string());
  const std::string found = to_text(Extractor().extract(document), document.text());
  EXPECT_NE(found.find("number: '172', date: partial_date('2021-04-03')"), std::string::npos);
  EXPECT_NE(found.find("number: 'PF-6198'"), std::string::npos);
}

std::vector<std::string> relations_of(const std::string& text) {
  const Document document = read_document_bytes(text, "a.txt");
  std::vector<std::string> words;
  for (const auto& relation : Extractor().extract(document).relations) {
    words.emplace_back(document.text().substr(relation.span.start, relation.span.size()));
  }
  return words;
}

// What begins or ends with a name in quotation marks is quoted with both of them.
TEST(Extractor, WordsOfARelationKeepBothMarks) {
  for (const auto& [open, close] : {std::pair{"“", "”"}, {"«", "»"}, {"„", "“"}, {"\"", "\""}}) {
    const std::string name = std::string(open) + "Clean Water" + close;
    const auto at_end = relations_of("Decree No. UP-5 of May 1, 2020 allocates USD 5 million to the Programme " + name + ".");
    ASSERT_FALSE(at_end.empty());
    EXPECT_EQ(std::ranges::count_if(at_end, [&](const auto& words) { return words.ends_with("Clean Water"); }), 0) << name;
    EXPECT_GE(std::ranges::count_if(at_end, [&](const auto& words) { return words.ends_with(name); }), 1) << name;
    const auto at_start = relations_of(name + " Programme received USD 5 million from the World Bank.");
    EXPECT_EQ(std::ranges::count_if(at_start, [&](const auto& words) { return words.starts_with("Clean Water"); }), 0) << name;
  }
}

TEST(Extractor, AHeadingGivesItsActATitle) {
  const Document document = read_document((testing::repository() / "examples/documents/07_sustainable_rural_development.txt").string());
  const std::string found = to_text(Extractor().extract(document), document.text());
  EXPECT_NE(found.find("number: 'PQ-5246', number_aliases: ['PP-5246'], date: partial_date('2021-09-18'), title: 'On measures to implement"), std::string::npos);
}

// A list longer than a sentence may be is parted at a comma, never within an act.
TEST(Extractor, AnEndlessListKeepsEachAct) {
  std::string text = "See";
  for (int i = 1; i <= 3000; ++i) text += (i == 1 ? " PF-" : ", PF-") + std::to_string(i);
  const Extraction found = Extractor().find_acts(read_document_bytes(text + ".", "list.txt"));
  EXPECT_EQ(std::ranges::count(found.mentions, "Decree", &ExtractedMention::label), 3000);
}

}  // namespace
}  // namespace policygraph
