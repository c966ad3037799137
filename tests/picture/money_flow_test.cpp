#include "policygraph/picture/money_flow.hpp"

#include <gtest/gtest.h>

#include "drawn_text.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph {
namespace {

constexpr const char* kHostile = "</title><script>alert(1)</script>\"' onload=x &";

/// Programmes, givers and sums by hand.
class Ledger {
 public:
  Ledger() : graph_(open_in_memory()), edit_(graph_.begin("by:anna")) {}

  NodeKey programme(const std::string& name) { return edit_.create_node({"Programme"}, {{"name", name}, {"kind", "programme"}}); }
  NodeKey giver(const std::string& name) { return edit_.create_node({"Organization"}, {{"name", name}, {"kind", "multilateral"}}); }
  NodeKey sum(const std::string& amount, const std::string& currency, const std::vector<NodeKey>& givers, const std::vector<NodeKey>& purposes) {
    const auto key = edit_.create_node({"Funding"}, {{"kind", "loan"}, {"amount", Decimal::parse(amount)}, {"currency", currency}});
    for (const auto one : givers) edit_.create_edge(one, "PROVIDES", key);
    for (const auto one : purposes) edit_.create_edge(key, "FUNDS", one);
    return key;
  }
  Transaction& edit() { return edit_; }
  Snapshot done() {
    edit_.commit();
    return graph_.snapshot();
  }

 private:
  Graph graph_;
  Transaction edit_;
};

Snapshot two_currencies() {
  Ledger ledger;
  const auto water = ledger.programme("Water for all"), roads = ledger.programme("Roads");
  const auto bank = ledger.giver("World Bank"), fund = ledger.giver("OPEC Fund");
  ledger.sum("12345678901234567890.12", "USD", {bank}, {water});
  ledger.sum("7000000", "USD", {bank, fund}, {roads});
  ledger.sum("49000000", "EUR", {}, {water});
  ledger.sum("1", "EUR", {fund}, {});
  return ledger.done();
}

TEST(MoneyFlow, HasABlockForEachCurrency) {
  const auto svg = draw_money_flow(two_currencies());
  EXPECT_NE(svg.find(">EUR: 2 sums<"), std::string::npos);
  EXPECT_NE(svg.find(">USD: 2 sums<"), std::string::npos);
  EXPECT_EQ(svg, draw_money_flow(two_currencies()));
}

TEST(MoneyFlow, WritesAmountsAsTheyAreStated) {
  const auto svg = draw_money_flow(two_currencies());
  EXPECT_NE(svg.find(">12\u202f345\u202f678\u202f901\u202f234\u202f567\u202f890.12 USD<"), std::string::npos);
  EXPECT_NE(svg.find(">7\u202f000\u202f000 USD<"), std::string::npos);
  EXPECT_NE(svg.find(">1 EUR<"), std::string::npos);
}

TEST(MoneyFlow, SharesNoSumAmongItsGivers) {
  const auto svg = draw_money_flow(two_currencies());
  EXPECT_EQ(count_of(svg, ">World Bank + OPEC Fund</text>") + count_of(svg, ">OPEC Fund + World Bank</text>"), 1U);
  EXPECT_EQ(count_of(svg, "class=\"pg-flow"), 8U);  // two for each sum
}

TEST(MoneyFlow, SaysWhatIsNotStated) {
  const auto svg = draw_money_flow(two_currencies());
  EXPECT_EQ(count_of(svg, ">giver not stated</text>"), 1U);
  EXPECT_EQ(count_of(svg, ">purpose not stated</text>"), 1U);
  EXPECT_EQ(count_of(svg, "<rect class=\"pg-open\""), 2U);
}

TEST(MoneyFlow, OfOneProgrammeShowsItsSums) {
  const auto svg = draw_money_flow(two_currencies(), "water");
  EXPECT_NE(svg.find(">Flow of money: Water for all<"), std::string::npos);
  EXPECT_EQ(svg.find("Roads"), std::string::npos);
  EXPECT_EQ(count_of(svg, ">USD: 1 sum<") + count_of(svg, ">EUR: 1 sum<"), 2U);
}

TEST(MoneyFlow, BarsAreAsHighAsAmountsAreLarge) {
  Ledger ledger;
  const auto water = ledger.programme("Water");
  for (const auto* amount : {"100", "50", "25"}) ledger.sum(amount, "USD", {}, {water});
  const auto svg = draw_money_flow(ledger.done());
  for (const auto* height : {"130", "65", "32.5"}) EXPECT_EQ(count_of(svg, "width=\"12\" height=\"" + std::string(height) + "\""), 1U) << height;
}

TEST(MoneyFlow, KeepsWordsApart) {
  Ledger ledger;
  std::vector<NodeKey> programmes, givers;
  for (int i = 0; i < 9; ++i) programmes.push_back(ledger.programme("A programme of a long name, number " + std::to_string(i)));
  for (int i = 0; i < 7; ++i) givers.push_back(ledger.giver("The bank of many words in its name " + std::to_string(i)));
  for (std::size_t i = 0; i < 60; ++i)
    ledger.sum(std::to_string((i + 1) * (i + 1) * 1234567), i % 3 == 0 ? "EUR" : "USD", {givers[i % 7]}, {programmes[i * 5 % 9]});
  const auto texts = drawn_texts(draw_money_flow(ledger.done()));
  EXPECT_GT(texts.size(), 140U);
  EXPECT_EQ(overlapping(texts), std::vector<std::string>());
}

TEST(MoneyFlow, LeavesOutTheSmallestPastItsBound) {
  const auto svg = draw_money_flow(two_currencies(), std::span<const NodeRow>(), {.max_sums = 1});
  EXPECT_NE(svg.find(">EUR: 1 sum, and 1 smaller ones<"), std::string::npos);
  EXPECT_EQ(svg.find(">1 EUR<"), std::string::npos);
}

// A loan that was refused is no flow of money, nor is a giver who withdrew one of a sum that others give.
TEST(MoneyFlow, LeavesOutWhatIsDeniedOrCancelled) {
  Ledger ledger;
  const auto water = ledger.programme("Water for all");
  const auto bank = ledger.giver("World Bank"), fund = ledger.giver("OPEC Fund");
  const auto refused = ledger.sum("5000000", "USD", {}, {});
  ledger.edit().edge(bank, "PROVIDES", refused).modality(Modality::denied).add();
  ledger.edit().edge(refused, "FUNDS", water).modality(Modality::denied).add();
  const auto given = ledger.sum("7000000", "USD", {fund}, {water});
  ledger.edit().edge(bank, "PROVIDES", given).modality(Modality::cancelled).add();
  const auto svg = draw_money_flow(ledger.done());
  EXPECT_EQ(svg.find("5\u202f000\u202f000"), std::string::npos);
  EXPECT_NE(svg.find("7\u202f000\u202f000"), std::string::npos);
  EXPECT_EQ(svg.find("World Bank"), std::string::npos);
  EXPECT_NE(svg.find("OPEC Fund"), std::string::npos);
  EXPECT_NE(svg.find("Denied or cancelled, and not drawn: 1 sum."), std::string::npos);
}

TEST(MoneyFlow, OfNoSumsSaysSo) {
  EXPECT_NE(draw_money_flow(open_in_memory().snapshot()).find("No document read states a sum for it."), std::string::npos);
}

TEST(MoneyFlow, EscapesHostileText) {
  Ledger ledger;
  ledger.sum("5", "USD", {ledger.giver(kHostile)}, {ledger.programme(kHostile)});
  const auto svg = draw_money_flow(ledger.done());
  EXPECT_EQ(count_of(svg, "<script"), 0U);
  EXPECT_EQ(count_of(svg, "<title"), count_of(svg, "</title>"));
  EXPECT_EQ(count_of(svg, "\" onload"), 0U);
}

}  // namespace
}  // namespace policygraph
