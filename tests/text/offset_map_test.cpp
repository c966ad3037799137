#include "policygraph/text/offset_map.hpp"

#include <gtest/gtest.h>

#include <random>

namespace policygraph {
namespace {

TEST(OffsetMap, IdentityIsItself) {
  const OffsetMap map = OffsetMap::identity(10);
  EXPECT_EQ(map.to_source({2, 5}), (Span{2, 5}));
  EXPECT_EQ(map.to_target({2, 5}), (Span{2, 5}));
  EXPECT_EQ(map.stretches(), 1U);
}

TEST(OffsetMap, EmptyMapsZeroToZero) {
  EXPECT_EQ(OffsetMap().to_source({0, 0}), (Span{0, 0}));
  EXPECT_EQ(OffsetMap().to_target({0, 0}), (Span{0, 0}));
}

// "<b>A&amp;B</b>" -> "A&B"
OffsetMap markup() {
  OffsetMap map;
  map.copy(3, 1);
  map.replace(4, 5, 1);
  map.copy(9, 1);
  map.replace(10, 4, 0);
  return map;
}

TEST(OffsetMap, ReplacedStretchTakesAllOfItsSource) {
  EXPECT_EQ(markup().to_source({1, 2}), (Span{4, 9}));
  EXPECT_EQ(markup().to_source({0, 3}), (Span{3, 10}));
  EXPECT_EQ(markup().to_source({2, 3}), (Span{9, 10}));
}

TEST(OffsetMap, DroppedSourceIsEmptyInTheTarget) {
  EXPECT_EQ(markup().to_target({0, 3}), (Span{0, 0}));
  EXPECT_EQ(markup().to_target({10, 14}), (Span{3, 3}));
  EXPECT_EQ(markup().to_target({5, 6}), (Span{1, 2}));
  EXPECT_EQ(markup().to_target({0, 14}), (Span{0, 3}));
}

TEST(OffsetMap, InsertedTargetRestsOnNothing) {
  OffsetMap map;
  map.copy(0, 2);
  map.replace(2, 0, 1);
  map.copy(2, 2);
  EXPECT_EQ(map.to_source({2, 3}), (Span{2, 2}));
  EXPECT_EQ(map.to_source({1, 4}), (Span{1, 3}));
  EXPECT_EQ(map.to_target({1, 3}), (Span{1, 4}));
}

TEST(OffsetMap, NeighboursOfOneSizeShareAStretch) {
  OffsetMap map;
  for (std::size_t i = 0; i < 1000; ++i) map.replace(i, 1, 2);
  EXPECT_EQ(map.stretches(), 1U);
  EXPECT_EQ(map.to_source({7, 9}), (Span{3, 5}));
  EXPECT_EQ(map.to_target({3, 5}), (Span{6, 10}));
}

TEST(OffsetMap, OverlappingSourceJoins) {
  OffsetMap map;
  map.copy(0, 3);
  map.replace(3, 4, 2);
  map.replace(5, 2, 3);
  EXPECT_EQ(map.to_source({3, 4}), (Span{3, 7}));
  EXPECT_EQ(map.to_source({6, 8}), (Span{3, 7}));
  EXPECT_EQ(map.target_size(), 8U);
}

TEST(OffsetMap, ComposesThroughBoth) {
  OffsetMap second;  // "A&B" -> "[B]"
  second.replace(0, 2, 0);
  second.replace(2, 0, 1);
  second.copy(2, 1);
  second.replace(3, 0, 1);
  const OffsetMap map = OffsetMap::compose(markup(), second);
  EXPECT_EQ(map.target_size(), 3U);
  EXPECT_EQ(map.source_size(), 14U);
  EXPECT_EQ(map.to_source({1, 2}), (Span{9, 10}));
  EXPECT_EQ(map.to_target({9, 10}), (Span{1, 2}));
}

OffsetMap random_map(std::mt19937& random, std::size_t source_size) {
  OffsetMap map;
  std::size_t at = 0;
  while (at < source_size) {
    const std::size_t size = std::min<std::size_t>(1 + random() % 4, source_size - at);
    switch (random() % 4) {
      case 0: map.replace(at, size, random() % 4); break;
      case 1: map.replace(at, 0, 1 + random() % 3); [[fallthrough]];
      default: map.copy(at, size);
    }
    at += size;
  }
  return map;
}

// The slow twin: every target byte of the composed map rests on at least what two lookups give, and the sizes agree.
TEST(OffsetMap, ComposedLookupsCoverTwoLookups) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    const OffsetMap first = random_map(random, 30);
    const OffsetMap second = random_map(random, first.target_size());
    const OffsetMap map = OffsetMap::compose(first, second);
    ASSERT_EQ(map.target_size(), second.target_size());
    for (std::uint32_t at = 0; at < map.target_size(); ++at) {
      const Span between = second.to_source({at, at + 1});
      if (between.empty()) continue;
      const Span slow = first.to_source(between);
      const Span fast = map.to_source({at, at + 1});
      ASSERT_TRUE(fast.contains(slow)) << round << " at " << at;
    }
  }
}

TEST(OffsetMap, ComposedWithWhatChangesNothingItStays) {
  std::mt19937 random(8);
  for (int round = 0; round < 300; ++round) {
    const OffsetMap map = random_map(random, 30);
    OffsetMap pairs;  // of the same sizes, but in units of two bytes: no identity
    for (std::size_t at = 0; at < 30; at += 2) pairs.replace(at, 2, 2);
    ASSERT_EQ(OffsetMap::compose(pairs, OffsetMap::identity(30)).to_source({0, 1}), (Span{0, 2}));
    for (const OffsetMap& same : {OffsetMap::compose(OffsetMap::identity(30), map), OffsetMap::compose(map, OffsetMap::identity(map.target_size()))}) {
      ASSERT_EQ(same.target_size(), map.target_size());
      ASSERT_EQ(same.source_size(), map.source_size());
      for (std::uint32_t at = 0; at < map.target_size(); ++at) ASSERT_EQ(same.to_source({at, at + 1}), map.to_source({at, at + 1})) << round << " at " << at;
      for (std::uint32_t at = 0; at < 30; ++at) ASSERT_EQ(same.to_target({at, at + 1}), map.to_target({at, at + 1})) << round << " at " << at;
    }
  }
}

TEST(OffsetMap, SpansStayInRangeAndInOrder) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    const OffsetMap map = random_map(random, 40);
    for (std::uint32_t a = 0; a <= map.target_size(); ++a) {
      for (std::uint32_t b = a; b <= map.target_size(); ++b) {
        const Span source = map.to_source({a, b});
        ASSERT_LE(source.start, source.end);
        ASSERT_LE(source.end, 40U);
        if (!source.empty()) {
          const Span back = map.to_target(source);
          ASSERT_LE(back.start, back.end);
          ASSERT_LE(back.end, map.target_size());
        }
      }
    }
  }
}

}  // namespace
}  // namespace policygraph
