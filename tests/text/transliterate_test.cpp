#include "policygraph/text/transliterate.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

struct Row {
  std::string_view cyrillic, latin;
};

constexpr Row kUzbek[] = {
    {"Ўзбекистон Республикаси", "O‘zbekiston Respublikasi"},
    {"ШАҲАР ҲОКИМЛИГИ", "SHAHAR HOKIMLIGI"},
    {"Шаҳар", "Shahar"},
    {"Ёшлар йўли", "Yoshlar yo‘li"},
    {"ер, поезд, Европа", "yer, poyezd, Yevropa"},
    {"лицей", "litsey"},
    {"маъно", "ma’no"},
    {"ғалаба", "g‘alaba"},
    {"эълон", "e’lon"},
    {"қарор № 5", "qaror № 5"},
};

TEST(Transliterate, UzbekBothWays) {
  for (const Row& row : kUzbek) {
    EXPECT_EQ(uzbek_to_latin(row.cyrillic), row.latin);
    EXPECT_EQ(uzbek_to_cyrillic(row.latin), row.cyrillic);
  }
}

TEST(Transliterate, UzbekRulesOfOneDirection) {
  EXPECT_EQ(uzbek_to_latin("октябрь, концерт"), "oktabr, konsert");
  EXPECT_EQ(uzbek_to_cyrillic("Is’hoq ketsa"), "Исҳоқ кетса");
  EXPECT_EQ(uzbek_to_cyrillic("O'zbek goʻzal"), "Ўзбек гўзал");
}

TEST(Transliterate, RussianToLatin) {
  EXPECT_EQ(russian_to_latin("Хрущёв Жуков Яковлев"), "Khrushchyov Zhukov Yakovlev");
  EXPECT_EQ(russian_to_latin("Елена Мухаметшина"), "Yelena Mukhametshina");
  EXPECT_EQ(russian_to_latin("Новый объект"), "Novy obyekt");
}

TEST(NameKey, OneKeyForTheSpellings) {
  const std::vector<std::vector<std::string_view>> groups = {
      {"Farhod", "Farkhod", "Фарход", "Фарҳод", "FARXOD", "Farhad"},
      {"Dmitriy", "Dmitry", "Dmitrii", "Дмитрий"},
      {"Yo‘ldoshev", "Yuldashev", "Юлдашев", "Йўлдошев"},
      {"Jamshid", "Dzhamshid", "Джамшид", "Жамшид", "Zhamshid"},
      {"Aliyev", "Aliev", "Алиев"},
      {"Sergey", "Sergei", "Сергей"},
      {"Alexandr", "Aleksandr", "Александр"},
      {"G‘ulom Qodirov", "Ғулом Қодиров", "Gulom Kodirov", "G'ulom  QODIROV"},
  };
  for (const auto& group : groups) {
    for (const std::string_view name : group) EXPECT_EQ(name_key(name), name_key(group[0])) << name;
  }
}

TEST(NameKey, KeepsDifferentNamesApart) {
  EXPECT_NE(name_key("Karimov"), name_key("Kamilov"));
  EXPECT_NE(name_key("Rustam"), name_key("Ruslan"));
  EXPECT_NE(name_key("Aziz"), name_key("Aziza"));
  EXPECT_EQ(name_key(""), "");
  EXPECT_EQ(name_key("Y"), "i");
}

}  // namespace
}  // namespace policygraph
