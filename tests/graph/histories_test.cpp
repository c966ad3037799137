#include <gtest/gtest.h>

#include <cstdlib>

#include "graph/player.hpp"

namespace policygraph::testing {
namespace {

Schema small_schema() {
  return Schema::from_json("small", {{"all.json", R"({
    "labels": [
      {"label": "Act", "properties": [{"name": "name", "type": "string"}, {"name": "amount", "type": "decimal"}]},
      {"label": "Decree", "parent": "Act", "properties": [{"name": "date", "type": "partial_date"}]},
      {"label": "Body", "properties": [{"name": "name", "type": "string"}, {"name": "amount", "type": "decimal"}]},
      {"label": "Office", "parent": "Body"}],
    "relations": [
      {"relation": "CITES", "ends": [{"from": ["*"], "to": ["*"]}], "properties": [{"name": "since", "type": "string"}]},
      {"relation": "HOLDS", "ends": [{"from": ["*"], "to": ["Body"]}],
       "properties": [{"name": "title", "type": "string", "key": true}, {"name": "since", "type": "string"}]}]})"}});
}

struct Played {
  std::size_t states = 0, refusals = 0, deltas = 0, views = 0, views_over_deltas = 0;

  void add(const Player& player) {
    states += player.states();
    refusals += player.refusals();
    deltas += player.deltas();
    views += player.views();
    views_over_deltas += player.views_over_deltas();
  }
};

void play_many(const Schema& schema, std::uint32_t first, std::uint32_t count) {
  Played all;
  for (std::uint32_t seed = first; seed < first + count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Player player(seed, schema);
    player.play(6);
    all.add(player);
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(all.states, std::size_t{count} * 5);
  EXPECT_GT(all.refusals, std::size_t{count} / 4);
  EXPECT_GT(all.deltas, all.states / 3);
  EXPECT_GT(all.views, all.states / 2);
  EXPECT_GT(all.views_over_deltas, all.views / 3);
}

// How many, both schemas together: POLICYGRAPH_HISTORIES asks for more than every build wants to wait for.
std::uint32_t history_count() {
  const auto* wanted = std::getenv("POLICYGRAPH_HISTORIES");
  return wanted == nullptr ? 1000 : static_cast<std::uint32_t>(std::strtoul(wanted, nullptr, 10)) / 2;
}

TEST(Histories, StrictSchemaEqualsTheTwin) { play_many(small_schema(), 0, history_count()); }
TEST(Histories, OpenSchemaEqualsTheTwin) { play_many(Schema::open(), 1'000'000, history_count()); }

}  // namespace
}  // namespace policygraph::testing
