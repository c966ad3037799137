#include "policygraph/model/value.hpp"

#include <gtest/gtest.h>

#include "model/refusal.hpp"

namespace policygraph {
namespace {

using testing::refusal;

template <class Call>
std::string refused(Call&& call) {
  const auto error = refusal(call);
  return error.code() == ErrorCode::invalid_argument ? error.text() : "another code: " + error.text();
}

TEST(Value, GivesBackWhatWasPutIn) {
  EXPECT_TRUE(Value().is_null());
  EXPECT_TRUE(Value(nullptr).is_null());
  EXPECT_EQ(Value(true).as_bool(), true);
  EXPECT_EQ(Value(7).as_integer(), 7);
  EXPECT_EQ(Value(1.5).as_double(), 1.5);
  EXPECT_EQ(Value("a").as_string(), "a");
  EXPECT_EQ(Value(Decimal::parse("4.90")).as_decimal().to_string(), "4.90");
  EXPECT_EQ(Value(PartialDate::month(2024, 10)).as_partial_date().to_string(), "2024-10");
  EXPECT_EQ(Value(Day{5}).as_date(), Day{5});
  EXPECT_EQ(Value(LocalTime{5}).as_local_time(), LocalTime{5});
  EXPECT_EQ(Value(ZonedTime{{5}, 60}).as_time(), (ZonedTime{{5}, 60}));
  EXPECT_EQ(Value(LocalDateTime{{1}, {5}}).as_local_date_time(), (LocalDateTime{{1}, {5}}));
  EXPECT_EQ(Value(ZonedDateTime{{{1}, {5}}, 60, "Asia/Tashkent"}).as_date_time().zone, "Asia/Tashkent");
  EXPECT_EQ(Value(Duration{1, 2, 3, 4}).as_duration().days, 2);
  EXPECT_EQ(Value(ValueList{1, "x"}).as_list().size(), 2U);
  EXPECT_EQ(Value(ValueMap{{"k", 1}}).as_map().at("k").as_integer(), 1);
  EXPECT_EQ(Value(NodeKey{4}).as_node(), NodeKey{4});
  EXPECT_EQ(Value(EdgeKey{4}).as_edge(), EdgeKey{4});
  EXPECT_EQ(Value(Path{{NodeKey{1}, NodeKey{2}}, {EdgeKey{3}}}).as_path().edges.front(), EdgeKey{3});
}

TEST(Value, KnowsItsKind) {
  const std::vector<std::pair<Value, std::string_view>> kinds = {{Value(), "Null"},
                                                                 {true, "Boolean"},
                                                                 {1, "Integer"},
                                                                 {Decimal(1), "Decimal"},
                                                                 {1.0, "Float"},
                                                                 {"", "String"},
                                                                 {PartialDate(), "PartialDate"},
                                                                 {Day{}, "Date"},
                                                                 {LocalTime{}, "LocalTime"},
                                                                 {ZonedTime{}, "Time"},
                                                                 {LocalDateTime{}, "LocalDateTime"},
                                                                 {ZonedDateTime{}, "DateTime"},
                                                                 {Duration{}, "Duration"},
                                                                 {ValueList{}, "List"},
                                                                 {ValueMap{}, "Map"},
                                                                 {NodeKey{}, "Node"},
                                                                 {EdgeKey{}, "Relationship"},
                                                                 {Path{}, "Path"}};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    EXPECT_EQ(kinds[i].first.kind(), static_cast<ValueKind>(i));
    EXPECT_EQ(kind_name(kinds[i].first.kind()), kinds[i].second);
  }
}

TEST(Value, ReadsNumbersAsDoubles) {
  EXPECT_EQ(Value(3).as_double(), 3.0);
  EXPECT_EQ(Value(Decimal::parse("2.5")).as_double(), 2.5);
}

TEST(Value, RefusesAnotherKindAndShowsWhatItIs) {
  EXPECT_EQ(refused([] { Value("x").as_integer(); }), "expected Integer, found String 'x'");
  EXPECT_EQ(refused([] { Value().as_list(); }), "expected List, found Null");
  EXPECT_EQ(refused([] { Value(ValueList{1, 2}).as_map(); }), "expected Map, found List [1, 2]");
  EXPECT_EQ(refused([] { Value(true).as_double(); }), "expected Float, found Boolean true");
}

TEST(Value, ShowsLittleOfALongOne) {
  std::string cyrillic;
  for (int i = 0; i < 100'000; ++i) cyrillic += "я";
  const auto text = refused([&] { Value(cyrillic).as_bool(); });
  EXPECT_LT(text.size(), 120U);
  EXPECT_EQ(text.substr(text.size() - 5), "я...");
  EXPECT_EQ(refused([] { Value(ValueList(1000, Value(1))).as_bool(); }),
            "expected Boolean, found List of 1000 elements");
}

TEST(Value, SharesListsWhenCopied) {
  const Value list = ValueList(1000, Value("x"));
  const auto copy = list;
  EXPECT_EQ(&copy.as_list(), &list.as_list());
}

TEST(Value, NestsAsDeepAsMemoryAllows) {
  Value list = ValueList{};
  Value map = ValueMap{};
  for (int i = 0; i < 500'000; ++i) {
    list = ValueList{std::move(list)};
    map = ValueMap{{"k", i % 2 == 0 ? Value(ValueList{std::move(map)}) : std::move(map)}};
  }
  const auto copy = list;
  EXPECT_EQ(copy, list);
  EXPECT_EQ(list.as_list().size(), 1U);
}

}  // namespace
}  // namespace policygraph
