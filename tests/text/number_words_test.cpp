#include "text/number_words.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <sstream>
#include <string>
#include <vector>

// Numbers are written in words by a generator of each language and read again: one wrote what the other did not see.
namespace policygraph::detail::text {
namespace {

using Words = std::vector<std::string>;

Words split(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::optional<NumberInWords> read(std::string_view code, const std::string& text) {
  const Words words = split(text);
  const std::vector<std::string_view> views(words.begin(), words.end());
  return number_in_words(Languages::built_in().get(code), views);
}

/// The value if all the words say it, else what is wrong.
std::string value(std::string_view code, const std::string& text) {
  const auto number = read(code, text);
  if (!number) return "none";
  return number->value.to_string() +
         (number->words == split(text).size() ? "" : " of " + std::to_string(number->words));
}

std::string join(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() || word.empty() ? "" : " ") + word;
  return out;
}

/// Below a thousand, then its power of ten: 0 for units, 1 for thousands.
using GroupWriter = std::string (*)(int group, int power, int form);

std::string written(std::int64_t number, int form, GroupWriter write) {
  Words out;
  for (int power = 4; power >= 0; --power) {
    std::int64_t unit = 1;
    for (int i = 0; i < power; ++i) unit *= 1000;
    const int group = static_cast<int>(number / unit % 1000);
    if (group != 0) out.push_back(write(group, power, form));
  }
  return join(out);
}

const std::array<std::string, 20> kEnglish{
    "",    "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
const std::array<std::string, 10> kEnglishTens{"",      "",      "twenty",  "thirty", "forty",
                                               "fifty", "sixty", "seventy", "eighty", "ninety"};

/// Form 0: "one hundred and twenty-five"; 1: "one hundred twenty five"
std::string english(int group, int power, int form) {
  const std::array<std::string, 5> kPowers{"", "thousand", "million", "billion", "trillion"};
  const int rest = group % 100;
  std::string out = group >= 100 ? kEnglish[static_cast<std::size_t>(group / 100)] + " hundred" : "";
  if (rest != 0 && !out.empty()) out += form == 0 ? " and " : " ";
  if (rest >= 20)
    out += kEnglishTens[static_cast<std::size_t>(rest / 10)] + (rest % 10 == 0 ? "" : form == 0 ? "-" : " ");
  out += rest < 20 ? kEnglish[static_cast<std::size_t>(rest)] : kEnglish[static_cast<std::size_t>(rest % 10)];
  return power == 0 ? out : out + " " + kPowers[static_cast<std::size_t>(power)];
}

using Cases = std::array<std::string, 5>;  // nominative, genitive, dative, instrumental, prepositional

const std::array<Cases, 10> kRussian{{{},
                                      {"один", "одного", "одному", "одним", "одном"},
                                      {"два", "двух", "двум", "двумя", "двух"},
                                      {"три", "трёх", "трём", "тремя", "трёх"},
                                      {"четыре", "четырёх", "четырём", "четырьмя", "четырёх"},
                                      {"пять", "пяти", "пяти", "пятью", "пяти"},
                                      {"шесть", "шести", "шести", "шестью", "шести"},
                                      {"семь", "семи", "семи", "семью", "семи"},
                                      {"восемь", "восьми", "восьми", "восемью", "восьми"},
                                      {"девять", "девяти", "девяти", "девятью", "девяти"}}};
const Cases kOneThousand{"одна", "одной", "одной", "одной", "одной"};

Cases soft(const std::string& stem) { return {stem + "ь", stem + "и", stem + "и", stem + "ью", stem + "и"}; }

Cases russian_teen(int n) {
  static const std::array<std::string, 10> kStems{"десят",     "одиннадцат", "двенадцат", "тринадцат",   "четырнадцат",
                                                  "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат"};
  return soft(kStems[static_cast<std::size_t>(n - 10)]);
}

Cases russian_ten(int n) {
  const auto both = [](const std::string& a, const std::string& b, const std::string& c) -> Cases {
    return {a + "десят", b + "десяти", b + "десяти", c + "десятью", b + "десяти"};
  };
  switch (n) {
    case 2:
      return soft("двадцат");
    case 3:
      return soft("тридцат");
    case 4:
      return {"сорок", "сорока", "сорока", "сорока", "сорока"};
    case 9:
      return {"девяносто", "девяноста", "девяноста", "девяноста", "девяноста"};
    default: {
      const Cases& unit = kRussian[static_cast<std::size_t>(n)];
      return both(unit[0], unit[1], unit[3]);
    }
  }
}

Cases russian_hundred(int n) {
  const Cases& unit = kRussian[static_cast<std::size_t>(n)];
  if (n == 1) return {"сто", "ста", "ста", "ста", "ста"};
  if (n == 2) return {"двести", "двухсот", "двумстам", "двумястами", "двухстах"};
  return {unit[0] + (n < 5 ? "ста" : "сот"), unit[1] + "сот", unit[2] + "стам", unit[3] + "стами", unit[4] + "стах"};
}

std::string russian_power(int group, int power, int form) {
  static const std::array<std::string, 5> kStems{"", "тысяч", "миллион", "миллиард", "триллион"};
  static const std::array<std::string, 5> kMany{"", "", "ам", "ами", "ах"};
  const std::string& stem = kStems[static_cast<std::size_t>(power)];
  const int last = group % 100 >= 11 && group % 100 <= 14 ? 0 : group % 10;
  const bool is_thousand = power == 1;
  if (last == 1) {
    static const Cases kThousand{"а", "и", "е", "ей", "е"}, kOther{"", "а", "у", "ом", "е"};
    const auto i = static_cast<std::size_t>(form);
    return stem + (is_thousand ? kThousand[i] : kOther[i]);
  }
  if (form == 0 && last >= 2 && last <= 4) return stem + (is_thousand ? "и" : "а");
  return stem + (form <= 1 ? (is_thousand ? "" : "ов") : kMany[static_cast<std::size_t>(form)]);
}

std::string russian(int group, int power, int form) {
  const auto i = static_cast<std::size_t>(form);
  const int rest = group % 100, unit = rest % 10;
  Words out;
  if (group >= 100) out.push_back(russian_hundred(group / 100)[i]);
  if (rest >= 10 && rest < 20) out.push_back(russian_teen(rest)[i]);
  if (rest >= 20) out.push_back(russian_ten(rest / 10)[i]);
  if (rest < 10 || rest >= 20) {
    if (unit == 1 && power == 1)
      out.push_back(kOneThousand[i]);
    else if (unit == 2 && power == 1 && form == 0)
      out.emplace_back("две");
    else if (unit != 0)
      out.push_back(kRussian[static_cast<std::size_t>(unit)][i]);
  }
  if (power > 0) out.push_back(russian_power(group, power, form));
  return join(out);
}

struct Uzbek {
  std::array<std::string, 10> units, tens;
  std::string hundred;
  std::array<std::string, 5> powers;
};
const Uzbek kLatin{{"", "bir", "ikki", "uch", "to‘rt", "besh", "olti", "yetti", "sakkiz", "to‘qqiz"},
                   {"", "o‘n", "yigirma", "o‘ttiz", "qirq", "ellik", "oltmish", "yetmish", "sakson", "to‘qson"},
                   "yuz",
                   {"", "ming", "million", "milliard", "trillion"}};
const Uzbek kCyrillic{{"", "бир", "икки", "уч", "тўрт", "беш", "олти", "етти", "саккиз", "тўққиз"},
                      {"", "ўн", "йигирма", "ўттиз", "қирқ", "эллик", "олтмиш", "етмиш", "саксон", "тўқсон"},
                      "юз",
                      {"", "минг", "миллион", "миллиард", "триллион"}};

/// Form 0: "bir yuz", "bir ming"; 1: "yuz"
std::string uzbek(const Uzbek& words, int group, int power, int form) {
  Words out;
  if (group >= 200 || (group >= 100 && form == 0)) out.push_back(words.units[static_cast<std::size_t>(group / 100)]);
  if (group >= 100) out.push_back(words.hundred);
  if (group % 100 >= 10) out.push_back(words.tens[static_cast<std::size_t>(group % 100 / 10)]);
  if (group % 10 != 0) out.push_back(words.units[static_cast<std::size_t>(group % 10)]);
  if (power > 0) out.push_back(words.powers[static_cast<std::size_t>(power)]);
  return join(out);
}
std::string uzbek_latin(int group, int power, int form) { return uzbek(kLatin, group, power, form); }
std::string uzbek_cyrillic(int group, int power, int form) { return uzbek(kCyrillic, group, power, form); }

/// 2 to 199, and 600 more up to a thousand trillions, most of their groups empty now and then.
std::vector<std::int64_t> numbers() {
  std::vector<std::int64_t> out;
  for (std::int64_t n = 2; n < 200; ++n) out.push_back(n);
  std::mt19937_64 random(7);
  while (out.size() < 800) {
    std::int64_t number = 0;
    for (int power = 0; power < 5; ++power)
      number = number * 1000 + (random() % 3 == 0 ? static_cast<std::int64_t>(random() % 1000) : 0);
    if (number > 1) out.push_back(number);
  }
  return out;
}

void expect_all(std::string_view code, int forms, GroupWriter write) {
  for (const std::int64_t number : numbers()) {
    for (int form = 0; form < forms; ++form) {
      const std::string text = written(number, form, write);
      EXPECT_EQ(value(code, text), std::to_string(number)) << text;
    }
  }
}

TEST(NumberInWords, RoundTripsEnglish) { expect_all("en", 2, english); }
TEST(NumberInWords, RoundTripsRussianInEveryCase) { expect_all("ru", 5, russian); }
TEST(NumberInWords, RoundTripsUzbekLatin) { expect_all("uz-Latn", 2, uzbek_latin); }
TEST(NumberInWords, RoundTripsUzbekCyrillic) { expect_all("uz-Cyrl", 2, uzbek_cyrillic); }

TEST(NumberInWords, EndingsCloseANumber) {
  EXPECT_EQ(value("uz-Latn", "bir yuz yigirma milliondan"), "120000000");
  EXPECT_EQ(value("uz-Latn", "yigirma beshta"), "25");
  EXPECT_EQ(value("uz-Latn", "besh mingta"), "5000");
  EXPECT_EQ(value("uz-Cyrl", "икки юз миллионга"), "200000000");
  EXPECT_EQ(value("uz-Latn", "besh milliondan yetti"), "5000000 of 2");
}

TEST(NumberInWords, HalvesAndQuarters) {
  EXPECT_EQ(value("en", "half a million"), "500000");
  EXPECT_EQ(value("en", "two and a half billion"), "2500000000");
  EXPECT_EQ(value("en", "a million and a half"), "1500000");
  EXPECT_EQ(value("ru", "полтора миллиарда"), "1500000000");
  EXPECT_EQ(value("ru", "два с половиной миллиона"), "2500000");
  EXPECT_EQ(value("ru", "миллион с половиной"), "none");
  EXPECT_EQ(value("ru", "полмиллиона"), "500000");
  EXPECT_EQ(value("ru", "четверть миллиона"), "250000");
  EXPECT_EQ(value("uz-Latn", "bir yarim milliard"), "1500000000");
  EXPECT_EQ(value("uz-Cyrl", "ярим миллион"), "500000");
  EXPECT_EQ(value("uz-Latn", "bir million yarim"), "1500000");
  EXPECT_EQ(value("en", "half of"), "none");
}

TEST(NumberInWords, PowersOfTen) {
  EXPECT_EQ(value("en", "a hundred and twenty million"), "120000000");
  EXPECT_EQ(value("ru", "миллион двести тысяч"), "1200000");
  EXPECT_EQ(value("ru", "пять тысяч миллиардов"), "5000000000000");
  EXPECT_EQ(value("ru", "миллионов"), "none");
  EXPECT_EQ(value("en", "million"), "none");
  EXPECT_EQ(value("en", "hundred million"), "none");
  EXPECT_EQ(value("uz-Latn", "yuz million"), "100000000");
}

TEST(NumberInWords, FactorIsThatOfTheHighestPart) {
  EXPECT_EQ(read("ru", "пять")->factor, Decimal(1));
  EXPECT_EQ(read("en", "two million three hundred thousand")->factor, Decimal(1000000));
}

TEST(NumberInWords, EndsWhereAnotherBegins) {
  EXPECT_EQ(value("en", "five and six"), "5 of 1");
  EXPECT_EQ(value("en", "twenty thirty"), "20 of 1");
  EXPECT_EQ(value("en", "two three"), "2 of 1");
  EXPECT_EQ(value("en", "thirty million and twelve million"), "30000000 of 2");
  EXPECT_EQ(value("ru", "десять пять"), "10 of 1");
  EXPECT_EQ(value("ru", "пять шесть"), "5 of 1");
  EXPECT_EQ(value("ru", "двадцать-тридцать"), "none");
  EXPECT_EQ(value("en", "two million schools"), "2000000 of 2");
  EXPECT_EQ(value("en", "and five"), "none");
}

TEST(NumberInWords, Hundreds) {
  EXPECT_EQ(value("en", "twelve hundred"), "1200");
  EXPECT_EQ(value("en", "twenty-five hundred and six"), "2506");
  EXPECT_EQ(value("en", "ten hundred"), "10 of 1");
  EXPECT_EQ(value("uz-Latn", "o‘n yuz"), "10 of 1");
}

/// The number that digits and words say, or "none".
std::string from_digits(std::string_view code, std::string_view digits, const std::string& text) {
  const Words words = split(text);
  const std::vector<std::string_view> views(words.begin(), words.end());
  const auto number = number_from_digits(Languages::built_in().get(code), *Decimal::try_parse(digits), views);
  if (!number) return "none";
  return number->value.to_string() + (number->words == words.size() ? "" : " of " + std::to_string(number->words));
}

TEST(NumberInWords, DigitsAreAFirstGroup) {
  EXPECT_EQ(from_digits("en", "5", "thousand five hundred"), "5500");
  EXPECT_EQ(from_digits("en", "7", "thousand two hundred and fifty"), "7250");
  EXPECT_EQ(from_digits("en", "2", "and a half million"), "2500000");
  EXPECT_EQ(from_digits("en", "5", "million and two hundred thousand"), "5200000");
  EXPECT_EQ(from_digits("ru", "2", "с половиной миллиона"), "2500000");
  EXPECT_EQ(from_digits("ru", "1.5", "миллиона двести"), "1500200");
  EXPECT_EQ(from_digits("uz-Latn", "2", "yarim million"), "2500000");
  EXPECT_EQ(from_digits("uz-Cyrl", "5", "минг беш юз"), "5500");
}

TEST(NumberInWords, DigitsOfAnotherNumberAreNone) {
  EXPECT_EQ(from_digits("en", "2020", "million"), "none");
  EXPECT_EQ(from_digits("en", "5", "schools"), "none");
  EXPECT_EQ(from_digits("en", "5", "six million"), "none");
  EXPECT_EQ(from_digits("en", "5", "million and twenty"), "5000000 of 1");
  EXPECT_EQ(from_digits("en", "1.5", "and a half million"), "none");
}

}  // namespace
}  // namespace policygraph::detail::text
