#include <gtest/gtest.h>

#include "policygraph/extract/extractor.hpp"

namespace policygraph {
namespace {

using Propose = void (*)(Extraction&);

class Proposer : public Recognizer {
 public:
  explicit Proposer(Propose propose) : propose_(propose) {}
  std::string name() const override { return "proposer/1"; }
  void recognise(const DocumentView&, Extraction& out) const override { propose_(out); }

 private:
  Propose propose_;
};

Extraction extract(Propose propose) {
  Extractor extractor;
  extractor.add(std::make_shared<Proposer>(propose));
  return extractor.extract(read_document_bytes("Ўзбекистон, a plain text of no facts", "a.txt"));
}

ExtractedMention mention(std::string label, Span span) {
  ExtractedMention out;
  out.label = std::move(label);
  out.span = span;
  return out;
}

std::string refusal(Propose propose) {
  const Extraction found = extract(propose);
  return found.diagnostics.empty() ? "none" : found.diagnostics.front().text;
}

std::size_t signed_by_proposer(const Extraction& found) {
  return std::count_if(found.mentions.begin(), found.mentions.end(), [](const auto& mention) { return mention.extractor == "proposer/1"; });
}

TEST(Proposals, AreSignedByTheirRecogniser) {
  EXPECT_EQ(signed_by_proposer(extract([](Extraction& out) { out.mentions.push_back(mention("Place", {0, 20})); })), 1U);
}

TEST(Proposals, OutsideTheTextOrWithinALetterAreLeftOut) {
  EXPECT_NE(refusal([](Extraction& out) { out.mentions.push_back(mention("Place", {0, 4000})); }).find("outside"), std::string::npos);
  EXPECT_NE(refusal([](Extraction& out) { out.mentions.push_back(mention("Place", {1, 4})); }).find("letter"), std::string::npos);
  EXPECT_NE(refusal([](Extraction& out) { out.mentions.push_back(mention("Place", {4, 4})); }), "none");
}

TEST(Proposals, OfUnknownLabelsAreLeftOut) {
  EXPECT_NE(refusal([](Extraction& out) { out.mentions.push_back(mention("Plaec", {0, 4})); }).find("Place"), std::string::npos);
}

TEST(Proposals, WithABadPropertyLoseThatAlone) {
  const Extraction found = extract([](Extraction& out) {
    out.mentions.push_back(mention("Place", {0, 4}));
    out.mentions.back().properties.push_back({"colour", "red", {0, 4}, "", 1.0F});
    out.mentions.back().properties.push_back({"name", "x", {0, 4}, "", 1.0F});
  });
  EXPECT_EQ(signed_by_proposer(found), 1U);
  EXPECT_NE(found.diagnostics.at(0).text.find("colour"), std::string::npos);
}

TEST(Proposals, OfConfidenceOutOfRangeAreLeftOut) {
  EXPECT_NE(refusal([](Extraction& out) {
              out.mentions.push_back(mention("Place", {0, 4}));
              out.mentions.back().confidence = 1.5F;
            }).find("confidence"), std::string::npos);
}

TEST(Proposals, OfRelationsWithoutEndsAreLeftOut) {
  const Extraction found = extract([](Extraction& out) {
    ExtractedRelation relation;
    relation.type = "LOCATED_IN";
    relation.span = {0, 4};
    relation.from = 5000;
    relation.to = 5001;
    out.relations.push_back(relation);
  });
  EXPECT_TRUE(found.relations.empty());
  EXPECT_NE(found.diagnostics.at(0).text.find("LOCATED_IN"), std::string::npos);
}

TEST(Proposals, OfARecogniserThatThrowsAreLeftOut) {
  const Extraction found = extract([](Extraction& out) {
    out.mentions.push_back(mention("Place", {0, 4}));
    throw 5;
  });
  EXPECT_EQ(signed_by_proposer(found), 0U);
  EXPECT_EQ(found.diagnostics.at(0).severity, Severity::error);
}

TEST(Proposals, RingsOfSameAsAreCut) {
  const Extraction found = extract([](Extraction& out) {
    const auto base = static_cast<MentionIndex>(out.mentions.size());
    for (std::uint32_t i = 0; i < 3; ++i) {
      out.mentions.push_back(mention("Place", {i * 4, i * 4 + 4}));
      out.mentions.back().same_as = base + (i + 1) % 3;
    }
  });
  for (MentionIndex i = 0; i < found.mentions.size(); ++i) EXPECT_NE(head_of(found, i), kNoMention);
}

}  // namespace
}  // namespace policygraph
