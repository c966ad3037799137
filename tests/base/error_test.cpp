#include "policygraph/base/error.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace policygraph {
namespace {

TEST(ErrorCode, HasOneNameEach) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(ErrorCode::feature_not_built); ++i)
    names.insert(code_name(static_cast<ErrorCode>(i)));
  EXPECT_EQ(names.size(), 15U);
  EXPECT_EQ(code_name(ErrorCode::invalid_argument), "invalid_argument");
  EXPECT_EQ(code_name(ErrorCode::syntax), "syntax");
  EXPECT_EQ(code_name(ErrorCode::feature_not_built), "feature_not_built");
  EXPECT_EQ(code_name(static_cast<ErrorCode>(200)), "unknown");
}

TEST(Error, SaysItsTextAlone) {
  const Error error(ErrorCode::io, "cannot read 'a.html'");
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_STREQ(error.what(), "cannot read 'a.html'");
  EXPECT_EQ(error.report(), "cannot read 'a.html'");
  EXPECT_FALSE(error.place());
}

TEST(Error, DrawsACaretBelowTheColumn) {
  const Error error(ErrorCode::bind, "unknown label 'LegalAkt'", place_in("RETURN 1\nMATCH (x:LegalAkt)\n", 18));
  EXPECT_STREQ(error.what(), "2:10: unknown label 'LegalAkt'");
  EXPECT_EQ(error.report(), "unknown label 'LegalAkt'\n  at 2:10\n  | MATCH (x:LegalAkt)\n  |          ^");
}

TEST(Error, CountsCodePointsAndKeepsTabs) {
  const std::string source = "\tҚарор + x";
  const Error error(ErrorCode::syntax, "no sum of texts", place_in(source, source.find('+')));
  EXPECT_EQ(error.place()->column, 8U);
  EXPECT_EQ(error.report(), "no sum of texts\n  at 1:8\n  | \tҚарор + x\n  | \t      ^");
}

TEST(Error, BlanksControlCharactersOfHostileSource) {
  const Error error(ErrorCode::syntax, "odd character", place_in("a\x1b[31mb\x7f", 1));
  EXPECT_EQ(error.report().find('\x1b'), std::string::npos);
  EXPECT_EQ(error.report().find('\x7f'), std::string::npos);
}

TEST(Error, NamesDocumentAndBytes) {
  const Error inside = Error(ErrorCode::format, "no such field").at({.document = "graph.json#/nodes/3"});
  EXPECT_EQ(inside.report(), "no such field\n  at graph.json#/nodes/3");
  EXPECT_STREQ(inside.what(), "no such field");
  const Error bytes = inside.at({.document = "a.html", .span = Span{7, 12}});
  EXPECT_EQ(bytes.report(), "no such field\n  at a.html, bytes 7 to 12");
  EXPECT_EQ(bytes.code(), ErrorCode::format);
}

TEST(PlaceIn, CountsLinesFromOne) {
  const std::string_view source = "ab\r\ncd\n\nef";
  EXPECT_EQ(place_in(source, 0), (Place{.line = 1, .column = 1, .source_line = "ab"}));
  EXPECT_EQ(place_in(source, 5), (Place{.line = 2, .column = 2, .source_line = "cd"}));
  EXPECT_EQ(place_in(source, 7), (Place{.line = 3, .column = 1, .source_line = ""}));
  EXPECT_EQ(place_in(source, 9), (Place{.line = 4, .column = 2, .source_line = "ef"}));
}

TEST(PlaceIn, PastTheEndIsTheEnd) {
  EXPECT_EQ(place_in("", 9), (Place{.line = 1, .column = 1}));
  EXPECT_EQ(place_in("abc", 99), (Place{.line = 1, .column = 4, .source_line = "abc"}));
  EXPECT_EQ(place_in("abc\n", 99), (Place{.line = 2, .column = 1}));
}

TEST(PlaceIn, InsideACharacterIsItsStart) { EXPECT_EQ(place_in("aқb", 2).column, 2U); }

TEST(PlaceIn, CutsALongLineAroundTheColumn) {
  std::string source;
  for (int i = 0; i < 1000; ++i) source += "ў";
  source[1200] = 'x';
  source.erase(1201, 1);
  const Place place = place_in(source, 1200);
  EXPECT_EQ(place.column, 601U);
  EXPECT_EQ(place.line_cut, 480U);
  const std::string report = Error(ErrorCode::syntax, "here", place).report();
  const std::string caret = report.substr(report.rfind('\n') + 1);
  EXPECT_EQ(caret, "  | " + std::string(120, ' ') + "^");
  EXPECT_LE(place.source_line.size(), 400U);
  EXPECT_EQ(place.source_line.find('x'), 240U);
}

TEST(PlaceIn, SurvivesTextThatIsNotUtf8) {
  const std::string bytes(100'000, '\x80');
  const Place place = place_in(bytes, 50'000);
  EXPECT_EQ(place.line, 1U);
  EXPECT_EQ(place.column, 1U);
  EXPECT_LE(place.source_line.size(), 800U);
  EXPECT_FALSE(Error(ErrorCode::encoding, "bad byte", place).report().empty());
}

TEST(Error, LeavesOutTheMiddleOfALongText) {
  std::string name;
  while (name.size() < 1'000'000) name += "я";
  const Error error(ErrorCode::bind, "unknown label '" + name + "'; did you mean 'Ёлка'?");
  EXPECT_LE(error.text().size(), 4000U);
  EXPECT_GE(error.text().size(), 3990U);
  EXPECT_TRUE(error.text().starts_with("unknown label 'я"));
  EXPECT_TRUE(error.text().ends_with("я'; did you mean 'Ёлка'?"));
  EXPECT_NE(error.text().find("я ... я"), std::string::npos);
}

}  // namespace
}  // namespace policygraph
