#include "policygraph/picture/timeline.hpp"

#include <gtest/gtest.h>

#include "drawn_text.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph {
namespace {

constexpr const char* kHostile = "</title><script>alert(1)</script>\"' onload=x &";

PartialDate date(std::string_view text) { return PartialDate::parse(text); }

/// A programme with its act, a sum and an event.
Graph programme(const std::string& name) {
  auto graph = open_in_memory();
  auto edit = graph.begin("by:anna");
  const auto plan = edit.create_node({"Programme"}, {{"name", name}, {"kind", "programme"}, {"planned_start", date("2024")}, {"planned_end", date("2028")}});
  const auto act = edit.create_node({"LegalAct"}, {{"jurisdiction", "UZ"}, {"kind", "decree"}, {"number", "PF-1"}, {"date", date("2023-05-04")}});
  const auto sum = edit.create_node({"Funding"}, {{"kind", "loan"}, {"amount", Decimal::parse("5000000")}, {"currency", "EUR"}, {"period_to", date("2026-06")}});
  const auto event = edit.create_node({"Event"}, {{"name", "opening"}, {"date_from", date("2024-09")}});
  edit.create_edge(act, "AUTHORISES", sum);
  edit.create_edge(sum, "FUNDS", plan);
  edit.create_edge(sum, "FUNDS", event);
  edit.commit();
  return graph;
}

TEST(Timeline, HasALineForEachDateTheEarliestFirst) {
  const auto svg = draw_timeline(programme("Water for all").snapshot(), "water");
  EXPECT_NE(svg.find(">Timeline of Water for all<"), std::string::npos);
  const auto act = svg.find(">2023-05-04<"), plan = svg.find(">2024 – 2028<"), sum = svg.find(">until 2026-06<");
  ASSERT_NE(act, std::string::npos);
  ASSERT_NE(plan, std::string::npos);
  ASSERT_NE(sum, std::string::npos);
  EXPECT_LT(act, plan);
  EXPECT_LT(plan, sum);
  EXPECT_NE(svg.find(">AUTHORISES, date<"), std::string::npos);
  EXPECT_EQ(svg.find("opening"), std::string::npos);  // two steps away
  EXPECT_EQ(svg, draw_timeline(programme("Water for all").snapshot(), "water"));
}

TEST(Timeline, TellsADayFromAYearAndAnOpenEnd) {
  const auto svg = draw_timeline(programme("Water for all").snapshot(), "water");
  EXPECT_EQ(count_of(svg, "class=\"pg-mark "), 1U);   // the day of the act
  EXPECT_EQ(count_of(svg, "class=\"pg-maybe "), 2U);  // years; the month the sum ends in
  EXPECT_EQ(count_of(svg, "<rect class=\"pg-open\""), 1U);
}

TEST(Timeline, KeepsWordsApart) {
  auto graph = programme("Water for all, wherever they live, in every district of every region of the land");
  auto edit = graph.begin();
  const auto plan = edit.snapshot().find_name("Programme", "Water for all, wherever they live, in every district of every region of the land");
  ASSERT_EQ(plan.size(), 1U);
  for (int i = 0; i < 30; ++i) {
    const auto sum = edit.create_node({"Funding"}, {{"kind", "grant"}, {"amount", Decimal(1000 + i)}, {"currency", "USD"}, {"period_from", PartialDate::year(2000 + i)}});
    edit.create_edge(sum, "FUNDS", edit.snapshot().key(plan.front()));
  }
  edit.commit();
  const auto texts = drawn_texts(draw_timeline(graph.snapshot(), "water"));
  EXPECT_GT(texts.size(), 90U);
  EXPECT_EQ(overlapping(texts), std::vector<std::string>());
}

TEST(Timeline, LeavesOutTheLatestPastItsBound) {
  const auto snapshot = programme("Water for all").snapshot();
  const auto svg = draw_timeline(snapshot, "water", {.max_lines = 1});
  EXPECT_NE(svg.find(">2023-05-04<"), std::string::npos);
  EXPECT_NE(svg.find(">and 2 later ones<"), std::string::npos);
}

TEST(Timeline, SaysWhenNothingIsDated) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  edit.create_node({"Plan"}, {{"name", "Quiet"}});
  edit.commit();
  EXPECT_NE(draw_timeline(graph.snapshot(), "Quiet").find("No document read states a date of it."), std::string::npos);
}

TEST(Timeline, RefusesANameOfNothingOrOfMuch) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  for (const auto* name : {"Water one", "Water two"}) edit.create_node({"Plan"}, {{"name", name}});
  edit.commit();
  EXPECT_THROW(draw_timeline(graph.snapshot(), "fire"), Error);
  try {
    draw_timeline(graph.snapshot(), "water");
    FAIL() << "two things have that name";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("'Water one', 'Water two'"), std::string::npos) << error.what();
  }
}

TEST(Timeline, EscapesHostileText) {
  const auto snapshot = programme(kHostile).snapshot();
  const auto svg = draw_timeline(snapshot, snapshot.nodes("Programme").front());
  EXPECT_EQ(count_of(svg, "<script"), 0U);
  EXPECT_EQ(count_of(svg, "<title"), count_of(svg, "</title>"));
  EXPECT_EQ(count_of(svg, "\" onload"), 0U);
}

}  // namespace
}  // namespace policygraph
