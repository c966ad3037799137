#include "extract/recognizers/person_cases.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <vector>

#include "extract/packs.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph {
namespace {

// The name, or "" where it is left as it is.
std::string nominative(const std::string& name, std::string_view title = {}) {
  std::istringstream words(name);
  std::vector<std::string> all;
  for (std::string word; words >> word;) all.push_back(word);
  const std::vector<std::string_view> views(all.begin(), all.end());
  return detail::extract::nominative(views, title, *Packs::built_in().data().grammar("ru")).value_or("");
}

TEST(PersonCases, MenInEveryCase) {
  EXPECT_EQ(nominative("Ерланом Нысановым"), "Ерлан Нысанов");
  EXPECT_EQ(nominative("Дмитрием Козловым"), "Дмитрий Козлов");
  EXPECT_EQ(nominative("Николаем Ильиным"), "Николай Ильин");
  EXPECT_EQ(nominative("Игорем Сечиным"), "Игорь Сечин");
  EXPECT_EQ(nominative("Павлом Вяземским"), "Павел Вяземский");
  EXPECT_EQ(nominative("Дмитрии Козлове"), "Дмитрий Козлов");
  EXPECT_EQ(nominative("Анатолия Пинского"), "Анатолий Пинский");
  EXPECT_EQ(nominative("Анатолию Пинскому"), "Анатолий Пинский");
}

TEST(PersonCases, WomenInEveryCase) {
  EXPECT_EQ(nominative("Светланой Ивановой"), "Светлана Иванова");
  EXPECT_EQ(nominative("Ольги Петровой"), "Ольга Петрова");
  EXPECT_EQ(nominative("Марии Ильиной"), "Мария Ильина");
  EXPECT_EQ(nominative("Наталье Вяземской"), "Наталья Вяземская");
  EXPECT_EQ(nominative("Анну Вяземскую"), "Анна Вяземская");
}

TEST(PersonCases, PatronymicsTellMenFromWomen) {
  EXPECT_EQ(nominative("Каримова Бахтиёра Алишеровича"), "Каримов Бахтиёр Алишерович");
  EXPECT_EQ(nominative("Азизу Умаровичу Каримову"), "Азиз Умарович Каримов");
  EXPECT_EQ(nominative("Азизу Умаровну Каримову"), "Азиза Умаровна Каримова");
  EXPECT_EQ(nominative("Ольги Сергеевны Петровой"), "Ольга Сергеевна Петрова");
}

TEST(PersonCases, TitlesTellWhatEndingsLeaveOpen) {
  EXPECT_EQ(nominative("Азизу Каримову"), "");
  EXPECT_EQ(nominative("Азизу Каримову", "министру"), "Азиз Каримов");
  EXPECT_EQ(nominative("Антонеллой Бассо", "вице-президентом"), "Антонелла Бассо");
  EXPECT_EQ(nominative("Джоном Смитом", "послом"), "Джон Смит");
  EXPECT_EQ(nominative("Джоном Керри", "послом"), "Джон Керри");
}

TEST(PersonCases, NominativesStay) {
  for (const char* name : {"Ерлан Нысанов", "Светлана Иванова", "Юрий Трубецкой", "Сергей Крутой", "Ислом Каримов", "Виктор Цой", "Алмаза Бакетова",
                           "Антонелла Бассо", "Ким Чен Ын", "Мария Вяземская", "Андрей Луговской", "Каримов Бахтиёр Алишерович", "Хидэки Года", "Абу Бакр"})
    EXPECT_EQ(nominative(name), "") << name;
  EXPECT_EQ(nominative("Андрей Луговской", "директором"), "");
  EXPECT_EQ(nominative("Саида Каримова", "президента"), "");
  EXPECT_EQ(nominative("Ивановым"), "");
}

TEST(PersonCases, APackIsToldOfItsFaults) {
  EXPECT_THROW(Packs::from_json({{"languages/xx/a.json", R"({"person_cases": [{"id": "a", "given": ["om"]}]})"}}), Error);
}

}  // namespace
}  // namespace policygraph
