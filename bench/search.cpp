// Finding names and words: what the indexes cost to make and to ask, beside comparing with every name; 100,000 names (or the number
// given), and 20 MB of text. Times to ask are medians.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "clock.hpp"
#include "graph/name_starts.hpp"
#include "graph/snapshot_data.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/search.hpp"
#include "policygraph/query/query.hpp"
#include "policygraph/text/similarity.hpp"

namespace {

using namespace policygraph;
using Random = std::mt19937;

constexpr int kRepeats = 101;

std::string word(Random& random, std::size_t most) {
  static constexpr std::array<std::string_view, 24> kSyllables{"ka", "ri", "mov", "far", "hod", "sha", "vkat", "bek", "gul", "no", "ra", "az",
                                                               "iz", "ov", "mir", "zi", "yo", "yev", "tur", "su", "nov", "al", "dil", "ob"};
  std::string out;
  for (std::size_t i = 0, count = 2 + random() % most; i < count; ++i) out += kSyllables[random() % kSyllables.size()];
  return out;
}

/// Two or three words of 20,000, some of them much more often than others, as in names of persons and bodies.
std::vector<std::string> names(std::size_t count) {
  Random random(1);
  std::vector<std::string> words, out;
  for (int i = 0; i < 20'000; ++i) words.push_back(word(random, 3));
  const auto pick = [&] { return words[(random() % 150) * (random() % 150) % words.size()]; };
  for (std::size_t i = 0; i < count; ++i) out.push_back(pick() + " " + words[random() % words.size()] + (i % 3 == 0 ? " " + pick() : ""));
  return out;
}

Graph graph_of(const std::vector<std::string>& all) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  for (const auto& name : all) edit.create_node({"Person"}, {{"name", name}});
  edit.commit();
  graph.compact();
  return graph;
}

void print(const char* name, double seconds, const char* unit, double scale) { std::printf("%-52s %10.2f %s\n", name, seconds * scale, unit); }

void bench_names(std::size_t count) {
  const auto all = names(count);
  const auto graph = graph_of(all);
  const auto snapshot = graph.snapshot();
  Random random(2);
  std::size_t found = 0;
  print("names: first question (makes the index)", bench::seconds(1, [&] { found += similar_names(snapshot, all[0]).size(); }), "ms", 1e3);
  std::printf("%-52s %10.1f\n", "  bytes a name", static_cast<double>(snapshot.data().name_table.made()->memory_bytes()) / static_cast<double>(count));
  std::string asked;
  const auto typo = [&] {
    asked = all[random() % all.size()];
    std::swap(asked[1], asked[2]);
  };
  print("  ten likest of a name with a typo", bench::seconds(kRepeats, [&] { typo(), found += similar_names(snapshot, asked).size(); }), "ms", 1e3);
  print("  the same, comparing with each", bench::seconds(3, [&] {
          typo();
          for (const auto& name : all) found += name_similarity(asked, name) >= kLeastNameScore ? 1 : 0;
        }), "ms", 1e3);
  print("  ten that begin with three letters", bench::seconds(kRepeats, [&] { found += names_with_prefix(snapshot, all[random() % all.size()].substr(0, 3)).size(); }), "ms", 1e3);
  print("  exact", bench::seconds(kRepeats, [&] { found += exact_names(snapshot, all[random() % all.size()]).size(); }), "ms", 1e3);
  const std::string text = "MATCH (n:Person) WHERE name_matches(n, $text) RETURN count(n) AS n";
  const auto ask = [&](std::vector<std::string> rules_off) {
    QueryOptions options;
    options.rules_off = std::move(rules_off);
    found += static_cast<std::size_t>(query(snapshot, text, {{"text", all[random() % all.size()]}}, options)[0][0].as_integer());
  };
  print("name_matches: first question (makes the index)", bench::seconds(1, [&] { ask({}); }), "ms", 1e3);
  print("  a query by the index", bench::seconds(kRepeats, [&] { ask({}); }), "ms", 1e3);
  print("  the same, by a scan", bench::seconds(3, [&] { ask({"seek_names"}); }), "ms", 1e3);
  if (found == 0) std::exit(1);
}

void bench_texts() {
  Random random(3);
  std::vector<std::string> words;
  for (int i = 0; i < 30'000; ++i) words.push_back(word(random, 3));
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  std::size_t bytes = 0;
  for (int i = 0; i < 1'000; ++i) {
    std::string text;
    while (text.size() < 20'000) text += words[(random() % 170) * (random() % 170)] + (random() % 12 == 0 ? ". " : " ");
    bytes += text.size();
    SourceDocument source;
    source.uri = std::to_string(i);
    source.language = "en";
    edit.add_document(source, std::make_shared<const std::string>(std::move(text)));
  }
  edit.commit();
  const auto snapshot = graph.snapshot();
  std::size_t found = 0;
  const auto first = bench::seconds(1, [&] { found += search_documents(snapshot, words[500]).size(); });
  std::printf("%-52s %10.1f MB/s\n", "texts: first question (makes the index)", static_cast<double>(bytes) / first / 1e6);
  std::printf("%-52s %10.2f\n", "  bytes a byte of text",
              static_cast<double>(snapshot.data().document_texts.made()->table.memory_bytes()) / static_cast<double>(bytes));
  const auto pick = [&] { return words[(random() % 170) * (random() % 170)]; };
  print("  ten best of two words, quoted", bench::seconds(kRepeats, [&] { found += search_documents(snapshot, pick() + " " + pick()).size(); }), "ms", 1e3);
  print("  ten best of a phrase, quoted", bench::seconds(kRepeats, [&] { found += search_documents(snapshot, "\"" + pick() + " " + pick() + "\"").size(); }), "ms", 1e3);
  if (found == 0) std::exit(1);
}

}  // namespace

int main(int count, char** arguments) {
  bench_names(count > 1 ? static_cast<std::size_t>(std::atoll(arguments[1])) : 100'000);
  bench_texts();
  return 0;
}
