#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Files of our own making, written from scratch: tests need no sample of anybody's.
namespace policygraph::testing {

// A piece of text at a place of the page, in points from its lower left corner; text in UTF-8 (of the basic plane).
struct PdfText {
  double x = 72, y = 720;
  std::string text;
};
using PdfPage = std::vector<PdfText>;

// A PDF file of pages of 595 by 842 points, each letter 6 points wide and 10 high.
std::string pdf_file(const std::vector<PdfPage>& pages);
// Pages of lines, one below the other.
PdfPage pdf_lines(const std::vector<std::string>& lines, double x = 72);

struct ZipPart {
  std::string name;
  std::string content;       // as packed
  std::uint16_t method = 0;  // 0 stored, 8 deflated
  std::uint16_t flags = 0;
};
std::string zip_file(const std::vector<ZipPart>& parts);

// Deflate (RFC 1951): bytes in blocks that are not packed, and a long run of one letter in few bytes.
std::string deflated(std::string_view bytes);
std::string deflated_run(char letter, std::size_t pieces_of_258);
// One member of a gzip file (RFC 1952).
std::string gzipped(std::string_view bytes);

// A DOCX file whose body is this WordprocessingML; more parts as wanted.
std::string docx_file(const std::string& body, std::vector<ZipPart> more = {});
// <w:p> with these properties and words, in a run of these properties.
std::string docx_p(const std::string& words, const std::string& properties = "", const std::string& run = "");

}  // namespace policygraph::testing
