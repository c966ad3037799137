#include "extract/reading.hpp"

#include <gtest/gtest.h>

namespace policygraph {
namespace {

using detail::extract::Reading;

// The matches of category "a" in a text, joined by "|".
std::string matches(const std::string& pack, const std::string& text) {
  const Packs packs = Packs::from_json({{"languages/any/x.json", pack}});
  const Document document = read_document_bytes(text, "a.txt");
  const DocumentView view(document, Languages::built_in());
  const Reading reading(view, packs.data(), Languages::built_in(), Schema::open());
  std::string out;
  for (const auto& match : reading.matches("a")) out += (out.empty() ? "" : "|") + reading.entry(match).id + "=" + std::string(reading.text(reading.span(match)));
  return out;
}

TEST(Phrases, LongestWinsAndDoesNotOverlap) {
  EXPECT_EQ(matches(R"({"a": ["ministry", "ministry of justice", "justice"]})", "The Ministry of Justice and justice."), "ministry of justice=Ministry of Justice|justice=justice");
}

TEST(Phrases, CapitalsInThePackWantCapitals) {
  EXPECT_EQ(matches(R"({"a": ["EU", "Meta", "it"]})", "eu meta it EU Meta IT Eu"), "it=it|EU=EU|Meta=Meta|it=IT");
}

TEST(Phrases, AStemTakesAnyEnding) {
  EXPECT_EQ(matches(R"({"a": ["qaror*"]})", "qarori qaroriga qaro"), "qaror*=qarori|qaror*=qaroriga");
  EXPECT_EQ(matches(R"({"a": ["Президент* Республики"]})", "Президента Республики"), "Президент* Республики=Президента Республики");
}

TEST(Phrases, GapsAreCountedInTokens) {
  const std::string pack = R"({"a": ["funded {2} by"]})";
  EXPECT_EQ(matches(pack, "funded by"), "funded {2} by=funded by");
  EXPECT_EQ(matches(pack, "funded in full by"), "funded {2} by=funded in full by");
  EXPECT_EQ(matches(pack, "funded in full and by"), "");
}

TEST(Phrases, ApostrophesAndGenitivesFold) {
  EXPECT_EQ(matches(R"({"a": ["o‘rq", "Kazakhstan"]})", "O'RQ ORQ Kazakhstan’s"), "o‘rq=O'RQ|o‘rq=ORQ|Kazakhstan=Kazakhstan’s");
}

TEST(Phrases, LineBreaksDoNotPart) {
  EXPECT_EQ(matches(R"({"a": ["cabinet of ministers"]})", "the cabinet of\nministers met"), "cabinet of ministers=cabinet of\nministers");
}

TEST(Phrases, EntriesOfOnePhraseAreAllThere) {
  EXPECT_EQ(matches(R"({"a": [{"id": "x", "phrase": "pp"}, {"id": "y", "phrase": "pp"}]})", "pp"), "x=pp|y=pp");
}

}  // namespace
}  // namespace policygraph
