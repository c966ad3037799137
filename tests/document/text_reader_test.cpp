#include <gtest/gtest.h>

#include "blocks_text.hpp"

namespace policygraph {
namespace {

using testing::blocks_text;
using testing::has_diagnostic;
using testing::read;

Document text(std::string_view bytes) { return read(bytes, "a.txt"); }

TEST(TextReader, EmptyLinesEndParagraphs) {
  const auto document = text("A Title of the Page\n\nFirst paragraph of it.\n\n\nSecond paragraph.\n");
  EXPECT_EQ(blocks_text(document),
            "heading1 A Title of the Page\nbody First paragraph of it.\nbody Second paragraph.\n");
  EXPECT_EQ(document.source().title, "A Title of the Page");
  EXPECT_EQ(document.cut(*document.title_span()), "A Title of the Page");
}

TEST(TextReader, LongLinesAreParagraphs) {
  const std::string line(200, 'x');
  EXPECT_EQ(blocks_text(text(line + ".\n" + line + ".\n")), "body " + line + ".\nbody " + line + ".\n");
}

TEST(TextReader, JoinsWrappedLines) {
  const char* wrapped =
      "The ministry of the country has adopted a plan for the\n"
      "development of parks in every region, and the Fund of\n"
      "Reconstruction pays for it. The plan ends in the year\n"
      "2030 and is reviewed by the cabinet every spring.\n"
      "A second paragraph begins here because the line\n"
      "before it was short, which is how it\n"
      "was written.\n";
  EXPECT_EQ(text(wrapped).blocks().size(), 2U);
  EXPECT_EQ(text(wrapped).text(), wrapped);
}

TEST(TextReader, JoinsAFewWrappedLines) {
  EXPECT_EQ(text("Decree No. UP-10 of May 1, 2021 amends Decree No. UP-9 of May 1, 2020\nand Resolution No. PP-8 of June 2, 2019 together with those of the\n"
                 "Cabinet of Ministers.\n").blocks().size(), 1U);
  EXPECT_EQ(text("RESOLUTION OF THE CABINET OF MINISTERS OF THE REPUBLIC OF UZBEKISTAN\nOn measures to support the parks of the regions in this and that year\n").blocks().size(), 2U);
}

TEST(TextReader, JoinsRaggedLines) {
  EXPECT_EQ(text("Article 1. The Union finances the Green\nSchools Facility with an amount\nnot exceeding five (twenty-five\n"
                 "million euros). The share is limited to\n80 per cent of the costs, estimated at\nEUR 31,250,000.\n").blocks().size(), 1U);
  EXPECT_GT(text("Ministry of Health\nTashkent, Navoi street\nTo all regions\nOn measures\nThe minister\n").blocks().size(), 3U);
}

TEST(TextReader, KeepsTheEntriesOfAListOfShortLines) {
  EXPECT_EQ(blocks_text(text("Aziz Karimov\ndirector of\nthe World Bank\nBotir Rahimov\nchairman of\nthe Asian Development Bank\n")),
            "body Aziz Karimov|director of|the World Bank\nbody Botir Rahimov|chairman of|the Asian Development Bank\n");
  EXPECT_EQ(text("Roads repaired in\nthe north 25\nSchools built in\nthe south 12\nClinics opened in\n").blocks().size(), 3U);
  EXPECT_EQ(text("They were built with the help of\nthe Ministry of Health of Uzbekistan\nWorld Bank\nThe loan\n").blocks().size(), 3U);
  EXPECT_EQ(text("Decree No. PF-60 of the President and\nwhat amends it\nDecree No. PF-61 of the President and\nits annexes\nResolution No. 17\n").blocks().size(), 3U);
}

TEST(TextReader, JoinsWhatThePageBreakTore) {
  EXPECT_EQ(blocks_text(text("Over the past years the region has been among those where nearly ten decrees\n\nand "
                             "resolutions were adopted.\n\nNext one.\n")),
            "body Over the past years the region has been among those where nearly ten decrees||and resolutions were "
            "adopted.\nbody Next one.\n");
}

TEST(TextReader, JoinsAddressesOfAuthors) {
  EXPECT_EQ(blocks_text(text("Ivanova Anna\nResearcher,\nDepartment of International\nRelations, City "
                             "State\nUniversity of Studies\n\nBody text follows here.\n")),
            "body Ivanova Anna\nbody Researcher,|Department of International|Relations, City State|University of "
            "Studies\nbody Body text follows here.\n");
}

TEST(TextReader, ReadsListItems) {
  EXPECT_EQ(blocks_text(text("The plan is:\n\n- to build parks;\n• to train people;\n1. Resolution No. 17 of May;\na) "
                             "one letter;\n(2) in brackets;\nA. Smith said no.\n")),
            "body The plan is:\nlist_item1 (-) to build parks;\nlist_item1 (•) to train people;\nlist_item1 (1) "
            "Resolution No. 17 of May;\n"
            "list_item1 (a) one letter;\nlist_item1 (2) in brackets;\nbody A. Smith said no.\n");
}

TEST(TextReader, FindsHeadings) {
  EXPECT_EQ(blocks_text(text("THE PARKS OF THE REGION\n\nINTRODUCTION\n\nText of the introduction stands here.\n\nWhat "
                             "Was Done\n\n1. Methods\n\n"
                             "We counted all of them.\n\nReceived: 26.02.24\n\nIn particular:\n\n- parks.\n")),
            "heading1 THE PARKS OF THE REGION\nheading2 INTRODUCTION\nbody Text of the introduction stands "
            "here.\nheading3 What Was Done\n"
            "heading2 1. Methods\nbody We counted all of them.\nbody Received: 26.02.24\nbody In "
            "particular:\nlist_item1 (-) parks.\n");
}

TEST(TextReader, FindsHeadingsOfLaws) {
  EXPECT_EQ(blocks_text(text("Закон о парках\n\nСтатья 1. Предмет закона.\n\nНастоящий Закон регулирует отношения в "
                             "области парков.\n\n5-modda. Vakolatlar.\n\nVazirlik qaror qabul qiladi.\n")),
            "heading1 Закон о парках\nheading2 Статья 1. Предмет закона.\nbody Настоящий Закон регулирует отношения в "
            "области парков.\n"
            "heading2 5-modda. Vakolatlar.\nbody Vazirlik qaror qabul qiladi.\n");
}

TEST(TextReader, FindsReferencesInEveryLanguage) {
  for (const char* heading : {"REFERENCES", "Литература", "Foydalanilgan adabiyotlar",
                              "Foydalanilgan adabiyotlar roʻyxati", "Фойдаланилган адабиётлар"}) {
    const auto document = text("The paper says something here.\n\n" + std::string(heading) +
                               "\n\n- [1]. A law of May.\n2. Second Entry\n[3] Third.\n");
    EXPECT_EQ(blocks_text(document),
              "body The paper says something here.\nheading2 " + std::string(heading) +
                  "\nreference ([1]) A law of May.\nreference (2) Second Entry\nreference ([3]) Third.\n");
  }
}

TEST(TextReader, FindsKeywordsInEveryLanguage) {
  for (const char* label : {"Keywords:", "Key words:", "Ключевые слова:", "Kalit so‘zlar:", "Kalit soʻzlar:",
                            "Калит сўзлар:", "Abstract.", "Аннотация:"}) {
    const auto document = text("First line of a text.\n\n" + std::string(label) + " parks, funds.\n\nLast line.\n");
    EXPECT_EQ(document.blocks()[1].zone, Zone::keywords) << label;
  }
}

TEST(TextReader, FindsFurniture) {
  const auto document = text(
      "Home > News > Parks\n\nA Title of the Page\n\nThe body of the text goes on for a while here.\n\nAll rights "
      "reserved.\n\n"
      "• Make an Order\n\n• Our Prices\n\n12, Garden Street, Springfield 123456\n\nhttps://example.org/a\n\n• "
      "Contacts\n");
  std::string zones;
  for (const auto& block : document.blocks()) zones += std::string(zone_name(block.zone)) + " ";
  EXPECT_EQ(zones, "furniture heading body furniture furniture furniture furniture furniture furniture ");
}

TEST(TextReader, RepeatedLinesAreFurniture) {
  const auto document = text(
      "Bulletin of Parks\n\nFirst text ends here.\n\nBulletin of Parks\n\nSecond text ends here.\n\nBulletin of "
      "Parks\n\nThird text ends here.\n");
  EXPECT_EQ(document.blocks()[0].zone, Zone::furniture);
  EXPECT_EQ(document.blocks()[1].zone, Zone::body);
}

TEST(TextReader, ChoosesTheTitleAmongLeadingHeadings) {
  const auto document = text(
      "SCIENTIFIC JOURNAL\n\n<http://example.org/journal>\n\nCooperation\n\nHow Cooperation Grows in the "
      "Region\n\nText of the paper is here.\n");
  EXPECT_EQ(document.source().title, "How Cooperation Grows in the Region");
  EXPECT_EQ(document.source().publisher, "SCIENTIFIC JOURNAL");
}

TEST(TextReader, ATitleMayRunOverSeveralLines) {
  const auto document = text(
      "RESOLUTION OF THE PRESIDENT\nof May 18, 2021 No. 5246\nOn measures for the parks of every region of the "
      "country\n(a summary)\n\nThe resolution pays for parks.\n");
  EXPECT_EQ(blocks_text(document),
            "heading2 RESOLUTION OF THE PRESIDENT|of May 18, 2021 No. 5246\nheading1 On measures for the parks of "
            "every region of the country\n"
            "heading2 (a summary)\nbody The resolution pays for parks.\n");
}

TEST(TextReader, ReadsTablesSetWithBlanks) {
  EXPECT_EQ(blocks_text(text("The money is shared so:\n\nNew School      647 billion\nRural Parks     91.3 "
                             "billion\nTotal\t738.3 billion\n\nIt is spent in the regions.\n")),
            "body The money is shared so:\ntable_cell {1 0,0} New School\ntable_cell {1 0,1} 647 billion\ntable_cell "
            "{1 1,0} Rural Parks\n"
            "table_cell {1 1,1} 91.3 billion\ntable_cell {1 2,0} Total\ntable_cell {1 2,1} 738.3 billion\nbody It is "
            "spent in the regions.\n");
  EXPECT_EQ(text("A lone line      of two parts.\n\nText follows it.\n").blocks().size(), 2U);
}

TEST(TextReader, RulesAreFurniture) {
  EXPECT_EQ(blocks_text(text("Text ends here.\n\n--\nnamed in small letters.\n")),
            "body Text ends here.\nfurniture --\nbody named in small letters.\n");
}

TEST(TextReader, FindsItsOwnDate) {
  const auto labelled =
      text("Title of Paper\n\nReceived: 26.02.24\n\nPublished: 02.03.24\n\nText of 5 May 2020 here.\n");
  EXPECT_EQ(labelled.source().published.to_string(), "2024-03-02");
  EXPECT_EQ(labelled.cut(*labelled.date_span()), "02.03.24");
  EXPECT_EQ(text("Title\n\nTashkent, 12 May 2024\n\nText here.\n").source().published.to_string(), "2024-05-12");
  EXPECT_EQ(text("TASHKENT, May 12, 2024 – The ministry said so on 1 April 2024.\n").source().published.to_string(),
            "2024-05-12");
  EXPECT_TRUE(text("The ministry said so on 1 April 2024 in the city.\n").source().published.is_unknown());
}

TEST(TextReader, GuessesTheLanguage) {
  EXPECT_EQ(text("The ministry has adopted a plan for the development of parks in every region.\n").source().language,
            "en");
  EXPECT_EQ(text("Министерство приняло план развития парков во всех регионах страны на этот год.\n").source().language,
            "ru");
  EXPECT_EQ(
      text("Vazirlar Mahkamasi hududlarda axborot texnologiyalarini rivojlantirish to‘g‘risida qaror qabul qildi.\n")
          .source()
          .language,
      "uz-Latn");
}

TEST(TextReader, ReadsMarkdownHeadings) {
  EXPECT_EQ(blocks_text(read("# Title here\n\nText.\n\n## Part\n\nMore.\n", "a.md")),
            "heading1 Title here\nbody Text.\nheading2 Part\nbody More.\n");
}

TEST(TextReader, SaysWhatItRepaired) {
  EXPECT_TRUE(has_diagnostic(text(""), "empty"));
  EXPECT_TRUE(text("").text().empty());
  const auto broken = text("Матн “қавс” ичида ва \xFF бузилган бир байт.\n");
  EXPECT_TRUE(has_diagnostic(broken, "U+FFFD"));
  EXPECT_NE(broken.text().find("\uFFFD"), std::string_view::npos);
  EXPECT_TRUE(has_diagnostic(text(std::string("a\0b", 3)), "NUL"));
  const std::string wide("\x1F\x04\x40\x04\x38\x04\x32\x04\x35\x04\x42\x04\x20\x00\x3C\x04\x38\x04\x40\x04", 20);
  EXPECT_EQ(text(wide).text(), "Привет мир");
  EXPECT_TRUE(has_diagnostic(text(wide), "utf-16le"));
}

TEST(TextReader, RefusesWhatIsNoText) {
  EXPECT_THROW(text("%PDF-1.7 x"), Error);
  EXPECT_THROW(text(std::string(100, '\x01')), Error);
  DocumentOptions options;
  options.max_bytes = 3;
  try {
    read("four", "a.txt", options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::limit);
  }
  options = {};
  options.encoding = "klingon";
  EXPECT_THROW(read("a", "a.txt", options), Error);
}

TEST(TextReader, LeavesAByteOrderMarkOut) {
  const auto document = text("\xEF\xBB\xBFWord one.\n");
  EXPECT_EQ(document.text(), "Word one.\n");
  EXPECT_EQ(document.source_span({0, 4}), (Span{3, 7}));
}

TEST(TextReader, MapsBackOverLineBreaks) {
  const auto document = text("One.\r\n\r\nTwo.\r\n");
  EXPECT_EQ(document.text(), "One.\n\nTwo.\n");
  EXPECT_EQ(document.source_span({6, 10}), (Span{8, 12}));
}

}  // namespace
}  // namespace policygraph
