// Nodes by the words of their names, beside reading all names.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "graph/name_starts.hpp"
#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/views.hpp"
#include "policygraph/text/normalise.hpp"

namespace policygraph::testing {
namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random); }

constexpr std::array kWords{"water", "Waters", "clean", "Сув", "сувчи", "O‘zbek", "2030", "PF-6079", "of", "a", "ab"};

std::string random_name(Random& random) {
  std::string out;
  for (std::size_t i = 0, count = 1 + below(random, 4); i < count; ++i) out += (out.empty() ? "" : " ") + std::string(kWords[below(random, kWords.size())]);
  return out;
}

std::vector<NodeRow> read_through(const Snapshot& snapshot, const std::string& folded) {
  std::vector<NodeRow> out;
  for (const auto row : snapshot.nodes()) {
    bool is_named = false;
    const auto look = [&](const std::string& name) { is_named = is_named || (" " + fold_name(name)).find(" " + folded) != std::string::npos; };
    for (const auto* property : {"name", "number", "aliases"}) {
      const auto value = snapshot.value(row, property);
      if (value.kind() == ValueKind::string) look(value.as_string());
      if (value.kind() != ValueKind::list) continue;
      for (const auto& item : value.as_list()) look(item.as_string());
    }
    for (const auto& mention : snapshot.mentions(row)) look(mention.surface);
    if (is_named) out.push_back(row);
  }
  return out;
}

void compare(const Snapshot& snapshot, Random& random) {
  for (int i = 0; i < 60; ++i) {
    auto folded = fold_name(random_name(random));
    if (i % 3 == 0) folded.resize(folded.size() > 2 && folded.back() >= 'a' && folded.back() <= 'z' ? folded.size() - 1 : folded.size());
    while (folded.ends_with(' ')) folded.pop_back();
    EXPECT_EQ(detail::graph::nodes_named(snapshot, folded), read_through(snapshot, folded)) << folded;
  }
}

void add(Graph& graph, Random& random, int count) {
  auto edit = graph.begin();
  for (int i = 0; i < count; ++i) {
    PropertyList properties{{i % 4 == 0 ? "number" : "name", random_name(random)}};
    if (i % 5 == 0) properties.emplace_back("aliases", ValueList{random_name(random), random_name(random)});
    edit.create_node({i % 2 == 0 ? "A" : "B"}, properties);
  }
  edit.commit();
}

TEST(NameStarts, FindWhatReadingAllNamesDoes) {
  Random random(1);
  auto graph = open_in_memory(Schema::open());
  add(graph, random, 200);
  graph.compact();
  compare(graph.snapshot(), random);
  auto edit = graph.begin();
  for (std::uint32_t i = 0; i < 20; ++i) {
    const auto key = edit.snapshot().key(NodeRow{i * 7});
    if (i % 2 == 0) edit.delete_node(key, true);
    if (i % 2 == 1) edit.set_property(key, "name", random_name(random));
  }
  edit.commit();
  add(graph, random, 10);
  compare(graph.snapshot(), random);
  compare(with_labels(graph.snapshot(), {"A"}), random);
}

}  // namespace
}  // namespace policygraph::testing
