#include <gtest/gtest.h>

#include "blocks_text.hpp"
#include "document/inflate.hpp"
#include "document/zip_archive.hpp"
#include "written_files.hpp"

namespace policygraph {
namespace {

namespace inner = detail::document;
using testing::blocks_text;
using testing::deflated;
using testing::docx_file;
using testing::docx_p;
using testing::read;
using testing::ZipPart;

const std::string kStyles =
    "<w:styles><w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:styleId='Own'><w:name w:val='Раздел'/><w:basedOn w:val='1'/></w:style><w:style w:styleId='T1'><w:name w:val='toc 1'/></w:style>"
    "<w:style w:styleId='Loop'><w:name w:val='x'/><w:basedOn w:val='Loop'/></w:style></w:styles>";
const std::string kNumbering =
    "<w:numbering><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum><w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num></w:numbering>";

std::string item(const std::string& words, int level) {
  return docx_p(words, "<w:numPr><w:ilvl w:val='" + std::to_string(level) + "'/><w:numId w:val='2'/></w:numPr>");
}

std::string message_of(const std::string& bytes, const DocumentOptions& options = {}) {
  try {
    read_document_bytes(bytes, "a.docx", options);
  } catch (const Error& error) {
    return std::string(code_name(error.code())) + ": " + error.text();
  }
  return "read";
}

TEST(DocxReader, ReadsHeadingsListsAndParagraphs) {
  const auto document = read(docx_file(docx_p("О программе", "<w:pStyle w:val='Own'/>") + docx_p("Contents .... 2", "<w:pStyle w:val='T1'/>") +
                                           docx_p("Одобрить &lt;программу&gt; R&amp;D.", "<w:pStyle w:val='Loop'/>") + item("First point;", 0) + item("a detail;", 1) +
                                           item("Second point.", 0) + docx_p("Raqamli bo‘lim", "<w:jc w:val='center'/>", "<w:b/>"),
                                       {{"word/styles.xml", deflated(kStyles), 8}, {"word/numbering.xml", kNumbering}}),
                             "a.docx");
  EXPECT_EQ(blocks_text(document),
            "heading1 О программе\nfurniture Contents .... 2\nbody Одобрить <программу> R&D.\nlist_item1 (3) First point;\nlist_item2 (-) a detail;\n"
            "list_item1 (4) Second point.\nheading4 Raqamli bo‘lim\n");
  EXPECT_EQ(document.source().title, "О программе");
  EXPECT_EQ(document.file_type(), "docx");
}

TEST(DocxReader, ReadsTablesByRowAndColumn) {
  const auto cell = [](const std::string& words, const std::string& more = "") { return "<w:tc><w:tcPr>" + more + "</w:tcPr>" + docx_p(words) + "</w:tc>"; };
  EXPECT_EQ(blocks_text(read(docx_file("<w:tbl><w:tr>" + cell("Programme") + cell("2025") + cell("2026") + "</w:tr><w:tr>" + cell("Parks", "<w:gridSpan w:val='2'/>") +
                                       cell("40") + "</w:tr></w:tbl>"),
                             "a.docx")),
            "table_cell {1 0,0} Programme\ntable_cell {1 0,1} 2025\ntable_cell {1 0,2} 2026\ntable_cell {1 1,0} Parks\ntable_cell {1 1,2} 40\n");
}

TEST(DocxReader, LeavesOutWhatIsNotSaid) {
  const auto body = docx_p("Said") + "<w:p><w:del><w:r><w:delText>deleted</w:delText><w:t>too</w:t></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
                    "<w:r><w:instrText>PAGE</w:instrText><w:t>once </w:t></w:r><mc:AlternateContent><mc:Choice><w:r><w:t>more</w:t></w:r></mc:Choice><mc:Fallback><w:r>"
                    "<w:t>more</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>";
  EXPECT_EQ(blocks_text(read(docx_file(body), "a.docx")), "body Said\nbody once more\n");
}

TEST(DocxReader, NotesStandBehindTheText) {
  const auto body = "<w:p><w:r><w:t>A claim</w:t></w:r><w:r><w:footnoteReference w:id='5'/></w:r><w:r><w:t>.</w:t></w:r></w:p>";
  const auto notes = "<w:footnotes><w:footnote w:type='separator' w:id='0'/><w:footnote w:id='5'>" + docx_p(" Resolution No. 17.") + "</w:footnote></w:footnotes>";
  EXPECT_EQ(blocks_text(read(docx_file(body, {{"word/footnotes.xml", notes}}), "a.docx")), "body A claim[1].\nbody [1] Resolution No. 17.\n");
}

TEST(DocxReader, FindsItsTextWhereTheRelationsSay) {
  const std::string relations = "<Relationships><Relationship Id='r' Type='http://x/relationships/officeDocument' Target='/word/document2.xml'/></Relationships>";
  EXPECT_EQ(blocks_text(read(testing::zip_file({{"_rels/.rels", relations}, {"word/document2.xml", docx_p("Here.")}}), "no ending")), "body Here.\n");
}

TEST(DocxReader, SaysWhatCannotBeRead) {
  const std::string start = "format: 'a.docx' cannot be read as a DOCX file: ";
  EXPECT_EQ(message_of("not a zip"), start + "it has no part 'word/document.xml'");
  EXPECT_EQ(message_of(testing::zip_file({{"word/document.xml", "", 8, 1}})), start + "its part 'word/document.xml' is encrypted; save the file without a password");
  EXPECT_EQ(message_of(testing::zip_file({{"word/document.xml", "\xFF\xFF", 8}})), start + "its part 'word/document.xml' is damaged");
  const auto whole = docx_file(docx_p("Text."));
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(message_of(whole.substr(0, size)), "read") << size;
  EXPECT_EQ(message_of(testing::zip_file({{"xl/workbook.xml", "x"}})).substr(0, 63), "encoding: 'a.docx' is a ZIP archive or an office document of an");
}

TEST(DocxReader, AFileThatUnfoldsToTooMuchIsRefused) {
  const auto bomb = testing::zip_file({{"word/document.xml", testing::deflated_run('x', 400'000), 8}});
  DocumentOptions options;
  options.max_bytes = 1'000'000;
  ASSERT_LT(bomb.size(), options.max_bytes);
  EXPECT_EQ(message_of(bomb, options), "limit: 'a.docx' cannot be read as a DOCX file: its part 'word/document.xml' unfolds to more than 1000000 bytes");
}

TEST(Unpack, GivesBackWhatWasPacked) {
  std::string bytes(200'000, 'a');
  for (std::size_t i = 0; i < bytes.size(); i += 7) bytes[i] = static_cast<char>(i);
  const auto packed = testing::gzipped(bytes) + "more";
  const auto out = inner::unpack(packed, inner::Packing::gzip, 1'000'000);
  EXPECT_TRUE(out.is_whole && out.bytes == bytes && out.used == packed.size() - 4);
  EXPECT_EQ(inner::packed_size(packed, inner::Packing::gzip, 1'000'000).packed, packed.size() - 4);
  EXPECT_EQ(inner::packed_size(packed, inner::Packing::gzip, 1'000'000).unpacked, bytes.size());
  EXPECT_EQ(inner::packed_size(packed, inner::Packing::gzip, 1000).packed, 0U);
  const auto head = inner::unpack(packed, inner::Packing::gzip, 10);
  EXPECT_TRUE(!head.is_whole && !head.is_broken && head.bytes == bytes.substr(0, 10));
  EXPECT_TRUE(inner::unpack(packed.substr(0, 100), inner::Packing::gzip, 1'000'000).is_broken);
  EXPECT_EQ(inner::unpack(testing::deflated_run('z', 3), inner::Packing::raw, 10'000).bytes, std::string(1 + 3 * 258, 'z'));
}

}  // namespace
}  // namespace policygraph
