#include "policygraph/graph/verify.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "policygraph/base/error.hpp"
#include "policygraph/base/sha256.hpp"
#include "policygraph/graph/graph.hpp"

namespace policygraph {
namespace {

/// A graph of one document and one node that rests on `span` of its text.
Graph graph_resting_on(Span span, const std::string& digest) {
  auto graph = open_in_memory();
  auto transaction = graph.begin("test");
  SourceDocument source;
  source.title = "Notice";
  source.uri = "notice.txt";
  source.sha256 = digest;
  const auto document = transaction.add_document(source, std::make_shared<const std::string>("Сад opens"));
  const auto evidence = transaction.add_evidence({document, span, "test/1", 1.0F});
  Mention mention;
  mention.type = "Event";
  mention.surface = "Сад";
  mention.evidence = evidence;
  const auto key = transaction.add_mention(mention);
  Assertion claim;
  claim.kind = ClaimKind::node;
  claim.subject = key;
  claim.name = "Event";
  claim.evidence = {evidence};
  transaction.add_assertion(claim);
  transaction.commit();
  return graph;
}

TEST(Verify, FindsNothingWrongWithAPlaceInTheText) {
  const auto result = verify(graph_resting_on({0, 6}, sha256_hex("Сад opens")).snapshot());
  EXPECT_TRUE(result.is_sound());
  EXPECT_EQ(result.documents, 1U);
  EXPECT_EQ(result.quotes, 1U);
  EXPECT_EQ(result.nodes, 1U);
}

TEST(Verify, NamesATextThatIsNotTheOneDigested) {
  const auto result = verify(graph_resting_on({0, 6}, sha256_hex("another")).snapshot());
  EXPECT_FALSE(result.is_sound());
  EXPECT_EQ(result.false_documents, 1U);
  ASSERT_EQ(result.diagnostics.size(), 1U);
  EXPECT_EQ(result.diagnostics[0].document, "notice.txt");
}

TEST(Verify, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(verify(graph_resting_on({0, 6}, "").snapshot(), {100, stop.get_token()}), Error);
}

}  // namespace
}  // namespace policygraph
