#include <gtest/gtest.h>

#include <chrono>

#include "policygraph/text/tokens.hpp"

namespace policygraph {
namespace {

std::vector<std::string> sentences(std::string_view text, std::string_view language = "en") {
  const auto tokens = tokenize(text);
  std::vector<std::string> out;
  for (const Sentence& s : split_sentences(text, tokens, Languages::built_in().get(language))) {
    out.emplace_back(text.substr(s.span.start, s.span.size()));
  }
  return out;
}

using Strings = std::vector<std::string>;

TEST(Sentences, EndAtFullStops) {
  EXPECT_EQ(sentences("The act was adopted. It took effect in 2021. Who pays? The state!"),
            (Strings{"The act was adopted.", "It took effect in 2021.", "Who pays?", "The state!"}));
}

TEST(Sentences, NotAfterAbbreviations) {
  EXPECT_EQ(sentences("Decree No. 17 was signed by Dr. Smith. See Art. 5 of it.").size(), 2U);
  EXPECT_EQ(sentences("The U.S. Government and R.Minnihanov met A. B. Karimov. Then they left.").size(), 2U);
  EXPECT_EQ(sentences("Grants of $4.9 million, i.e. most of it, e.g. Loans.").size(), 1U);
}

TEST(Sentences, FinalAbbreviationsEndBeforeACapital) {
  EXPECT_EQ(sentences("Roads, dams, etc. The plan covers all."), (Strings{"Roads, dams, etc.", "The plan covers all."}));
  EXPECT_EQ(sentences("Roads, etc. and dams.").size(), 1U);
  EXPECT_EQ(sentences("Школы, больницы и т. д. Министерство отчиталось.", "ru").size(), 2U);
  EXPECT_EQ(sentences("Школы и т. д. и т. п. входят в план.", "ru").size(), 1U);
}

TEST(Sentences, RussianDatesAndPlaces) {
  EXPECT_EQ(sentences("Указ от 5 октября 2020 г. № УП-6079 подписан в г. Ташкенте. Он вступил в силу.", "ru").size(), 2U);
}

TEST(Sentences, UzbekActsAndDates) {
  EXPECT_EQ(sentences("O‘zbekiston Respublikasi Prezidentining 2020-yil 5-oktabrdagi PF-6079-son Farmoni qabul qilindi. "
                      "Sh. Rahimov ma’ruza qildi.",
                      "uz-Latn"),
            (Strings{"O‘zbekiston Respublikasi Prezidentining 2020-yil 5-oktabrdagi PF-6079-son Farmoni qabul qilindi.",
                     "Sh. Rahimov ma’ruza qildi."}));
}

TEST(Sentences, ListItemsStandAlone) {
  EXPECT_EQ(sentences("The fund shall:\n- build schools;\n- repair roads;\n1. item one\n2. item two"),
            (Strings{"The fund shall:", "- build schools;", "- repair roads;", "1. item one", "2. item two"}));
  EXPECT_EQ(sentences("Tasks:\na) first;\nb) second."), (Strings{"Tasks:", "a) first;", "b) second."}));
}

TEST(Sentences, FootnotesStayWithTheirSentence) {
  EXPECT_EQ(sentences("Spending grew.[7] Debt fell. [8] Rates held."),
            (Strings{"Spending grew.[7]", "Debt fell. [8]", "Rates held."}));
}

TEST(Sentences, HeadingsWithoutAFullStop) {
  EXPECT_EQ(sentences("General provisions\n\nThis decree is new."), (Strings{"General provisions", "This decree is new."}));
  EXPECT_EQ(sentences("General provisions\nThis decree is new."), (Strings{"General provisions", "This decree is new."}));
}

TEST(Sentences, GoOnBelowAPageBreak) {
  EXPECT_EQ(sentences("Nearly ten presidential decrees\n\nand resolutions were adopted. Good.").size(), 2U);
  EXPECT_EQ(sentences("The decrees were adopted.\n\nand so on").size(), 2U);
}

TEST(Sentences, NoIsAWordUnlessANumberFollows) {
  EXPECT_EQ(sentences("The answer was no. The minister left.").size(), 2U);
  EXPECT_EQ(sentences("See decree no. 17 of May.").size(), 1U);
}

TEST(Sentences, RulesOfSignsStandAlone) {
  EXPECT_EQ(sentences("The end\n--\nwritten for a test"), (Strings{"The end", "--", "written for a test"}));
}

TEST(Sentences, AreCutAtTheirMost) {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += "a ";
  EXPECT_EQ(sentences(text).size(), 3U);
}

TEST(Sentences, WrappedLinesAreOneSentence) {
  const std::string text =
      "The programme is carried out by the Ministry of Digital Technologies and\n"
      "Communications together with the regional administrations, the Academy of\n"
      "Sciences and the association of enterprises that work in this field. The\n"
      "Cabinet of Ministers reports on it every year before the first of March to\n"
      "Parliament.\n";
  EXPECT_EQ(sentences(text).size(), 2U);
}

TEST(Sentences, BreakAfterAnAbbreviationGoesOn) {
  EXPECT_EQ(sentences("signed by Dr.\nSmith in Tashkent").size(), 1U);
}

TEST(Sentences, RaggedLinesGoOn) {
  EXPECT_EQ(sentences("In that case the Union finances the Green\nSchools Facility with an amount that is\nnot exceeding five (twenty-five\nmillion euros) for those of the\n80 villages").size(), 1U);
  EXPECT_EQ(sentences("The contribution is EUR\n6,250,000").size(), 1U);
  EXPECT_EQ(sentences("Ministry of Health\nTashkent\nNavoi street").size(), 3U);
}

TEST(Sentences, ListsOfShortLinesEndWithTheirLines) {
  EXPECT_EQ(sentences("Roads repaired in\nthe north 25\nSchools built in\nthe south 12\nClinics opened in\nthe east 7").size(), 3U);
  EXPECT_EQ(sentences("Aziz Karimov\ndirector of\nthe World Bank\nBotir Rahimov\nchairman of\nthe Asian Development Bank").size(), 2U);
  EXPECT_EQ(sentences("Roads repaired in all the districts of\nthe north 25\nSchools built in the villages of\nthe south 12\nClinics opened in towns of\nthe east 7").size(), 3U);
  EXPECT_EQ(sentences("They were built with the help of\nthe Ministry of Health of Uzbekistan\nWorld Bank\nThe loan").size(), 3U);
}

TEST(Sentences, QuotesCloseWithTheirSentence) {
  EXPECT_EQ(sentences("He said: “We will pay.” The minister left."),
            (Strings{"He said: “We will pay.”", "The minister left."}));
  EXPECT_EQ(sentences("«Мы заплатим!» – сказал министр.", "ru").size(), 1U);
}

TEST(Sentences, GluedSentencesComeApartAndSitesDoNot) {
  EXPECT_EQ(sentences("The work ended.Then it began. See www.gov.uz for more.").size(), 3U);
}

TEST(Sentences, TokenRangesMatchTheSpans) {
  const std::string text = "One two. Three!\n\nFour";
  const auto tokens = tokenize(text);
  std::uint32_t last = 0;
  for (const Sentence& s : split_sentences(text, tokens, Languages::built_in().get("en"))) {
    EXPECT_GE(s.first, last);
    EXPECT_EQ(s.span.start, tokens[s.first].span.start);
    EXPECT_EQ(s.span.end, tokens[s.last - 1].span.end);
    last = s.last;
  }
}

TEST(Sentences, HostileInputTakesLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  for (const char* piece : {"\"", "«", "(", "[7]", ".", "a.", "A.\n", "- ", "\n- a;", "т. д. ", "1. "}) {
    std::string text;
    while (text.size() < 1000000) text += piece;
    EXPECT_GE(sentences(text).size(), 1U) << piece;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

}  // namespace
}  // namespace policygraph
