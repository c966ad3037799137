#include "extract/relations/totals.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

using detail::extract::check_totals;
using detail::extract::rounding_of;
using detail::extract::Total;

Decimal of(const char* text) { return Decimal::parse(text); }

ExtractedMention sum(const char* amount, const char* currency = "EUR", const char* comparator = nullptr) {
  ExtractedMention mention;
  mention.label = "Funding";
  mention.properties.push_back({"amount", Value(of(amount)), {}, "", 1.0F});
  mention.properties.push_back({"currency", Value(currency), {}, "", 1.0F});
  if (comparator != nullptr) mention.properties.push_back({"comparator", Value(comparator), {}, "", 1.0F});
  return mention;
}

std::string told(std::vector<ExtractedMention> mentions, bool are_all_told) {
  Extraction out;
  out.mentions = std::move(mentions);
  Total total{0, {}, are_all_told};
  for (MentionIndex i = 1; i < out.mentions.size(); ++i) total.parts.push_back(i);
  check_totals({total}, out);
  return out.findings.empty() ? "" : out.findings.front().code + ": " + out.findings.front().explanation;
}

TEST(Totals, RoundingIsHalfAUnitForEach) {
  EXPECT_EQ(rounding_of(of("100"), {of("33.3"), of("33.3"), of("33.3")}), of("0.2"));
  EXPECT_EQ(rounding_of(of("5300000"), {of("2500000"), of("2800000")}), of("150000"));
  EXPECT_EQ(rounding_of(of("310"), {of("100"), of("200")}), of("0")) << "a unit of ten is not small beside it";
}

TEST(Totals, SaysWhatTheyComeTo) {
  EXPECT_EQ(told({sum("530"), sum("310"), sum("120")}, true), "TOTAL_MISMATCH: 2 parts add up to 430 EUR, the total is stated as 530");
  EXPECT_EQ(told({sum("530"), sum("310"), sum("120")}, false), "") << "some are told";
  EXPECT_EQ(told({sum("430"), sum("310"), sum("120")}, true), "");
  EXPECT_EQ(told({sum("100"), sum("130")}, false), "TOTAL_MISMATCH: 1 part comes to 130 EUR, the total is stated as 100");
}

TEST(Totals, WhatCannotBeComparedIsNot) {
  EXPECT_EQ(told({sum("530"), sum("310"), sum("120", "USD")}, true), "");
  EXPECT_EQ(told({sum("530", "EUR", "~"), sum("310"), sum("120")}, true), "");
  EXPECT_EQ(told({sum("530"), sum("310"), sum("120", "EUR", ">=")}, true), "");
  EXPECT_EQ(told({sum("530")}, true), "");
  EXPECT_EQ(told({sum("99999999999999999999999999999999999999"), sum("99999999999999999999999999999999999999"), sum("99999999999999999999999999999999999999")}, true), "");
}

}  // namespace
}  // namespace policygraph
