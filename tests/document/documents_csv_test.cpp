#include "document/documents_csv.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::document {
namespace {

DocumentsCsv table(std::string_view text, const DocumentOptions& defaults = {}) {
  return read_documents_csv(text, "documents.csv", defaults);
}

TEST(DocumentsCsv, ReadsQuotedFieldsInAnyOrder) {
  const auto csv = table(
      "title,file,published,source_tier\r\n\"A \"\"new\"\" law,\nin two "
      "lines\",a.html,2024-05,official\r\n,b.txt,,\r\n");
  ASSERT_TRUE(csv.diagnostics.empty());
  ASSERT_EQ(csv.rows.size(), 2U);
  const auto& row = csv.rows.at("a.html");
  EXPECT_EQ(row.title, "A \"new\" law,\nin two lines");
  EXPECT_EQ(row.published, PartialDate::month(2024, 5));
  EXPECT_EQ(row.tier, SourceTier::official);
}

TEST(DocumentsCsv, EmptyFieldsTakeTheDefaults) {
  DocumentOptions defaults;
  defaults.publisher = "Ministry";
  EXPECT_EQ(table("file,publisher\na.txt,\n", defaults).rows.at("a.txt").publisher, "Ministry");
}

TEST(DocumentsCsv, ErrorsNameTheLine) {
  const auto csv = table(
      "file,published,colour\na.txt,soon,red\nb.txt,2024\n\"c.txt\"x,2024,red\na.txt,2024,red\n,2024,red\n\"d.txt,"
      "2024");
  std::string texts;
  for (const auto& one : csv.diagnostics) texts += one.text.substr(0, one.text.find(':')) + ";";
  EXPECT_EQ(texts, "line 1;line 2;line 3;line 4;line 5;line 6;line 7;");
  EXPECT_EQ(csv.rows.size(), 1U);
}

TEST(DocumentsCsv, NeedsAColumnForTheFile) {
  const auto csv = table("title\nx\n");
  EXPECT_TRUE(csv.rows.empty());
  EXPECT_EQ(csv.diagnostics.size(), 1U);
  EXPECT_TRUE(table("").diagnostics.empty());
}

}  // namespace
}  // namespace policygraph::detail::document
