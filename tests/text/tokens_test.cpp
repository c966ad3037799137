#include "policygraph/text/tokens.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

/// Tokens apart by "|"; a number in <>, a symbol in {}, a break as "/" or "//".
std::string shown(std::string_view text) {
  std::string out;
  for (const Token& token : tokenize(text)) {
    if (!out.empty()) out += '|';
    const std::string_view cut = text.substr(token.span.start, token.span.size());
    switch (token.kind) {
      case TokenKind::number: out += "<" + std::string(cut) + ">"; break;
      case TokenKind::symbol: out += "{" + std::string(cut) + "}"; break;
      case TokenKind::line_break: out += token.is_paragraph ? "//" : "/"; break;
      default: out += cut;
    }
  }
  return out;
}

TEST(Tokenize, WordsKeepApostrophesAndHyphens) {
  EXPECT_EQ(shown("o‘zbek O'zbekiston toʻlov ma’no back-office"), "o‘zbek|O'zbekiston|toʻlov|ma’no|back-office");
  EXPECT_EQ(shown("tog‘ va bog'"), "tog‘|va|bog'");
  EXPECT_EQ(shown("'go' and ‘logo’"), "'|go|'|and|‘|logo|’");
  EXPECT_EQ(shown("workers' rights"), "workers|'|rights");
}

TEST(Tokenize, ADashBetweenLettersAndDigitsSplits) {
  EXPECT_EQ(shown("PF-6079-son"), "PF|-|<6079>|-|son");
  EXPECT_EQ(shown("2020-yil 5-oktabrdagi"), "<2020>|-|yil|<5>|-|oktabrdagi");
  EXPECT_EQ(shown("ЎРҚ-637-сон"), "ЎРҚ|-|<637>|-|сон");
  EXPECT_EQ(shown("2024–2029"), "<2024>|–|<2029>");
  EXPECT_EQ(shown("B2B G20"), "B2B|G20");
}

TEST(Tokenize, NumbersKeepTheirSeparators) {
  EXPECT_EQ(shown("102 938 4.9 million 1,000 2,503,060"), "<102 938>|<4.9>|million|<1,000>|<2,503,060>");
  EXPECT_EQ(shown("102\u00A0938; 102\u2009938; 102\u202F938,5"), "<102\u00A0938>|;|<102\u2009938>|;|<102\u202F938,5>");
  EXPECT_EQ(shown("1 000 000.50 so‘m"), "<1 000 000.50>|so‘m");
}

TEST(Tokenize, NumbersThatOnlyStandSideBySide) {
  EXPECT_EQ(shown("2020 100"), "<2020>|<100>");
  EXPECT_EQ(shown("12 34"), "<12>|<34>");
  EXPECT_EQ(shown("5 1000"), "<5>|<1000>");
  EXPECT_EQ(shown("1\t000"), "<1>|<000>");
  EXPECT_EQ(shown("5. 6"), "<5>|.|<6>");
}

TEST(Tokenize, SymbolsAreTheirOwnKind) { EXPECT_EQ(shown("№17, 5% $3 (§2)"), "{№}|<17>|,|<5>|{%}|{$}|<3>|(|{§}|<2>|)"); }

TEST(Tokenize, InitialsAndAbbreviationsComeApart) {
  EXPECT_EQ(shown("R.Minnihanov т. д. [7];"), "R|.|Minnihanov|т|.|д|.|[|<7>|]|;");
}

TEST(Tokenize, BreaksTellParagraphs) {
  EXPECT_EQ(shown("a\nb\n \nc\r\nd"), "a|/|b|//|c|/|d");
  const auto tokens = tokenize("a \n b");
  EXPECT_EQ(tokens[1].span, (Span{2, 3}));
  EXPECT_TRUE(tokens[2].space_before);
}

TEST(Tokenize, TellsCaseAndScript) {
  const auto tokens = tokenize("Vazirlik ВМ UNDP uz сOюз 中文");
  EXPECT_TRUE(tokens[0].is_capitalised);
  EXPECT_FALSE(tokens[0].is_upper);
  EXPECT_EQ(tokens[0].script, Script::latin);
  EXPECT_TRUE(tokens[1].is_upper);
  EXPECT_EQ(tokens[1].script, Script::cyrillic);
  EXPECT_FALSE(tokens[3].is_capitalised);
  EXPECT_EQ(tokens[4].script, Script::mixed);
  EXPECT_EQ(tokens[5].script, Script::other);
}

TEST(Tokenize, SpaceBeforeTellsGluedTokens) {
  const auto tokens = tokenize("No. 17");
  EXPECT_FALSE(tokens[1].space_before);
  EXPECT_TRUE(tokens[2].space_before);
}

TEST(Tokenize, MarksAndSoftHyphensStayInTheWord) {
  EXPECT_EQ(shown("ре\u00ADспублика"), "ре\u00ADспублика");
  EXPECT_EQ(shown("q\u0301azaq"), "q\u0301azaq");
  EXPECT_EQ(shown("a\u200Bb"), "a|b");
}

TEST(Tokenize, ATokenTakesTwelveBytes) { EXPECT_EQ(sizeof(Token), 12U); }

TEST(Tokenize, ClosedQuotesLetSignsJoinAgain) { EXPECT_EQ(shown("'loyiha' tog' va"), "'|loyiha|'|tog'|va"); }

TEST(Tokenize, SurvivesIllFormedBytes) {
  EXPECT_EQ(tokenize("\xFF\xFE").size(), 2U);
  EXPECT_EQ(tokenize("").size(), 0U);
  EXPECT_EQ(tokenize(std::string_view("a\0b", 3)).size(), 2U);
}

}  // namespace
}  // namespace policygraph
