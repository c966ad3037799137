// Finding nodes by name, beside comparing with each name.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <thread>

#include "graph/alike_words.hpp"
#include "graph/lean_search.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/search.hpp"
#include "policygraph/graph/views.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/similarity.hpp"
#include "text/name_words.hpp"

namespace policygraph::testing {
namespace {

using Random = std::mt19937;

constexpr std::array kWords{"Farhod",   "Farkhod", "Фарход",   "Фарҳод", "Karimov", "Каримова", "Ministry",  "of",   "Finance", "Министерство",
                            "финансов", "Moliya",  "vazirligi", "O‘zbek", "Ўзбек",   "Digital",  "Programme", "2030", "A.",      "Sh.",
                            "Shavkat",  "Шавкат",  "Water",    "Waters", "mahalla", "Маҳалла",  "Yo‘ldosh",  "Clean", "水",     "B"};

std::size_t below(Random& random, std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random); }

// Two letters in other order, or one missing.
std::string misspelt(Random& random, std::string word) {
  if (word.size() < 4 || below(random, 3) != 0) return word;
  const auto at = 1 + below(random, word.size() - 2);
  if ((static_cast<unsigned char>(word[at]) | static_cast<unsigned char>(word[at + 1])) >= 0x80) return word;
  if (below(random, 2) == 0) return word.erase(at, 1);
  std::swap(word[at], word[at + 1]);
  return word;
}

std::string random_name(Random& random) {
  std::string out;
  for (std::size_t i = 0, count = 1 + below(random, 4); i < count; ++i) out += (out.empty() ? "" : " ") + misspelt(random, kWords[below(random, kWords.size())]);
  return out;
}

struct Named {
  std::string name;
  double score;
  NodeKey key;
};

// What similar_names answers, by comparing with all names there are.
std::vector<Named> compared_with_each(const Snapshot& snapshot, std::string_view text, std::size_t limit, std::string_view label) {
  std::vector<Named> out;
  for (const auto row : snapshot.nodes()) {
    if (!label.empty() && !std::ranges::count(snapshot.label_names(row), label)) continue;
    Named best{"", -1, snapshot.key(row)};
    for (const auto& claim : snapshot.assertions(row)) {
      if (claim.kind != ClaimKind::property || (claim.name != "name" && claim.name != "aliases")) continue;
      const auto names = claim.value.kind() == ValueKind::list ? claim.value.as_list() : ValueList{claim.value};
      for (const auto& name : names) {
        const auto score = name_similarity(text, name.as_string());
        if (score > best.score) best = {name.as_string(), score, best.key};
      }
    }
    if (best.score >= kLeastNameScore) out.push_back(best);
  }
  std::ranges::sort(out, [](const Named& a, const Named& b) { return a.score != b.score ? a.score > b.score : a.key < b.key; });
  if (out.size() > limit) out.resize(limit);
  return out;
}

void expect_same(const Snapshot& snapshot, const std::string& text, std::size_t limit, std::string_view label = {}) {
  const auto wanted = compared_with_each(snapshot, text, limit, label);
  const auto found = similar_names(snapshot, text, limit, label);
  ASSERT_EQ(found.size(), wanted.size()) << text;
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(snapshot.key(found[i].node), wanted[i].key) << text << " " << i;
    EXPECT_EQ(found[i].score, wanted[i].score) << text << " " << i;
    EXPECT_EQ(found[i].name, wanted[i].name) << text << " " << i;
    EXPECT_FALSE(found[i].evidence.empty());
  }
}

void add_names(Graph& graph, Random& random, int count) {
  auto edit = graph.begin();
  for (int i = 0; i < count; ++i) {
    PropertyList properties{{"name", random_name(random)}};
    if (i % 5 == 0) properties.emplace_back("aliases", ValueList{random_name(random), random_name(random)});
    edit.create_node({i % 3 == 0 ? "Person" : "Body"}, properties);
  }
  edit.commit();
}

TEST(SimilarNames, AreThoseThatComparingWithEachGives) {
  Random random(1);
  auto graph = open_in_memory(Schema::open());
  add_names(graph, random, 400);
  graph.compact();
  for (int i = 0; i < 60; ++i) expect_same(graph.snapshot(), random_name(random), 1 + below(random, 30), i % 2 == 0 ? "" : "Person");
  expect_same(graph.snapshot(), "Farhod", 1000);
}

TEST(SimilarNames, FollowChanges) {
  Random random(2);
  auto graph = open_in_memory(Schema::open());
  add_names(graph, random, 300);
  graph.compact();
  expect_same(graph.snapshot(), "Farhod Karimov", 10);
  auto edit = graph.begin();
  for (std::uint32_t i = 0; i < 30; ++i) {
    const auto key = edit.snapshot().key(NodeRow{i * 9});
    if (i % 3 == 0) edit.delete_node(key, true);
    if (i % 3 == 1) edit.set_property(key, "name", random_name(random));
  }
  edit.commit();
  add_names(graph, random, 20);
  for (int i = 0; i < 40; ++i) expect_same(graph.snapshot(), random_name(random), 1 + below(random, 20));
  const auto view = with_labels(graph.snapshot(), {"Person"});
  for (int i = 0; i < 20; ++i) expect_same(view, random_name(random), 10);
}

TEST(SimilarNames, AreFoundOverScripts) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  const auto key = edit.create_node({"Person"}, {{"name", "Farkhod Akhmedov"}});
  edit.create_node({"Person"}, {{"name", "Anvar Sobirov"}});
  edit.commit();
  const auto now = graph.snapshot();
  for (const auto* text : {"Фарход Ахмедов", "Фарҳод Аҳмедов", "Farhod Ahmedov", "AKHMEDOV, Farkhod", "farkhod akhmedov"}) {
    const auto found = similar_names(now, text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(now.key(found[0].node), key);
    EXPECT_EQ(found[0].score, 1) << text;
    EXPECT_EQ(found[0].name, "Farkhod Akhmedov");
  }
  EXPECT_TRUE(similar_names(now, "").empty());
  EXPECT_TRUE(similar_names(now, "Farhod", 0).empty());
  EXPECT_TRUE(similar_names(now, "Farhod", 5, "Nothing").empty());
}

TEST(ExactNames, FoldAlike) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  const auto a = edit.create_node({"Body"}, {{"name", "O‘zbekiston Banki"}});
  const auto b = edit.create_node({"Person"}, {{"name", "Someone"}, {"aliases", ValueList{"ozbekiston banki"}}});
  edit.commit();
  const auto now = graph.snapshot();
  const auto found = exact_names(now, "O'ZBEKISTON  banki");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(now.key(found[0].node), a);
  EXPECT_EQ(found[1].name, "ozbekiston banki");
  EXPECT_EQ(found[1].evidence, now.evidence(*now.find(b), *now.property("aliases")));
  EXPECT_EQ(exact_names(now, "ozbekiston banki", "Person").size(), 1U);
  EXPECT_TRUE(exact_names(now, "ozbekiston").empty());
}

TEST(NamesWithPrefix, AreThoseThatReadingAllGives) {
  Random random(3);
  auto graph = open_in_memory(Schema::open());
  add_names(graph, random, 200);
  graph.compact();
  add_names(graph, random, 20);
  const auto now = graph.snapshot();
  for (const std::string prefix : {"f", "Фар", "min", "ministry of", "Clean W", "z"}) {
    std::vector<std::pair<std::string, NodeKey>> wanted;
    for (const auto row : now.nodes()) {
      std::vector<std::string> names;
      for (const auto& claim : now.assertions(row)) {
        if (claim.name == "name") names.push_back(fold_name(claim.value.as_string()));
        if (claim.name != "aliases") continue;
        for (const auto& alias : claim.value.as_list()) names.push_back(fold_name(alias.as_string()));
      }
      std::erase_if(names, [&](const std::string& name) { return !name.starts_with(fold_name(prefix)); });
      if (!names.empty()) wanted.emplace_back(*std::ranges::min_element(names), now.key(row));
    }
    std::ranges::sort(wanted);
    if (wanted.size() > 7) wanted.resize(7);
    std::vector<std::pair<std::string, NodeKey>> found;
    for (const auto& match : names_with_prefix(now, prefix, 7)) found.emplace_back(fold_name(match.name), now.key(match.node));
    std::vector<NodeKey> keys, lean;
    for (const auto& [name, key] : found) keys.push_back(key);
    for (const auto& one : detail::graph::find_nodes_by_prefix(now, prefix, 7, "")) lean.push_back(now.key(one.node));
    EXPECT_EQ(lean, keys);
    EXPECT_EQ(found, wanted) << prefix;
  }
  EXPECT_TRUE(names_with_prefix(now, "-!").empty());
}

// The filter leaves out no partner.
TEST(AlikeWords, AreAllPartnersThereAre) {
  using namespace detail;  // NOLINT: two of its modules
  Random random(4);
  std::vector<std::string> words;
  for (int i = 0; i < 600; ++i) {
    std::string word;
    for (std::size_t j = 0, size = 1 + below(random, 9); j < size; ++j) word += std::string_view("abcdaaeshtk0")[below(random, 12)];
    words.push_back(i % 50 == 0 ? word + "水" : word);
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  const graph::AlikeWords table(words);
  for (std::size_t i = 0; i < words.size(); i += 3) {
    std::vector<std::pair<double, std::uint32_t>> wanted, found;
    for (std::uint32_t j = 0; j < words.size(); ++j) {
      const auto alike = text::word_similarity(words[i], words[j]);
      if (alike > 0) wanted.emplace_back(-alike, j);
    }
    std::ranges::sort(wanted);
    for (const auto& [word, alike] : table.find(words[i])) found.emplace_back(-alike, word);
    EXPECT_EQ(found, wanted) << words[i];
  }
}

// A misspelt label is said so where the schema knows labels; elsewhere no node has it.
TEST(SimilarNames, RefuseALabelThatTheSchemaDoesNotKnow) {
  const auto policy = open_in_memory(), open = open_in_memory(Schema::open());
  const auto refusal = [&](auto ask) {
    EXPECT_TRUE(ask(open.snapshot()).empty());
    try {
      ask(policy.snapshot());
    } catch (const Error& error) {
      return std::string(code_name(error.code())) + ": " + error.text();
    }
    return std::string("none");
  };
  const std::string wanted = "schema: unknown label 'Persn'; did you mean 'Person'?";
  EXPECT_EQ(refusal([](const Snapshot& now) { return similar_names(now, "Ann", 5, "Persn"); }), wanted);
  EXPECT_EQ(refusal([](const Snapshot& now) { return exact_names(now, "Ann", "Persn"); }), wanted);
  EXPECT_EQ(refusal([](const Snapshot& now) { return names_with_prefix(now, "", 0, "Persn"); }), wanted);
  EXPECT_EQ(refusal([](const Snapshot& now) { return search_nodes(now, "Ann", 5, "Persn"); }), wanted);
}

TEST(SimilarNames, ServeThreads) {
  Random random(5);
  auto graph = open_in_memory(Schema::open());
  add_names(graph, random, 200);
  const auto now = graph.snapshot();
  std::vector<std::thread> threads;
  std::vector<std::size_t> counts(4);
  for (std::size_t t = 0; t < counts.size(); ++t) threads.emplace_back([&, t] { counts[t] = similar_names(now, "Ministry of Finance", 50).size(); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(counts, std::vector<std::size_t>(4, compared_with_each(now, "Ministry of Finance", 50, "").size()));
}

}  // namespace
}  // namespace policygraph::testing
