#include <gtest/gtest.h>

#include "extract/validation.hpp"

namespace policygraph {
namespace {

ExtractedMention place(Span span, MentionIndex same_as = kNoMention, std::string by = "") {
  ExtractedMention out;
  out.label = "Place";
  out.span = span;
  out.extractor = "t/1";
  out.same_as = same_as;
  out.same_by = std::move(by);
  return out;
}

TEST(Sorting, FollowsSpansLongerFirst) {
  Extraction extraction;
  extraction.mentions = {place({5, 7}), place({0, 2}), place({5, 9})};
  ExtractedRelation relation;
  relation.from = 0;
  relation.to = 1;
  extraction.relations = {relation};
  detail::extract::sort(extraction);
  EXPECT_EQ(extraction.mentions[1].span, (Span{5, 9}));
  EXPECT_EQ(extraction.relations[0].from, 2U);
  EXPECT_EQ(extraction.relations[0].to, 0U);
}

TEST(Sorting, SameAsLeadsToTheFirst) {
  Extraction extraction;
  extraction.mentions = {place({9, 10}), place({0, 1}, 0, "a"), place({4, 5}, 1, "b")};
  detail::extract::sort(extraction);
  EXPECT_EQ(extraction.mentions[0].same_as, kNoMention);
  EXPECT_EQ(extraction.mentions[1].same_as, 0U);
  EXPECT_EQ(extraction.mentions[1].same_by, "b");
  EXPECT_EQ(extraction.mentions[2].same_as, 0U);
  EXPECT_EQ(extraction.mentions[2].same_by, "a") << "the end of the chain takes the reason of the first";
}

}  // namespace
}  // namespace policygraph
