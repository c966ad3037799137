// Pages made to exhaust a reader.
#include "trust/trust.hpp"

namespace policygraph::testing {
namespace {

constexpr int kMany = 100'000;

std::string repeated(std::string_view unit, int times) {
  std::string all;
  all.reserve(unit.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) all += unit;
  return all;
}

constexpr std::string_view kSentence = "<p>Presidential Decree No. PF-1002 dated October 2, 2020 was adopted.</p>";

class Markup : public BadInput {
 protected:
  // The page's own sentence is read in spite of what stands around it.
  void expect_read(std::string_view page) {
    const TimeBound bound(20);
    write("bad.html", page);
    ingest_beside_good("", "");
    EXPECT_NE(text_of("bad.html").find("PF-1002"), std::string::npos);
  }
};

TEST_F(Markup, NestedDivisions) { expect_read(repeated("<div>", kMany) + std::string(kSentence) + repeated("</div>", kMany)); }
TEST_F(Markup, NestedAndNeverClosed) { expect_read(repeated("<table><tr><td><ul><li><b>", kMany) + std::string(kSentence)); }
TEST_F(Markup, ClosedAndNeverOpened) { expect_read(repeated("</div></p></table></b>", kMany) + std::string(kSentence)); }
TEST_F(Markup, MisnestedFormatting) { expect_read(repeated("<b><i><a href=x></b>", kMany) + std::string(kSentence)); }

TEST_F(Markup, Attributes) {
  std::string tag = "<p";
  for (int i = 0; i < kMany; ++i) tag += " a" + std::to_string(i) + "=\"" + std::to_string(i) + "\"";
  expect_read(tag + ">x</p>" + std::string(kSentence));
}

TEST_F(Markup, OneAttributeManyTimes) { expect_read("<p" + repeated(" class=x", kMany) + ">x</p>" + std::string(kSentence)); }
TEST_F(Markup, LongAttribute) { expect_read("<p title=\"" + std::string(5'000'000, 'x') + "\">x</p>" + std::string(kSentence)); }
TEST_F(Markup, LongTagName) { expect_read("<" + std::string(5'000'000, 'x') + ">x" + std::string(kSentence)); }
TEST_F(Markup, References) { expect_read(repeated("&amp;&#x41;&notin;&bogus;&#0;&#1114112;&", kMany) + std::string(kSentence)); }
TEST_F(Markup, OpenComments) { expect_read(std::string(kSentence) + repeated("<!--<!", kMany)); }
TEST_F(Markup, OpenScripts) { expect_read(std::string(kSentence) + repeated("<script><!--<script>", kMany)); }
TEST_F(Markup, OpenQuotes) { expect_read(std::string(kSentence) + repeated("<a href=\"", kMany)); }
TEST_F(Markup, LessThanSigns) { expect_read(std::string(kSentence) + repeated("<", 2 * kMany)); }
TEST_F(Markup, Cells) { expect_read("<table>" + repeated("<tr><td rowspan=65534 colspan=1000>1", kMany) + "</table>" + std::string(kSentence)); }
TEST_F(Markup, Metas) { expect_read("<head>" + repeated("<meta name=author content=x><title>t</title>", kMany) + "</head>" + std::string(kSentence)); }
TEST_F(Markup, Headings) { expect_read(repeated("<h6>x</h6><h1>y</h1>", kMany / 4) + std::string(kSentence)); }

TEST_F(Markup, CutAnywhere) {
  const TimeBound bound(20);
  const std::string page = "<!doctype html><html lang='en'><head><meta charset=utf-8><title>T &amp; t</title><style>p{}</style></head><body>"
                           "<nav>Home</nav><table><tr><td>1<td>2</table><script>if (a<b) {}</script><!-- c --><p title='x'>Law &#8470; 17</p></body></html>";
  for (std::size_t size = 0; size <= page.size(); ++size) {
    EXPECT_NO_THROW(read_document_bytes(std::string_view(page).substr(0, size), "page.html")) << size;
  }
}

}  // namespace
}  // namespace policygraph::testing
