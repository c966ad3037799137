#include <gtest/gtest.h>

#include "blocks_text.hpp"
#include "document/mime.hpp"

namespace policygraph {
namespace {

namespace inner = detail::document;
using testing::blocks_text;
using testing::read;

std::string saved(const std::string& fields, const std::string& body, const std::string& type = "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b--1\"") {
  return "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://lex.example.org/docs/17\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: " + type +
         "\r\n\r\n\r\n----b--1\r\n" + fields + "\r\n\r\n" + body + "\r\n----b--1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n----b--1--\r\n";
}

const std::string kQuoted = "Content-Type: text/html\r\nContent-ID: <p@x>\r\nContent-Transfer-Encoding: quoted-printable";

TEST(MhtmlReader, ReadsThePageOfASavedOne) {
  const auto bytes = saved(kQuoted + "\r\nContent-Location: https://lex.example.org/docs/17", "<!DOCTYPE html><meta charset=3D\"utf-8\"><h1>=D0=A3=D0=BA=D0=B0=D0=B7</h1><p>A para=\r\ngraph of 5 =3D 5.</p><nav>Home</nav>");
  const auto document = read(bytes, "a.mhtml");
  EXPECT_EQ(blocks_text(document), "heading1 Указ\nbody A paragraph of 5 = 5.\nfurniture Home\n");
  EXPECT_EQ(document.source().uri, "https://lex.example.org/docs/17");
  EXPECT_EQ(document.file_type(), "mhtml");
  const auto word = static_cast<std::uint32_t>(document.text().find("paragraph"));
  const auto source = document.source_span({word, word + 9});
  EXPECT_EQ(bytes.substr(source.start, source.size()), "para=\r\ngraph");
  EXPECT_EQ(read(bytes, "no ending").file_type(), "mhtml");
}

TEST(MhtmlReader, TakesThePartNamedAsTheStart) {
  const std::string frame = "Content-Type: text/html\r\n\r\n<p>A frame.</p>\r\n----b--1\r\n";
  EXPECT_EQ(blocks_text(read(saved(frame + kQuoted, "<p>The page.</p>", "multipart/related; start=\"<p@x>\"; boundary=\"--b--1\""), "a.mht")), "body The page.\n");
  EXPECT_EQ(blocks_text(read(saved(frame + kQuoted, "<p>The page.</p>"), "a.mht")), "body A frame.\n");
}

TEST(MhtmlReader, ReadsBase64InItsOwnEncoding) {
  // "Привет" in windows-1251
  EXPECT_EQ(read(saved("Content-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: base64", "PHA+z/Do\r\n4uXyPC9wPg=="), "a.mht").text(), "Привет");
}

TEST(MhtmlReader, RefusesWhatHoldsNoPage) {
  EXPECT_THROW(read("", "a.mht"), Error);
  EXPECT_THROW(read(saved("Content-Type: image/png", "x", "multipart/related"), "a.mht"), Error);
  EXPECT_THROW(read("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/gif\n\nx\n--b--", "a.mht"), Error);
}

TEST(Mime, ReadsFields) {
  const std::string text = "A-B:  one;\r\n two ; Key=\"v;w\"; other=z\r\nnothing\r\n: x\r\nc: d\r\n\r\nbody";
  const auto headers = inner::MimeHeaders::read(text);
  EXPECT_EQ(headers.value("a-b"), "one; two ; Key=\"v;w\"; other=z");
  EXPECT_EQ(headers.kind("a-b"), "one");
  EXPECT_EQ(headers.parameter("a-b", "key"), "v;w");
  EXPECT_EQ(headers.value("c"), "d");
  EXPECT_EQ(text.substr(headers.size()), "body");
  EXPECT_EQ(headers.value("absent"), "");
}

TEST(Mime, DecodesQuotedPrintableLeavingWhatIsNoCode) {
  const auto body = inner::decode_transfer("a=3Db=ZZ=\nc= \r\nd=4", "quoted-printable");
  EXPECT_EQ(body.bytes, "a=b=ZZcd=4");
  EXPECT_EQ(inner::decode_transfer("QUJ\nDRA", "base64").bytes, "ABCD");
  EXPECT_EQ(inner::decode_transfer("a=3D", "8bit").bytes, "a=3D");
}

TEST(MhtmlReader, APageThatSpeaksOfItsFieldsIsAPage) {
  const auto type = [](const std::string& bytes) { return read_document_bytes(bytes, "a.html").file_type(); };
  EXPECT_EQ(type("<!DOCTYPE html><p>mime-version: 1.0, content-type: multipart/related"), "html");
  EXPECT_EQ(type("<p>x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--"), "html");
}

}  // namespace
}  // namespace policygraph
