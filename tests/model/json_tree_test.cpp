#include "model/json_tree.hpp"

#include <gtest/gtest.h>

#include "model/refusal.hpp"

namespace policygraph::detail::model {
namespace {

using policygraph::testing::refusal;

JsonNode parse(std::string_view text) { return parse_json({"a.json", text}); }

Error refused(std::string_view text) {
  return refusal([&] { parse(text); });
}

// "line:column" of a refusal.
std::string where(std::string_view text) {
  const auto place = refused(text).place().value();
  return std::to_string(place.line) + ":" + std::to_string(place.column);
}

TEST(JsonTree, EveryValueKnowsWhereItStarts) {
  const std::string_view text = R"( {"a": [1, -2.5e3 ,"x\n\"y", true,null,{}], "b":{"c" : []}, "d":"é" } )";
  const auto root = parse(text);
  EXPECT_EQ(root.offset, text.find('{'));
  const auto* a = root.find("a");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(a->offset, text.find('['));
  ASSERT_EQ(a->items.size(), 6U);
  EXPECT_EQ(a->items[0].offset, text.find('1'));
  EXPECT_EQ(a->items[1].offset, text.find("-2.5"));
  EXPECT_EQ(a->items[1].text, "-2.5e3");
  EXPECT_EQ(a->items[2].offset, text.find("\"x"));
  EXPECT_EQ(a->items[2].text, "x\n\"y");
  EXPECT_EQ(a->items[3].offset, text.find("true"));
  EXPECT_TRUE(a->items[3].flag);
  EXPECT_EQ(a->items[4].offset, text.find("null"));
  EXPECT_EQ(a->items[5].offset, text.find("{}"));
  EXPECT_EQ(root.find("b")->find("c")->offset, text.find("[]"));
  EXPECT_EQ(root.find("d")->offset, text.find("\"é"));
  EXPECT_EQ(root.find("e"), nullptr);
}

TEST(JsonTree, SkipsAByteOrderMark) {
  const auto root = parse("\xEF\xBB\xBF{\"a\": 1}");
  EXPECT_EQ(root.offset, 3U);
  EXPECT_EQ(root.find("a")->offset, 9U);
}

TEST(JsonTree, RefusesWithLineAndColumn) {
  EXPECT_EQ(where("{\n  \"a\": tru\n}"), "2:11");
  EXPECT_EQ(where("{\"a\": 1,\n \"a\": 2}"), "2:2");
  EXPECT_EQ(where("[1] x"), "1:5");
  EXPECT_EQ(refused("{\"a\": 1, \"a\": 2}").text(), "'a' is given twice");
  EXPECT_EQ(refused("").code(), ErrorCode::format);
  EXPECT_EQ(refused("{\"a\"").code(), ErrorCode::format);
  EXPECT_EQ(refused("[1").place()->document, "a.json");
}

TEST(JsonTree, RefusesBytesThatAreNoText) {
  EXPECT_EQ(refused("\"\xC3(\"").code(), ErrorCode::format);
  EXPECT_EQ(refused(std::string_view("[1]\0[2]", 7)).text(), "not JSON: text after the end");
  EXPECT_EQ(refused(std::string_view("[1\0]", 4)).code(), ErrorCode::format);
}

TEST(JsonTree, RefusesHostileNestingAtOnce) {
  const std::string brackets(2'000'000, '[');
  EXPECT_EQ(refused(brackets).code(), ErrorCode::limit);
  std::string objects;
  for (int i = 0; i < 400'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(refused(objects).code(), ErrorCode::limit);
}

TEST(JsonTree, KeepsNumbersAsWritten) {
  const std::string digits(300, '9');
  EXPECT_EQ(parse("[" + digits + "]").items[0].text, digits);
  EXPECT_EQ(parse("[1.50e-7]").items[0].text, "1.50e-7");
}

TEST(JsonTree, RefusesNumbersPastAllBounds) {
  EXPECT_EQ(refused("[" + std::string(100'000, '9') + "]").code(), ErrorCode::format);
  EXPECT_EQ(refused("[1e999999]").code(), ErrorCode::format);
}

}  // namespace
}  // namespace policygraph::detail::model
