#include "policygraph/base/interner.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

namespace policygraph {
namespace {

TEST(Interner, NumbersInOrderOfArrival) {
  Interner names;
  EXPECT_EQ(names.intern("a"), 0U);
  EXPECT_EQ(names.intern("b"), 1U);
  EXPECT_EQ(names.intern("a"), 0U);
  EXPECT_EQ(names.intern(""), 2U);
  EXPECT_EQ(names[1], "b");
  EXPECT_EQ(names[2], "");
  EXPECT_EQ(names.size(), 3U);
  EXPECT_EQ(names.find("b"), 1U);
  EXPECT_FALSE(names.find("c"));
}

TEST(Interner, FindsNothingWhenEmpty) {
  const Interner names;
  EXPECT_FALSE(names.find(""));
  EXPECT_EQ(names.size(), 0U);
}

TEST(Interner, KeepsBytesAsTheyAre) {
  Interner names;
  const std::string nul("a\0b", 3);
  names.intern("a");
  EXPECT_EQ(names[names.intern(nul)], nul);
  EXPECT_EQ(names.size(), 2U);
}

// The slow twin: an ordered map.
TEST(Interner, AgreesWithAMap) {
  Interner names;
  std::map<std::string, Interner::Number> twin;
  std::uint32_t random = 1;
  for (int i = 0; i < 20000; ++i) {
    random = random * 1664525 + 1013904223;
    const std::string text(random >> 28U, static_cast<char>('a' + ((random >> 20U) & 7U)));
    const std::string name = text + std::to_string((random >> 8U) % 3000);
    const auto number = names.intern(name);
    EXPECT_EQ(twin.emplace(name, number).first->second, number);
  }
  ASSERT_EQ(names.size(), twin.size());
  for (const auto& [name, number] : twin) EXPECT_EQ(names[number], name);
}

TEST(Interner, ViewsOutliveGrowthAndMoves) {
  Interner names;
  const std::string_view first = names[names.intern("first")];
  const char* const at = first.data();
  for (int i = 0; i < 5000; ++i) names.intern("name " + std::to_string(i));
  names.intern(std::string(3'000'000, 'x'));
  Interner moved = std::move(names);
  EXPECT_EQ(moved[0].data(), at);
  EXPECT_EQ(first, "first");
  EXPECT_EQ(moved.find("name 4999"), 5000U);
  names = Interner();
  EXPECT_EQ(names.intern("again"), 0U);
}

TEST(Interner, AMovedFromOneIsEmpty) {
  Interner names;
  names.intern("a");
  const Interner moved = std::move(names);
  EXPECT_EQ(names.size(), 0U);  // NOLINT(bugprone-use-after-move): this is what is tested
  EXPECT_EQ(names.intern("b"), 0U);
  EXPECT_EQ(moved[0], "a");
}

TEST(Interner, ACopyStandsAlone) {
  Interner copy;
  {
    Interner names;
    for (int i = 0; i < 100; ++i) names.intern("name " + std::to_string(i));
    names.intern("");
    copy = names;
    names.intern("only the first");
  }
  EXPECT_EQ(copy.size(), 101U);
  EXPECT_EQ(copy[7], "name 7");
  EXPECT_EQ(copy.find("name 99"), 99U);
  EXPECT_FALSE(copy.find("only the first"));
  EXPECT_EQ(copy.intern("new"), 101U);
  EXPECT_EQ(copy[7], "name 7");
  const Interner& self = copy;
  copy = self;
  EXPECT_EQ(copy[101], "new");
}

TEST(Interner, CountsItsMemory) {
  Interner names;
  const std::size_t before = names.memory_bytes();
  names.intern(std::string(100'000, 'x'));
  EXPECT_GE(names.memory_bytes(), before + 100'000);
}

}  // namespace
}  // namespace policygraph
