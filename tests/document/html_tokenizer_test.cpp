#include "document/html_tokenizer.hpp"

#include <gtest/gtest.h>

namespace policygraph::detail::document {
namespace {

// "<p a=1>" as <p a="1">, "</p>" as </p>, text as 'text', comments as <!>, raw text as #text.
std::string tokens_of(std::string_view html, bool is_foreign = false) {
  HtmlTokenizer tokenizer(html);
  tokenizer.set_foreign(is_foreign);
  HtmlToken token;
  std::string out;
  for (tokenizer.next(token); token.kind != HtmlToken::Kind::end_of_file; tokenizer.next(token)) {
    const std::string source(html.substr(token.start, token.end - token.start));
    if (!out.empty()) out += ' ';
    switch (token.kind) {
      case HtmlToken::Kind::text:
        out += (token.is_raw           ? "#"
                : token.has_references ? "'"
                                       : "`") +
               source +
               (token.is_raw           ? ""
                : token.has_references ? "'"
                                       : "`");
        break;
      case HtmlToken::Kind::start_tag:
        out += "<" + token.name;
        for (const auto& one : token.attributes)
          out += " " + std::string(one.name) + "=\"" + std::string(one.value) + "\"";
        out += token.is_self_closing ? "/>" : ">";
        break;
      case HtmlToken::Kind::end_tag:
        out += "</" + token.name + ">";
        break;
      case HtmlToken::Kind::comment:
        out += "<!" + source + ">";
        break;
      case HtmlToken::Kind::doctype:
        out += "<!doctype>";
        break;
      case HtmlToken::Kind::end_of_file:
        break;
    }
  }
  return out;
}

struct Case {
  const char* html;
  const char* tokens;
};

TEST(HtmlTokenizer, ReadsTagsAndText) {
  const Case cases[] = {
      {"a<B>c</B>", "'a' <b> 'c' </b>"},
      {"<p>x", "<p> 'x'"},
      {"<br/>", "<br/>"},
      {"<br / >", "<br>"},
      {"a < b", "'a ' '< b'"},
      {"a <3", "'a ' '<3'"},
      {"</>x", "'x'"},
      {"</ x>y", "<!</ x>> 'y'"},
      {"<?php x?>y", "<!<?php x?>> 'y'"},
      {"<", "'<'"},
      {"x</", "'x' '</'"},
  };
  for (const auto& one : cases) EXPECT_EQ(tokens_of(one.html), one.tokens) << one.html;
}

TEST(HtmlTokenizer, ReadsAttributes) {
  const Case cases[] = {
      {"<a href=x>", "<a href=\"x\">"},
      {"<a href = 'x y'>", "<a href=\"x y\">"},
      {"<a href=\"x>y\" b>", "<a href=\"x>y\" b=\"\">"},
      {"<a b=/c/>", "<a b=\"/c/\">"},
      {"<a b='c'/>", "<a b=\"c\"/>"},
      {"<a b=>", "<a b=\"\">"},
      {"<a =b>", "<a =b=\"\">"},
      {"<a/b/c>", "<a b=\"\" c=\"\">"},
      {"<a b='c'd=e>", "<a b=\"c\" d=\"e\">"},
      {"<a\nb\t=\fc>", "<a b=\"c\">"},
  };
  for (const auto& one : cases) EXPECT_EQ(tokens_of(one.html), one.tokens) << one.html;
}

TEST(HtmlTokenizer, ReadsCommentsAndDoctype) {
  const Case cases[] = {
      {"<!-- a -- b -->c", "<!<!-- a -- b -->> 'c'"},
      {"<!-->c", "<!<!-->> 'c'"},
      {"<!--->c", "<!<!--->> 'c'"},
      {"<!----!>c", "<!<!----!>> 'c'"},
      {"<!--!>c-->d", "<!<!--!>c-->> 'd'"},
      {"<!--a--!>c", "<!<!--a--!>> 'c'"},
      {"<!--a", "<!<!--a>"},
      {"<!DOCTYPE html>a", "<!doctype> 'a'"},
      {"<!x>a", "<!<!x>> 'a'"},
      {"<![CDATA[x]]>a", "<!<![CDATA[x]]>> 'a'"},
  };
  for (const auto& one : cases) EXPECT_EQ(tokens_of(one.html), one.tokens) << one.html;
  EXPECT_EQ(tokens_of("<![CDATA[<x>&amp;]]>a", true), "`<x>&amp;` 'a'");
  EXPECT_EQ(tokens_of("<![CDATA[]]>a", true), "'a'");
}

TEST(HtmlTokenizer, ReadsRawContent) {
  const Case cases[] = {
      {"<title>a<b>&amp;</title>c", "<title> 'a<b>&amp;' </title> 'c'"},
      {"<textarea></textareas></TEXTAREA>c", "<textarea> '</textareas>' </textarea> 'c'"},
      {"<style>a<b</style >c", "<style> #a<b </style> 'c'"},
      {"<script>a</scripts></script>c", "<script> #a</scripts> </script> 'c'"},
      {"<script><!--<script>a</script>b--></script>c", "<script> #<!--<script>a</script>b--> </script> 'c'"},
      {"<script><!--a</script>b", "<script> #<!--a </script> 'b'"},
      {"<script><!--><script></script>b", "<script> #<!--><script> </script> 'b'"},
      {"<script><!--<script>a--></script>b", "<script> #<!--<script>a--> </script> 'b'"},
      {"<plaintext>a</plaintext>", "<plaintext> `a</plaintext>`"},
      {"<style></style>c", "<style> </style> 'c'"},
  };
  for (const auto& one : cases) EXPECT_EQ(tokens_of(one.html), one.tokens) << one.html;
  EXPECT_EQ(tokens_of("<title>a<b>c</title>", true), "<title> 'a' <b> 'c' </title>");
}

TEST(HtmlTokenizer, TakesSelfClosingTagsAtTheirWordInXml) {
  HtmlTokenizer tokenizer("<script/>a", true);
  HtmlToken token;
  tokenizer.next(token);
  tokenizer.next(token);
  EXPECT_FALSE(token.is_raw);
  EXPECT_EQ(token.kind, HtmlToken::Kind::text);
}

TEST(HtmlTokenizer, SaysWhenTheFileEndsWithin) {
  for (const char* html : {"a<p b", "a<p b='c>", "a</p"}) {
    HtmlTokenizer tokenizer(html);
    HtmlToken token;
    tokenizer.next(token);
    tokenizer.next(token);
    EXPECT_EQ(token.kind, HtmlToken::Kind::end_of_file) << html;
    EXPECT_TRUE(tokenizer.ended_in_tag()) << html;
  }
  HtmlTokenizer tokenizer("<script>a");
  HtmlToken token;
  for (int i = 0; i < 3; ++i) tokenizer.next(token);
  EXPECT_TRUE(tokenizer.ended_in_raw_content());
}

TEST(HtmlTokenizer, KeepsTheFirstAttributesOfVeryMany) {
  std::string html = "<p first=1";
  for (int i = 0; i < 100'000; ++i) html += " a" + std::to_string(i) + "=x";
  html += ">b";
  HtmlTokenizer tokenizer(html);
  HtmlToken token;
  tokenizer.next(token);
  EXPECT_EQ(token.attributes.size(), kMaxAttributes);
  EXPECT_EQ(*token.attribute("first"), "1");
  tokenizer.next(token);
  EXPECT_EQ(html.substr(token.start), "b");
}

}  // namespace
}  // namespace policygraph::detail::document
