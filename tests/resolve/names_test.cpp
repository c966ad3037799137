#include "policygraph/resolve/names.hpp"

#include <gtest/gtest.h>

#include <array>

#include "policygraph/base/error.hpp"
#include "resolve/name_match.hpp"
#include "text/name_spelling.hpp"

namespace policygraph {
namespace {

double score(std::string_view label, std::string_view a, std::string_view b) {
  static const NameJudge judge;
  const double forth = judge.compare(label, a, b).score, back = judge.compare(label, b, a).score;
  EXPECT_EQ(forth, back) << a << " | " << b;
  return forth;
}

TEST(Names, PersonsOfOneNameMeetOverScriptsAndForms) {
  const std::vector<std::string_view> forms{"Абдулла Ботирович Каримов", "Abdulla Botir o‘g‘li Karimov", "Karimov Abdulla Botirovich",
                                            "Каримов Абдулла Ботир ўғли", "Абдулла Ботирович Каримовнинг"};
  for (const auto a : forms) {
    for (const auto b : forms) EXPECT_GE(score("Person", a, b), kMergedUnasked) << a << " | " << b;
    EXPECT_GE(score("Person", a, "Karimov A.B."), kMergedUnasked) << a;
    EXPECT_GE(score("Person", a, "A. Karimov"), kProposed) << a;
    EXPECT_LT(score("Person", a, "A. Karimov"), kMergedUnasked) << a;
  }
  EXPECT_GE(score("Person", "Sayyora Jo‘rayeva", "Сайёра Жураева"), kProposed);
  EXPECT_GE(score("Person", "Сайёра Жўраева", "Jo‘rayeva Sayyora"), kMergedUnasked);
  EXPECT_GE(score("Person", "Бахтиёром Каримовым", "Baxtiyor Karimov"), kProposed);
  EXPECT_GE(score("Person", "O‘. Karimov", "Ўткир Каримов"), kProposed);
  EXPECT_GE(score("Person", "Y. Karimov", "Юсуф Каримов"), kProposed);
  EXPECT_GE(score("Person", "Marek Nowicki", "Марек Новицкий"), kProposed);
}

TEST(Names, OneDifferingPartMakesTwoPersons) {
  const std::vector<std::pair<std::string_view, std::string_view>> others{
      {"Gulnora Saidova", "Gulnoza Saidova"},       {"Dilshod Ergashev", "Dilshoda Ergasheva"}, {"Лола Каримова", "Layla Karimova"},
      {"Я. Каримов", "А. Каримов"},                 {"Яна Иванова", "Анна Иванова"},            {"Sayyora Karimova", "Сара Каримова"},
      {"Karimov A.B.", "Абдулла Салимович Каримов"}, {"Karimov A.B.", "Каримов А.С."},           {"Shukhrat Jurayev", "Shukhrat Jumayev"},
      {"Abdulla Botir o‘g‘li Karimov", "Каримов Абдулла Салимович"}, {"Aziz Salim qizi Karim", "Aziz Salim o‘g‘li Karim"},
      {"Maria Lopez", "Mario Lopez"},               {"Ivana Petkovich", "Ivano Petkovich"},     {"Anvar Umarov II", "Anvar Umarov III"},
      {"Karimov S.M.", "Каримов Шавкат Миромонович"}, {"Каримов Т.", "Каримов Цветан"}};
  for (const auto& [a, b] : others) EXPECT_EQ(score("Person", a, b), 0) << a << " | " << b;
}

TEST(Names, BodiesMeetOverLanguagesByWhatTheirWordsMean) {
  const std::vector<std::string_view> justice{"Ministry of Justice", "Министерство юстиции", "Министерством юстиции", "Adliya vazirligi",
                                              "Адлия вазирлигининг"};
  for (const auto a : justice)
    for (const auto b : justice) EXPECT_GE(score("Organization", a, b), kMergedUnasked) << a << " | " << b;
  EXPECT_GE(score("Organization", "UNDP", "BMT Taraqqiyot dasturi"), kMergedUnasked);
  EXPECT_GE(score("Agency", "Хокимият Джизакской области", "Jizzax viloyati hokimligi"), kMergedUnasked);
  EXPECT_GE(score("Organization", "ООО «Нурли Йўл Сервис»", "“Nurli Yo‘l Servis” MChJ"), kMergedUnasked);
  EXPECT_GE(score("Organization", "Green Valley Growers Association", "GVGA"), kProposed);
}

TEST(Names, BranchesRegionsNumbersAndCountriesThatDifferAreOtherBodies) {
  const std::vector<std::pair<std::string_view, std::string_view>> others{
      {"School No. 17", "School No. 71"},
      {"Ministry of Economy", "Ministry of Economy and Finance"},
      {"Министерство юстиции Республики Узбекистан", "Ministry of Justice of the Republic of Kazakhstan"},
      {"Samarkand State University", "Бухарский государственный университет"},
      {"Tashkent", "Tashkent State University"},
      {"Asian Development Bank", "African Development Bank"},
      {"YTTB", "ITB"},
      {"Embassy of Uzbekistan in Kazakhstan", "Embassy of Kazakhstan in Uzbekistan"},
      {"Yangiyer tumani hokimligi", "Yangiyo‘l tumani hokimligi"},
      {"Paxtakor tumani hokimligi", "Paxtachi tumani hokimligi"},
      {"Ministry", "Министерство"},
      {"Налоговый комитет", "Таможенный комитет"}};
  for (const auto& [a, b] : others) EXPECT_EQ(score("Organization", a, b), 0) << a << " | " << b;
}

TEST(Names, WhatIsNotSureIsAskedAndNotMerged) {
  const std::vector<std::array<std::string_view, 3>> unsure{
      {"Organization", "Samarkand Branch of Tashkent University", "Tashkent Branch of Samarkand University"},
      {"Organization", "Audit Department of the Ministry of Tax", "Tax Department of the Ministry of Audit"},
      {"Organization", "ООО «Нурли Йўл»", "АО «Нурли Йўл»"},
      {"Organization", "Karimov Foundation", "Karimova Foundation"},
      {"Programme", "From Poverty to Well-being", "From Well-being to Poverty"},
      {"Person", "Sobir Alimov", "Sobir Olimov"},
      {"Person", "Aliya Nurova", "Olya Nurova"},
      {"Person", "Roman Ivanov", "Рамон Иванов"},
      {"Person", "Camila Umar", "Camilo Umar"},
      {"Person", "Anvar Umarov", "Anvar Umarov Jr."}};
  for (const auto& [label, a, b] : unsure) EXPECT_LT(score(label, a, b), kMergedUnasked) << a << " | " << b;
}

TEST(Names, ProgrammesKeepTheirYearsPhasesAndKinds) {
  EXPECT_GE(score("Programme", "Digital Uzbekistan – 2030", "стратегия «Цифровой Узбекистан – 2030»"), kMergedUnasked);
  EXPECT_GE(score("Project", "Rural Water Supply, Phase II", "Rural Water Supply (Phase 2)"), kMergedUnasked);
  EXPECT_EQ(score("Programme", "Digital Uzbekistan – 2030", "Digital Uzbekistan – 2025"), 0);
  EXPECT_EQ(score("Programme", "Rural Water Supply, Phase II", "Rural Water Supply, Phase III"), 0);
  EXPECT_EQ(score("Programme", "“Clean Water” programme", "“Clean Water” project"), 0);
}

TEST(Names, PlacesMeetByNameButACityIsNoRegion) {
  EXPECT_GE(score("Place", "Олмония", "Germany"), kMergedUnasked);
  EXPECT_GE(score("Place", "Xorazm viloyati", "Хорезмская область"), kMergedUnasked);
  EXPECT_EQ(score("Place", "Samarkand", "Самаркандская область"), 0);
  EXPECT_EQ(score("Place", "Niger", "Нигерия"), 0);
  EXPECT_EQ(score("Place", "Yangiyo‘l tumani", "Yangiyer tumani"), 0);
  EXPECT_EQ(score("Place", "Paxtakor tumani", "Paxtaobod tumani"), 0);
}

TEST(Names, AVerdictTellsItsRuleAndReason) {
  const NameJudge judge;
  const auto same = judge.compare("Organization", "UNICEF", "Детский фонд ООН");
  EXPECT_EQ(same.rule, "rule:known-body/1");
  EXPECT_NE(same.reason.find("United Nations Children’s Fund"), std::string::npos) << same.reason;
  const auto other = judge.compare("Organization", "School No. 17", "School No. 71");
  EXPECT_TRUE(other.rule.empty());
  EXPECT_NE(other.reason.find("numbers differ: 17 and 71"), std::string::npos) << other.reason;
}

TEST(Names, NothingIsNobody) {
  for (const std::string_view label : {"Person", "Organization", "Programme", "Place", "LegalAct"}) {
    EXPECT_EQ(score(label, "", ""), 0) << label;
    EXPECT_EQ(score(label, "—", "..."), 0) << label;
  }
  EXPECT_EQ(score("Person", "Karimov", "Abdulla Karimov"), 0);
  EXPECT_EQ(score("Organization", "of the", "по"), 0);
}

TEST(Names, APackOfOnesOwnNamesBodiesAndWords) {
  const auto packs = Packs::from_json({{"names/mine.json", R"({
      "name_words": {"guild": ["guild*", "гильди*"], "bakers": ["bakers", "пекар*"]}, "name_stops": ["of"],
      "same_bodies": [{"id": "Ghent Guild of Bakers", "phrases": ["GGB", "Bakkersgilde Gent"]}]})"}});
  const NameJudge judge(packs);
  EXPECT_GE(judge.compare("Organization", "Guild of Bakers", "Гильдия пекарей").score, kMergedUnasked);
  EXPECT_EQ(judge.compare("Organization", "GGB", "Bakkersgilde Gent").rule, "rule:known-body/1");
  EXPECT_THROW(NameJudge(Packs::from_json({{"names/bad.json", R"({"name_words": {"guild": [7]}})"}})), Error);
  EXPECT_THROW(NameJudge(Packs::from_json({{"names/bad.json", "{"}})), Error);
}

/// Blocking must not part what comparing would join.
TEST(Names, WhatIsAlikeSharesABlock) {
  using namespace detail::resolve;
  NameWords words(NameLexicon::built_in());
  const std::vector<std::string_view> persons{"Farhod Ibragimov", "Фарход Иброҳимов", "Farkhod Ibrohimov", "Ergash Shomurotov", "Эргаш Шомуродов",
                                              "Каримов Абдулла Ботирович", "Abdulla Karimov", "Zulfiya Yo‘ldosheva", "Зулфия Юлдашева"};
  for (const auto a : persons) {
    for (const auto b : persons) {
      const auto left = person_name(a, words), right = person_name(b, words);
      if (compare_persons(left, right).score == 0) continue;
      EXPECT_EQ(left.block(), right.block()) << a << " | " << b;
    }
  }
  const auto left = form_of("Xonobod Agro Servis", FormKind::body, words), right = form_of("Ханабад Агро Сервис", FormKind::body, words);
  EXPECT_GT(compare_forms(left, right, FormKind::body).score, 0);
  EXPECT_EQ(left.block, right.block);
}

TEST(Names, SpellingCostsWhatHabitsDoNotExplain) {
  using namespace detail::text;
  EXPECT_LE(spelling_cost(spelling_key("Normurodov"), spelling_key("Нормурадов"), 1), kSameSpelling);
  EXPECT_EQ(spelling_key("Жураев"), spelling_key("Jurayev"));
  EXPECT_EQ(spelling_key("Бахтиёр"), spelling_key("Baxtiyor"));
  EXPECT_GE(spelling_cost(spelling_key("Gulnora"), spelling_key("Gulnoza"), 1), 1);
  EXPECT_GE(spelling_cost(spelling_key("Karim"), spelling_key("Karima"), 1), 1);
  EXPECT_NE(spelling_key("Lola"), spelling_key("Layla"));
}

}  // namespace
}  // namespace policygraph
