#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "blocks_text.hpp"
#include "document/pdf_pages.hpp"
#include "document/process.hpp"
#include "written_files.hpp"

namespace policygraph {
namespace {

namespace inner = detail::document;
using testing::blocks_text;
using testing::has_diagnostic;
using testing::pdf_file;
using testing::pdf_lines;

class PdfReader : public ::testing::Test {
 protected:
  void SetUp() override {
    if (inner::find_program("pdftotext").empty()) GTEST_SKIP() << "no pdftotext here";
  }
  static Document read(const std::string& bytes, const DocumentOptions& options = {}) { return read_document_bytes(bytes, "a.pdf", options); }
};

std::string message_of(const std::string& bytes, const DocumentOptions& options = {}) {
  try {
    read_document_bytes(bytes, "a.pdf", options);
  } catch (const Error& error) {
    return std::string(code_name(error.code())) + ": " + error.text();
  }
  return "read";
}

TEST_F(PdfReader, KeepsPagesParagraphsAndLetters) {
  const auto document = read(pdf_file({pdf_lines({"Постановление Президента", "", "Выделить 10 млрд сумов на программу «Обод кишлок», которая", "рассчитана на три года."}),
                                       pdf_lines({"Ikkinchi bet: 2020-yil 5-oktabrdagi PF-6079-son Farmoni."})}));
  EXPECT_EQ(blocks_text(document),
            "heading1 Постановление Президента\nbody Выделить 10 млрд сумов на программу «Обод кишлок», которая|рассчитана на три года.\n"
            "body Ikkinchi bet: 2020-yil 5-oktabrdagi PF-6079-son Farmoni.\n");
  EXPECT_EQ(document.file_type(), "pdf");
  const auto last = document.blocks().back().span;
  EXPECT_EQ(std::ranges::count(document.text().substr(0, last.start), '\f'), 1);
  EXPECT_TRUE(document.diagnostics().empty());
}

TEST_F(PdfReader, RowsOfTablesStayTogether) {
  testing::PdfPage page;
  const std::vector<std::vector<std::string>> rows = {{"Programme", "Year", "Amount"}, {"Parks", "2025", "2 500.0"}, {"Schools", "2026", "1 300.5"}};
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < 3; ++column) page.push_back({72.0 + 140.0 * static_cast<double>(column), 700.0 - 14.0 * static_cast<double>(row), rows[row][column]});
  }
  EXPECT_EQ(blocks_text(read(pdf_file({page}))),
            "table_cell {1 0,0} Programme\ntable_cell {1 0,1} Year\ntable_cell {1 0,2} Amount\ntable_cell {1 1,0} Parks\ntable_cell {1 1,1} 2025\n"
            "table_cell {1 1,2} 2 500.0\ntable_cell {1 2,0} Schools\ntable_cell {1 2,1} 2026\ntable_cell {1 2,2} 1 300.5\n");
}

TEST_F(PdfReader, ColumnsOfTextAreReadOneAfterTheOther) {
  auto page = pdf_lines(std::vector<std::string>(14, "left of the page goes on here and"));
  const auto right = pdf_lines(std::vector<std::string>(14, "right of the page goes on too and"), 330);
  page.insert(page.end(), right.begin(), right.end());
  const auto document = read(pdf_file({page}));
  EXPECT_LT(document.text().rfind("left of"), document.text().find("right of"));
}

TEST_F(PdfReader, SaysWhichPagesHoldNoText) {
  const auto words = pdf_lines({"Some words."});
  EXPECT_TRUE(has_diagnostic(read(pdf_file({words, {}, {}, words, {}})), "pages 2-3 and 5 of 5 hold no text; a scanned page"));
  EXPECT_TRUE(has_diagnostic(read(pdf_file({{}, {}})), "none of its 2 pages holds text"));
}

TEST_F(PdfReader, SaysWhatCannotBeRead) {
  EXPECT_EQ(message_of("%PDF-1.7 x").substr(0, 57), "format: 'a.pdf' is a PDF file that cannot be read: Syntax");
  EXPECT_EQ(message_of(pdf_file(std::vector<testing::PdfPage>(3))), "read");
}

TEST(PdfReaderAlone, NamesThePackageWhereTheProgramIsMissing) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const auto message = message_of(pdf_file({pdf_lines({"x"})}));
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_EQ(message, "feature_not_built: 'a.pdf' is a PDF file and pdftotext is not on the PATH; install poppler-utils (on Debian: apt-get install poppler-utils)");
}

TEST(PdfPages, TornWordsAreJoined) {
  EXPECT_EQ(inner::join_torn_words("the infra-\n   structure of\npublic-private part-\nners, a public-\nprivate one"),
            "the infrastructure of\npublic-private partners, a public-private one");
  EXPECT_EQ(inner::join_torn_words("PF-6079-\nson, ПП-\n358, a -\nb, end-\n"), "PF-6079-son, ПП-\n358, a -\nb, end-\n");
  EXPECT_EQ(inner::join_torn_words("-\n"), "-\n");
}

TEST(PdfPages, NumbersAreRuns) {
  EXPECT_EQ(inner::page_numbers({2, 4, 5, 6, 9}), "2, 4-6 and 9");
  EXPECT_EQ(inner::page_numbers({7}), "7");
}

TEST(PdfPages, TwoColumnsAreLongLinesBesideOneAnother) {
  std::string prose, table;
  for (int i = 0; i < 12; ++i) {
    prose += "a line of words that is as long as columns    are beside another one that is as long\n";
    table += "Authorized capital of the commercial banks of it      2 500.0\n";
  }
  EXPECT_TRUE(inner::has_two_columns(prose));
  EXPECT_FALSE(inner::has_two_columns(table));
}

TEST(Process, IsEndedAtItsBounds) {
  using End = inner::ProcessResult::End;
  inner::ProcessLimits limits;
  limits.output_bytes = 100'000;
  EXPECT_EQ(inner::run_process("/bin/cat", {}, "some words", limits).output, "some words");
  EXPECT_EQ(inner::run_process("/bin/cat", {"/dev/zero"}, "", limits).end, End::too_much_output);
  EXPECT_EQ(inner::run_process("/bin/cat", {"/nowhere"}, "", limits).exit_code, 1);
  EXPECT_EQ(inner::run_process("/nowhere", {}, "", limits).exit_code, 127);
  limits.time = std::chrono::seconds(1);
  EXPECT_EQ(inner::run_process("/bin/sleep", {"20"}, "", limits).end, End::out_of_time);
}

}  // namespace
}  // namespace policygraph
