#include "policygraph/graph/draft.hpp"

#include <gtest/gtest.h>

#include "graph/records.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph::testing {
namespace {

ErrorCode refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was refused";
  return ErrorCode::interrupted;
}

TEST(Draft, WritesWhatTheLongFormWrites) {
  auto graph = open_in_memory();
  auto edit = graph.begin("by:anna");
  const auto act = edit.node("Decree").set("jurisdiction", "UZ").set("kind", "decree").set("number", "PF-1").add();
  const auto water = edit.node("Programme").set("name", "Clean Water").set("kind", "programme").set("status", nullptr).add();
  const auto edge = edit.edge(act, "APPROVES", water).valid(PartialDate::parse("2024")).modality(Modality::approved).add();
  edit.commit();
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(snapshot.value(*snapshot.find(act), "number"), Value("PF-1"));
  EXPECT_TRUE(snapshot.value(*snapshot.find(water), "status").is_null());
  const auto row = *snapshot.find(edge);
  EXPECT_EQ(snapshot.valid_from(row), PartialDate::parse("2024"));
  EXPECT_TRUE(snapshot.valid_to(row).is_unknown());
  EXPECT_EQ(snapshot.modality(row), Modality::approved);
  EXPECT_EQ(snapshot.modality(*snapshot.find(act)), Modality::unknown);
}

TEST(Draft, TakesMoreLabelsAndAppendedProperties) {
  auto graph = open_in_memory(Schema::open());
  auto edit = graph.begin();
  auto draft = edit.node("City").label("Capital");
  for (int i = 0; i < 3; ++i) draft.set("p" + std::to_string(i), i);
  const auto city = draft.add();
  edit.commit();
  const auto snapshot = graph.snapshot();
  EXPECT_EQ(snapshot.label_names(*snapshot.find(city)).size(), 2U);
  EXPECT_EQ(snapshot.value(*snapshot.find(city), "p2"), Value(2));
}

TEST(Draft, RestsOnItsQuoteAndOnWordsOfADocument) {
  auto graph = open_in_memory();
  auto edit = graph.begin("by:anna");
  Reading reading(edit, "news", "The decree approved Clean Water.");
  edit.set_note("read in the news");
  const auto act = edit.node("Decree").set("jurisdiction", "UZ").set("kind", "decree").quote("Decree 1").add();
  const auto again = edit.node("Decree").set("jurisdiction", "UZ").set("kind", "decree").quote("Decree 1").add();
  const auto water = edit.node("Programme").set("name", "Clean Water").set("kind", "programme").add();
  const auto edge = edit.edge(act, "APPROVES", water).cite(reading.id(), "approved Clean Water").add();
  edit.commit();
  auto snapshot = graph.snapshot();
  const auto quote = [&](auto key, std::size_t i) { return snapshot.cite(snapshot.evidence(*snapshot.find(key))[i]).quote; };
  EXPECT_EQ(quote(act, 0), "Decree 1");
  EXPECT_EQ(snapshot.evidence(*snapshot.find(act))[0], snapshot.evidence(*snapshot.find(again))[0]);
  EXPECT_EQ(quote(water, 0), "read in the news");
  ASSERT_EQ(snapshot.evidence(*snapshot.find(edge)).size(), 2U);
  const std::vector<std::string> quotes = {quote(edge, 0), quote(edge, 1)};
  EXPECT_EQ(std::ranges::count(quotes, "approved Clean Water"), 1);
  EXPECT_EQ(std::ranges::count(quotes, "read in the news"), 1);
  // What a person said goes on when the document is gone.
  auto later = graph.begin();
  later.remove_document(reading.id());
  later.commit();
  snapshot = graph.snapshot();
  ASSERT_TRUE(snapshot.find(edge));
  EXPECT_EQ(quote(edge, 0), "read in the news");
}

TEST(Draft, LeavesNoTraceWhenItIsRefusedOrDropped) {
  auto graph = open_in_memory();
  auto edit = graph.begin();
  { [[maybe_unused]] const auto dropped = edit.node("Decree").set("number", "PF-1"); }
  EXPECT_EQ(refusal([&] { edit.node("Decree").set("nummer", "PF-1").quote("q").add(); }), ErrorCode::schema);
  EXPECT_EQ(refusal([&] { edit.node("Decree").cite(DocumentId{7}, "words").add(); }), ErrorCode::not_found);
  EXPECT_TRUE(edit.is_empty());
  Reading reading(edit, "news", "The decree.");
  EXPECT_EQ(refusal([&] { edit.node("Decree").cite(reading.id(), "the law").add(); }), ErrorCode::not_found);
  EXPECT_EQ(refusal([&] { edit.node("Decree").cite(reading.id(), "").add(); }), ErrorCode::invalid_argument);
  edit.commit();
  EXPECT_EQ(graph.snapshot().node_count(), 0U);
  EXPECT_EQ(refusal([&] { edit.node("Decree").add(); }), ErrorCode::closed);
}

}  // namespace
}  // namespace policygraph::testing
