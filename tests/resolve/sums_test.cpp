// Sums told by several documents: one Funding where the act, or the giver and the use, are the same.
#include "resolve/sums.hpp"

#include <gtest/gtest.h>

#include "policygraph/extract/extractor.hpp"
#include "policygraph/resolve/resolve.hpp"
#include "policygraph/resolve/review.hpp"

namespace policygraph {
namespace {

using detail::resolve::SumRole;

void add(Graph& graph, const std::vector<std::string>& texts) {
  static const Extractor extractor;
  std::vector<ExtractedDocument> documents;
  for (const auto& text : texts) {
    DocumentOptions options;
    options.uri = "mem:" + text.substr(0, 24) + std::to_string(text.size());
    auto document = read_document_bytes(text, "t.txt", options);
    auto extraction = extractor.extract(document);
    documents.push_back({std::move(document), std::move(extraction)});
  }
  auto transaction = graph.begin("ingest");
  add_documents(transaction, std::move(documents));
  transaction.commit();
}

std::size_t fundings(const std::vector<std::string>& texts) {
  auto graph = open_in_memory();
  add(graph, texts);
  return graph.snapshot().nodes("Funding").size();
}

const std::string kEnglish = "Under Presidential Resolution No. PQ-77 dated May 5, 2023, USD 20 million was allocated to the Green Villages Programme.\n";
const std::string kAgain = "Under Presidential Resolution No. PQ-77 of 5 May 2023, USD 20 million was allocated to the Green Villages Programme. Work began.\n";
const std::string kOfBank = "The World Bank provides a grant of USD 7.3 million for the Green Villages Programme.\n";

TEST(Sums, OfOneGiverAndUseAreOne) {
  EXPECT_EQ(fundings({kOfBank, "The World Bank provides a grant of USD 7.3 million for the Green Villages Programme. It is the first.\n"}), 1U);
  EXPECT_EQ(fundings({kOfBank, "The World Bank provides a grant of USD 7.4 million for the Green Villages Programme.\n"}), 2U);
  EXPECT_EQ(fundings({kOfBank, "The World Bank provides a loan of USD 7.3 million for the Green Villages Programme.\n"}), 2U);
  EXPECT_EQ(fundings({kOfBank, "The World Bank provides a grant of EUR 7.3 million for the Green Villages Programme.\n"}), 2U);
  EXPECT_EQ(fundings({kOfBank, "The World Bank provides a grant of USD 7.3 million for the Clean Air Programme.\n"}), 2U);
  EXPECT_EQ(fundings({kOfBank, "The World Bank does not provide a grant of USD 7.3 million for the Green Villages Programme.\n"}), 2U);
}

TEST(Sums, MeetThoseOfTheGraph) {
  auto graph = open_in_memory();
  add(graph, {kOfBank});
  add(graph, {"The World Bank provides a grant of USD 7.3 million for the Green Villages Programme. It is the first.\n"});
  const auto snapshot = graph.snapshot();
  ASSERT_EQ(snapshot.nodes("Funding").size(), 1U);
  const auto judgements = snapshot.judgements();
  const auto found = std::ranges::find(judgements, std::string("rule:sum-of-giver/1"), &Judgement::by);
  ASSERT_NE(found, judgements.end());
  EXPECT_EQ((*found)->reason, "the same 7300000 USD of the same giver, for the same use");
}

detail::resolve::Sum sum(std::uint64_t key, std::vector<std::uint32_t> documents, std::array<std::vector<std::uint64_t>, 3> ends) {
  detail::resolve::Sum out;
  out.key = NodeKey{key};
  out.amount = "5";
  out.currency = "USD";
  out.kind = "grant";
  for (const auto document : documents) out.documents.push_back(DocumentId{document});
  for (std::size_t role = 0; role < 3; ++role)
    for (const auto end : ends[role]) out.ends[role].push_back(NodeKey{end});
  return out;
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> joined(const std::vector<detail::resolve::Sum>& sums) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> out;
  for (const auto& one : detail::resolve::same_sums(sums, kMergedUnasked)) out.emplace_back(one.a.value, one.b.value);
  return out;
}

using Pairs = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

TEST(Sums, OfOneActAreOneUnlessMoreIsToldAgainstIt) {
  EXPECT_EQ(joined({sum(1, {1}, {{{9}, {}, {}}}), sum(2, {2}, {{{9}, {}, {}}}), sum(3, {3}, {{{9}, {}, {8}}})}), (Pairs{{1, 2}, {1, 3}}));
  EXPECT_EQ(joined({sum(1, {1}, {{{9}, {}, {7}}}), sum(2, {2}, {{{9}, {}, {8}}})}), Pairs{});
  EXPECT_EQ(joined({sum(1, {1}, {{{9}, {}, {}}}), sum(2, {2}, {{{}, {}, {}}})}), Pairs{});
  EXPECT_EQ(joined({sum(1, {1}, {{{}, {6}, {}}}), sum(2, {2}, {{{}, {6}, {}}})}), Pairs{});
}

TEST(Sums, OfOneDocumentAreTwo) {
  EXPECT_EQ(joined({sum(1, {1}, {{{9}, {}, {}}}), sum(2, {1}, {{{9}, {}, {}}})}), Pairs{});
  // Which of its two is the third one cannot be told.
  EXPECT_EQ(joined({sum(1, {1}, {{{9}, {}, {}}}), sum(2, {1}, {{{9}, {}, {}}}), sum(3, {2}, {{{9}, {}, {}}})}), Pairs{});
  EXPECT_EQ(joined({sum(1, {2}, {{{9}, {}, {}}}), sum(2, {1}, {{{9}, {}, {}}}), sum(3, {1}, {{{9}, {}, {}}})}), Pairs{});
}

TEST(Sums, OfOtherPeriodsAreOthers) {
  auto first = sum(1, {1}, {{{9}, {}, {}}}), second = sum(2, {2}, {{{9}, {}, {}}});
  first.from = PartialDate::parse("2024");
  EXPECT_EQ(joined({first, second}), (Pairs{{1, 2}}));
  second.from = PartialDate::parse("2025");
  EXPECT_EQ(joined({first, second}), Pairs{});
  // The period that one of them tells is that of both: a third of another period is another sum.
  auto third = sum(3, {3}, {{{9}, {}, {}}});
  third.from = PartialDate::parse("2025");
  second.from = PartialDate();
  EXPECT_EQ(joined({first, second, third}), (Pairs{{1, 2}}));
}

TEST(Sums, ThatMayBeOneAreProposed) {
  auto graph = open_in_memory();
  add(graph, {kOfBank, "The World Bank provides a loan of USD 7.3 million for the Green Villages Programme.\n"});
  const auto all = proposals(graph.snapshot());
  const auto found = std::ranges::find(all, std::string("Funding"), &Proposal::label);
  ASSERT_NE(found, all.end());
  EXPECT_EQ(found->rule, "rule:same-sum/1");
}

TEST(Sums, OfAnActToldTwiceAreOne) { EXPECT_EQ(fundings({kEnglish, kAgain}), 1U); }

}  // namespace
}  // namespace policygraph
