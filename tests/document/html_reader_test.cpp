#include <gtest/gtest.h>

#include "blocks_text.hpp"

namespace policygraph {
namespace {

using testing::blocks_text;
using testing::has_diagnostic;
using testing::read;

Document page(std::string_view html) { return read(html, "page.html"); }

TEST(HtmlReader, TellsZonesApart) {
  const auto document = page(R"(<html><body><header><h1>Ministry</h1></header><nav><a href=/>News</a></nav>
    <main><h1>Decree on parks</h1><p>First paragraph.<p>Second <b>bold</b> one.
    <blockquote>Words of a speaker.</blockquote><figure><figcaption>A caption</figcaption></figure>
    <h2>Part two</h2><aside>Other stories</aside></main><footer>Address of the ministry</footer></body></html>)");
  EXPECT_EQ(
      blocks_text(document),
      "furniture Ministry\nfurniture News\nheading1 Decree on parks\nbody First paragraph.\nbody Second bold one.\n"
      "quote Words of a speaker.\ncaption A caption\nheading2 Part two\nfurniture Other stories\nfurniture Address of "
      "the ministry\n");
  EXPECT_EQ(document.file_type(), "html");
  EXPECT_EQ(document.source().title, "Decree on parks");
}

TEST(HtmlReader, LeavesOutScriptsAndStyles) {
  const auto document = page("<style>p{}</style><p>a<script>document.write('<p>b')</script>c<template><p>d</template>");
  EXPECT_EQ(document.text(), "ac\n\nd");
  EXPECT_EQ(blocks_text(document), "body ac\nfurniture d\n");
}

TEST(HtmlReader, TakesHintsOfFurniture) {
  const auto document =
      page(R"(<body class="has-sidebar"><div class="cookie-banner big"><p>We ask you.</div><p hidden>Not seen.</p>
    <div role="navigation">Menu of parts</div><div style="Display: none">Nor this.</div><p class="lead">Body text.</p>)");
  EXPECT_EQ(
      blocks_text(document),
      "furniture We ask you.\nfurniture Not seen.\nfurniture Menu of parts\nfurniture Nor this.\nbody Body text.\n");
}

TEST(HtmlReader, AnUnclosedNavDoesNotSwallowTheMainPart) {
  EXPECT_EQ(blocks_text(page("<nav><p>Parts of the site<main><p>Text.</main>")),
            "furniture Parts of the site\nbody Text.\n");
}

TEST(HtmlReader, BreaksLines) {
  const auto document = page("<p>one<br>two<br><br>three</p><div>four<div>five</div>six</div>");
  EXPECT_EQ(document.text(), "one\ntwo\n\nthree\n\nfour\n\nfive\n\nsix");
  EXPECT_EQ(blocks_text(document), "body one|two\nbody three\nbody four\nbody five\nbody six\n");
}

TEST(HtmlReader, JoinsBlanksButKeepsThoseOfPreformattedText) {
  EXPECT_EQ(page("<p>  a \n\t b  <b> c</b> </p>\n<p> d").text(), "a b c\n\nd");
  EXPECT_EQ(page("<pre>a  b\n  c</pre>").text(), "a  b\nc");
}

TEST(HtmlReader, ReadsLists) {
  EXPECT_EQ(blocks_text(page("<ul><li>one<li>two<ul><li>inner</ul></ul><ol start=3><li>three<p>more</p><li>four</ol>")),
            "list_item1 (-) one\nlist_item1 (-) two\nlist_item2 (-) inner\nlist_item1 (3) three\nlist_item1 "
            "more\nlist_item1 (4) four\n");
}

TEST(HtmlReader, ReadsTablesWithSpans) {
  EXPECT_EQ(blocks_text(page(
                "<table><caption>Budget</caption><tr><th>Body<th>Year<th>Sum<tr><td rowspan=2>Ministry<td>2023<td>4.9"
                "<tr><td>2024<td>5<tr><td colspan=2>Total<td>9.9</table>")),
            "caption Budget\ntable_cell {1 0,0} Body\ntable_cell {1 0,1} Year\ntable_cell {1 0,2} Sum\ntable_cell {1 "
            "1,0} Ministry\n"
            "table_cell {1 1,1} 2023\ntable_cell {1 1,2} 4.9\ntable_cell {1 2,1} 2024\ntable_cell {1 2,2} "
            "5\ntable_cell {1 3,0} Total\n"
            "table_cell {1 3,2} 9.9\n");
}

TEST(HtmlReader, TablesOfLayoutHoldBodyText) {
  EXPECT_EQ(
      blocks_text(page("<table><tr><td>Left<td><table><tr><td>a<td>b<tr><td>c<td>d</table><tr><td>x<td>y</table>")),
      "body Left\ntable_cell {2 0,0} a\ntable_cell {2 0,1} b\ntable_cell {2 1,0} c\ntable_cell {2 1,1} d\nbody x\nbody "
      "y\n");
}

TEST(HtmlReader, MenusOfLinksAreFurniture) {
  EXPECT_EQ(blocks_text(page("<ul><li><a href=a>Activity</a><li><a href=b>Open data</a><li><a href=c>Press "
                             "service</a></ul><ul><li><a href=d>Law No. 5</a></ul>")),
            "furniture (-) Activity\nfurniture (-) Open data\nfurniture (-) Press service\nlist_item1 (-) Law No. 5\n");
}

TEST(HtmlReader, BoldParagraphsAreHeadings) {
  EXPECT_EQ(blocks_text(page("<p><b>1. General <i>provisions</i></b></p><p><strong>Bold words</strong> and "
                             "others.</p><p>Статья 5. Полномочия</p><p><b>Stop.</b>")),
            "heading4 1. General provisions\nbody Bold words and others.\nheading4 Статья 5. Полномочия\nbody Stop.\n");
}

TEST(HtmlReader, TheSiteIsNotTheTitle) {
  EXPECT_EQ(page("<title>Decree | Portal</title><header><h1>Portal</h1></header><p>Text.").source().title, "Decree");
  EXPECT_EQ(
      page("<meta property=og:site_name content=Portal><meta property=og:title content='Decree - Portal'><p>Text.")
          .source()
          .title,
      "Decree");
  EXPECT_EQ(page("<title>A law - of two parts</title><p>Text.").source().title, "A law - of two parts");
}

TEST(HtmlReader, FormsWithoutProseAreFurniture) {
  const std::string prose(250, 'x');
  EXPECT_EQ(blocks_text(page("<form><p>Your name</form><p>Text.")), "furniture Your name\nbody Text.\n");
  EXPECT_EQ(blocks_text(page("<form><p>Lead</p><p>" + prose + "</form>")), "body Lead\nbody " + prose + "\n");
}

TEST(HtmlReader, ReadsWhatThePageDeclares) {
  const auto document =
      page(R"(<html lang="en"><head><title>Decree | Portal</title><meta property="og:site_name" content="Portal">
    <meta name="citation_publication_date" content="2024/05/12"><link rel="canonical" href="https://lex.uz/docs/1?a=1&amp;b=2">
    </head><body><p>Adopted on 12 May 2024 by the cabinet of the country.)");
  EXPECT_EQ(document.source().title, "Decree");
  EXPECT_EQ(document.source().publisher, "Portal");
  EXPECT_EQ(document.source().uri, "https://lex.uz/docs/1?a=1&b=2");
  EXPECT_EQ(document.source().tier, SourceTier::official);
  EXPECT_EQ(document.source().published, PartialDate::day(2024, 5, 12));
  ASSERT_TRUE(document.date_span());
  EXPECT_EQ(document.cut(*document.date_span()), "12 May 2024");
}

TEST(HtmlReader, ReadsDatesOfJsonAndTime) {
  EXPECT_EQ(
      page(
          R"(<script type="application/ld+json">{"@graph":[{"a":1},{"datePublished":"2024-05-12T10:00:00+05:00"}]}</script>)")
          .source()
          .published.to_string(),
      "2024-05-12");
  EXPECT_EQ(page("<p><time datetime=2023-01-02>2 January</time>").source().published.to_string(), "2023-01-02");
  EXPECT_EQ(page("<p>03.02.2023</p><p>Text of it.").source().published.to_string(), "2023-02-03");
}

TEST(HtmlReader, OptionsWinUnlessTheyYield) {
  const std::string html =
      R"(<meta name="policygraph:tier" content="igo"><meta name="dc.publisher" content="Theirs"><p>Text.)";
  DocumentOptions options;
  options.publisher = "Ours";
  options.tier = SourceTier::media;
  EXPECT_EQ(read(html, "a.html", options).source().publisher, "Ours");
  EXPECT_EQ(read(html, "a.html", options).source().tier, SourceTier::media);
  options.yields_to_document = true;
  EXPECT_EQ(read(html, "a.html", options).source().publisher, "Theirs");
  EXPECT_EQ(read(html, "a.html", options).source().tier, SourceTier::igo);
  EXPECT_EQ(read("<p>Text.", "a.html", options).source().publisher, "Ours");
}

TEST(HtmlReader, MapsBackToTheBytes) {
  const std::string html = "<p>One &amp; two</p>\n<p>Say&hellip; <b>x</b>y</p>";
  const auto document = page(html);
  const auto source = [&](std::string_view words) {
    const auto at = static_cast<std::uint32_t>(document.text().find(words));
    const Span span = document.source_span({at, at + static_cast<std::uint32_t>(words.size())});
    return html.substr(span.start, span.size());
  };
  EXPECT_EQ(source("One & two"), "One &amp; two");
  EXPECT_EQ(source("&"), "&amp;");
  EXPECT_EQ(source("Say… xy"), "Say&hellip; <b>x</b>y");
  EXPECT_EQ(source("y"), "y");
}

TEST(HtmlReader, MapsBackThroughCodePagesAndComposition) {
  const std::string html = "<meta charset=windows-1251><p>\xD3\xEA\xE0\xE7 a\xE8</p><p>e&#x301;!</p>";
  const auto document = page(html);
  EXPECT_EQ(document.text(), "Указ aи\n\né!");
  const Span span = document.source_span({0, static_cast<std::uint32_t>(std::string("Указ").size())});
  EXPECT_EQ(html.substr(span.start, span.size()), "\xD3\xEA\xE0\xE7");
  const auto at = static_cast<std::uint32_t>(document.text().find("é"));
  const Span composed = document.source_span({at, at + 2});
  EXPECT_EQ(html.substr(composed.start, composed.size()), "e&#x301;");
}

TEST(HtmlReader, FindsReferencesAndKeywords) {
  EXPECT_EQ(blocks_text(page("<h2>Method</h2><p><b>Keywords:</b> parks, funds</p><h2>References</h2><ol><li>[1] A "
                             "law.<li>A book.</ol><h2>Authors</h2><p>Both.")),
            "heading2 Method\nkeywords Keywords: parks, funds\nheading2 References\nreference ([1]) A law.\nreference "
            "(2) A book.\nheading2 Authors\nbody Both.\n");
}

TEST(HtmlReader, IsLinearOnHostileNesting) {
  std::string deep, tables, misnested;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  for (int i = 0; i < 100'000; ++i) tables += "<table><tr><td>";
  for (int i = 0; i < 100'000; ++i) misnested += "<b><ul><li><p>";
  for (int i = 0; i < 100'000; ++i) misnested += "</b></p></ul>";
  EXPECT_EQ(page(deep + "x").text(), "x");
  EXPECT_TRUE(has_diagnostic(page(deep + "x"), "nested deeper"));
  EXPECT_EQ(page(tables + "x").text(), "x");
  EXPECT_EQ(page(misnested + "x").text(), "x");
}

TEST(HtmlReader, SaysWhatATornPageLost) {
  EXPECT_TRUE(has_diagnostic(page("<p>a<a href=\"b"), "ends within a tag"));
  EXPECT_TRUE(has_diagnostic(page("<p>a<script>b"), "not closed"));
}

TEST(HtmlReader, DoesNotTrustALanguageThatTheLettersDeny) {
  const std::string text =
      "<p>Постановление принято в целях развития цифровой экономики и поддержки молодежи в регионах страны.";
  EXPECT_EQ(page("<html lang=en>" + text).source().language, "ru");
  EXPECT_TRUE(has_diagnostic(page("<html lang=en>" + text), "letters"));
  EXPECT_EQ(page("<html lang=ru-RU>" + text).source().language, "ru");
}

}  // namespace
}  // namespace policygraph
