// Identity over many names: persons, each written in several forms and scripts (full names with patronymics, names alone, initials), and
// schools and bodies in three languages, a million names or the number given. Printed: what judging them costs, and how many of
// the pairs that it merges unasked are one person or body: the truth is known, because the names are made here.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "clock.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/resolve/review.hpp"
#include "policygraph/text/transliterate.hpp"
#include "resolve/identity.hpp"

namespace {

using namespace policygraph;
using Random = std::mt19937;

constexpr std::array<std::string_view, 48> kSurnames{
    "Каримов",   "Рахимов",  "Юсупов",   "Абдуллаев", "Турсунов", "Исмоилов", "Холматов", "Жўраев",   "Назаров",  "Эргашев", "Мирзаев",  "Тошматов",
    "Норматов",  "Қодиров",  "Умаров",   "Саидов",    "Файзиев",  "Ҳасанов",  "Ҳусанов",  "Алимов",   "Бобоев",   "Ғаниев",  "Давронов", "Зокиров",
    "Иброҳимов", "Комилов",  "Латипов",  "Маҳмудов",  "Обидов",   "Пўлатов",  "Раззоқов", "Собиров",  "Тоҳиров",  "Усмонов", "Хўжаев",   "Шарипов",
    "Эшонқулов", "Ёқубов",   "Аҳмедов",  "Бекмуродов", "Валиев",  "Гулямов",  "Дўстов",   "Жалилов",  "Икромов",  "Қосимов", "Мўминов",  "Нишонов"};
constexpr std::array<std::string_view, 40> kGiven{
    "Абдулла", "Алишер", "Анвар",  "Аброр",  "Азиз",   "Баҳодир", "Ботир",  "Бахтиёр", "Дилшод", "Дилмурод", "Жамшид", "Жасур",  "Зафар",  "Ислом",
    "Комил",   "Лазиз",  "Мирзо",  "Мурод",  "Нодир",  "Ойбек",   "Отабек", "Равшан",  "Рустам", "Сардор",   "Санжар", "Тимур",  "Умид",   "Улуғбек",
    "Фарҳод",  "Фаррух", "Хуршид", "Шавкат", "Шерзод", "Шерали",  "Эркин",  "Элёр",    "Юсуф",   "Ғайрат",   "Қаҳрамон", "Ҳамид"};

struct Named {
  std::string name;
  std::string_view label;
  std::size_t truth;
};

/// One of the ways in which documents write a person.
std::string person_form(std::size_t surname, std::size_t given, std::size_t father, unsigned form) {
  const std::string last(kSurnames[surname]), first(kGiven[given]), dad(kGiven[father]);
  const std::string uzbek = last + ' ' + first + ' ' + dad + " ўғли";
  switch (form) {
    case 0: return uzbek;
    case 1: return uzbek_to_latin(uzbek);
    case 2: return uzbek_to_latin(first + ' ' + last);
    case 3: return first + ' ' + last;
    case 4: return russian_to_latin(uzbek_to_latin(first) + ' ' + dad + "ович " + last);
    default: return uzbek_to_latin(last) + ' ' + uzbek_to_latin(first).substr(0, 1) + '.' + uzbek_to_latin(dad).substr(0, 1) + '.';
  }
}

std::vector<Named> persons(std::size_t count) {
  Random random(1);
  std::vector<Named> all;
  while (all.size() < count) {
    const std::size_t surname = random() % kSurnames.size(), given = random() % kGiven.size(), father = random() % kGiven.size();
    const std::size_t truth = (surname * kGiven.size() + given) * kGiven.size() + father;
    all.push_back({person_form(surname, given, father, static_cast<unsigned>(random() % 6)), "Person", truth});
  }
  return all;
}

void add_bodies(std::vector<Named>& all, std::size_t count) {
  Random random(2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = 1 + random() % (count / 3 + 1);
    const std::string text = std::to_string(number);
    const std::array<std::string, 3> forms{"Samarkand School No. " + text, "Самаркандская школа № " + text, text + "-sonli Samarqand Maktabi"};
    all.push_back({forms[random() % forms.size()], "Organization", (std::size_t{1} << 40U) + number});
  }
}

Graph graph_of(const std::vector<Named>& all, std::unordered_map<std::uint64_t, std::size_t>& truth) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  for (const auto& [name, label, id] : all) truth.emplace(edit.create_node({std::string(label)}, {{"name", name}}).value, id);
  edit.commit();
  graph.compact();
  return graph;
}

void print(const char* what, double value, const char* unit) { std::printf("%-52s %12.2f %s\n", what, value, unit); }

void bench_identity(std::size_t count) {
  auto all = persons(count / 10 * 9);
  add_bodies(all, count - all.size());
  std::unordered_map<std::uint64_t, std::size_t> truth;
  const auto graph = graph_of(all, truth);
  const auto snapshot = graph.snapshot();
  const auto right = [&](NodeKey a, NodeKey b) { return truth.at(a.value) == truth.at(b.value); };
  const auto& lexicon = detail::resolve::NameLexicon::built_in();
  std::vector<Judgement> judgements;
  const double judging = bench::seconds(1, [&] { judgements = detail::resolve::same_nodes(snapshot, {}, lexicon, kMergedUnasked); });
  std::size_t good = 0;
  for (const auto& one : judgements) {
    good += right(one.a, one.b) ? 1U : 0U;
    if (!right(one.a, one.b) && judgements.size() < 1000) std::printf("wrong: %s\n", one.reason.c_str());
  }
  print("names", static_cast<double>(all.size()), "");
  print("judging which are one", judging, "s");
  print("merges", static_cast<double>(judgements.size()), "");
  print("of these right", 100.0 * static_cast<double>(good) / static_cast<double>(std::max<std::size_t>(judgements.size(), 1)), "%");
  std::vector<Proposal> asked;
  print("listing what a person would be asked", bench::seconds(1, [&] { asked = proposals(snapshot); }), "s");
}

}  // namespace

int main(int argc, char** argv) {
  bench_identity(argc > 1 ? static_cast<std::size_t>(std::atoll(argv[1])) : 1'000'000);
  return 0;
}
