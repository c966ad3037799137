#pragma once

#include <cstddef>
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

}  // namespace policygraph::testing
