#include "extract/folding.hpp"

#include <gtest/gtest.h>

#include "policygraph/extract/recognizer.hpp"

namespace policygraph {
namespace {

namespace inner = detail::extract;

constexpr std::string_view kTexts[] = {
    "The Ministry of Justice's budget, 2024: USD 1,000 & more; EU\u2019s \"Green\" aid-programme (co-funded).\nIt\u2019s on O'Neil's list, N\u00BA 5.",
    "ПОСТАНОВЛЕНИЕ Президента Республики Узбекистан от 5 октября 2020 года № ПФ-6079; Ёлка, ёж, ЩУКА, Қарор ғоя Ўзбекистон.",
    "O\u2018zbekiston Respublikasi Prezidentining qarori, yo\u02BBq, ma\u2019no, San\u2019at GʻOYA g`oya; 2020-yil 5-oktabrdagi PF-6079-son.",
    "Stra\u00DFe ISTANBUL \u0130zmir \u00C9cole \uC81C35038\uD638 \u0490 \u0404vropa a\u0301b mix\u0435d ДтM",
    "",
    " \n\n\t",
    "x",
};

DocumentView view_of(const Document& document) { return DocumentView(document, Languages::built_in()); }

// Folded words are parts of one lowered text where they can be: word by word is the slow way.
TEST(Folding, OfAViewIsThatOfEachWord) {
  for (const auto text : kTexts) {
    const Document document = read_document_bytes(text, "a.txt");
    const auto view = view_of(document);
    for (std::uint32_t i = 0; i < view.tokens().size(); ++i)
      EXPECT_EQ(view.folded(i), inner::fold_word(view.text(view.tokens()[i]))) << text;
  }
}

TEST(Folding, OfPlainWordsIsThatOfTheirTokens) {
  for (const auto text : kTexts) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
      const auto rest = text.substr(at).substr(0, text.substr(at).find('\n'));
      std::vector<std::string> expected;
      for (const Token& token : tokenize(rest)) {
        if (token.kind != TokenKind::word && token.kind != TokenKind::number) continue;
        auto word = inner::fold_word(rest.substr(token.span.start, token.span.size()));
        if (!word.empty()) expected.push_back(std::move(word));
      }
      ASSERT_EQ(inner::folded_words(rest), expected) << rest;
    }
  }
}

TEST(DocumentView, FindsTheTokenAtAnyByte) {
  for (const auto text : kTexts) {
    const Document document = read_document_bytes(text, "a.txt");
    const auto view = view_of(document);
    for (std::uint32_t offset = 0; offset < document.text().size() + 40; ++offset) {
      std::uint32_t token = 0;
      while (token < view.tokens().size() && view.tokens()[token].span.start < offset) ++token;
      ASSERT_EQ(view.token_at(offset), token) << offset;
    }
  }
}

}  // namespace
}  // namespace policygraph
