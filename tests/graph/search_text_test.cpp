// Full text, beside reading all texts anew for each question.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "graph/records.hpp"
#include "graph/lean_search.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/search.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/transliterate.hpp"
#include "text/search_words.hpp"

namespace policygraph::testing {
namespace {

using Random = std::mt19937;
using Terms = std::vector<std::string>;
using Unit = std::vector<Terms>;  // the terms of each word

std::size_t below(Random& random, std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random); }

constexpr std::array kWords{"water", "Water", "waters", "fund", "funds", "clean", "сув", "suv", "вода", "воды", "grant", "2030", "irrigation", "irrigated", "loan", "city", "бюджет", "budjet", "byudjet"};

std::string random_text(Random& random, std::size_t most) {
  std::string out;
  for (std::size_t i = 0, count = 1 + below(random, most); i < count; ++i) out += std::string(out.empty() ? "" : i % 7 == 0 ? ". " : " ") + kWords[below(random, kWords.size())];
  return out;
}

Unit read_unit(std::string_view text, std::string_view language) {
  Unit out;
  const detail::text::SearchWords words(language);
  for (const auto& token : tokenize(text)) {
    if (!detail::text::is_search_word(token)) continue;
    words.add_terms(text.substr(token.span.start, token.span.size()), token.kind, out.emplace_back());
  }
  return out;
}

// What is asked for, as the twin reads it.
struct Asked {
  struct Word {
    std::string text;
    bool is_beginning = false;
  };
  using Words = std::vector<Word>;
  std::vector<std::vector<Words>> groups;
  std::vector<Words> left_out;

  static std::string text_of(const Words& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word.text + (word.is_beginning ? "*" : "");
    return words.size() > 1 ? "\"" + out + "\"" : out;
  }
  std::string text() const {
    std::string out;
    for (const auto& group : groups) {
      for (std::size_t i = 0; i < group.size(); ++i) out += (i == 0 ? " " : " OR ") + text_of(group[i]);
    }
    for (const auto& words : left_out) out += " -" + text_of(words);
    return out;
  }
};

Asked::Words random_words(Random& random) {
  Asked::Words out;
  for (std::size_t i = 0, count = 1 + below(random, 5) / 3; i < count; ++i) {
    out.push_back({kWords[below(random, kWords.size())], below(random, 5) == 0});
    auto& [text, is_beginning] = out.back();
    is_beginning = is_beginning && text.size() > 4;
    if (is_beginning) text.resize(4);
  }
  return out;
}

Asked random_question(Random& random) {
  Asked out;
  for (std::size_t i = 0, count = 1 + below(random, 3); i < count; ++i) {
    out.groups.push_back({random_words(random)});
    if (below(random, 4) == 0) out.groups.back().push_back(random_words(random));
  }
  if (below(random, 5) == 0) out.left_out.push_back(random_words(random));
  return out;
}

bool fits(const Asked::Word& word, const Terms& terms) {
  Terms wanted;
  detail::text::SearchWords("").add_terms(word.text, word.text == "2030" ? TokenKind::number : TokenKind::word, wanted);
  return std::ranges::any_of(terms, [&](const std::string& term) {
    const auto latin = uzbek_to_latin(wanted[0]);
    const bool begins = term.starts_with(wanted[0]) || term.starts_with(latin) || term.starts_with(detail::text::uzbek_term(latin));
    return std::ranges::count(wanted, term) != 0 || (word.is_beginning && begins);
  });
}

int count_in(const Unit& unit, const Asked::Words& words) {
  int out = 0;
  for (std::size_t at = 0; at + words.size() <= unit.size(); ++at) {
    bool is_here = true;
    for (std::size_t i = 0; i < words.size(); ++i) is_here = is_here && fits(words[i], unit[at + i]);
    out += is_here ? 1 : 0;
  }
  return out;
}

// Scores of the units that fit; -1 for the others.
std::vector<double> scored(const std::vector<Unit>& units, const Asked& asked) {
  double all = 0, total = 0;
  for (const auto& unit : units) all += unit.empty() ? 0 : 1, total += static_cast<double>(unit.size());
  std::vector<double> scores(units.size());
  for (const auto& group : asked.groups) {
    std::vector<double> of_group(units.size(), -1);
    for (const auto& words : group) {
      double with = 0;
      for (const auto& unit : units) with += count_in(unit, words) > 0 ? 1 : 0;
      const auto weight = std::log(1 + (all - with + 0.5) / (with + 0.5));
      for (std::size_t i = 0; i < units.size(); ++i) {
        const double often = count_in(units[i], words);
        const auto length = static_cast<double>(units[i].size()) / (total / all);
        if (often > 0) of_group[i] = std::max(of_group[i], 0.0) + weight * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * length));
      }
    }
    for (std::size_t i = 0; i < units.size(); ++i) scores[i] = scores[i] < 0 || of_group[i] < 0 ? -1 : scores[i] + of_group[i];
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    for (const auto& words : asked.left_out) scores[i] = count_in(units[i], words) > 0 ? -1 : scores[i];
  }
  return scores;
}

// Found beside wanted, where all that fit are asked for.
template <class Key>
void expect_same(std::vector<std::pair<Key, double>> found, std::vector<std::pair<Key, double>> wanted, const std::string& text) {
  for (std::size_t i = 1; i < found.size(); ++i) {
    EXPECT_TRUE(found[i - 1].second > found[i].second || (found[i - 1].second == found[i].second && found[i - 1].first < found[i].first)) << text;
  }
  std::ranges::sort(found);
  std::ranges::sort(wanted);
  ASSERT_EQ(found.size(), wanted.size()) << text;
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].first, wanted[i].first) << text;
    EXPECT_NEAR(found[i].second, wanted[i].second, 1e-9) << text;
  }
}

void compare_documents(const Snapshot& snapshot, const Asked& asked) {
  std::vector<Unit> units;
  std::vector<DocumentId> ids;
  for (const auto& document : snapshot.sources().documents()) {
    if (document.kind != SourceDocument::Kind::read) continue;
    ids.push_back(document.id);
    units.push_back(read_unit(*snapshot.sources().text(document.id), document.language));
  }
  std::vector<std::pair<DocumentId, double>> wanted, found;
  const auto scores = scored(units, asked);
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (scores[i] >= 0) wanted.emplace_back(ids[i], scores[i]);
  for (const auto& match : search_documents(snapshot, asked.text(), 1000)) {
    found.emplace_back(match.document, match.score);
    EXPECT_FALSE(match.quote.empty());
  }
  expect_same(found, wanted, asked.text());
}

void compare_nodes(const Snapshot& snapshot, const Asked& asked) {
  std::vector<Unit> units;
  std::vector<NodeKey> keys;
  for (const auto row : snapshot.nodes()) {
    auto& unit = units.emplace_back();
    keys.push_back(snapshot.key(row));
    for (const auto property : snapshot.properties(row)) {
      if (!unit.empty()) unit.emplace_back();  // no phrase goes from one to the next
      for (auto& terms : read_unit(snapshot.value(row, property).as_string(), "")) unit.push_back(std::move(terms));
    }
  }
  std::vector<std::pair<NodeKey, double>> wanted, found;
  const auto scores = scored(units, asked);
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (scores[i] >= 0) wanted.emplace_back(keys[i], scores[i]);
  for (const auto& match : search_nodes(snapshot, asked.text(), 1000)) {
    found.emplace_back(snapshot.key(match.node), match.score);
    EXPECT_NE(snapshot.value(match.node, match.property).as_string().find(match.quote), std::string::npos);
    EXPECT_FALSE(match.evidence.empty());
  }
  expect_same(found, wanted, asked.text());
  found.clear();
  for (const auto& one : detail::graph::find_nodes_by_words(snapshot, asked.text(), 1000, "")) found.emplace_back(snapshot.key(one.node), one.score);
  expect_same(found, wanted, asked.text());
}

DocumentId add_document(Transaction& edit, const std::string& uri, const std::string& text, const std::string& language) {
  SourceDocument source;
  source.uri = source.title = uri;
  source.language = language;
  return edit.add_document(source, std::make_shared<const std::string>(text));
}

constexpr std::array kLanguages{"en", "ru", "uz-Latn", "uz-Cyrl", ""};

TEST(SearchDocuments, FindsWhatReadingAllGives) {
  Random random(1);
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  std::vector<DocumentId> ids;
  for (int i = 0; i < 60; ++i) ids.push_back(add_document(edit, std::to_string(i), random_text(random, 40), kLanguages[below(random, 5)]));
  edit.commit();
  graph.compact();
  for (int i = 0; i < 80; ++i) compare_documents(graph.snapshot(), random_question(random));
  edit = graph.begin();
  for (int i = 0; i < 8; ++i) add_document(edit, "new" + std::to_string(i), random_text(random, 40), "en");
  edit.remove_document(ids[3]);
  SourceDocument changed;
  changed.uri = "7";
  changed.language = "en";
  edit.replace_document(ids[7], changed, std::make_shared<const std::string>("clean water for the city"));
  edit.commit();
  ASSERT_NE(graph.snapshot().sources().find(ids[7]), nullptr);
  for (int i = 0; i < 80; ++i) compare_documents(graph.snapshot(), random_question(random));
}

TEST(SearchNodes, FindsWhatReadingAllGives) {
  Random random(2);
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  std::vector<NodeKey> keys;
  for (int i = 0; i < 80; ++i) keys.push_back(edit.create_node({"A"}, {{"text", random_text(random, 12)}}));
  edit.commit();
  graph.compact();
  for (int i = 0; i < 60; ++i) compare_nodes(graph.snapshot(), random_question(random));
  edit = graph.begin();
  edit.delete_node(keys[5]);
  for (std::size_t i = 10; i < 20; ++i) edit.set_property(keys[i], "text", random_text(random, 12));
  for (int i = 0; i < 10; ++i) edit.create_node({"B"}, {{"text", random_text(random, 12)}});
  edit.commit();
  for (int i = 0; i < 60; ++i) compare_nodes(graph.snapshot(), random_question(random));
  for (const auto& match : search_nodes(graph.snapshot(), "water", 100, "B")) EXPECT_EQ(graph.snapshot().label_names(match.node)[0], "B");
  EXPECT_TRUE(search_nodes(graph.snapshot(), "water", 100, "None").empty());
}

class Library : public ::testing::Test {
 protected:
  void SetUp() override {
    auto edit = graph.begin();
    add_document(edit, "en", "The Aral Sea Trust Fund was established in 2018. It gives grants for drinking water. The fund is a partner.", "en");
    add_document(edit, "ru", "Постановление о программах развития. Трастовый фонд выделяет гранты.", "ru");
    add_document(edit, "latn", "Raqamli O‘zbekiston dasturi tasdiqlandi. Yoshlar daftari.", "uz-Latn");
    add_document(edit, "cyrl", "Рақамли Ўзбекистон дастурини тасдиқлаш. Ёшлар дафтари, ПФ-6079-сон.", "uz-Cyrl");
    edit.commit();
  }
  std::string found(std::string_view query) const {
    std::string out;
    const auto now = graph.snapshot();
    std::vector<std::string> titles;
    for (const auto& match : search_documents(now, query)) titles.push_back(now.sources().find(match.document)->title);
    std::ranges::sort(titles);
    for (const auto& title : titles) out += (out.empty() ? "" : " ") + title;
    return out;
  }
  std::string quote(std::string_view query) const {
    const auto now = graph.snapshot();
    const auto matches = search_documents(now, query);
    return matches.empty() ? "" : cite(now, matches[0].document, matches[0].quote, "text/1").quote;
  }
  Graph graph = open_in_memory();
};

TEST_F(Library, WordsAreFoundWithTheirEndings) {
  EXPECT_EQ(found("grant"), "en");
  EXPECT_EQ(found("GRANTS"), "en");
  EXPECT_EQ(found("программа"), "ru");
  EXPECT_EQ(found("dastur"), "cyrl latn");
  EXPECT_EQ(found("дастури"), "cyrl latn");
  EXPECT_EQ(found("yoshlar daftari"), "cyrl latn");
  EXPECT_EQ(found("O'zbekiston"), "cyrl latn");
}

// The y of ю, я, ё behind a consonant is written or not, whatever the word.
TEST_F(Library, UzbekLoanWordsAreFoundInEverySpelling) {
  auto edit = graph.begin();
  add_document(edit, "budjet", "Tashabbusli budjet loyihalari sentabrda ko‘rib chiqildi.", "uz-Latn");
  add_document(edit, "byudjet", "Tashabbusli byudjet, sentyabr.", "uz-Latn");
  add_document(edit, "бюджет", "Ташаббусли бюджетлаштириш, сентябрь; ташаббусли бюджет.", "uz-Cyrl");
  edit.commit();
  for (const auto* query : {"ташаббусли бюджет", "tashabbusli budjet", "tashabbusli byudjet", "бюджет", "\"tashabbusli byudj*\"", "ташаббусли бюдж*"}) {
    EXPECT_EQ(found(query), "budjet byudjet бюджет") << query;
  }
  EXPECT_EQ(found("sentyabr"), found("сентябрь"));
  EXPECT_EQ(found("sentabr"), found("sentyabr"));
}

TEST_F(Library, PhrasesPrefixesAlternativesAndWhatIsLeftOut) {
  EXPECT_EQ(found("\"trust fund\""), "en");
  EXPECT_EQ(found("\"fund trust\""), "");
  EXPECT_EQ(found("fund trust"), "en");
  EXPECT_EQ(found("establ*"), "en");
  EXPECT_EQ(found("\"aral se*\""), "en");
  EXPECT_EQ(found("dastur* OR фонд"), "cyrl latn ru");
  EXPECT_EQ(found("dastur -6079"), "latn");
  EXPECT_EQ(found("пф-6079"), "cyrl");
  EXPECT_EQ(found("the water of fund"), "en");
  EXPECT_EQ(found("the"), "en");
  EXPECT_EQ(found("water nothing"), "");
  EXPECT_EQ(found(""), "");
  EXPECT_EQ(found(" \" - OR * \" "), "");
}

TEST_F(Library, TheQuoteIsTheSentenceThatSaysMost) {
  EXPECT_EQ(quote("fund grants drinking"), "It gives grants for drinking water.");
  EXPECT_EQ(quote("\"trust fund\" grants"), "The Aral Sea Trust Fund was established in 2018.");
  const auto now = graph.snapshot();
  const auto match = search_documents(now, "partner")[0];
  const auto citation = cite(now, match.document, match.quote, "text/1");
  EXPECT_EQ(citation.quote, "The fund is a partner.");
  EXPECT_EQ(citation.title, "en");
  EXPECT_EQ(citation.line, 1U);
  EXPECT_FALSE(citation.evidence);
}

TEST_F(Library, ALongSentenceIsQuotedInPart) {
  auto edit = graph.begin();
  std::string text;
  for (int i = 0; i < 300; ++i) text += i == 150 ? "zebra crossing " : "word ";
  add_document(edit, "long", text, "en");
  add_document(edit, "longer", std::string(5000, 'x') + "zzz", "en");
  edit.commit();
  const auto shown = quote("zebra crossing");
  EXPECT_TRUE(shown.starts_with("zebra crossing word")) << shown;
  EXPECT_LE(shown.size(), 400U);
  EXPECT_EQ(quote("xx*").size(), 400U);
}

TEST_F(Library, RefusesWhatItCannotAnswer) {
  const auto text_of = [&](const std::string& query) {
    try {
      search_documents(graph.snapshot(), query);
    } catch (const Error& error) {
      return error.text();
    }
    return std::string();
  };
  EXPECT_EQ(text_of("-water"), "a search that only leaves words out finds nothing; add one that must be there");
  std::string many;
  for (int i = 0; i < 65; ++i) many += "w" + std::to_string(i) + " ";
  EXPECT_EQ(text_of(many), "a search of more than 64 words; leave some out");
  auto edit = graph.begin();
  std::string words;
  for (int i = 0; i < 4200; ++i) words += "q" + std::string(1, static_cast<char>('a' + i % 26)) + std::string(1, static_cast<char>('a' + i / 26 % 26)) + std::string(1, static_cast<char>('a' + i / 676)) + " ";
  add_document(edit, "words", words, "en");
  edit.commit();
  EXPECT_NE(text_of("q*").find("'q*' fits "), std::string::npos) << text_of("q*");
}

}  // namespace
}  // namespace policygraph::testing
