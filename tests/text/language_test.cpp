#include "policygraph/text/language.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

const Language& language(std::string_view code) { return Languages::built_in().get(code); }

TEST(Language, BuiltInOnes) {
  EXPECT_EQ(Languages::built_in().codes(), (std::vector<std::string>{"en", "kk", "ru", "uz-Cyrl", "uz-Latn"}));
}

TEST(Language, MonthsInEveryForm) {
  EXPECT_EQ(language("en").month("SEPTEMBER"), 9);
  EXPECT_EQ(language("en").month("Sept"), 9);
  EXPECT_EQ(language("ru").month("октября"), 10);
  EXPECT_EQ(language("uz-Latn").month("oktabrdagi"), 10);
  EXPECT_EQ(language("uz-Latn").month("yanvaridan"), 1);
  EXPECT_EQ(language("uz-Cyrl").month("октябрдаги"), 10);
  EXPECT_EQ(language("kk").month("қаңтардағы"), 1);
  EXPECT_EQ(language("en").month("decree"), std::nullopt);
}

TEST(Language, NumberWords) {
  EXPECT_EQ(language("en").number_word("Two"), Decimal(2));
  EXPECT_EQ(language("en").number_word("twenty-five"), Decimal(25));
  EXPECT_EQ(language("ru").number_word("двух"), Decimal(2));
  EXPECT_EQ(language("ru").number_word("трёх"), Decimal(3));
  EXPECT_EQ(language("uz-Latn").number_word("to‘rt"), Decimal(4));
  EXPECT_EQ(language("uz-Latn").number_word("to'rt"), Decimal(4));
  EXPECT_EQ(language("uz-Cyrl").number_word("ўн"), Decimal(10));
  EXPECT_EQ(language("kk").number_word("екі"), Decimal(2));
  EXPECT_EQ(language("en").number_word("five-twenty"), std::nullopt);
}

TEST(Language, Magnitudes) {
  EXPECT_EQ(language("en").magnitude("million"), Decimal(1000000));
  EXPECT_EQ(language("ru").magnitude("млн"), Decimal(1000000));
  EXPECT_EQ(language("ru").magnitude("тысяч"), Decimal(1000));
  EXPECT_EQ(language("uz-Latn").magnitude("mlrd"), Decimal(1000000000));
  EXPECT_EQ(language("uz-Latn").magnitude("mingdan"), Decimal(1000));
}

TEST(Language, Abbreviations) {
  EXPECT_TRUE(language("en").is_abbreviation("No"));
  EXPECT_TRUE(language("en").is_abbreviation("dr"));
  EXPECT_TRUE(language("ru").is_abbreviation("г"));
  EXPECT_TRUE(language("ru").is_abbreviation("т. д"));
  EXPECT_TRUE(language("ru").is_final_abbreviation("т.\u00A0д."));
  EXPECT_FALSE(language("ru").is_final_abbreviation("г"));
  EXPECT_FALSE(language("en").is_abbreviation("decree"));
}

TEST(Language, StemsLoseOneEnding) {
  EXPECT_EQ(language("uz-Latn").stem("qaroriga"), "qaror");
  EXPECT_EQ(language("uz-Latn").stem("Vazirligining"), "vazirlig");
  EXPECT_EQ(language("uz-Latn").stem("Toshkentda"), "toshkent");
  EXPECT_EQ(language("uz-Cyrl").stem("қарорига"), "қарор");
  EXPECT_EQ(language("ru").stem("министерства"), "министерств");
  EXPECT_EQ(language("en").stem("Minister’s"), "minister");
  EXPECT_EQ(language("uz-Latn").stem("uni"), "uni");
}

TEST(Language, TellsLanguagesApartByOneSentence) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"en", "The ministry shall report on the use of the funds every year."},
      {"en", "Tashkent hosted a forum on green energy."},
      {"ru", "Министерство финансов ежегодно отчитывается об использовании средств."},
      {"ru", "Президент подписал указ о развитии образования."},
      {"uz-Latn", "Moliya vazirligi mablag‘lardan foydalanish to‘g‘risida har yili hisobot beradi."},
      {"uz-Latn", "Vazirlar Mahkamasi mazkur qaror ijrosini nazorat qiladi."},
      {"uz-Cyrl", "Молия вазирлиги маблағлардан фойдаланиш тўғрисида ҳар йили ҳисобот беради."},
      {"uz-Cyrl", "Вазирлар Маҳкамаси мазкур қарор ижросини назорат қилади."},
      {"kk", "Қаржы министрлігі қаражаттың пайдаланылуы туралы жыл сайын есеп береді."},
      {"ru", "Указ Президента от 2 декабря"},
      {"uz-Latn", "Ozbekiston Respublikasi Prezidentining farmoni"},
      {"uz-Cyrl", "Дастур 2030 йилгача давом этади."},
      {"kk", "Қазақстан Республикасы Үкіметінің қаулысы"},
      {"kk", "Үкімет бұл бағдарламаны іске асыруды қадағалайды."},
  };
  for (const auto& [code, sentence] : rows) {
    const Languages::Guess guess = Languages::built_in().guess(sentence);
    EXPECT_EQ(guess.code, code) << sentence;
    EXPECT_GT(guess.confidence, 0.3) << sentence;
  }
}

TEST(Language, CannotTellNumbers) {
  EXPECT_EQ(Languages::built_in().guess("123 456").code, "");
  EXPECT_EQ(Languages::built_in().guess("").code, "");
}

constexpr std::string_view kSmall = R"({"code": "xx", "name": "Test", "script": "latin", "months": {"1": ["uno"]}})";

TEST(Languages, AddsAndReplaces) {
  Languages languages = Languages::built_in();
  languages.add(kSmall, "xx.json");
  EXPECT_EQ(languages.get("xx").month("Uno"), 1);
  EXPECT_EQ(Languages::built_in().find("xx"), nullptr);
}

TEST(Languages, LoadsAFolder) {
  const auto folder = std::filesystem::temp_directory_path() / "policygraph_languages_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "xx.json") << kSmall;
  EXPECT_NE(Languages::load(folder.string()).find("xx"), nullptr);
  std::filesystem::remove_all(folder);
  EXPECT_THROW(Languages::load(folder.string()), Error);
}

TEST(Languages, UnknownCodeListsTheKnown) {
  try {
    Languages::built_in().get("tt");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_EQ(error.text(), "unknown language 'tt'; languages: en, kk, ru, uz-Cyrl, uz-Latn");
  }
}

struct BadFile {
  std::string_view json, text;
  std::uint32_t line;
};

TEST(Languages, BadFilesAreRefusedWithTheirPlace) {
  const BadFile rows[] = {
      {"{\n  \"code\": 5}", "a string was expected", 2},
      {"{\n\n  \"monts\": {}}", "unknown section 'monts'", 3},
      {"{\"months\": {\"13\": [\"x\"]}}", "month '13' is not 1 to 12", 1},
      {"{\"months\": {\n\"x\": []}}", "'x' is not a number", 2},
      {"{\"stop_words\": {\"a\": []}}", "section 'stop_words' is a list of strings", 1},
      {"{\"stop_words\": [[\"a\"]]}", "section 'stop_words' is a list of strings", 1},
      {"{\"code\": \"a\", \"code\": \"b\"}", "section 'code' is there twice", 1},
      {"{\"stop_words\": [\"\"]}", "a word of 1 to 96 bytes was expected", 1},
      {"[]", "a language file is one object", 1},
      {"\"a\"", "a language file is one object", 1},
      {"{\"code\": \"a\"}", "section 'name' is missing", 1},
  };
  for (const BadFile& row : rows) {
    try {
      Languages().add(row.json, "bad.json");
      FAIL() << row.json;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::format);
      EXPECT_EQ(error.text(), row.text) << row.json;
      ASSERT_TRUE(error.place().has_value());
      EXPECT_EQ(error.place()->line, row.line) << row.json;
      EXPECT_EQ(error.place()->document, "bad.json");
    }
  }
  EXPECT_THROW(Languages().add("{\"code\": ", "cut.json"), Error);
  EXPECT_THROW(Languages().add("", "empty.json"), Error);
}

TEST(Languages, MillionsOfBracketsDoNotOverflow) {
  EXPECT_THROW(Languages().add(std::string(2000000, '['), "deep.json"), Error);
  EXPECT_THROW(Languages().add("{\"stop_words\":" + std::string(2000000, '['), "deep.json"), Error);
}

}  // namespace
}  // namespace policygraph
